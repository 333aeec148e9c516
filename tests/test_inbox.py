"""The inbox by itself: bounded in memory, never in the way, and off where it is off."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from bot import inbox as module
from bot.core.knowledge.difference import Change, difference
from bot.core.knowledge.model import FaqEntry
from bot.inbox import Inbox, InboxOffError, QuestionForgottenError
from bot.servers import Servers
from bot.store import Store, StoreError

SERVER = 7
TODAY = date(2026, 11, 23)


@pytest.fixture
async def servers(library, tmp_path):
    made = Servers(library, None, lambda: Store.open(None, tmp_path))
    await made.look()
    await made.change_settings(SERVER, lambda kept: replace(kept, inbox=True))
    yield made
    await made.close()


async def missed(servers):
    return {one.text: one.count for one in await servers.store.missed(SERVER)}


def reply(assistant, text):
    return assistant.ask(text, today=TODAY)


async def test_a_question_is_taken_at_once_and_written_until_closing(servers, assistant):
    inbox = Inbox(servers)
    for _ in range(3):
        inbox.take(SERVER, reply(assistant, "what does a nurse earn"), 1)
    await inbox.close()
    assert await missed(servers) == {"what does a nurse earn": 3}


async def test_more_than_can_be_written_are_not_kept(servers, assistant, monkeypatch, caplog):
    monkeypatch.setattr(module, "WAITING", 5)
    inbox = Inbox(servers)
    unknown = reply(assistant, "what does a nurse earn")
    for _ in range(8):
        inbox.take(SERVER, unknown, 1)
    await inbox.close()
    assert await missed(servers) == {"what does a nurse earn": 5}
    assert caplog.text.count("too many wait") == 3


async def test_what_waits_when_it_is_switched_off_is_not_written(servers, assistant):
    inbox = Inbox(servers)
    inbox.take(SERVER, reply(assistant, "what does a nurse earn"), 1)
    servers._set({})
    await inbox.close()
    assert await missed(servers) == {}


async def test_what_has_no_words_is_not_kept(servers, assistant):
    inbox = Inbox(servers)
    for text in ("", "?!", "<@123456789012345678>", "0170 1234567"):
        inbox.take(SERVER, reply(assistant, text), 1)
    await inbox.close()
    assert await missed(servers) == {}


async def test_questions_of_the_newest_answers_are_remembered(servers, assistant, monkeypatch):
    monkeypatch.setattr(module, "REMEMBERED", 3)
    inbox = Inbox(servers)
    answer = reply(assistant, "mle vs ds?")
    for message in range(5):
        inbox.take(SERVER, answer, message)
    with pytest.raises(QuestionForgottenError):
        await inbox.unhelpful(SERVER, 1, user=9)
    assert await inbox.unhelpful(SERVER, 2, user=9)
    assert len(inbox._asked) == 3


async def test_off_it_remembers_nothing_and_refuses(servers, assistant):
    inbox = Inbox(servers)
    for server in (8, None):
        inbox.take(server, reply(assistant, "mle vs ds?"), 1)
        inbox.take(server, reply(assistant, "what does a nurse earn"), 1)
    assert (len(inbox._asked), len(inbox._waiting)) == (0, 0)
    with pytest.raises(InboxOffError):
        await inbox.unhelpful(8, 1, user=9)


async def test_an_unforeseen_failure_does_not_end_the_writing(servers, assistant, monkeypatch, caplog):
    inbox = Inbox(servers)
    write = servers.store.note_missed
    failing = True

    async def fails_once(*given):
        nonlocal failing
        if failing:
            failing = False
            raise RuntimeError("unforeseen")
        await write(*given)

    monkeypatch.setattr(servers.store, "note_missed", fails_once)
    inbox.take(SERVER, reply(assistant, "what does a nurse earn"), 1)
    inbox.take(SERVER, reply(assistant, "what does a vet earn"), 1)
    await inbox.close()
    assert await missed(servers) == {"what does a vet earn": 1}
    assert "is not kept" in caplog.text


async def test_closing_does_not_wait_for_a_database_that_hangs(servers, assistant, monkeypatch):
    monkeypatch.setattr(module, "CLOSING_SECONDS", 0.05)

    async def hangs(*_given):
        await asyncio.Event().wait()

    monkeypatch.setattr(servers.store, "note_missed", hangs)
    inbox = Inbox(servers)
    inbox.take(SERVER, reply(assistant, "what does a nurse earn"), 1)
    await inbox.close()
    assert inbox._writing.cancelled()


def published(assistant, before, after):
    """The difference that publishing an FAQ entry makes."""
    same = difference(assistant.snapshot, assistant.snapshot)
    old, new = (FaqEntry("a", texts, "An answer.") if texts else None for texts in (before, after))
    return replace(same, faq=(Change(old, new),))


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        (("one",), ("one", "What does a NURSE earn?"), {"where are the rules"}),
        ((), ("what does a nurse earn here",), {"where are the rules"}),
        (("what does a nurse earn",), ("what does a nurse earn", "two"), None),
        (("what does a nurse earn",), (), None),
        (("one",), ("one",), None),
    ],
)
async def test_only_what_was_newly_taught_is_forgotten(servers, assistant, before, after, left):
    texts = {"what does a nurse earn", "what does a nurse earn here", "where are the rules"}
    for text in texts:
        await servers.store.note_missed(SERVER, text, "unknown")
    await Inbox(servers).forget_taught(SERVER, published(assistant, before, after))
    assert set(await missed(servers)) == (texts if left is None else left)


async def test_publishing_does_not_fail_where_forgetting_does(servers, assistant, monkeypatch, caplog):
    async def fails(*_given):
        raise StoreError("The database is gone: bring it back.")

    monkeypatch.setattr(servers.store, "missed", fails)
    await Inbox(servers).forget_taught(SERVER, published(assistant, (), ("what does a nurse earn",)))
    assert "stay in its inbox: The database is gone" in caplog.text
