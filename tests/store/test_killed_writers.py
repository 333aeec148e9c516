"""Writers that are killed at any moment: what they published last is there as a whole or not at all."""

import asyncio
import multiprocessing
import random
from pathlib import Path

import pytest

from bot.store import Overlay, Store

SERVER = 5


def changes_of(number):
    """What the writer publishes as a revision: large enough that it takes several writes of the database."""
    body = f"{number}\r\n" * 5_000
    return {"always": body, f"in turn {number % 3}": body, "now and then": None if number % 2 else body}


def files_of(number):
    """The files as of a revision."""
    files = {}
    for step in range(1, number + 1):
        files.update(changes_of(step))
    return {path: body for path, body in files.items() if body is not None}


def publish_for_ever(url, data_dir, begun):
    async def main():
        store = await Store.open(url, Path(data_dir))
        number = (await store.overlay(SERVER)).number
        while True:
            await store.publish(SERVER, number, changes_of(number + 1), author=number)
            number += 1
            begun.set()

    asyncio.run(main())


async def kill_often(database, times):
    # A server that has the modules at hand: a writer starts in milliseconds.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bot.store", "alembic.command"])
    dice = random.Random(1)
    store = await database.open()
    number = 0
    for _ in range(times):
        begun = context.Event()
        writer = context.Process(target=publish_for_ever, args=(database.url, str(database.data_dir), begun))
        writer.start()
        assert await asyncio.to_thread(begun.wait, 60)
        await asyncio.sleep(dice.random() * 0.05)
        writer.kill()
        await asyncio.to_thread(writer.join)
        overlay = await store.overlay(SERVER)
        assert overlay.number > number
        number = overlay.number
        assert overlay == Overlay(number, files_of(number))
        revision, *_ = history = await store.history(SERVER, limit=10_000)
        # One whose confirmation was on its way when the writer was killed may come in between the two.
        assert revision.number in {number, number + 1}
        assert [one.number for one in history] == list(range(revision.number, 0, -1))
        assert all(one.files == tuple(sorted(changes_of(one.number))) for one in history)
    newest = (await store.newest())[SERVER]
    assert newest == Overlay(newest.number, files_of(newest.number))
    assert newest.number in {number, number + 1}


@pytest.mark.timeout(300)
async def test_killed_writer_leaves_the_old_revision_or_the_new_one(database):
    await kill_often(database, 10)


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_killed_writer_leaves_the_old_revision_or_the_new_one_100_times(database):
    await kill_often(database, 100)
