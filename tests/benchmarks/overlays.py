"""What overlays cost: the time of an answer and the memory with 1,000 servers' own knowledge, beside the base alone.

Usage: python tests/benchmarks/overlays.py [--servers N]
"""

import argparse
import asyncio
import gc
import resource
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from bot.library import Library, shipped_knowledge
from bot.overlays import Overlays

TODAY = date(2026, 11, 26)
ROUNDS = 3
TEXTS = (
    "mle vs ds?",
    "do I need a masters for data science",
    "which roles use Kafka",
    "what does a data engineer do all day",
    "how much does a data analyst earn",
)
FACT = "sections:\n  definition:\n    add:\n      - {{text: Fact {server} of this server., source: editorial, as_of: 2026-03}}\n"


def resident() -> float:
    """MiB that the process holds now; where the system does not tell, the most it has held."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


async def answered(overlays: Overlays, servers: list[int | None]) -> float:
    """Microseconds for an answer, its server's knowledge looked up each time."""
    start = time.perf_counter()
    for server in servers:
        known = await overlays.assistant(server)
        for text in TEXTS:
            known.ask(text, today=TODAY)
    return (time.perf_counter() - start) / len(servers) / len(TEXTS) * 1e6


async def measure(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(shipped_knowledge(), Path(folder))
        overlays = Overlays(library, Path(folder))
        await overlays.base()
        gc.collect()
        before = resident()
        for server in range(1, count + 1):
            overlays.put(server, 1, {"roles/data-scientist.yaml": FACT.format(server=server)})
        texts = resident()
        start = time.perf_counter()
        for server in range(1, count + 1):
            await overlays.assistant(server)
        compiling = (time.perf_counter() - start) / count
        gc.collect()
        after = resident()
        asked: list[int | None] = list(range(1, count + 1))
        base, own = [], []
        for _ in range(ROUNDS):
            base.append(await answered(overlays, [None] * len(asked)))
            own.append(await answered(overlays, asked))
    ratio = statistics.median(mine / theirs for mine, theirs in zip(own, base, strict=True))
    print(f"{count} servers, each with a fact of its own:")
    print(
        f"  memory more: {texts - before:.0f} MiB for the texts, {after - before:.0f} MiB when all were asked"
    )
    print(f"  compiling one: {compiling * 1000:.1f} ms")
    print(
        f"  an answer: {statistics.median(own):.0f} us, {ratio:.2f} times that of the base alone ({ROUNDS} rounds)"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--servers", type=int, default=1000)
    asyncio.run(measure(parser.parse_args().servers))
