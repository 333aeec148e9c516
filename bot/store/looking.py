"""Looking at a database without changing it: for whoever wants to know what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.address import Address, address_of
from bot.store.engine import WRITES, make_engine
from bot.store.failures import explained
from bot.store.migrate import NEWEST, version
from bot.store.model import ServerSettings
from bot.store.store import ANSWER_SECONDS, Store
from bot.store.tables import servers

NOBODY = -1
"""The id of no server."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What sentences call the database, its version (None: it is not there yet, or empty), and what servers have set.

    `settings` are known only where the version is that of this bot.
    """

    name: str
    version: str | None
    settings: Mapping[int, ServerSettings]

    @property
    def is_current(self) -> bool:
        """Whether it is of the version that this bot works with."""
        return self.version == NEWEST

    @property
    def is_newer(self) -> bool:
        """Whether a newer version of the bot has migrated it."""
        return self.version is not None and self.version > NEWEST


async def look_at(url: str | None, data_dir: Path) -> Looked:
    """Looks whether the database that `url` names, or that in `data_dir`, can be read and written; leaves it as it is.

    Raises:
        StoreError: it cannot.
    """
    address = address_of(url, data_dir)
    async with explained(address, ANSWER_SECONDS):
        if address.file is not None and not address.file.exists():
            return Looked(address.name, None, {})
        engine = make_engine(address)
        try:
            return await _looked(engine, address)
        finally:
            await engine.dispose()


async def _looked(engine: AsyncEngine, address: Address) -> Looked:
    async with engine.execution_options(**{WRITES: True}).connect() as connection:
        found = await connection.run_sync(version)
        if found != NEWEST:
            return Looked(address.name, found, {})
        # Whether it can be written is known when it was; this is never confirmed.
        await connection.execute(insert(servers).values(id=NOBODY, newest=0))
        await connection.rollback()
    store = Store(engine, address, lambda: datetime.now(UTC))
    return Looked(address.name, found, await store.all_settings())
