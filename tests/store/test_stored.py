"""Privacy: what is stored of a server is counted and deleted, and a person's id taken off."""

from dataclasses import replace

from bot.store import Overlay, ServerSettings, Stored

SERVER, OTHER, MOD, SECOND = 2**62 + 1, 3, 2**62 + 2, 17
EMPTY = Stored(revisions=0, drafts=0, missed=0, settings=False)
FULL = Stored(revisions=2, drafts=3, missed=1, settings=True)


async def fill(store, server):
    await store.publish(server, 0, {"a": "1"}, author=MOD)
    await store.publish(server, 1, {"a": "2"}, author=SECOND)
    for author in (MOD, MOD, SECOND):
        await store.keep_draft(server, author, 2, {"a": "3"})
    await store.note_missed(server, "nurse pay", "unknown")
    await store.change_settings(server, lambda old: replace(old, inbox=True))


async def test_stored_counts_what_is_there(store):
    assert await store.stored(SERVER) == EMPTY
    await fill(store, OTHER)
    assert await store.stored(SERVER) == EMPTY
    assert await store.stored(OTHER) == FULL


async def test_deleted_server_leaves_nothing_and_others_keep_everything(store):
    await fill(store, SERVER)
    await fill(store, OTHER)
    await store.delete_server(SERVER)
    await store.delete_server(SERVER)
    assert await store.stored(SERVER) == EMPTY
    assert await store.overlay(SERVER) == Overlay(0, {})
    assert await store.settings(SERVER) == ServerSettings()
    assert await store.newest() == {OTHER: Overlay(2, {"a": "2"})}
    assert await store.stored(OTHER) == FULL
    assert (await store.publish(SERVER, 0, {"b": "1"}, author=MOD)).number == 1


async def test_deleting_missed_questions_leaves_the_rest(store):
    await fill(store, SERVER)
    await fill(store, OTHER)
    await store.delete_missed(SERVER)
    assert await store.stored(SERVER) == replace(FULL, missed=0)
    assert await store.stored(OTHER) == FULL


async def test_anonymised_author_vanishes_from_one_server_or_all(store):
    await fill(store, SERVER)
    await fill(store, OTHER)
    assert await store.anonymise(MOD, SERVER) == 3
    assert [one.author for one in await store.history(SERVER)] == [SECOND, None]
    assert [one.author for one in await store.history(OTHER)] == [SECOND, MOD]
    assert await store.stored(SERVER) == replace(FULL, drafts=1)
    assert await store.stored(OTHER) == FULL
    assert await store.anonymise(MOD) == 3
    assert [one.author for one in await store.history(OTHER)] == [SECOND, None]
    assert await store.anonymise(MOD) == 0
    assert (await store.overlay(OTHER)).files == {"a": "2"}
