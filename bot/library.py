"""The knowledge that is being served: loaded, watched, and swapped whole when an edit is good."""

import asyncio
import gc
import logging
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from watchfiles import awatch

from bot.core.assistant import Assistant
from bot.core.errors import RolewiseError
from bot.core.knowledge.problems import Problem
from bot.core.matching.training import Progress
from bot.learning import Learner

log = logging.getLogger(__name__)

LOGGED_PROBLEMS = 20
# An editor that saves several files at once causes one reload; a single edit waits for `STEP` only.
DEBOUNCE_MS = 400
STEP_MS = 50
LOOK_SECONDS = 0.5
PACKAGE = Path(__file__).parent

GARBAGE = 10_000
"""So many more objects there have to be before those are looked for that only hold each other: a question leaves none."""

Stamp = frozenset[tuple[str, int, int, int]]


class KnowledgeError(RolewiseError):
    """A directory's knowledge cannot be served; carries the directory and all problems found there."""

    def __init__(self, directory: Path, problems: tuple[Problem, ...]) -> None:
        errors = sum(problem.severity == "error" for problem in problems)
        super().__init__(
            f"the knowledge in {directory} has {errors} error{'s' if errors != 1 else ''} and cannot be served"
        )
        self.directory = directory
        self.problems = problems


def settle() -> None:
    """Keeps all that there is to the end: now and then the search for garbage would go through it, and stop the bot for long."""
    gc.freeze()
    gc.set_threshold(GARBAGE)


def shipped_knowledge() -> Path:
    """The base that comes with the bot: the wheel's copy, or the repository's folder beside the package."""
    packaged = PACKAGE / "_knowledge"
    return packaged if packaged.is_dir() else PACKAGE.parent / "knowledge"


class Library:
    """The knowledge of one directory. Readers take `assistant` anew for each question; it is replaced, never changed."""

    def __init__(
        self,
        directory: Path,
        assistant: Assistant,
        problems: tuple[Problem, ...],
        learner: Learner,
    ) -> None:
        self.directory = directory
        self._learner = learner
        self.assistant = assistant
        self.problems = problems
        self._reloading = threading.Lock()
        self._seen: Stamp = frozenset()

    @classmethod
    def open(cls, directory: Path, cache: Path | None = None, on_progress: Progress | None = None) -> Self:
        """The directory's knowledge, loaded; `cache` is a folder for its compiled form and what is learned from it.

        `on_progress` is told how far each training on its FAQ entries and messages is, where that is not kept.

        Raises:
            KnowledgeError: it has errors.
        """
        seen = _stamp(directory)
        learner = Learner(directory, cache)
        loaded = learner.first(on_progress)
        if loaded.snapshot is None:
            raise KnowledgeError(directory, loaded.problems)
        assistant = Assistant(loaded.snapshot, learner.heads(loaded.snapshot, on_progress))
        library = cls(directory, assistant, loaded.problems, learner)
        library._seen = seen
        return library

    def reload(self) -> bool:
        """Loads the directory again; whether it is good and now served.

        When it is not, the last good state keeps serving, and `problems` says what is wrong. Both are logged.
        """
        with self._reloading:
            self._seen = _stamp(self.directory)
            loaded = self._learner.load()
            repeated = loaded.problems == self.problems
            self.problems = loaded.problems
            if loaded.snapshot is None:
                if not repeated:
                    self._log_refusal()
                return False
            # Equal files: nobody's answers change, so the index need not be built again.
            if loaded.snapshot.revision != self.assistant.snapshot.revision:
                self.assistant = Assistant(loaded.snapshot, self._learner.heads(loaded.snapshot))
                log.info("knowledge reloaded, revision %s is served", loaded.snapshot.revision)
            elif not repeated:
                log.info("knowledge is good again, revision %s is served", loaded.snapshot.revision)
            return True

    async def watch(self, stop: asyncio.Event | None = None) -> None:
        """Reloads whenever files change, until `stop` is set. Outlives a directory that is removed or replaced."""
        stop = stop or asyncio.Event()
        while not stop.is_set():
            try:
                await self._watch_once(stop)
            except (OSError, RuntimeError) as error:
                log.debug("the knowledge cannot be watched, looking again: %s", error)
                await _wait(stop, LOOK_SECONDS)
            await self._reload_if_changed()

    async def _watch_once(self, stop: asyncio.Event) -> None:
        """Follows the file system's notices until another directory stands in the place of the one they are about."""
        watched = _identity(self.directory)
        changes = awatch(
            self.directory,
            # The default filter drops paths below a folder named .venv, where an installed base lies.
            watch_filter=None,
            debounce=DEBOUNCE_MS,
            step=STEP_MS,
            stop_event=stop,
            rust_timeout=int(LOOK_SECONDS * 1000),
            yield_on_timeout=True,
        )
        async for changed in changes:
            if changed:
                await asyncio.to_thread(self.reload)
            else:
                # Some network drives change without notice, and so did whatever came before the watch began.
                await self._reload_if_changed()
            if _identity(self.directory) != watched:
                return

    async def _reload_if_changed(self) -> None:
        if await asyncio.to_thread(_stamp, self.directory) != self._seen:
            await asyncio.to_thread(self.reload)

    def _log_refusal(self) -> None:
        log.error(
            "the edited knowledge is not served, the last good revision %s is; %d problems:%s",
            self.assistant.snapshot.revision,
            len(self.problems),
            "".join(f"\n  {line}" for line in _shown(self.problems)),
        )


def _shown(problems: tuple[Problem, ...]) -> Iterable[str]:
    yield from map(str, problems[:LOGGED_PROBLEMS])
    if len(problems) > LOGGED_PROBLEMS:
        yield f"and {len(problems) - LOGGED_PROBLEMS} more: run `check`"


def _identity(directory: Path) -> tuple[int, int] | None:
    """What tells a directory from another under the same name; None where there is none."""
    try:
        status = directory.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _stamp(directory: Path) -> Stamp:
    """What tells one state of the files from another without reading them."""
    found = set()
    for path in (directory, *directory.rglob("*.yaml")):
        try:
            status = path.stat()
        except OSError:
            continue
        found.add((str(path), status.st_ino, status.st_mtime_ns, status.st_size))
    return frozenset(found)


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
