"""How long a chart takes, and whether the bot's loop feels it.

    python tests/benchmarks/charts.py

Draws charts of one, two and five roles as the bot does: the first of an installation (which looks for fonts), others that
are not kept yet, and one that is. Meanwhile a task that is due every 10 ms, as the gateway's heartbeat is every 41 s,
notes how late it comes, with and without drawing.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # in a clone the package need not be installed

from bot.core.matching.question import Intent, Subject  # noqa: E402
from bot.library import Library, shipped_knowledge  # noqa: E402
from bot.ui.charts import Charts  # noqa: E402

DUE = 0.010
SIZES = (1, 2, 5)
ROUNDS = 5


async def lateness(stop: asyncio.Event) -> list[float]:
    """By how many seconds a task that is due every `DUE` seconds comes too late."""
    late = []
    while not stop.is_set():
        due = time.perf_counter() + DUE
        await asyncio.sleep(DUE)
        late.append(time.perf_counter() - due)
    return late


async def measure() -> None:
    assistant = Library.open(shipped_knowledge()).assistant
    roles = list(assistant.snapshot.roles)
    today = datetime.now(UTC).date()

    def answer(start: int, size: int):
        asked = tuple(roles[(start + number) % len(roles)] for number in range(size))
        intent = Intent.COMPARE if size > 1 else Intent.ROLE
        return assistant.show(Subject(intent, asked, ("salary",)), today=today)

    async def timed(charts: Charts, reply) -> float:
        start = time.perf_counter()
        assert await charts.picture(reply) is not None
        return time.perf_counter() - start

    with tempfile.TemporaryDirectory() as folder:
        charts = Charts(Path(folder))
        first = await timed(charts, answer(0, 2))
        stop = asyncio.Event()
        watching = asyncio.create_task(lateness(stop))
        cold = {
            size: [await timed(charts, answer(place, size)) for place in range(3, 3 + ROUNDS)]
            for size in SIZES
        }
        stop.set()
        busy = await watching
        stop = asyncio.Event()
        watching = asyncio.create_task(lateness(stop))
        await asyncio.sleep(sum(map(sum, cold.values())))
        stop.set()
        idle = await watching
        kept = [await timed(charts, answer(0, 2)) for _ in range(200)]
    print(f"first of an installation  {first * 1000:8.0f} ms")
    for size, times in cold.items():
        print(
            f"{size} role{'s' if size > 1 else ' '}, not kept yet    {statistics.median(times) * 1000:8.0f} ms, worst {max(times) * 1000:.0f} ms"
        )
    print(
        f"kept                      {statistics.median(kept) * 1000:8.3f} ms, worst {max(kept) * 1000:.3f} ms"
    )
    for name, late in (("while drawing", busy), ("idle", idle)):
        late.sort()
        print(
            f"a task on the loop, {name:<13} late by {statistics.median(late) * 1000:.2f} ms, p99 {late[int(len(late) * 0.99)] * 1000:.2f} ms, worst {late[-1] * 1000:.2f} ms"
        )


if __name__ == "__main__":
    asyncio.run(measure())
