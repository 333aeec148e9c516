"""The knowledge of each server: its overlay over the base, held compressed, compiled when its first question comes."""

import asyncio
import json
import logging
import zlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.core.assistant import Assistant
from bot.core.errors import RolewiseError
from bot.core.knowledge.laid import Base, Overlay, check_over, compile_over, read_base
from bot.core.knowledge.load import Loaded
from bot.core.knowledge.model import Snapshot
from bot.core.knowledge.problems import Problem
from bot.core.matching.faq import size_of
from bot.core.matching.heads import Heads
from bot.head_cache import HeadCache
from bot.library import Library

log = logging.getLogger(__name__)

BUDGET = 64 * 2**20
"""Bytes that compiled overlays may take together; those that were not asked for longest are dropped first."""
OWN_NAMES = 5 * 2**20
"""About what the compiled names of an assistant take, where an overlay changes names and cannot share the base's."""
SHARED = 32 * 2**10
"""About what an assistant takes beside that, as `tests/benchmarks/overlays.py` shows, where it changes a fact or two."""
EACH_LETTER = 8
"""About how many bytes a letter of an overlay takes when it is compiled."""
MOST_ADDED = 2
"""With its own entries, a server may have so many times as the base has before thresholds of its own are looked for."""
HEADS_KEPT = 1_000
"""Trained heads of overlays that are kept on disk, 0.4 MB each."""


class BaseUnreadableError(RolewiseError):
    """The base's files have changed or cannot be read, so that nothing can be laid over them just now."""

    def __init__(self) -> None:
        super().__init__(
            "the base's files are being changed or have errors; mend them (`check` tells), or try again in a moment"
        )


@dataclass(frozen=True, slots=True)
class _Packed:
    """An overlay as it is kept: its revision's number, and its files as compressed JSON, nothing for none."""

    number: int
    files: bytes

    @property
    def overlay(self) -> dict[str, str]:
        files: dict[str, str] = json.loads(zlib.decompress(self.files)) if self.files else {}
        return files


@dataclass(frozen=True, slots=True)
class _Compiled:
    """An assistant for a revision of an overlay on a revision of the base, and about the bytes that it takes."""

    number: int
    base: str
    assistant: Assistant
    size: int
    problems: tuple[Problem, ...]


