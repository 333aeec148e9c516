"""Where the database is, and what is said where a URL cannot be used."""

import sqlite3
import sys
from pathlib import Path

import pytest

from bot.store import Store, StoreError
from bot.store.address import address_of

SECRET = "s3cret"


def test_nothing_named_is_a_file_in_the_data_folder(tmp_path):
    assert address_of(None, tmp_path).file == tmp_path / "rolewise.sqlite3"


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///here.db", Path.cwd() / "here.db"),
        ("sqlite:////srv/with space/a#b.db", Path("/srv/with space/a#b.db")),
        ("sqlite:///~/rolewise.db", Path.home() / "rolewise.db"),
    ],
)
def test_sqlite_url_is_a_file(url, file, tmp_path):
    assert address_of(url, tmp_path).file == file


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_url_reaches_psycopg_and_is_named_without_its_secrets(scheme, tmp_path):
    address = address_of(f"{scheme}://someone:{SECRET}%40@db.example:5433/rolewise?sslmode=require", tmp_path)
    assert address.url.drivername == "postgresql+psycopg"
    assert (address.url.password, address.url.port) == (f"{SECRET}@", 5433)
    assert address.url.query == {"sslmode": "require"}
    assert address.name == "the PostgreSQL database db.example/rolewise"


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://a:{SECRET}@host/db",
        f"postgresql+asyncpg://a:{SECRET}@host/db",
        f"postgresql://a:b@{SECRET}@host/db",
        f"postgresql://a@host:{SECRET}/db",
        SECRET,
        "",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=memory",
        f"sqlite://{SECRET}",
        "sqlite+aiosqlite:///x.db",
        "sqlite:///x.db?mode=ro",
    ],
)
async def test_url_that_cannot_be_used_is_told_without_being_shown(url, tmp_path):
    with pytest.raises(StoreError, match=r"^The setting DATABASE_URL cannot be used: expected") as caught:
        await Store.open(url, tmp_path)
    assert SECRET not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["with space", "100%41", "a?b#c", "ümläut"])
async def test_file_may_have_any_name_and_is_for_its_owner_alone(name, tmp_path):
    store = await Store.open(None, tmp_path / name)
    try:
        await store.publish(1, 0, {"a": "1"}, author=1)
    finally:
        await store.close()
    file = tmp_path / name / "rolewise.sqlite3"
    assert {one.name for one in file.parent.iterdir()} == {file.name}
    assert sys.platform == "win32" or file.stat().st_mode & 0o077 == 0
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("SELECT text FROM changes").fetchall() == [("1",)]
    connection.close()
