"""Compiled knowledge kept on disk: a start with unchanged files need not read, check and build them again."""

import contextlib
import copyreg
import hashlib
import logging
import pickle
import tempfile
from pathlib import Path
from types import MappingProxyType
from typing import Any

import bot.core.knowledge
from bot import __version__
from bot.core.knowledge.fingerprint import fingerprint
from bot.core.knowledge.load import Loaded, load

log = logging.getLogger(__name__)

KEPT = 4
"""Compiled states kept; the oldest are removed."""


def _mapping(entries: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(entries)


copyreg.pickle(MappingProxyType, lambda mapping: (_mapping, (dict(mapping),)))


class SnapshotCache:
    """A folder of compiled knowledge by content. Losing it costs time only; a file that cannot be used is ignored.

    The files are Python pickles: the folder must be one that only the bot's own user can write to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, directory: Path) -> Loaded:
        """What `load` without advice gives for the directory, from the cache where its files are known there."""
        state = fingerprint(directory)
        if state is None:
            return load(directory, advice=False)
        path = self._folder / f"{state}-{_code()}.pickle"
        if (kept := _read(path)) is not None:
            return kept
        loaded = load(directory, advice=False)
        if loaded.snapshot is not None and loaded.snapshot.revision == state:
            self._keep(path, loaded)
        return loaded

    def _keep(self, path: Path, loaded: Loaded) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as file:
                pickle.dump(loaded, file, protocol=pickle.HIGHEST_PROTOCOL)
            # Another process may read at this moment: it sees the old state or the new one, never half of it.
            Path(file.name).replace(path)
            kept = sorted(self._folder.glob("*.pickle"), key=lambda one: one.stat().st_mtime, reverse=True)
            for old in kept[KEPT:]:
                old.unlink(missing_ok=True)
        except OSError as error:
            log.debug("compiled knowledge is not kept: %s", error)


def _read(path: Path) -> Loaded | None:
    with contextlib.suppress(Exception):
        # Only this user writes there; whatever else stands in the file is no state and read as none.
        kept = pickle.loads(path.read_bytes())  # noqa: S301 - see the class
        if isinstance(kept, Loaded) and kept.snapshot is not None:
            return kept
    return None


def _code() -> str:
    """A digest of the code that compiles: after an upgrade or an edit of it, nothing kept before is used."""
    total = hashlib.sha256(__version__.encode())
    for path in sorted(Path(bot.core.knowledge.__file__).parent.glob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()[:12]
