"""The knowledge being served: loaded, watched, and kept while an edit is broken."""

import asyncio
import contextlib
import logging
import shutil
from datetime import date

import pytest

from bot.core.answers.model import Answer, Prose
from bot.library import KnowledgeError, Library, shipped_knowledge
from bot.ui.plain import render

TODAY = date(2026, 11, 24)
QUESTION = "how do I get verified here"
FAQ = "id: verified\nquestions:\n  - how do I get verified here\nanswer: {answer}\n"
BROKEN = "id: verified\nqestions: []\nanswer: broken {number}\n"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "knowledge"
    (folder / "faq").mkdir(parents=True)
    write(folder, FAQ.format(answer="Ask a moderator."))
    return folder


def write(folder, text):
    (folder / "faq" / "verified.yaml").write_text(text)


def said(library):
    return render(library.assistant.ask(QUESTION, today=TODAY))


class Heard(logging.Handler):
    """What the library logs, as a queue to wait on."""

    def __init__(self):
        super().__init__()
        self.loop = asyncio.get_running_loop()
        self.lines = asyncio.Queue()

    def emit(self, record):
        self.loop.call_soon_threadsafe(self.lines.put_nowait, record.getMessage())

    async def until(self, phrase, seconds=120):
        async with asyncio.timeout(seconds):
            while phrase not in (line := await self.lines.get()):
                pass
        return line


@contextlib.asynccontextmanager
async def watched(library):
    """A library that is being watched, once the watch is known to work."""
    heard, stop = Heard(), asyncio.Event()
    log = logging.getLogger("bot.library")
    log.addHandler(heard)
    level = log.level
    log.setLevel(logging.INFO)
    task = asyncio.create_task(library.watch(stop))
    try:
        write(library.directory, FAQ.format(answer="The watch works."))
        await heard.until("reloaded")
        yield heard
    finally:
        stop.set()
        async with asyncio.timeout(10):
            await task
        log.removeHandler(heard)
        log.setLevel(level)


def test_shipped_knowledge_is_served_without_problems(learned):
    library = Library.open(shipped_knowledge(), learned)
    assert library.problems == ()
    assert isinstance(library.assistant.ask("mle vs ds", today=TODAY), Answer)


def test_directory_with_errors_does_not_open_and_tells_them_all(folder):
    write(folder, BROKEN.format(number=1))
    (folder / "faq" / "other.yaml").write_text("id: [")
    with pytest.raises(KnowledgeError) as caught:
        Library.open(folder)
    assert {problem.file for problem in caught.value.problems} == {"faq/verified.yaml", "faq/other.yaml"}
    assert caught.value.directory == folder


def test_directory_that_is_not_there_does_not_open(tmp_path):
    with pytest.raises(KnowledgeError):
        Library.open(tmp_path / "nowhere")


def test_reload_serves_a_good_edit(folder):
    library = Library.open(folder)
    write(folder, FAQ.format(answer="Read the rules first."))
    assert library.reload()
    assert "Read the rules first." in said(library)


def test_reload_of_equal_files_keeps_the_assistant(folder):
    library = Library.open(folder)
    before = library.assistant
    assert library.reload()
    assert library.assistant is before


def test_broken_edit_keeps_the_last_good_answer_and_names_the_problem(folder, caplog):
    library = Library.open(folder)
    write(folder, BROKEN.format(number=1))
    assert not library.reload()
    assert "Ask a moderator." in said(library)
    assert any("did you mean `questions`" in str(problem) for problem in library.problems)
    assert "faq/verified.yaml:2:1: error" in caplog.text


def test_mended_edit_clears_the_problems(folder):
    library = Library.open(folder)
    write(folder, BROKEN.format(number=1))
    library.reload()
    write(folder, FAQ.format(answer="Ask a moderator."))
    assert library.reload()
    assert library.problems == ()


async def test_edit_is_served(folder):
    library = Library.open(folder)
    async with watched(library) as heard:
        write(folder, FAQ.format(answer="Read the rules first."))
        await heard.until("reloaded")
        assert "Read the rules first." in said(library)


async def test_edit_of_a_role_is_served(small_knowledge, folder, learned):
    shutil.copytree(small_knowledge, folder, dirs_exist_ok=True)
    library = Library.open(folder, learned)
    role = folder / "roles" / "data-scientist.yaml"
    async with watched(library) as heard:
        role.write_text(role.read_text().replace("name: Data Scientist", "name: Data Sage", 1))
        await heard.until("reloaded")
        assert "Data Sage" in render(library.assistant.ask("what is a data sage", today=TODAY))


async def test_fifty_broken_and_fifty_good_edits_in_a_row_leave_it_serving(folder):
    library = Library.open(folder)
    async with watched(library) as heard:
        for number in range(50):
            write(folder, BROKEN.format(number=number))
            await heard.until("not served")
            good = "The watch works." if number == 0 else f"Answer {number - 1}."
            assert good in said(library)
            assert library.problems
            write(folder, FAQ.format(answer=f"Answer {number}."))
            await heard.until("reloaded")
            assert f"Answer {number}." in said(library)
            assert library.problems == ()


async def test_watch_outlives_a_directory_that_is_removed_and_comes_back(folder):
    library = Library.open(folder)
    async with watched(library) as heard:
        shutil.rmtree(folder)
        await heard.until("not served")
        assert "The watch works." in said(library)
        (folder / "faq").mkdir(parents=True)
        write(folder, FAQ.format(answer="Back again."))
        await heard.until("reloaded")
        assert "Back again." in said(library)
        write(folder, FAQ.format(answer="And once more."))
        await heard.until("reloaded")


async def test_watch_follows_a_directory_that_is_replaced(folder, tmp_path):
    library = Library.open(folder)
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    write(other, FAQ.format(answer="Replaced."))
    async with watched(library) as heard:
        folder.rename(tmp_path / "former")
        other.rename(folder)
        await heard.until("reloaded")
        assert "Replaced." in said(library)


async def test_watch_follows_a_link_that_is_turned_to_another_directory(folder, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    write(other, FAQ.format(answer="Turned."))
    link = tmp_path / "current"
    link.symlink_to(folder)
    library = Library.open(link)
    async with watched(library) as heard:
        link.unlink()
        link.symlink_to(other)
        await heard.until("reloaded")
        assert "Turned." in said(library)


async def test_edit_between_loading_and_watching_is_served(folder):
    library = Library.open(folder)
    write(folder, FAQ.format(answer="Edited in between."))
    heard, stop = Heard(), asyncio.Event()
    log = logging.getLogger("bot.library")
    log.addHandler(heard)
    log.setLevel(logging.INFO)
    task = asyncio.create_task(library.watch(stop))
    await heard.until("reloaded")
    stop.set()
    await task
    log.removeHandler(heard)
    assert "Edited in between." in said(library)


def test_answers_of_an_old_assistant_stay_whole_while_another_is_swapped_in(folder):
    library = Library.open(folder)
    held = library.assistant
    write(folder, FAQ.format(answer="Read the rules first."))
    library.reload()
    reply = held.ask(QUESTION, today=TODAY)
    assert [block.line.text for block in reply.blocks if isinstance(block, Prose)] == ["Ask a moderator."]
