"""What each server has of its own: settings and an overlay, read from the store and held in memory.

The message path reads the memory only. Where the store cannot be used, what is held keeps serving, and writing is refused.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.library import Library
from bot.overlays import Overlays
from bot.settings import Settings
from bot.store import Overlay, ServerSettings, Store, StoreError

log = logging.getLogger(__name__)

TIDY_EVERY = 60
"""Looks after which what is kept for a time only is deleted."""
NOTHING = Overlay(0, {})
_DEFAULTS = ServerSettings()
NO_STORE = "This bot runs without a database, so that nothing can be kept."
NOT_REACHED = "The database cannot be reached just now, so that nothing can be kept: try again in a minute."

Opener = Callable[[], Awaitable[Store]]


class Servers:
    """The servers' settings and overlays. `open_store` connects to where they are kept; None keeps nothing."""

    def __init__(self, library: Library, cache: Path | None = None, open_store: Opener | None = None) -> None:
        self.overlays = Overlays(library, cache)
        self._open_store = open_store
        self._store: Store | None = None
        self._settings: dict[int, ServerSettings] = {}
        self._seen: dict[int, tuple[int, datetime]] = {}
        self._looks = 0
        self.ask_channels: frozenset[int] = frozenset()
        self.overheard_channels: frozenset[int] = frozenset()

    @property
    def store(self) -> Store:
        """Where things are kept.

        Raises:
            StoreError: nowhere, or the database was not reached yet.
        """
        if self._store is None:
            raise StoreError(NO_STORE if self._open_store is None else NOT_REACHED)
        return self._store

    async def look(self) -> None:
        """Takes over what is new in the store; meant to be called every minute.

        Never raises: a database that cannot be used stops nothing, and is tried again at the next look.
        """
        if self._open_store is None:
            return
        try:
            if self._store is None:
                self._store = await self._open_store()
            await self._refresh(self._store)
            if self._looks % TIDY_EVERY == 0:
                await self._store.tidy()
            self._looks += 1
        except StoreError as error:
            log.warning("servers are answered from what was read before: %s", error)
        except Exception:
            log.exception("servers are answered from what was read before")

    async def close(self) -> None:
        """Gives the database back."""
        if self._store is not None:
            await self._store.close()
            self._store = None

    def settings(self, server: int | None) -> ServerSettings:
        """What a server has set, the defaults where it has set nothing."""
        return self._settings.get(server or 0, _DEFAULTS)

    async def change_settings(
        self, server: int, change: Callable[[ServerSettings], ServerSettings]
    ) -> ServerSettings:
        """Changes a server's settings, which count from now on. Raises StoreError."""
        changed = await self.store.change_settings(server, change)
        self._set(self._settings | {server: changed})
        return changed

    async def forget(self, server: int) -> None:
        """Deletes everything of a server. Raises StoreError."""
        await self.store.delete_server(server)
        self.overlays.put(server, 0, {})
        self._set({other: kept for other, kept in self._settings.items() if other != server})

    def _set(self, settings: dict[int, ServerSettings]) -> None:
        self._settings = settings
        kept = settings.values()
        self.ask_channels = _union(one.ask_channels for one in kept)
        self.overheard_channels = _union(one.overheard_channels for one in kept)

    async def _refresh(self, store: Store) -> None:
        # What is changed here while this reads is newer than what it reads, and stays.
        known, settings = self.overlays.numbers(), self._settings
        there = await store.numbers()
        if known:
            changed = [
                server
                for server, newest_there in there.items()
                if self._seen.get(server) != newest_there or known.get(server) != newest_there[0]
            ]
            newest = {server: await store.overlay(server) for server in changed}
        else:
            newest = await store.newest()
        for server in known.keys() - there.keys():
            newest[server] = NOTHING
        for server, overlay in newest.items():
            if self.overlays.number(server) == known.get(server, 0):
                self.overlays.put(server, overlay.number, overlay.files)
        self._seen = there
        found = await store.all_settings()
        if self._settings is settings:
            self._set(found)


def _union(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset[int]().union(*sets)


def kept_servers(settings: Settings, library: Library) -> Servers:
    """What servers have of their own, kept where the settings say."""
    url = settings.database_url.get_secret_value() if settings.database_url is not None else None
    return Servers(library, settings.cache, partial(Store.open, url, settings.data_dir))
