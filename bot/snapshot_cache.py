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

    def load(self, directory: Path) -> Loaded:
        """What `load` without advice gives for the directory, from the cache where its files are known there."""
        state = fingerprint(directory)
        if state is None:
            return load(directory, advice=False)
        name = f"{state}-{code_of([Path(bot.core.knowledge.__file__).parent])}"
        kept = self._pickles.read(name, Loaded)
        if kept is not None and kept.snapshot is not None:
            return kept
        loaded = load(directory, advice=False)
        if loaded.snapshot is not None and loaded.snapshot.revision == state:
            self._pickles.keep(name, loaded)
        return loaded
