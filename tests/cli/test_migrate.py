"""`migrate`: the database is made or brought up to date, or the reason told."""

import sqlite3

from bot.store.migrate import NEWEST


def test_database_is_made_once_and_named(rolewise, tmp_path):
    first = rolewise("migrate", DATA_DIR=str(tmp_path / "data"))
    file = tmp_path / "data" / "rolewise.sqlite3"
    assert (first.returncode, first.stderr) == (0, b"")
    assert first.stdout.decode() == f"Migrated from nothing to version {NEWEST}: the SQLite file {file}\n"
    assert sqlite3.connect(file).execute("SELECT version_num FROM alembic_version").fetchall() == [(NEWEST,)]
    again = rolewise("migrate", DATA_DIR=str(tmp_path / "data"))
    assert again.stdout.decode() == f"Up to date, at version {NEWEST}: the SQLite file {file}\n"


def test_database_that_cannot_be_used_is_told_without_its_password(rolewise):
    for url, reason in {
        "postgresql://someone:s3cret@127.0.0.1:1/db": "The PostgreSQL database 127.0.0.1/db cannot be used: ",
        "mysql://someone:s3cret@127.0.0.1/db": "The setting DATABASE_URL cannot be used: expected postgresql://",
    }.items():
        done = rolewise("migrate", DATABASE_URL=url)
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr.decode().startswith(reason)
        assert done.stderr.count(b"\n") == 1
        assert b"s3cret" not in done.stderr
