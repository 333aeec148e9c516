"""Several editors, tasks and processes at once: no update is lost, no number left out, and the loop keeps running."""

import asyncio

import pytest

from bot.store import ConflictError
from bot.store.store import _locked

SERVER, MOD = 5, 2


async def edit(store, editor, times):
    """Adds its lines to one file, each time on top of what is there; how often another was first."""
    conflicts = 0
    for line in range(times):
        while True:
            overlay = await store.overlay(SERVER)
            changes = {"log": overlay.files.get("log", "") + f"{editor}.{line}\n"}
            try:
                await store.publish(SERVER, overlay.number, changes, author=editor)
            except ConflictError:
                conflicts += 1
            else:
                break
    return conflicts


async def race(database, times):
    stores = [await database.open(), await database.open()]
    conflicts = await asyncio.gather(*(edit(store, editor, times) for editor, store in enumerate(stores)))
    overlay = await stores[0].overlay(SERVER)
    lines = overlay.files["log"].split()
    assert sorted(lines) == sorted(f"{editor}.{line}" for editor in range(2) for line in range(times))
    assert overlay.number == 2 * times
    history = await stores[1].history(SERVER, limit=3 * times)
    assert [revision.number for revision in history] == list(range(2 * times, 0, -1))
    return sum(conflicts)


async def test_two_editors_racing_lose_nothing(database):
    assert await race(database, 30) > 0


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_two_editors_racing_500_times_lose_nothing(database):
    assert await race(database, 250) > 0


async def test_of_many_first_changes_one_wins(database):
    stores = [await database.open(), await database.open()]
    done = await asyncio.gather(
        *(stores[number % 2].publish(SERVER, 0, {"a": str(number)}, author=number) for number in range(20)),
        return_exceptions=True,
    )
    (won,) = [one for one in done if not isinstance(one, ConflictError)]
    assert won.number == 1
    assert (await stores[0].overlay(SERVER)).files == {"a": str(won.author)}


async def test_server_deleted_while_it_is_written_begins_anew(database):
    stores = [await database.open(), await database.open()]

    async def delete(store):
        for _ in range(10):
            await store.delete_server(SERVER)

    await asyncio.gather(edit(stores[0], 0, 20), delete(stores[1]), edit(stores[0], 1, 20))
    history = await stores[0].history(SERVER, limit=100)
    assert [revision.number for revision in history] == list(range(len(history), 0, -1))


async def test_other_tasks_run_while_a_change_waits_for_another(database):
    store, other = await database.open(), await database.open()
    await store.publish(SERVER, 0, {"a": "1"}, author=MOD)
    async with other._writer.begin() as connection:
        await _locked(connection, SERVER)
        waiting = asyncio.create_task(store.publish(SERVER, 1, {"a": "2"}, author=MOD))
        # A reader gets by, and nobody would let go of the lock if the waiting held the loop up.
        assert (await store.overlay(SERVER)).files == {"a": "1"}
        assert not waiting.done()
    assert (await waiting).number == 2


async def test_change_that_is_cancelled_happens_as_a_whole_or_not_at_all(store):
    for step in range(25):
        before = await store.overlay(SERVER)
        changes = {"a": f"{step}", "b": f"{step}"}
        task = asyncio.create_task(store.publish(SERVER, before.number, changes, author=MOD))
        for _ in range(step):
            await asyncio.sleep(0.001 * step / 5)
            if task.done():
                break
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        after = await store.overlay(SERVER)
        assert after.number - before.number in {0, 1}
        assert after.files == (before.files if after.number == before.number else changes)
    history = await store.history(SERVER, limit=100)
    assert [revision.number for revision in history] == list(range(len(history), 0, -1))
