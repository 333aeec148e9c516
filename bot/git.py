"""Earlier states of a folder, out of the git repository that it lies in."""

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from bot.core.errors import RolewiseError


class HistoryError(RolewiseError):
    """An earlier state cannot be had; the message is the sentence for the user."""


def folder_at(directory: Path, revision: str, target: Path) -> bool:
    """Puts what a folder held at a revision (branch, tag or commit) into `target`; False where there was none then.

    Raises:
        HistoryError: git is not there, the folder lies in no repository, or the revision is unknown.
    """
    top = _asked(directory, "rev-parse", "--show-toplevel")
    prefix = _asked(directory, "rev-parse", "--show-prefix")
    if top.returncode or prefix.returncode:
        raise HistoryError(f"The folder {directory} lies in no git repository that can be read{_said(top)}.")
    repository = Path(_line(top))
    named = f"{revision}^{{commit}}"
    commit = _asked(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", named)
    if commit.returncode:
        raise HistoryError(
            f"The revision `{revision}` is unknown in the repository of {directory}: name a branch, tag or commit. "
            "A shallow clone lacks the older ones; `git fetch --unshallow` brings them."
        )
    tree = f"{_line(commit)}:{_line(prefix)}"
    if _line(_asked(repository, "cat-file", "-t", tree)) != "tree":
        return False
    packed = _asked(repository, "archive", "--format=zip", tree)
    if packed.returncode:
        raise HistoryError(f"git cannot give the folder {directory} as of {revision}{_said(packed)}.")
    with zipfile.ZipFile(io.BytesIO(packed.stdout)) as archive:
        archive.extractall(target)
    return True


def _asked(directory: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        raise HistoryError("Earlier states come from git, which is not installed here.")
    # The arguments are a list that no shell reads, and the one from the user stands behind --end-of-options.
    return subprocess.run([program, "-C", str(directory), *arguments], capture_output=True, check=False)  # noqa: S603


def _line(done: subprocess.CompletedProcess[bytes]) -> str:
    return os.fsdecode(done.stdout.removesuffix(b"\n"))


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    first = done.stderr.decode(errors="replace").strip().partition("\n")[0]
    return f" (git: {first.removesuffix('.')})" if first else ""
