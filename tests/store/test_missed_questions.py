"""Missed questions: counted, at most 500 a server, forgotten after 30 days."""

import asyncio

from sqlalchemy import insert

from bot.store import Missed
from bot.store.store import MISSED_TEXTS
from bot.store.tables import missed

SERVER, OTHER = 2**62 + 1, 3


async def texts(store, server=SERVER, **options):
    return [(one.text, one.count) for one in await store.missed(server, **options)]


async def test_same_text_counts_up_and_the_most_frequent_comes_first(store, clock):
    await store.note_missed(SERVER, "what is a quant", "unknown")
    clock.move(seconds=1)
    await store.note_missed(SERVER, "nurse pay", "unknown")
    clock.move(seconds=1)
    await store.note_missed(OTHER, "nurse pay", "unknown")
    await store.note_missed(SERVER, "nurse pay", "not helpful")
    first, second = await store.missed(SERVER)
    assert first == Missed(first.id, SERVER, "nurse pay", 2, clock.now, "not helpful")
    assert (second.text, second.count, second.why) == ("what is a quant", 1, "unknown")
    assert await texts(store, limit=1) == [("nurse pay", 2)]
    assert await texts(store, OTHER) == [("nurse pay", 1)]


async def test_text_is_cut_and_counted_by_what_is_left(store):
    await store.note_missed(SERVER, "\U0001f600" * 300 + "a", "unknown")
    await store.note_missed(SERVER, "\U0001f600" * 300 + "b", "unknown")
    assert await texts(store) == [("\U0001f600" * 300, 2)]


async def test_text_differs_by_case_and_space(store):
    for text in ("ds", "DS", "ds ", ""):
        await store.note_missed(SERVER, text, "unknown")
    assert sorted(await texts(store)) == [("", 1), ("DS", 1), ("ds", 1), ("ds ", 1)]


async def test_rarest_and_oldest_goes_where_there_are_too_many(store, clock):
    await store.note_missed(SERVER, "frequent", "unknown")
    await store.note_missed(SERVER, "frequent", "unknown")
    rows = [
        {"server": SERVER, "text": f"rare {number}", "count": 1, "why": "unknown", "last": clock.now}
        for number in range(MISSED_TEXTS - 1)
    ]
    async with store._writer.begin() as connection:
        await connection.execute(insert(missed), rows)
    for number in range(MISSED_TEXTS - 1, MISSED_TEXTS + 1):
        clock.move(seconds=1)
        await store.note_missed(SERVER, f"rare {number}", "unknown")
    kept = dict(await texts(store, limit=1000))
    assert kept == {"frequent": 2, **{f"rare {number}": 1 for number in range(2, MISSED_TEXTS + 1)}}
    assert len(kept) == MISSED_TEXTS == 500
    assert len(await store.missed(SERVER)) == 200


async def test_month_old_question_is_not_shown_does_not_count_on_and_is_tidied_away(store, clock):
    for server in (SERVER, OTHER):
        for _ in range(3):
            await store.note_missed(server, "old", "unknown")
    clock.move(days=29, hours=23)
    assert await texts(store) == [("old", 3)]
    await store.tidy()
    assert await texts(store) == [("old", 3)]
    clock.move(hours=1)
    assert await texts(store) == []
    await store.note_missed(SERVER, "old", "unknown")
    assert await texts(store) == [("old", 1)]
    assert (await store.stored(OTHER)).missed == 1
    await store.tidy()
    assert (await store.stored(OTHER)).missed == 0
    assert await texts(store) == [("old", 1)]


async def test_forgetting_touches_the_own_server_and_known_ids_only(store):
    for server in (SERVER, OTHER):
        for text in ("a", "b"):
            await store.note_missed(server, text, "unknown")
    ids = {one.text: one.id for one in await store.missed(SERVER)}
    await store.forget_missed(OTHER, ids.values())
    await store.forget_missed(SERVER, [ids["a"], 0, -5, 2**31 - 1, 2**80])
    await store.forget_missed(SERVER, [])
    assert await texts(store) == [("b", 1)]
    assert sorted(await texts(store, OTHER)) == [("a", 1), ("b", 1)]


async def test_id_of_a_forgotten_question_never_means_another(store):
    await store.note_missed(SERVER, "a", "unknown")
    (first,) = await store.missed(SERVER)
    await store.forget_missed(SERVER, [first.id])
    await store.note_missed(SERVER, "b", "unknown")
    await store.forget_missed(SERVER, [first.id])
    assert await texts(store) == [("b", 1)]


async def test_questions_at_once_are_all_counted(database):
    stores = [await database.open(), await database.open()]
    await asyncio.gather(
        *(stores[number % 2].note_missed(SERVER, f"{number % 3}", "unknown") for number in range(30))
    )
    assert sorted(await texts(stores[0])) == [("0", 10), ("1", 10), ("2", 10)]
