"""Trained heads: equal examples are trained on once, others anew; what is kept is never in the way."""

from dataclasses import replace
from types import MappingProxyType

import pytest

import bot.head_cache
from bot.core.knowledge.model import FaqEntry, Message, Messages
from bot.core.matching.heads import Heads
from bot.head_cache import HeadCache

ENTRY = FaqEntry("rules", ("where are the rules",), "Here.")


def ranks(heads):
    words = ("which", "laptop", "should", "i", "buy")
    return heads.faq.rank(words, 3), heads.asked.weights.rows.tolist()


@pytest.fixture(scope="module")
def snapshot(library):
    """The shipped knowledge with a few of its messages, which are learned faster."""
    whole = library.assistant.snapshot
    return replace(whole, messages=whole.messages[::20])


@pytest.fixture
def never(monkeypatch):
    """Fails the test where anything is trained."""

    def forbid():
        for name in ("fit", "fit_asked"):
            monkeypatch.setattr(bot.head_cache, name, lambda *_: pytest.fail("it was trained again"))

    return forbid


def test_heads_are_kept_in_memory_and_on_disk(snapshot, tmp_path, never):
    cache = HeadCache(tmp_path)
    first = cache.heads(snapshot)
    never()
    again = cache.heads(snapshot)
    assert again.faq is first.faq
    assert again.asked is first.asked
    assert ranks(HeadCache(tmp_path).heads(snapshot)) == ranks(first)


def test_an_edit_of_anything_else_trains_nothing(snapshot, never):
    cache = HeadCache(None)
    first = cache.heads(snapshot)
    never()
    assert cache.heads(replace(snapshot, revision="other", compared=())) == first


def test_another_entry_is_learned(snapshot):
    cache = HeadCache(None)
    before = cache.heads(snapshot)
    after = cache.heads(replace(snapshot, faq=MappingProxyType({**snapshot.faq, "rules": ENTRY})))
    assert set(after.faq.classes) - set(before.faq.classes) == {"rules"}


def test_another_message_is_learned(snapshot):
    cache = HeadCache(None)
    before = cache.heads(snapshot)
    message = Message("which rules are there", ("definition",))
    after = cache.heads(replace(snapshot, messages=Messages.of((*snapshot.messages, message))))
    assert after.asked is not before.asked
    assert after.faq is before.faq


def test_knowledge_without_entries_and_questions_has_no_heads(snapshot):
    talk = Messages.of([Message("good morning", None)])
    bare = replace(snapshot, faq=MappingProxyType({}), messages=talk)
    assert HeadCache(None).heads(bare) == Heads(None, None)


def test_damaged_files_are_replaced(snapshot, tmp_path):
    first = HeadCache(tmp_path).heads(snapshot)
    for kept in tmp_path.rglob("*.pickle"):
        kept.write_bytes(b"no pickle")
    assert ranks(HeadCache(tmp_path).heads(snapshot)) == ranks(first)
