"""The shipped knowledge, loaded once, and the date that these tests take for today."""

from datetime import date
from pathlib import Path

import pytest

from bot.core.assistant import Assistant
from bot.core.knowledge.load import load
from bot.core.knowledge.model import Snapshot
from bot.head_cache import HeadCache

SHIPPED = Path(__file__).parents[2] / "knowledge"
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    loaded = load(SHIPPED)
    assert loaded.snapshot is not None, "\n".join(map(str, loaded.problems))
    return loaded.snapshot


@pytest.fixture(scope="session")
def assistant(snapshot: Snapshot, learned: Path) -> Assistant:
    return Assistant(snapshot, HeadCache(learned).heads(snapshot))


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY
