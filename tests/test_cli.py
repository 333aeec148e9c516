"""The command line, as a user or a script meets it: in processes of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.library import shipped_knowledge

ROOT = Path(__file__).parents[1]
KEYS = [
    "question",
    "outcome",
    "intent",
    "roles",
    "sections",
    "items",
    "faq",
    "confidence",
    "text",
    "sources",
    "candidates",
]
MLE, DS, DE = "machine-learning-engineer", "data-scientist", "data-engineer"
FAQ = "id: verified\nquestions:\n  - how do I get verified here\nanswer: Ask a moderator.\n"


@pytest.fixture
def environment(tmp_path):
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}


@pytest.fixture
def rolewise(tmp_path, environment):
    """Runs `python -m bot` in an empty folder, and gives its exit code, output and errors."""

    def run(*arguments, given=b"", **variables):
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=tmp_path,
            env={**environment, **variables},
            input=given,
            capture_output=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def small(tmp_path):
    """A knowledge folder that holds one FAQ entry."""
    folder = tmp_path / "small"
    (folder / "faq").mkdir(parents=True)
    (folder / "faq" / "verified.yaml").write_text(FAQ)
    return folder


def objects(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.split(b"\n")[:-1]]


def asked(rolewise, *questions, arguments=()):
    return objects(rolewise("ask", "--json", *arguments, given="\n".join(questions).encode()))


class TestAskJson:
    def test_one_object_a_line_in_order_with_exactly_the_documented_keys(self, rolewise):
        questions = [
            "mle vs ds",
            "which roles use kafka",
            "what does a nurse earn",
            "how do I become an engineer",
        ]
        found = asked(rolewise, *questions)
        assert [one["question"] for one in found] == questions
        assert all(list(one) == KEYS for one in found)
        assert [one["outcome"] for one in found] == ["answer", "answer", "unknown", "clarify"]
        assert [one["intent"] for one in found] == ["compare", "find", None, None]
        assert all(0 <= one["confidence"] <= 1 for one in found)
        assert all(one["text"] for one in found)
        for one in found:
            assert all(sorted(candidate) == ["id", "kind", "score"] for candidate in one["candidates"])
            assert all(0 <= candidate["score"] <= 1 for candidate in one["candidates"])

    def test_roles_are_those_asked_found_or_offered(self, rolewise):
        compared, found, offered, unknown = asked(
            rolewise,
            "ds or mle?",
            "which roles use kafka",
            "how do I become an engineer",
            "what does a nurse earn",
        )
        assert compared["roles"] == [DS, MLE]
        assert found["roles"][0] == DE
        assert found["items"] == ["kafka"]
        assert {MLE, DE} <= set(offered["roles"])
        assert len(offered["roles"]) == len(set(offered["roles"]))
        assert unknown["roles"] == []

    def test_path_to_a_role_names_the_aim_first(self, rolewise):
        (one,) = asked(rolewise, "data analyst -> data engineer, where do i start")
        assert one["roles"][0] == DE
        assert one["sections"][0] == "getting-started"

    def test_answer_names_its_sources_and_sections(self, rolewise):
        (one,) = asked(rolewise, "who earns more, DS or MLE?")
        assert one["sections"][0] == "salary"
        assert one["sources"]
        assert one["text"].startswith("Data Scientist")

    @pytest.mark.parametrize(
        ("given", "questions"),
        [
            (b"", []),
            (b"\n", [""]),
            (b"\n\n", ["", ""]),
            (b"mle vs ds", ["mle vs ds"]),
            (b"mle vs ds\r\nde\r\n", ["mle vs ds", "de"]),
            (b"\xef\xbb\xbfmle vs ds\n", ["mle vs ds"]),
            ("a\u2028b\u0085c\x0bd\x0ce\rf\n".encode(), ["a\u2028b\u0085c\x0bd\x0ce\rf"]),
        ],
    )
    def test_only_a_newline_ends_a_question(self, given, questions, rolewise):
        done = rolewise("ask", "--json", given=given)
        assert [one["question"] for one in objects(done)] == questions

    def test_awkward_input_is_answered_like_any_other(self, rolewise):
        lines = [
            b"",
            "\U0001f600".encode() * 4000,
            b"\0\0mle\0vs\0ds",
            b"\xff\xfe\xfa",
            b"\xed\xa0\x80 lone surrogate",
            b"mle vs ds " * 30000,
            b"{[}]\"'\\",
            b"\x1b[31mred\x07",
            b"<@123> @everyone `x`",
        ]
        found = objects(rolewise("ask", "--json", given=b"\n".join(lines)))
        assert [one["question"] for one in found] == [line.decode("utf-8", "replace") for line in lines]
        assert [one["outcome"] for one in found][:2] == ["unknown", "unknown"]
        assert all(list(one) == KEYS for one in found)
        assert all(len(one["text"]) < 20000 for one in found)

    def test_question_as_argument(self, rolewise):
        for arguments in (["mle vs ds"], ["mle", "vs", "ds"]):
            (one,) = objects(rolewise("ask", "--json", *arguments))
            assert one["question"] == "mle vs ds"
            assert one["roles"] == [MLE, DS]

    def test_argument_that_is_no_utf8_is_answered(self, rolewise):
        (one,) = objects(rolewise("ask", "--json", b"mle vs ds \xff"))
        assert one["question"] == "mle vs ds \ufffd"

    def test_empty_argument_is_a_question(self, rolewise):
        (one,) = objects(rolewise("ask", "--json", ""))
        assert (one["question"], one["outcome"]) == ("", "unknown")

    def test_overheard_talk_is_met_with_silence(self, rolewise):
        small_talk, question = asked(
            rolewise,
            "the data arrived late again",
            "what is the difference between a data scientist and a data engineer?",
            arguments=["--overheard"],
        )
        assert (small_talk["outcome"], small_talk["roles"], small_talk["text"]) == ("silent", [], "")
        assert question["outcome"] == "answer"

    def test_about_gives_the_roles_of_a_follow_up(self, rolewise):
        (one,) = asked(rolewise, "and the salary?", arguments=["--about", "mle, data scientist"])
        assert one["roles"] == [MLE, DS]
        assert one["sections"] == ["salary"]

    def test_about_an_unknown_role_is_unusable(self, rolewise):
        done = rolewise("ask", "--json", "--about", "data sientistt,xyzzy", "salary?")
        assert done.returncode == 2
        assert b"No role is called" in done.stderr
        assert done.stdout == b""

    def test_each_answer_is_there_before_the_next_question(self, tmp_path, environment):
        with subprocess.Popen(
            [sys.executable, "-m", "bot", "ask", "--json"],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as process:
            for question in ("mle vs ds", "", "which roles use kafka"):
                process.stdin.write(question.encode() + b"\n")
                process.stdin.flush()
                assert json.loads(process.stdout.readline())["question"] == question
            process.stdin.close()
            assert process.wait(30) == 0

    def test_reader_that_leaves_ends_it_without_a_word(self, tmp_path, environment):
        with subprocess.Popen(
            [sys.executable, "-m", "bot", "ask", "--json"],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            process.stdout.close()
            try:
                process.stdin.write(b"mle vs ds\n" * 2000)
                process.stdin.close()
            except BrokenPipeError:
                process.stdin = None
            assert process.stderr.read() == b""
            assert process.wait(60) == 0


class TestAsk:
    def test_answer_is_plain_text_where_no_terminal_reads_it(self, rolewise):
        done = rolewise("ask", "mle vs ds")
        text = done.stdout.decode()
        assert done.returncode == 0
        assert text.startswith("Machine Learning Engineer vs. Data Scientist\n")
        assert "Sources: [1]" in text
        assert "\x1b" not in text

    def test_conversation_keeps_what_it_is_about_and_takes_an_option_by_its_number(self, rolewise):
        done = rolewise(
            "ask", given=b"mle vs ds\n\nand the salary?\nhow do I become an engineer\n2\nquit\nmle\n"
        )
        text = done.stdout.decode()
        assert done.returncode == 0
        assert "Machine Learning Engineer vs. Data Scientist: Salary" in text
        offered = text[text.index("Which role do you mean?") :]
        second = next(line for line in offered.splitlines() if line.startswith("2. ")).removeprefix("2. ")
        assert offered.count(f"\n{second}\n") == 1
        assert offered.rstrip().rpartition("\n")[2].startswith("Sources:")

    def test_conversation_without_input_ends_at_once(self, rolewise):
        done = rolewise("ask")
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")

    def test_silence_is_explained_beside_the_output(self, rolewise):
        done = rolewise("ask", "--overheard", "the data arrived late again")
        assert (done.returncode, done.stdout) == (0, b"")
        assert b"stays silent" in done.stderr

    def test_ascii_terminal_gets_substitutes(self, rolewise, small):
        (small / "faq" / "verified.yaml").write_text(FAQ.replace("Ask", "→ Ask"))
        done = rolewise(
            "ask", "--knowledge", str(small), "how do I get verified here", PYTHONIOENCODING="ascii"
        )
        assert done.returncode == 0
        assert b"? Ask a moderator." in done.stdout

    def test_own_knowledge_takes_the_place_of_the_base(self, rolewise, small):
        for arguments, variables in (
            (["ask", "--knowledge", str(small)], {}),
            (["--knowledge", str(small), "ask"], {}),
            (["ask"], {"KNOWLEDGE_DIR": str(small)}),
        ):
            done = rolewise(*arguments, "how do I get verified here", **variables)
            assert b"Ask a moderator." in done.stdout
        assert b"Ask a moderator." not in rolewise("ask", "how do I get verified here").stdout

    @pytest.mark.parametrize("command", ["ask", "preview", "check"])
    def test_knowledge_that_is_no_folder_is_unusable(self, command, rolewise, tmp_path):
        (tmp_path / "file").write_text("")
        for name, words in (("nowhere", b"does not exist"), ("file", b"is not a folder")):
            done = rolewise(command, "--knowledge", name)
            assert done.returncode == 2
            assert words in done.stderr
            assert b"Traceback" not in done.stderr

    @pytest.mark.parametrize("command", ["ask", "preview"])
    def test_broken_knowledge_is_told_by_file_and_line(self, command, rolewise, small):
        (small / "faq" / "verified.yaml").write_text(FAQ.replace("questions", "qestions"))
        done = rolewise(command, "--knowledge", "small")
        assert done.returncode == 1
        assert done.stderr.decode().splitlines()[0].startswith("small/faq/verified.yaml:")
        assert b"Traceback" not in done.stderr

    def test_bad_setting_is_one_sentence(self, rolewise):
        done = rolewise("ask", "mle", LOG_LEVEL="loud")
        assert done.returncode == 2
        assert done.stderr.decode().startswith("The setting LOG_LEVEL cannot be used: `loud` was found")
        assert done.stderr.count(b"\n") == 1

    def test_interrupt_ends_a_conversation_quietly(self, tmp_path, environment):
        with subprocess.Popen(
            [sys.executable, "-m", "bot", "ask"],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            process.stdin.write(b"mle vs ds\n")
            process.stdin.flush()
            assert process.stdout.readline().startswith(b"Machine")
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
            assert process.stderr.read() == b""


class TestCheck:
    def test_shipped_knowledge_is_clean(self, rolewise):
        done = rolewise("check")
        assert (done.returncode, done.stdout) == (0, b""), done.stdout.decode()
        assert b"0 errors, 0 warnings in 6 roles" in done.stderr

    def test_problems_stand_one_a_line_under_the_name_that_was_given(self, rolewise, small):
        (small / "faq" / "verified.yaml").write_text(FAQ.replace("questions", "qestions"))
        (small / "notes.txt").write_text("")
        done = rolewise("check", "small")
        lines = done.stdout.decode().splitlines()
        assert done.returncode == 1
        assert any(line.startswith("small/faq/verified.yaml:2:1: error: ") for line in lines)
        assert any(line.startswith("small/notes.txt:1:1: warning: ") for line in lines)
        assert b"1 warning" in done.stderr

    def test_json_holds_the_problems_and_their_counts(self, rolewise, small):
        (small / "faq" / "verified.yaml").write_text(FAQ.replace("questions", "qestions"))
        done = rolewise("check", str(small), "--json")
        found = json.loads(done.stdout)
        assert done.returncode == 1
        assert done.stderr == b""
        assert found["errors"] == len([one for one in found["problems"] if one["severity"] == "error"]) > 0
        assert found["warnings"] == 0
        assert sorted(found["problems"][0]) == ["column", "file", "line", "severity", "text"]
        assert found["problems"][0]["file"] == f"{small}/faq/verified.yaml"

    def test_golden_question_that_resolves_to_something_else_is_a_problem(self, rolewise, tmp_path):
        folder = tmp_path / "own"
        shutil.copytree(shipped_knowledge(), folder)
        questions = folder / "questions.yaml"
        lines = questions.read_text().splitlines()
        place = next(number for number, line in enumerate(lines) if "roles: [" in line)
        lines[place] = (
            lines[place].partition("roles:")[0] + "roles: [data-analyst, ai-engineer, data-engineer]"
        )
        questions.write_text("\n".join(lines) + "\n")
        done = rolewise("check", "own")
        assert done.returncode == 1
        (line,) = done.stdout.decode().splitlines()
        assert line.startswith("own/questions.yaml:")
        assert "golden question" in line

    def test_directory_that_is_none_is_unusable(self, rolewise):
        done = rolewise("check", "nowhere")
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"nowhere does not exist" in done.stderr

    def test_unknown_option_is_unusable(self, rolewise):
        assert rolewise("check", "--frobnicate").returncode == 2

    def test_folder_with_faq_only_is_clean(self, rolewise, small):
        assert rolewise("check", str(small)).returncode == 0

    def test_warning_alone_is_a_problem_too(self, rolewise, small):
        (small / "notes.txt").write_text("")
        done = rolewise("check", "small")
        assert done.returncode == 1
        assert b"0 errors, 1 warning" in done.stderr


class TestInit:
    def test_copy_holds_everything_is_clean_and_says_what_to_do_next(self, rolewise, tmp_path):
        done = rolewise("init", "mine")
        assert done.returncode == 0
        mine = tmp_path / "mine"
        assert f"KNOWLEDGE_DIR={mine}" in done.stdout.decode()
        base = shipped_knowledge()
        assert {f.relative_to(mine) for f in mine.rglob("*")} == {
            f.relative_to(base) for f in base.rglob("*")
        }
        assert all(os.access(file, os.W_OK) for file in mine.rglob("*"))
        assert rolewise("check", "mine").returncode == 0

    def test_schemas_that_copied_files_name_are_there(self, rolewise, tmp_path):
        rolewise("init", "mine")
        named = 0
        for file in (tmp_path / "mine").rglob("*.yaml"):
            first = file.read_text().splitlines()[0]
            assert first.startswith("# yaml-language-server: $schema="), file
            assert (file.parent / first.partition("=")[2]).resolve().is_file(), file
            named += 1
        assert named > 5

    @pytest.mark.parametrize("name", ["full", "file"])
    def test_what_is_there_is_left_alone(self, name, rolewise, tmp_path):
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "mine.yaml").write_text("mine")
        (tmp_path / "file").write_text("mine")
        done = rolewise("init", name)
        assert done.returncode == 1
        assert name in done.stderr.decode()
        assert done.stderr.count(b"\n") == 1
        assert sorted(f.name for f in tmp_path.iterdir()) == ["file", "full"]
        assert [f.name for f in (tmp_path / "full").iterdir()] == ["mine.yaml"]

    def test_empty_folder_and_folders_on_the_way_may_be_there_or_not(self, rolewise, tmp_path):
        (tmp_path / "empty").mkdir()
        assert rolewise("init", "empty").returncode == 0
        assert rolewise("init", "on/the/way").returncode == 0
        assert (tmp_path / "on" / "the" / "way" / "sections.yaml").is_file()

    def test_setting_that_names_the_folder_to_be_made_is_no_hindrance(self, rolewise, tmp_path):
        assert rolewise("init", "mine", KNOWLEDGE_DIR=str(tmp_path / "mine")).returncode == 0


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


NO_PAGE = {
    "extra missing": ("sys.modules['simcord'] = None", b"pip install 'rolewise[preview]'"),
    "no port to be had": (
        "import socket\ndef refuse(*_): raise PermissionError(13, 'no')\nsocket.socket.bind = refuse",
        b"no free port was found",
    ),
}


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
