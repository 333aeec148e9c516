"""A database that fails: a sentence that says how to mend it, nothing half-written, and the same store goes on after it."""

import contextlib
import os
import signal
import sqlite3
import sys

import pytest
from databases import set_on_connections
from sqlalchemy import text

from bot.store import ConflictError, Overlay, Store, StoreError
from bot.store.store import _locked

SERVER, MOD = 5, 2
BEFORE = {SERVER: Overlay(1, {"a": "1"})}


def calls_of(store):
    """Every call that reaches the database."""
    return [
        store.ping,
        store.newest,
        lambda: store.overlay(SERVER),
        lambda: store.publish(SERVER, 1, {"a": "2"}, author=MOD),
        lambda: store.history(SERVER),
        lambda: store.roll_back(SERVER, 1, 0, author=MOD),
        lambda: store.keep_draft(SERVER, MOD, 1, {}),
        lambda: store.draft("x"),
        lambda: store.drop_draft("x"),
        store.all_settings,
        lambda: store.settings(SERVER),
        lambda: store.change_settings(SERVER, lambda old: old),
        lambda: store.note_missed(SERVER, "text", "unknown"),
        lambda: store.missed(SERVER),
        lambda: store.forget_missed(SERVER, [1]),
        store.tidy,
        lambda: store.stored(SERVER),
        lambda: store.delete_server(SERVER),
        lambda: store.delete_missed(SERVER),
        lambda: store.anonymise(MOD),
    ]


async def test_every_call_says_that_the_database_is_gone_and_works_when_it_is_back(database):
    store = await database.open()
    await store.publish(SERVER, 0, {"a": "1"}, author=MOD)
    async with database.gone():
        for call in calls_of(store):
            with pytest.raises(
                StoreError, match=r"^The (SQLite file|PostgreSQL database) .* cannot be used: .+\.$"
            ) as caught:
                await call()
            # Where it is, is not for everybody who presses a button.
            assert caught.value.told.startswith("The database cannot be used just now")
            assert "/" not in caught.value.told
    assert await store.newest() == BEFORE
    for call in calls_of(store):
        with contextlib.suppress(ConflictError):
            await call()


async def test_start_without_the_database_says_so(database):
    await (await database.open()).close()
    async with database.gone():
        if database.engine == "sqlite":
            # Where the folder cannot be made again.
            database.data_dir.write_text("")
        with pytest.raises(StoreError, match="cannot be used"):
            await database.open()
        if database.engine == "sqlite":
            database.data_dir.unlink()
    assert await (await database.open()).newest() == {}


async def test_full_disk_stops_a_change_as_a_whole(database):
    store = await database.open()
    await store.publish(SERVER, 0, {"a": "1"}, author=MOD)
    async with database.full(store):
        for _ in range(3):
            with pytest.raises(StoreError, match="its disk is full: free some space"):
                await store.publish(SERVER, 1, {"a": "2" * 100_000}, author=MOD)
        assert await store.newest() == BEFORE
        assert len(await store.history(SERVER)) == 1
    assert (await store.publish(SERVER, 1, {"a": "2"}, author=MOD)).number == 2


async def test_lost_connections_are_made_anew(database):
    store, other = await database.open(), await database.open()
    await store.publish(SERVER, 0, {"a": "1"}, author=MOD)
    if database.engine == "sqlite":
        # Another file in the place of the one that is open, as when a copy is put back.
        copy = database.file.with_name("copy")
        target = sqlite3.connect(copy)
        source = sqlite3.connect(database.file)
        source.backup(target)
        target.close()
        source.close()
        await other.publish(SERVER, 1, {"a": "lost"}, author=MOD)
        await other.close()
        for left in database.data_dir.glob("*-*"):
            left.unlink()
        copy.replace(database.file)
    else:
        async with other._writer.begin() as connection:
            # The tests share a database, but run one after the other.
            await connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
    assert await store.newest() == BEFORE
    assert (await store.publish(SERVER, 1, {"a": "2"}, author=MOD)).number == 2


