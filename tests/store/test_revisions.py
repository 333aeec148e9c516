"""Overlays: an append-only list of revisions, compared and set."""

from datetime import UTC

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import (
    ConflictError,
    Overlay,
    Revision,
    Stored,
    UnknownRevisionError,
    UnstorableTextError,
)

SERVER = 2**63 - 1
OTHER = 1
MOD = 2**62 + 12345


async def test_nothing_is_published_at_first(store):
    assert await store.newest() == {}
    assert await store.overlay(SERVER) == await store.overlay(SERVER, 0) == Overlay(0, {})
    assert await store.history(SERVER) == ()


async def test_published_revision_is_returned_and_stored_as_it_is(store, clock):
    revision = await store.publish(
        SERVER, 0, {"roles/b.yaml": "b", "faq/a.yaml": "a"}, author=MOD, note="First", report="2 files"
    )
    files = ("faq/a.yaml", "roles/b.yaml")
    assert revision == Revision(SERVER, 1, 0, MOD, clock.now, "First", "2 files", files)
    assert revision.at.tzinfo is UTC
    (kept,) = await store.history(SERVER)
    assert kept == revision
    assert kept.at.tzinfo is UTC
    assert await store.overlay(SERVER) == Overlay(1, {"faq/a.yaml": "a", "roles/b.yaml": "b"})


async def test_files_are_those_of_each_revision(store):
    await store.publish(SERVER, 0, {"a": "1", "b": "1"}, author=MOD)
    await store.publish(SERVER, 1, {"a": None, "c": "2"}, author=None)
    await store.publish(SERVER, 2, {"a": "3", "b": None, "never there": None}, author=MOD)
    await store.publish(OTHER, 0, {"a": "other"}, author=MOD)
    assert [dict((await store.overlay(SERVER, number)).files) for number in range(4)] == [
        {},
        {"a": "1", "b": "1"},
        {"b": "1", "c": "2"},
        {"a": "3", "c": "2"},
    ]
    assert await store.newest() == {
        SERVER: Overlay(3, {"a": "3", "c": "2"}),
        OTHER: Overlay(1, {"a": "other"}),
    }
    assert (await store.history(SERVER))[1].author is None


async def test_server_that_removed_all_its_files_is_among_the_newest(store):
    await store.publish(SERVER, 0, {"a": "1"}, author=MOD)
    await store.publish(SERVER, 1, {"a": None}, author=MOD)
    assert await store.newest() == {SERVER: Overlay(2, {})}


async def test_server_with_settings_only_is_not_among_the_newest(store):
    await store.change_settings(SERVER, lambda old: old)
    assert await store.newest() == {}


async def test_revision_that_changes_nothing_is_one(store):
    revision = await store.publish(SERVER, 0, {}, author=MOD)
    assert (revision.number, revision.files) == (1, ())
    assert await store.history(SERVER) == (revision,)
    assert await store.newest() == {SERVER: Overlay(1, {})}


@pytest.mark.parametrize("parent", [0, 2, -1, 2**70])
async def test_change_to_another_revision_than_the_newest_is_refused_and_leaves_no_trace(parent, store):
    await store.publish(SERVER, 0, {"a": "1"}, author=MOD)
    for change in (
        store.publish(SERVER, parent, {"a": "2"}, author=MOD),
        store.roll_back(SERVER, parent, 0, author=MOD),
    ):
        with pytest.raises(ConflictError) as caught:
            await change
        assert (caught.value.server, caught.value.expected, caught.value.current) == (SERVER, parent, 1)
        assert str(caught.value).startswith("The newest revision is 1")
    assert await store.newest() == {SERVER: Overlay(1, {"a": "1"})}
    assert len(await store.history(SERVER)) == 1


async def test_refused_first_change_stores_nothing_of_the_server(store):
    with pytest.raises(ConflictError):
        await store.publish(SERVER, 1, {"a": "1"}, author=MOD)
    assert await store.stored(SERVER) == await store.stored(OTHER)


@pytest.mark.parametrize("number", [2, -1, 2**31, 2**70])
async def test_revision_that_is_not_there_is_unknown(number, store):
    await store.publish(SERVER, 0, {"a": "1"}, author=MOD)
    for call in (store.overlay(SERVER, number), store.roll_back(SERVER, 1, number, author=MOD)):
        with pytest.raises(UnknownRevisionError) as caught:
            await call
        assert (caught.value.server, caught.value.number) == (SERVER, number)
        assert str(caught.value) == f"There is no revision {number}."
    assert len(await store.history(SERVER)) == 1


