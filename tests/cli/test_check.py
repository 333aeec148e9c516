"""`check`: problems by file and line, golden questions, exit codes."""

import json
import shutil

from bot.library import shipped_knowledge

FAQ = "id: verified\nquestions:\n  - how do I get verified here\nanswer: Ask a moderator.\n"


def test_shipped_knowledge_is_clean(rolewise):
    done = rolewise("check")
    assert (done.returncode, done.stdout) == (0, b""), done.stdout.decode()
    assert b"0 errors, 0 warnings in 36 roles" in done.stderr


def test_problems_stand_one_a_line_under_the_name_that_was_given(rolewise, small):
    (small / "faq" / "verified.yaml").write_text(FAQ.replace("questions", "qestions"))
    (small / "notes.txt").write_text("")
    done = rolewise("check", "small")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 1
    assert any(line.startswith("small/faq/verified.yaml:2:1: error: ") for line in lines)
    assert any(line.startswith("small/notes.txt:1:1: warning: ") for line in lines)
    assert b"1 warning" in done.stderr


def test_json_holds_the_problems_and_their_counts(rolewise, small):
    (small / "faq" / "verified.yaml").write_text(FAQ.replace("questions", "qestions"))
    done = rolewise("check", str(small), "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert done.stderr == b""
    assert found["errors"] == len([one for one in found["problems"] if one["severity"] == "error"]) > 0
    assert found["warnings"] == 0
    assert sorted(found["problems"][0]) == ["column", "file", "line", "severity", "text"]
    assert found["problems"][0]["file"] == f"{small}/faq/verified.yaml"


def test_golden_question_that_resolves_to_something_else_is_a_problem(rolewise, tmp_path):
    folder = tmp_path / "own"
    shutil.copytree(shipped_knowledge(), folder)
    questions = folder / "questions.yaml"
    lines = questions.read_text().splitlines()
    place = next(number for number, line in enumerate(lines) if "roles: [" in line)
    lines[place] = lines[place].partition("roles:")[0] + "roles: [data-analyst, ai-engineer, data-engineer]"
    questions.write_text("\n".join(lines) + "\n")
    done = rolewise("check", "own")
    assert done.returncode == 1
    (line,) = done.stdout.decode().splitlines()
    assert line.startswith("own/questions.yaml:")
    assert "golden question" in line


def test_directory_that_is_none_is_unusable(rolewise):
    done = rolewise("check", "nowhere")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"nowhere does not exist" in done.stderr


def test_unknown_option_is_unusable(rolewise):
    assert rolewise("check", "--frobnicate").returncode == 2


def test_folder_with_faq_only_is_clean(rolewise, small):
    assert rolewise("check", str(small)).returncode == 0


def test_what_a_check_has_learned_is_kept_for_the_next(rolewise, small, tmp_path):
    kept = tmp_path / "data" / "knowledge" / "heads"
    assert rolewise("check", str(small), DATA_DIR=str(tmp_path / "data")).returncode == 0
    (head,) = kept.iterdir()
    # What is read again keeps its content; what is learned again is written anew, in another file.
    before = head.stat().st_ino
    assert rolewise("check", str(small), DATA_DIR=str(tmp_path / "data")).returncode == 0
    assert [(one.name, one.stat().st_ino) for one in kept.iterdir()] == [(head.name, before)]


def test_check_needs_no_settings_that_can_be_used(rolewise, small):
    assert rolewise("check", str(small), LOG_LEVEL="loud").returncode == 0


def test_warning_alone_is_a_problem_too(rolewise, small):
    (small / "notes.txt").write_text("")
    done = rolewise("check", "small")
    assert done.returncode == 1
    assert b"0 errors, 1 warning" in done.stderr


def test_stale_facts_are_listed_when_asked_for(rolewise, tmp_path):
    folder = tmp_path / "own"
    shutil.copytree(shipped_knowledge(), folder)
    role = folder / "roles" / "data-analyst.yaml"
    lines = role.read_text().splitlines()
    place = next(number for number, line in enumerate(lines) if line.strip().startswith("as_of: "))
    lines[place] = "      as_of: 2015-05"
    role.write_text("\n".join(lines) + "\n")
    assert rolewise("check", "own").returncode == 0
    done = rolewise("check", "own", "--stale")
    assert done.returncode == 1
    assert (
        f"own/roles/data-analyst.yaml:{place + 1}:14: warning: fact of 2015-05 is older than 60 months, "
        "the shelf life of `definition`; look it up anew"
    ) in done.stdout.decode().splitlines()
