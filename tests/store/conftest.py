"""A store on each engine."""

import pytest
from databases import Clock

from bot.store import Store


@pytest.fixture
async def store(database) -> Store:
    return await database.open()


@pytest.fixture
def clock(database) -> Clock:
    return database.clock