class Overlays:
    """Answers each server from the base and its own overlay. A server without one costs nothing.

    Safe to use from one event loop; compiling happens in a thread.
    """

    def __init__(self, library: Library, cache: Path | None = None, *, budget: int = BUDGET) -> None:
        self._library = library
        self._heads = HeadCache(cache / "overlays" if cache is not None else None, HEADS_KEPT)
        self._budget = budget
        self._packed: dict[int, _Packed] = {}
        self._compiled: OrderedDict[int, _Compiled] = OrderedDict()
        self._size = 0
        self._locks: dict[int, asyncio.Lock] = {}
        self._base: Base | None = None

    def put(self, server: int, number: int, files: Mapping[str, str]) -> None:
        """Takes a revision of a server's overlay, which answers from now on; 0 for a server that has none."""
        if number:
            texts = json.dumps(dict(files), sort_keys=True).encode()
            packed = _Packed(number, zlib.compress(texts) if files else b"")
            former = self._packed.get(server)
            if packed == former:
                return
            self._packed[server] = packed
            # Where everything was deleted, numbers begin anew.
            again = former is not None and former.number == number
        else:
            self._packed.pop(server, None)
            again = True
        if again or not files:
            self._drop(server)

    def number(self, server: int | None) -> int:
        """The number of a server's newest revision; 0 for a server without any."""
        packed = self._packed.get(server or 0)
        return packed.number if packed is not None else 0

    def numbers(self) -> dict[int, int]:
        """The newest revision of each server that has one."""
        return {server: packed.number for server, packed in self._packed.items()}

    def files(self, server: int) -> dict[str, str]:
        """A server's own files."""
        packed = self._packed.get(server)
        return packed.overlay if packed is not None else {}

    def problems(self, server: int) -> tuple[Problem, ...]:
        """What of a server's overlay no longer fits the base and is left out; nothing as long as it is not compiled."""
        compiled = self._compiled.get(server)
        return compiled.problems if compiled is not None else ()

    async def assistant(self, server: int | None) -> Assistant:
        """What answers a server; the base for direct messages and for servers without an overlay.

        Where the server's overlay is not compiled yet, this waits for it.
        """
        packed = self._packed.get(server) if server is not None else None
        if server is None or packed is None or not packed.files:
            return self._library.assistant
        ready = self._ready(server, packed)
        if ready is not None:
            return ready.assistant
        async with self._locks.setdefault(server, asyncio.Lock()):
            packed = self._packed.get(server)
            if packed is None or not packed.files:
                return self._library.assistant
            ready = self._ready(server, packed) or await self._compile(server, packed)
            return ready.assistant

    async def check(self, files: Overlay) -> Loaded:
        """All that is wrong with an overlay before it is published.

        Raises:
            BaseUnreadableError: there is nothing to lay it over just now.
        """
        base = await self._current_base()
        return await asyncio.to_thread(check_over, base, files)

    async def trial(self, files: Overlay) -> Assistant:
        """What would answer if these files, which were found good, were published.

        Raises:
            BaseUnreadableError: there is nothing to lay them over just now.
        """
        base = await self._current_base()
        return (await asyncio.to_thread(self._laid, base, files))[0]

    async def base(self) -> Base:
        """What overlays are laid over. Raises BaseUnreadableError."""
        return await self._current_base()

    def _ready(self, server: int, packed: _Packed) -> _Compiled | None:
        compiled = self._compiled.get(server)
        if compiled is None or compiled.number != packed.number:
            return None
        if compiled.base != self._library.assistant.snapshot.revision:
            return None
        self._compiled.move_to_end(server)
        return compiled

    async def _compile(self, server: int, packed: _Packed) -> _Compiled:
        try:
            base = await self._current_base()
        except BaseUnreadableError as error:
            # Better the answers of a moment ago than none, and better the base than nothing.
            log.warning("server %d is answered from what was compiled before: %s", server, error)
            former = self._compiled.get(server)
            return former or _Compiled(packed.number, "", self._library.assistant, 0, ())
        overlay = packed.overlay
        assistant, problems = await asyncio.to_thread(self._laid, base, overlay)
        for problem in problems:
            log.warning("the overlay of server %d no longer fits the base: %s", server, problem)
        compiled = _Compiled(
            packed.number, base.snapshot.revision, assistant, self._size_of(assistant, overlay), problems
        )
        if self._packed.get(server) is packed:
            self._keep(server, compiled)
        return compiled

    def _laid(self, base: Base, overlay: Overlay) -> tuple[Assistant, tuple[Problem, ...]]:
        """An assistant for the overlay, and what is wrong with files of it that had to be left out."""
        fitting = dict(overlay)
        problems: list[Problem] = []
        while (loaded := compile_over(base, fitting)).snapshot is None:
            errors = [problem for problem in loaded.problems if problem.severity == "error"]
            problems += errors
            faulty = {problem.file for problem in errors} & fitting.keys()
            fitting = {path: text for path, text in fitting.items() if path not in faulty} if faulty else {}
        below = self._library.assistant
        return below.over(loaded.snapshot, self._heads_over(loaded.snapshot, below)), tuple(problems)

    def _heads_over(self, snapshot: Snapshot, below: Assistant) -> Heads:
        """The base's heads, but for the one of FAQ entries where the server has other ones."""
        if snapshot.faq == below.snapshot.faq:
            return below.heads
        # A server adds a few entries to the base's: the thresholds for those stand, and finding others takes seconds.
        known = below.heads.faq
        if known is not None and len(snapshot.faq) <= MOST_ADDED * len(known.classes):
            return Heads(self._heads.faq_like(snapshot, known.margins), below.heads.asked)
        return Heads(self._heads.faq(snapshot), below.heads.asked)

    def _size_of(self, assistant: Assistant, overlay: Overlay) -> int:
        below = self._library.assistant
        size = SHARED + EACH_LETTER * sum(map(len, overlay.values()))
        if not assistant.shares_names(below):
            size += OWN_NAMES
        if assistant.heads.faq is not below.heads.faq and assistant.heads.faq is not None:
            size += size_of(assistant.heads.faq)
        return size

    def _keep(self, server: int, compiled: _Compiled) -> None:
        self._drop(server)
        self._compiled[server] = compiled
        self._size += compiled.size
        # The one that was just asked for stays, however large it is.
        while self._size > self._budget and len(self._compiled) > 1:
            self._drop(next(iter(self._compiled)))

    def _drop(self, server: int) -> None:
        dropped = self._compiled.pop(server, None)
        if dropped is not None:
            self._size -= dropped.size

    async def _current_base(self) -> Base:
        snapshot = self._library.assistant.snapshot
        if self._base is None or self._base.snapshot is not snapshot:
            self._base = await asyncio.to_thread(read_base, self._library.directory, snapshot) or self._base
        # A base that is being edited, or broken, is not what is served: the one read before still fits that.
        if self._base is None or self._base.snapshot is not snapshot:
            raise BaseUnreadableError
        return self._base
