"""`ask` for a person at a terminal, and what all commands do with knowledge that cannot be used."""

import signal
import subprocess
import sys

import pytest

FAQ = "id: verified\nquestions:\n  - how do I get verified here\nanswer: Ask a moderator.\n"


def test_answer_is_plain_text_where_no_terminal_reads_it(rolewise):
    done = rolewise("ask", "mle vs ds")
    text = done.stdout.decode()
    assert done.returncode == 0
    assert text.startswith("Machine Learning Engineer vs. Data Scientist\n")
    assert "Sources: [1]" in text
    assert "\x1b" not in text


def test_conversation_keeps_what_it_is_about_and_takes_an_option_by_its_number(rolewise):
    done = rolewise("ask", given=b"mle vs ds\n\nand the salary?\nhow do I become an engineer\n2\nquit\nmle\n")
    text = done.stdout.decode()
    assert done.returncode == 0
    assert "Machine Learning Engineer vs. Data Scientist: Salary" in text
    offered = text[text.index("Which role do you mean?") :]
    second = next(line for line in offered.splitlines() if line.startswith("2. ")).removeprefix("2. ")
    assert offered.count(f"\n{second}\n") == 1
    assert offered.rstrip().rpartition("\n")[2].startswith("Sources:")


def test_conversation_without_input_ends_at_once(rolewise):
    done = rolewise("ask")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_silence_is_explained_beside_the_output(rolewise):
    done = rolewise("ask", "--overheard", "the data arrived late again")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"stays silent" in done.stderr


def test_ascii_terminal_gets_substitutes(rolewise, small):
    (small / "faq" / "verified.yaml").write_text(FAQ.replace("Ask", "→ Ask"))
    done = rolewise("ask", "--knowledge", str(small), "how do I get verified here", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"? Ask a moderator." in done.stdout


def test_own_knowledge_takes_the_place_of_the_base(rolewise, small):
    for arguments, variables in (
        (["ask", "--knowledge", str(small)], {}),
        (["--knowledge", str(small), "ask"], {}),
        (["ask"], {"KNOWLEDGE_DIR": str(small)}),
    ):
        done = rolewise(*arguments, "how do I get verified here", **variables)
        assert b"Ask a moderator." in done.stdout
    assert b"Ask a moderator." not in rolewise("ask", "how do I get verified here").stdout


@pytest.mark.parametrize("command", ["ask", "preview", "check"])
def test_knowledge_that_is_no_folder_is_unusable(command, rolewise, tmp_path):
    (tmp_path / "file").write_text("")
    for name, words in (("nowhere", b"does not exist"), ("file", b"is not a folder")):
        done = rolewise(command, "--knowledge", name)
        assert done.returncode == 2
        assert words in done.stderr
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["ask", "preview"])
def test_broken_knowledge_is_told_by_file_and_line(command, rolewise, small):
    (small / "faq" / "verified.yaml").write_text(FAQ.replace("questions", "qestions"))
    done = rolewise(command, "--knowledge", "small")
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[0].startswith("small/faq/verified.yaml:")
    assert b"Traceback" not in done.stderr


def test_bad_setting_is_one_sentence(rolewise):
    done = rolewise("ask", "mle", LOG_LEVEL="loud")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("The setting LOG_LEVEL cannot be used: `loud` was found")
    assert done.stderr.count(b"\n") == 1


def test_interrupt_ends_a_conversation_quietly(tmp_path, environment):
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask"],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Where the tests run in the background, signals of the keyboard are ignored, and what is started inherits that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    ) as process:
        process.stdin.write(b"mle vs ds\n")
        process.stdin.flush()
        assert process.stdout.readline().startswith(b"Machine")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stderr.read() == b""


def test_reasons_are_told_when_asked_for(rolewise):
    done = rolewise("ask", "--why", "is a bootcamp enough for data science")
    text = done.stdout.decode()
    assert done.returncode == 0
    assert text.startswith("answer, confidence 0.")
    assert "role data-scientist: “data science” (field" in text
    assert "section education: " in text
    assert "can be answered: " in text


def test_reasons_need_a_text(rolewise):
    for arguments in (("--why",), ("--why", "--json", "mle vs ds")):
        done = rolewise("ask", *arguments)
        assert done.returncode == 2
        assert b"--why" in done.stderr


def test_what_stays_to_the_end_is_left_out_of_the_search_for_garbage(rolewise, small, tmp_path):
    """Else it would stop a running bot for a tenth of a second now and then."""
    code = "import gc, bot.cli\ntry:\n    bot.cli.main()\nfinally:\n    print(gc.get_freeze_count())"
    (tmp_path / "counted.py").write_text(code)
    done = rolewise("ask", "--knowledge", str(small), "how do I get verified", program=("counted.py",))
    assert int(done.stdout.split()[-1]) > 10_000
