"""A copy of the shipped knowledge for an operator to edit, which upgrades leave alone."""

import shutil
from pathlib import Path

from bot.core.errors import RolewiseError


class CopyRefusedError(RolewiseError):
    """The copy was not made; the message says why, as a sentence."""


def copy_knowledge(source: Path, target: Path) -> int:
    """Copies every file of `source` to `target`, which must be new or an empty directory; the number of files.

    Raises:
        CopyRefusedError: `target` holds something, lies within `source`, or cannot be written.
    """
    if target.resolve().is_relative_to(source.resolve()):
        raise CopyRefusedError(f"{target} lies within the base that is to be copied; choose another folder.")
    try:
        if target.exists() and not target.is_dir():
            raise CopyRefusedError(f"{target} is a file; name a folder that is new or empty.")
        if target.is_dir() and any(target.iterdir()):
            raise CopyRefusedError(f"{target} is not empty, so nothing was copied; name a new folder.")
        files = [file for file in sorted(source.rglob("*")) if file.is_file()]
        for file in files:
            copied = target / file.relative_to(source)
            copied.parent.mkdir(parents=True, exist_ok=True)
            # The contents only: an installed base may be read-only, and the copy is there to be edited.
            shutil.copyfile(file, copied)
    except OSError as error:
        raise CopyRefusedError(f"{target} cannot be written: {error.strerror or error}.") from error
    return len(files)
