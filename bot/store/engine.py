"""The connections to the database: the differences between SQLite and PostgreSQL end here."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from bot.store.address import Address

LOCK_SECONDS = 10
CONNECT_SECONDS = 10

WRITES = "writes"
"""The execution option of an engine whose transactions write."""


def make_engine(address: Address) -> AsyncEngine:
    """An engine that connects at its first use, looks whether a kept connection still lives, and shows no values in errors.

    Raises:
        ImportError: the driver is not installed.
    """
    options: dict[str, Any] = {"pool_pre_ping": True, "hide_parameters": True}
    if address.file is None:
        # Prepared statements do not pass every connection pooler.
        options["connect_args"] = {"prepare_threshold": None}
        url = address.url.set(query={"connect_timeout": str(CONNECT_SECONDS), **address.url.query})
        return create_async_engine(url, **options)
    # Without an isolation level, Python's driver leaves it to us to begin transactions.
    options["connect_args"] = {"timeout": LOCK_SECONDS, "isolation_level": None}
    engine = create_async_engine(address.url, **options)
    _prepare_sqlite(engine, address.file)
    return engine


def _prepare_sqlite(engine: AsyncEngine, file: Path) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        record.info["file"] = _identity(file)
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()

    @event.listens_for(engine.sync_engine, "checkout")
    def check_out(_1: DBAPIConnection, record: ConnectionPoolEntry, _2: PoolProxiedConnection) -> None:
        # A connection to a file that was removed goes on writing where nobody will ever read.
        if record.info["file"] != _identity(file):
            raise InvalidatePoolError

    @event.listens_for(engine.sync_engine, "invalidate")
    def give_up(connection: DBAPIConnection, _1: ConnectionPoolEntry, _2: BaseException | None) -> None:
        # A call that was cancelled leaves its statement unfinished; closing alone would keep the lock until that is
        # collected as garbage.
        connection.rollback()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and then writes fails where another wrote in between; one that announces it waits.
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(file)  # noqa: PTH116 - as quick as can be: this runs at every call
    except OSError:
        return None
    return found.st_dev, found.st_ino
