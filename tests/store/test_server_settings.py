"""A server's settings: the defaults until they are changed, one change after the other."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import update

from bot.store import ServerSettings
from bot.store.tables import servers

SERVER, OTHER = 2**62 + 1, 3
OWN = ServerSettings(
    editors=frozenset({2**63 - 1, 1}),
    log_channel=2**63 - 1,
    ask_channels=frozenset({5}),
    overheard_channels=frozenset({6, 7}),
    questions=9,
    per_seconds=60,
    inbox=True,
)


async def test_defaults_hold_until_they_are_changed(store):
    assert await store.settings(SERVER) == ServerSettings()
    assert ServerSettings().questions == 5
    assert ServerSettings().per_seconds == 30
    assert ServerSettings().inbox is False
    assert await store.all_settings() == {}


async def test_changed_settings_come_back_as_they_were_made(store):
    await store.publish(OTHER, 0, {"a": "1"}, author=1)
    assert await store.change_settings(SERVER, lambda _: OWN) == OWN
    assert await store.settings(SERVER) == OWN
    assert await store.all_settings() == {SERVER: OWN}
    assert await store.settings(OTHER) == ServerSettings()


async def test_change_sees_what_was_there_and_leaves_it_where_it_fails(store):
    await store.change_settings(SERVER, lambda _: OWN)
    seen = []

    def fail(old):
        seen.append(old)
        raise KeyError

    with pytest.raises(KeyError):
        await store.change_settings(SERVER, fail)
    assert seen == [OWN]
    assert await store.settings(SERVER) == OWN


async def test_changes_at_once_all_count(database):
    stores = [await database.open(), await database.open()]

    def add(channel):
        return lambda old: replace(
            old, ask_channels=old.ask_channels | {channel}, questions=old.questions + 1
        )

    await asyncio.gather(
        *(stores[channel % 2].change_settings(SERVER, add(channel)) for channel in range(1, 21))
    )
    settings = await stores[0].settings(SERVER)
    assert settings.ask_channels == set(range(1, 21))
    assert settings.questions == 25


async def test_settings_of_a_version_that_knows_others_are_read(store):
    await store.change_settings(SERVER, lambda _: OWN)
    async with store._writer.begin() as connection:
        await connection.execute(update(servers).values(settings={"questions": 3, "of the future": [1]}))
    assert await store.settings(SERVER) == ServerSettings(questions=3)
