"""Migrations: from nothing to the tables of this version, whoever comes first, and none back."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import bot.store.migrate
from bot.store import Overlay, StoreError
from bot.store.migrate import NEWEST, Migrated, migrate
from bot.store.tables import metadata

ROOT = Path(__file__).parents[2]
MIGRATIONS = Path(bot.store.migrate.__file__).with_name("migrations")


async def test_empty_database_is_migrated_once(database):
    first = await migrate(database.url, database.data_dir)
    assert (first.found, first.now) == (None, NEWEST)
    assert await migrate(database.url, database.data_dir) == Migrated(first.name, NEWEST, NEWEST)


def test_newest_migration_is_the_one_the_code_names():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [NEWEST]
    # Versions are compared as strings.
    versions = [one.revision for one in script.walk_revisions()]
    assert versions == sorted(versions, reverse=True)
    assert all(one.path.endswith(".py") and one.revision in one.path for one in script.walk_revisions())


async def test_migrated_tables_are_those_of_the_code(store):
    def differences(connection):
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)

    async with store._engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_database_of_a_newer_version_is_left_alone(database):
    store = await database.open()
    async with store._writer.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for call in (database.open(), migrate(database.url, database.data_dir)):
        with pytest.raises(StoreError, match=r"newer version of Rolewise \(9999; .*: upgrade Rolewise"):
            await call


async def test_migration_that_fails_leaves_nothing_behind(database):
    store = await database.open()
    async with store._writer.begin() as connection:
        for table in ("alembic_version", "missed", "drafts", "changes", "revisions", "servers"):
            await connection.execute(text(f"DROP TABLE {table}"))
        # In the way of the last step.
        await connection.execute(text("CREATE TABLE missed (id INTEGER)"))
    with pytest.raises(StoreError, match="cannot be used"):
        await database.open()
    async with store._writer.begin() as connection:
        await connection.execute(text("DROP TABLE missed"))
    again = await database.open()
    assert await again.newest() == {}


async def test_several_processes_may_be_the_first(database):
    code = (
        "import asyncio, pathlib, sys\n"
        "from bot.store import Store\n"
        "async def main(url, data_dir, server):\n"
        "    store = await Store.open(url or None, pathlib.Path(data_dir))\n"
        "    await store.publish(int(server), 0, {'a': server}, author=None)\n"
        "    await store.close()\n"
        "sys.stdin.read()\n"
        "asyncio.run(main(*sys.argv[1:]))\n"
    )
    processes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", code, database.url or "", str(database.data_dir), str(server)),
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for server in range(1, 5)
    ]
    done = await asyncio.gather(*(process.communicate(b"") for process in processes))
    assert [process.returncode for process in processes] == [0] * 4, done
    store = await database.open()
    assert await store.newest() == {server: Overlay(1, {"a": str(server)}) for server in range(1, 5)}
