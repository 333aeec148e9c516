"""How long the knowledge takes to be ready, less the imports: `python tests/benchmarks/start.py`.

Cold is with no compiled form on disk, cached with one that an earlier start left. Memory is the process's own when the
knowledge is ready to answer, Discord not imported.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.library import Library, shipped_knowledge

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


def reload() -> tuple[float, float]:
    """Seconds until an edit of a fact is served, and until an edit of a name is, from when its file is looked at."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "knowledge"
        shutil.copytree(shipped_knowledge(), folder)
        library = Library.open(folder, Path(place) / "cache")
        role = folder / "roles" / "data-scientist.yaml"
        took = []
        for old, new in (
            ("\n  definition:\n    - text: ", "\n  definition:\n    - text: Yes. "),
            ("name: Data Scientist", "name: Data Sage"),
        ):
            text = role.read_text(encoding="utf-8")
            assert old in text
            role.write_text(text.replace(old, new, 1), encoding="utf-8")
            began = time.perf_counter()
            assert library.reload()
            took.append(time.perf_counter() - began)
    return took[0], took[1]


def main() -> None:
    cold, cached = [], []
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory() as cache:
            cold.append(start(cache))
            cached.append(start(cache))
    for name, starts in (("cold", cold), ("cached", cached)):
        seconds, memory = (statistics.median(values) for values in zip(*starts, strict=True))
        print(f"{name:7s} ready in {seconds:.2f} s, {memory:.0f} MiB (median of {STARTS})")
    fact, named = reload()
    print(f"reload  of a fact {fact:.2f} s, of a name, which is learned anew, {named:.2f} s")


if __name__ == "__main__":
    main()
