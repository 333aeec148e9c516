"""Bringing a database's tables to what this version of the bot needs."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.address import Address, address_of
from bot.store.engine import WRITES, make_engine
from bot.store.errors import StoreError
from bot.store.failures import explained

NEWEST = "0001"
"""The newest migration in `migrations/versions`."""

_MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = int.from_bytes(b"rolewise")


@dataclass(frozen=True, slots=True)
class Migrated:
    """What sentences call the database, the version that it had (None: it was empty), and the one it has now."""

    name: str
    found: str | None
    now: str


async def migrate(url: str | None, data_dir: Path) -> Migrated:
    """Makes the database where there is none, and brings it up to date.

    Raises:
        StoreError: the database cannot be used.
    """
    address = address_of(url, data_dir)
    async with explained(address, None):
        engine = make_engine(address)
        try:
            return Migrated(address.name, await bring_up_to_date(engine, address), NEWEST)
        finally:
            await engine.dispose()


async def bring_up_to_date(engine: AsyncEngine, address: Address) -> str | None:
    """Makes and migrates the database, one process at a time and in one transaction; the version found (None: empty).

    Raises:
        StoreError: the database is of a newer version of the bot.
    """
    if address.file is not None:
        await asyncio.to_thread(_make, address.file)
    async with engine.execution_options(**{WRITES: True}).begin() as connection:
        if address.file is None:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        found = await connection.run_sync(version)
        if found is not None and found > NEWEST:
            newer = f"was migrated by a newer version of Rolewise ({found}; this one knows {NEWEST}): upgrade Rolewise."
            raise StoreError(
                f"{address.name[0].upper()}{address.name[1:]} {newer}", told=f"The database {newer}"
            )
        if found != NEWEST:
            await connection.run_sync(_upgrade)
        return found


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # Only the bot's own user is to read what servers store. SQLite's other files take over the rights.
    file.touch(mode=0o600, exist_ok=True)


def version(connection: Connection) -> str | None:
    """The version of the tables; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - nearly every start finds the tables up to date
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
