"""Compiles the knowledge and learns from it in a program of its own: the memory for it, some 50 MB, would stay with the bot.

    python -m bot.learning KNOWLEDGE CACHE

The program leaves what it made in the folders of `SnapshotCache` and `HeadCache`, where a start finds it, and prints how
far it is, a line with two numbers each time.
"""

import logging
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from bot.core.knowledge.load import Loaded, load
from bot.core.knowledge.model import Snapshot
from bot.core.matching.heads import Heads
from bot.core.matching.training import Progress
from bot.head_cache import HeadCache
from bot.programs import command, environment
from bot.snapshot_cache import SnapshotCache

log = logging.getLogger(__name__)

PROGRAM = "bot.learning"


class Learner:
    """Compiles and learns what a directory holds, or reads it from the cache where it is kept there.

    What is not kept is made by the program; without a cache, or where the program fails, by this process.
    """

    def __init__(self, directory: Path, cache: Path | None) -> None:
        self._directory = directory
        self._cache = cache
        self._snapshots = SnapshotCache(cache) if cache is not None else None
        self._heads = HeadCache(cache)

    def first(self, on_progress: Progress | None = None) -> Loaded:
        """What the directory holds, with its heads already learned; `on_progress` is told how far the learning is."""
        kept = self._snapshots.kept(self._directory) if self._snapshots is not None else None
        if kept is not None and kept.snapshot is not None and self._heads.holds(kept.snapshot):
            return kept
        self._learn_beside(on_progress)
        return self.load()

    def load(self) -> Loaded:
        """What the directory holds. An edit is looked at here: the program would take half a second to start."""
        if self._snapshots is None:
            return load(self._directory, advice=False)
        return self._snapshots.load(self._directory)

    def heads(self, snapshot: Snapshot, on_progress: Progress | None = None) -> Heads:
        """What is learned from a snapshot that the directory held a moment ago."""
        if not self._heads.holds(snapshot):
            self._learn_beside(on_progress)
        return self._heads.heads(snapshot, on_progress)

    def _learn_beside(self, on_progress: Progress | None) -> None:
        if self._cache is not None and can_keep(self._cache):
            learn_beside(self._directory, self._cache, on_progress)


def can_keep(cache: Path) -> bool:
    """Whether files can be made in a folder, which is made where it is not there."""
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=cache):
            return True
    except OSError:
        return False


def learn_beside(directory: Path, cache: Path, on_progress: Progress | None = None) -> None:
    """Runs the program. It never fails: where the program does, that is logged, and nothing is kept."""
    said = ""
    try:
        with subprocess.Popen(  # noqa: S603 - this interpreter and a module of ours
            command(PROGRAM, str(directory), str(cache)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=environment(),
        ) as program:
            try:
                for line in program.stdout or ():
                    done, _, total = line.partition(" ")
                    if not (done.isdecimal() and total.strip().isdecimal()):
                        said = line.strip() or said
                    elif on_progress is not None:
                        on_progress(int(done), int(total))
            except BaseException:
                program.kill()
                raise
        ended = program.returncode
    except OSError as error:
        ended, said = 1, str(error)
    if ended:
        log.warning("the program that learns ended with %d, so the bot learns by itself: %s", ended, said)


def main(directory: Path, cache: Path) -> None:
    """Compiles and learns what is not kept yet."""
    # Ctrl-C goes to the whole group; the bot ends this program when it ends itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    snapshot = SnapshotCache(cache).load(directory).snapshot
    if snapshot is not None:
        HeadCache(cache).heads(snapshot, lambda done, total: print(done, total, flush=True))  # noqa: T201 - see above


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
