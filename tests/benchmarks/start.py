"""How long the knowledge takes to be ready, less the imports: `python tests/benchmarks/start.py`.

Cold is with no compiled form on disk, cached with one that an earlier start left. Memory is the process's own when the
knowledge is ready to answer, Discord not imported.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
STARTS = 7

_READY = """
import resource, sys, time
from pathlib import Path
from bot.library import Library, shipped_knowledge
began = time.perf_counter()
library = Library.open(shipped_knowledge(), Path(sys.argv[1]))
took = time.perf_counter() - began
with open("/proc/self/statm") as statm:
    print(took, int(statm.read().split()[1]) * resource.getpagesize())
"""


def start(cache: str) -> tuple[float, float]:
    """Seconds until the knowledge is ready, and MiB of the process then."""
    done = subprocess.run(
        [sys.executable, "-c", _READY, cache],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, kept = done.stdout.split()
    return float(seconds), int(kept) / 2**20


def main() -> None:
    cold, cached = [], []
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory() as cache:
            cold.append(start(cache))
            cached.append(start(cache))
    for name, starts in (("cold", cold), ("cached", cached)):
        seconds, memory = (statistics.median(values) for values in zip(*starts, strict=True))
        print(f"{name:7s} ready in {seconds:.2f} s, {memory:.0f} MiB (median of {STARTS})")


if __name__ == "__main__":
    main()