async def test_history_comes_in_pages_newest_first(store):
    for number in range(12):
        await store.publish(SERVER, number, {f"{number % 3}": "x", "y": "y"}, author=MOD)
    first = await store.history(SERVER)
    assert [revision.number for revision in first] == list(range(12, 2, -1))
    assert first[0].files == ("2", "y")
    rest = await store.history(SERVER, before=first[-1].number)
    assert [(revision.number, revision.parent) for revision in rest] == [(2, 1), (1, 0)]
    assert [revision.number for revision in await store.history(SERVER, limit=1)] == [12]
    assert await store.history(SERVER, before=1) == await store.history(SERVER, before=-(2**70)) == ()
    assert len(await store.history(SERVER, before=2**70, limit=50)) == 12


async def test_rollback_is_a_new_revision_that_names_what_it_changed(store, clock):
    await store.publish(SERVER, 0, {"a": "1", "same": "s"}, author=MOD)
    await store.publish(SERVER, 1, {"a": "2", "b": "2"}, author=MOD)
    clock.move(minutes=5)
    back = await store.roll_back(SERVER, 2, 1, author=OTHER, note="Undo", report="fine")
    assert back == Revision(SERVER, 3, 2, OTHER, clock.now, "Undo", "fine", ("a", "b"))
    assert (await store.overlay(SERVER)).files == {"a": "1", "same": "s"}
    assert (await store.roll_back(SERVER, 3, 0, author=MOD)).files == ("a", "same")
    assert await store.newest() == {SERVER: Overlay(4, {})}
    assert (await store.roll_back(SERVER, 4, 2, author=MOD)).number == 5
    assert (await store.overlay(SERVER)).files == (await store.overlay(SERVER, 2)).files


# Every character that both engines can keep, line ends and what looks like an escape among them.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        st.sampled_from("\r\n \t\\'\"%\ufeff\x85"),
    )
)
PATHS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=200)
CHANGES = st.dictionaries(PATHS, st.none() | TEXTS, max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(CHANGES, min_size=1, max_size=5), data=st.data())
async def test_rollback_gives_every_text_back_byte_for_byte(history, data, store):
    await store.delete_server(SERVER)
    states = [{}]
    for number, changes in enumerate(history):
        await store.publish(SERVER, number, changes, author=MOD)
        state = {**states[-1], **changes}
        states.append({path: text for path, text in state.items() if text is not None})
    to = data.draw(st.integers(0, len(history)))
    await store.roll_back(SERVER, len(history), to, author=MOD)
    states.append(states[to])
    for number, state in enumerate(states):
        assert (await store.overlay(SERVER, number)).files == state
    assert await store.newest() == {SERVER: Overlay(len(history) + 1, states[to])}


@pytest.mark.parametrize("bad", ["nul\0", "\ud800", "\udfff\ud800"])
async def test_text_that_no_database_keeps_is_refused_before_it_gets_there(bad, store):
    await store.publish(SERVER, 0, {"a": "fine"}, author=MOD)
    for call in (
        store.publish(SERVER, 1, {"a": bad}, author=MOD),
        store.publish(SERVER, 1, {bad: "a"}, author=MOD),
        store.publish(SERVER, 1, {}, author=MOD, note=bad),
        store.publish(SERVER, 1, {}, author=MOD, report=bad),
        store.roll_back(SERVER, 1, 0, author=MOD, note=bad),
        store.roll_back(SERVER, 1, 0, author=MOD, report=bad),
        store.keep_draft(SERVER, MOD, 1, {"a": bad}),
        store.keep_draft(SERVER, MOD, 1, {bad: None}),
        store.keep_draft(SERVER, MOD, 1, {}, bad),
        store.note_missed(SERVER, bad, "unknown"),
    ):
        with pytest.raises(UnstorableTextError, match="cannot be stored: it has") as caught:
            await call
        assert bad not in str(caught.value)
    assert await store.newest() == {SERVER: Overlay(1, {"a": "fine"})}
    assert await store.stored(SERVER) == Stored(revisions=1, drafts=0, missed=0, settings=False)


async def test_path_that_is_too_long_for_an_index_is_refused(store):
    await store.publish(SERVER, 0, {"\U0001f9d1" * 200: "x"}, author=MOD)
    with pytest.raises(UnstorableTextError, match="longer than 200 characters"):
        await store.publish(SERVER, 1, {"x" * 201: "x"}, author=MOD)


async def test_large_text_comes_back(store):
    large = "Öl €\r\n" * 500_000
    await store.publish(SERVER, 0, {"a": large}, author=MOD)
    assert (await store.overlay(SERVER)).files["a"] == large