async def test_change_that_waits_too_long_says_so(database, monkeypatch):
    monkeypatch.setattr("bot.store.engine.LOCK_SECONDS", 0.05)
    store, other = await database.open(), await database.open()
    await store.publish(SERVER, 0, {"a": "1"}, author=MOD)
    monkeypatch.setattr("bot.store.store.ANSWER_SECONDS", 1)
    expected = {"sqlite": "another process keeps it locked", "postgresql": "it does not answer"}
    async with other._writer.begin() as connection:
        await _locked(connection, SERVER)
        with pytest.raises(StoreError, match=expected[database.engine]):
            await store.publish(SERVER, 1, {"a": "2"}, author=MOD)
        # It gave up, and does not come through later.
    assert await store.newest() == BEFORE
    assert (await store.publish(SERVER, 1, {"a": "2"}, author=MOD)).number == 2


async def test_missing_tables_say_how_to_make_them(store):
    async with store._writer.begin() as connection:
        for table in ("missed", "drafts", "changes", "revisions", "servers"):
            await connection.execute(text(f"DROP TABLE {table}"))
    for call in (store.ping(), store.newest(), store.publish(SERVER, 0, {}, author=MOD)):
        with pytest.raises(StoreError, match=r"its tables are missing or old: run `python -m bot migrate`\."):
            await call


@pytest.mark.parametrize("engine", ["sqlite"], indirect=False)
async def test_file_that_vanished_is_not_begun_anew(database):
    store = await database.open()
    database.file.unlink()
    with pytest.raises(StoreError, match="it is gone or may not be opened"):
        await store.publish(SERVER, 0, {"a": "1"}, author=MOD)
    assert not database.file.exists()


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_file_that_may_not_be_written_can_still_be_read(database):
    store = await database.open()
    await store.publish(SERVER, 0, {"a": "1"}, author=MOD)
    async with set_on_connections(store, "PRAGMA query_only = ON"):
        assert await store.newest() == BEFORE
        with pytest.raises(StoreError, match="it may not be written"):
            await store.publish(SERVER, 1, {"a": "2"}, author=MOD)
    assert (await store.publish(SERVER, 1, {"a": "2"}, author=MOD)).number == 2


async def test_file_that_is_no_database_is_left_alone(tmp_path):
    file = tmp_path / "rolewise.sqlite3"
    file.write_text("not a database " * 1000)
    with pytest.raises(StoreError, match="it is no database"):
        await Store.open(None, tmp_path)
    assert file.read_text().startswith("not a database")


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_postgresql_that_hangs_is_given_up(database, monkeypatch):
    store = await database.open()
    await store.publish(SERVER, 0, {"a": "1"}, author=MOD)
    async with store._engine.connect() as connection:
        process = await connection.scalar(text("SELECT pg_backend_pid()"))
    monkeypatch.setattr("bot.store.store.ANSWER_SECONDS", 0.5)
    os.kill(process, signal.SIGSTOP)
    try:
        with pytest.raises(StoreError, match="it does not answer"):
            await store.newest()
    finally:
        os.kill(process, signal.SIGCONT)
    monkeypatch.undo()
    assert await store.newest() == BEFORE


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_postgresql_that_cannot_be_used_at_the_start_is_named_with_the_reason(
    database, postgres_server, tmp_path, monkeypatch
):
    uri = postgres_server.get_uri()
    for url, reason in {
        uri.replace("/postgres?", "/nowhere?"): "database .nowhere. does not exist",
        "postgresql://someone:s3cret@localhost:1/db": "refused",
        f"{uri}&no_such_option=1": "no_such_option",
        f"{uri}&options=-cdefault_transaction_read_only%3Don%20-csearch_path%3Dx": "it is read-only now",
        uri.replace("postgres:@", "stranger:@"): "role .stranger. does not exist",
    }.items():
        with pytest.raises(StoreError, match=reason) as caught:
            await Store.open(url, tmp_path)
        assert "s3cret" not in str(caught.value)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"pip install 'rolewise\[postgres\]'"):
        await Store.open(database.url, tmp_path)
