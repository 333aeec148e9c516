"""Which command runs, and what serves where a command cannot."""

import subprocess
import sys

import pytest

NO_PAGE = {
    "extra missing": ("sys.modules['simcord'] = None", b"pip install 'rolewise[preview]'"),
    "no port to be had": (
        "import socket\ndef refuse(*_): raise PermissionError(13, 'no')\nsocket.socket.bind = refuse",
        b"no free port was found",
    ),
}


def test_version_and_help(rolewise):
    assert rolewise("--version").stdout.startswith(b"rolewise ")
    text = rolewise("--help").stdout.decode()
    assert all(command in text for command in ("run", "preview", "ask", "check", "sync", "init"))


@pytest.mark.parametrize("command", ["run", "sync"])
def test_missing_token_is_one_sentence(command, rolewise):
    done = rolewise(command)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"DISCORD_TOKEN is not set")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("cause", NO_PAGE)
def test_where_the_page_cannot_start_the_terminal_serves_instead(cause, tmp_path, environment):
    breaks, reason = NO_PAGE[cause]
    code = f"import sys\n{breaks}\nsys.argv = ['bot']\nfrom bot.cli import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        input=b"mle vs ds\n",
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert b"DISCORD_TOKEN is not set: showing the bot on a local page" in done.stdout
    assert done.stderr.startswith(b"The page cannot be shown: ")
    assert reason in done.stderr
    assert b"Machine Learning Engineer vs. Data Scientist" in done.stdout
