"""Trained heads: equal examples are trained on once, others anew; what is kept is never in the way."""

from dataclasses import replace
from types import MappingProxyType

import pytest

import bot.head_cache
from bot.core.knowledge.model import FaqEntry
from bot.head_cache import HeadCache

ENTRY = FaqEntry("rules", ("where are the rules",), "Here.")


def ranks(head):
    return head.rank(("which", "laptop", "should", "i", "buy"), 3)


@pytest.fixture
def never(monkeypatch):
    """Fails the test where anything is trained."""

    def forbid():
        monkeypatch.setattr(bot.head_cache, "fit", lambda *_: pytest.fail("it was trained again"))

    return forbid


def test_a_head_is_kept_in_memory_and_on_disk(library, tmp_path, never):
    snapshot = library.assistant.snapshot
    cache = HeadCache(tmp_path)
    first = cache.faq_head(snapshot)
    never()
    assert cache.faq_head(snapshot) is first
    assert ranks(HeadCache(tmp_path).faq_head(snapshot)) == ranks(first)


def test_an_edit_of_anything_else_trains_nothing(library, never):
    snapshot = library.assistant.snapshot
    cache = HeadCache(None)
    first = cache.faq_head(snapshot)
    never()
    assert cache.faq_head(replace(snapshot, revision="other", compared=())) is first


def test_another_entry_is_learned(library):
    snapshot = library.assistant.snapshot
    cache = HeadCache(None)
    before = cache.faq_head(snapshot)
    after = cache.faq_head(replace(snapshot, faq=MappingProxyType({**snapshot.faq, "rules": ENTRY})))
    assert set(after.classes) - set(before.classes) == {"rules"}


def test_knowledge_without_entries_has_no_head(library):
    assert HeadCache(None).faq_head(replace(library.assistant.snapshot, faq=MappingProxyType({}))) is None


def test_a_damaged_file_is_replaced(library, tmp_path):
    snapshot = library.assistant.snapshot
    first = HeadCache(tmp_path).faq_head(snapshot)
    (kept,) = tmp_path.glob("*.pickle")
    kept.write_bytes(b"no pickle")
    assert ranks(HeadCache(tmp_path).faq_head(snapshot)) == ranks(first)
