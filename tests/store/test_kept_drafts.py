"""Drafts: kept for a day under an id that cannot be guessed."""

import re

from bot.store import Draft, Stored
from bot.store.store import DRAFTS

SERVER, OTHER, MOD = 2**62 + 1, 3, 2**62 + 2
CHANGES = {"roles/a.yaml": "a: 1\r\n  ", "faq/b.yaml": None, "é \U0001f600": "ü"}


async def test_draft_comes_back_as_it_was_kept(store, clock):
    draft = await store.keep_draft(SERVER, MOD, 7, CHANGES, "Almost")
    assert draft == Draft(draft.id, SERVER, MOD, 7, CHANGES, "Almost", clock.now)
    assert await store.draft(draft.id) == draft
    assert re.fullmatch(r"[A-Za-z0-9_-]{8,16}", draft.id)


async def test_drafts_are_told_apart(store):
    first = await store.keep_draft(SERVER, MOD, 0, {"a": "1"})
    second = await store.keep_draft(SERVER, MOD, 0, {"a": "2"})
    await store.drop_draft(first.id)
    await store.drop_draft(first.id)
    assert await store.draft(first.id) is None
    assert await store.draft(second.id) == second


async def test_id_that_is_none_finds_no_draft(store):
    await store.keep_draft(SERVER, MOD, 0, {})
    for bad in ("", "unknown", "x" * 17, "a\0b", "\ud800", "'; --", "über"):
        assert await store.draft(bad) is None
        await store.drop_draft(bad)
    assert (await store.stored(SERVER)).drafts == 1


async def test_draft_is_forgotten_after_a_day_and_tidied_away(store, clock):
    old = await store.keep_draft(SERVER, MOD, 0, CHANGES)
    clock.move(hours=23, minutes=59)
    young = await store.keep_draft(SERVER, MOD, 0, CHANGES)
    await store.tidy()
    assert await store.draft(old.id) == old
    clock.move(minutes=1)
    assert await store.draft(old.id) is None
    assert (await store.stored(SERVER)).drafts == 2
    await store.tidy()
    assert await store.stored(SERVER) == Stored(revisions=0, drafts=1, missed=0, settings=False)
    assert await store.draft(young.id) == young


async def test_of_an_authors_many_drafts_the_oldest_go(store, clock):
    others = [await store.keep_draft(SERVER, OTHER, 0, {}), await store.keep_draft(OTHER, MOD, 0, {})]
    kept = []
    for _ in range(DRAFTS + 3):
        kept.append(await store.keep_draft(SERVER, MOD, 0, {}))
        clock.move(seconds=1)
    assert [await store.draft(one.id) for one in kept[:3]] == [None] * 3
    assert [await store.draft(one.id) for one in kept[3:]] == kept[3:]
    assert [await store.draft(one.id) for one in others] == others
