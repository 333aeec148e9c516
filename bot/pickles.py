"""Values kept on disk between starts. Losing them costs time only; a file that cannot be used is ignored."""

import contextlib
import copyreg
import hashlib
import logging
import os
import pickle
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from bot import __version__

log = logging.getLogger(__name__)

KEPT = 4
"""Values kept in a folder where nothing else is said; those that were read longest ago are removed."""

T = TypeVar("T")


def _mapping(entries: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(entries)


copyreg.pickle(MappingProxyType, lambda mapping: (_mapping, (dict(mapping),)))


class Pickles:
    """A folder of values by name. The files are Python pickles: only the bot's own user may be able to write there."""

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self._folder = folder
        self._kept = kept

    def read(self, name: str, kind: type[T]) -> T | None:
        """The value kept under the name, if it is of the kind."""
        path = self._folder / f"{name}.pickle"
        with contextlib.suppress(Exception):
            # Only this user writes there; whatever else stands in the file is no value and read as none.
            with path.open("rb") as file:
                kept = pickle.load(file)  # noqa: S301 - see the class
            if isinstance(kept, kind):
                with contextlib.suppress(OSError):
                    os.utime(path)
                return kept
        return None

    def holds(self, name: str) -> bool:
        """Whether a value is kept under the name."""
        return (self._folder / f"{name}.pickle").is_file()

    def keep(self, name: str, value: object) -> None:
        """Keeps the value under the name, where the folder can be written."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as file:
                pickle.dump(value, file, protocol=pickle.HIGHEST_PROTOCOL)
            # Another process may read at this moment: it sees the old state or the new one, never half of it.
            Path(file.name).replace(self._folder / f"{name}.pickle")
            kept = sorted(self._folder.glob("*.pickle"), key=lambda one: one.stat().st_mtime, reverse=True)
            for old in kept[self._kept :]:
                old.unlink(missing_ok=True)
        except OSError as error:
            log.debug("compiled knowledge is not kept: %s", error)


def code_of(packages: Iterable[Path]) -> str:
    """A digest of the code in packages and of the words that it reads: after an upgrade or an edit of it, nothing that it made before is used."""
    total = hashlib.sha256(__version__.encode())
    for package in packages:
        for path in sorted((*package.glob("*.py"), *package.glob("*.txt"))):
            total.update(path.read_bytes())
    return total.hexdigest()[:12]
