"""Compiled knowledge kept on disk: a start with unchanged files need not read, check and build them again."""

from pathlib import Path

import bot.core.knowledge
from bot.core.knowledge.fingerprint import fingerprint
from bot.core.knowledge.load import Loaded, load
from bot.pickles import Pickles, code_of


class SnapshotCache:
    """A folder of compiled knowledge by content."""

    def __init__(self, folder: Path) -> None:
        self._pickles = Pickles(folder)

    def kept(self, directory: Path) -> Loaded | None:
        """What `load` gave for the files that the directory holds now, where they are known."""
        state = fingerprint(directory)
        kept = self._pickles.read(_name(state), Loaded) if state is not None else None
        return kept if kept is not None and kept.snapshot is not None else None

    def load(self, directory: Path) -> Loaded:
        """What `load` without advice gives for the directory, from the cache where its files are known there."""
        kept = self.kept(directory)
        if kept is not None:
            return kept
        loaded = load(directory, advice=False)
        if loaded.snapshot is not None:
            self._pickles.keep(_name(loaded.snapshot.revision), loaded)
        return loaded


def _name(state: str) -> str:
    return f"{state}-{code_of([Path(bot.core.knowledge.__file__).parent])}"
