"""Learning beside the bot: the same as learning by itself, and never in the way of a start."""

import subprocess

import pytest

import bot.head_cache
import bot.learning
import bot.snapshot_cache
from bot.head_cache import HeadCache
from bot.learning import can_keep
from bot.library import KnowledgeError, Library
from bot.programs import environment

WORDS = ("how", "do", "i", "get", "verified")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "knowledge"
    (folder / "faq").mkdir(parents=True)
    write(folder, "how do I get verified here")
    return folder


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def idle(monkeypatch):
    """Fails the test where this process compiles or trains anything."""

    def forbid():
        for module, name in (
            (bot.head_cache, "fit"),
            (bot.head_cache, "fit_asked"),
            (bot.snapshot_cache, "load"),
        ):
            monkeypatch.setattr(module, name, lambda *_, **__: pytest.fail("the bot did it by itself"))

    return forbid


def write(folder, *questions):
    asked = "".join(f"  - {question}\n" for question in questions)
    (folder / "faq" / "verified.yaml").write_text(
        f"id: verified\nquestions:\n{asked}answer: Ask a moderator.\n"
    )


def found(library):
    return library.assistant.understand(" ".join(WORDS)).account.candidates


def test_a_first_start_compiles_and_learns_beside_the_bot(folder, cache, idle):
    by_itself = found(Library.open(folder))
    told = []
    idle()
    assert found(Library.open(folder, cache, lambda *at: told.append(at))) == by_itself
    assert told
    assert all(0 <= done <= total for done, total in told)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_later_start_runs_no_program(folder, cache, idle, monkeypatch):
    Library.open(folder, cache)
    idle()
    monkeypatch.setattr(bot.learning, "PROGRAM", "bot.nothing")
    assert found(Library.open(folder, cache))


def test_an_edit_of_an_example_is_learned_beside_the_bot(folder, cache, monkeypatch):
    library = Library.open(folder, cache)
    before = found(library)
    write(folder, "how do I get verified here", "how do I get verified")
    monkeypatch.setattr(bot.head_cache, "fit", lambda *_: pytest.fail("the bot did it by itself"))
    assert library.reload()
    assert found(library) != before


@pytest.mark.parametrize("broken", ["python", "program"])
def test_without_the_program_the_bot_learns_by_itself_and_says_so(folder, cache, monkeypatch, caplog, broken):
    if broken == "python":
        monkeypatch.setattr("sys.executable", "/nonexistent/python")
    else:
        monkeypatch.setattr(bot.learning, "PROGRAM", "bot.nothing")
    assert found(Library.open(folder, cache)) == found(Library.open(folder))
    assert "so the bot learns by itself" in caplog.text
    assert HeadCache(cache).holds(Library.open(folder).assistant.snapshot)


@pytest.fixture
def started(monkeypatch):
    """The programs that are started."""
    programs = []

    class Noted(subprocess.Popen):
        def __init__(self, *args, **options):
            super().__init__(*args, **options)
            programs.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return programs


def test_a_program_that_is_killed_leaves_the_bot_to_learn_by_itself(folder, cache, started, caplog):
    library = Library.open(folder, cache, lambda *_: started[0].kill())
    assert found(library) == found(Library.open(folder))
    assert f"ended with {started[0].returncode}" in caplog.text


def test_the_program_ends_with_the_bot(folder, cache, started):
    def interrupt(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Library.open(folder, cache, interrupt)
    assert started[0].returncode


def test_no_program_runs_where_nothing_can_be_kept(folder, cache, started):
    cache.write_text("a file")
    assert not can_keep(cache)
    assert found(Library.open(folder, cache)) == found(Library.open(folder))
    assert started == []


def test_problems_are_told_after_the_program_has_met_them(folder, cache, caplog):
    (folder / "faq" / "verified.yaml").write_text("id: [")
    with pytest.raises(KnowledgeError) as caught:
        Library.open(folder, cache)
    assert caught.value.problems
    assert caplog.text == ""


def test_programs_see_no_secrets(monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    assert "secret" not in environment().values()
    assert environment(MORE="more")["MORE"] == "more"
