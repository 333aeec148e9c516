"""The files of a knowledge directory: which there are, what each holds, and what should not be there."""

import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bot.core.knowledge.model import ItemKind
from bot.core.knowledge.problems import START, Report, nearest, one_of, shown
from bot.core.knowledge.strict_yaml import BYTES_AT_MOST, too_large


class FileKind(StrEnum):
    """What a file describes, by its place in the directory."""

    ROLE = "role"
    ITEMS = "items"
    SECTIONS = "sections"
    SOURCES = "sources"
    FAQ = "faq"
    QUESTIONS = "questions"
    OUTSIDE = "outside"
    COMPARED = "compared"
    ALIKE = "alike"
    JOBS = "jobs"
    WAGES = "wages"
    MESSAGES = "messages"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class KnowledgeFile:
    """One file as it was read: its path below the directory, what it describes, and its bytes."""

    path: str
    kind: FileKind
    content: bytes

    @property
    def stem(self) -> str:
        """The file's name without `.yaml`."""
        return self.path.rpartition("/")[2].removesuffix(ENDING)


@dataclass(slots=True)
class Found:
    """The files that were read, and the kinds of which a file or folder is there that could not be read."""

    files: list[KnowledgeFile] = field(default_factory=list)
    unread: set[FileKind] = field(default_factory=set)


ENDING = ".yaml"
NAME_LENGTH = 255

_FOLDERS = {
    "roles": FileKind.ROLE,
    "items": FileKind.ITEMS,
    "faq": FileKind.FAQ,
    "messages": FileKind.MESSAGES,
}
_SINGLE = {kind + ENDING: kind for kind in FileKind if kind not in _FOLDERS.values()}
_ITEM_FILES = tuple(kind + ENDING for kind in ItemKind)
_IGNORED_FOLDERS = ("schema",)
_NAMED = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def kind_of(path: str) -> FileKind | None:
    """What the file at a path below a knowledge directory describes; None where no such file is read."""
    folder, slash, name = path.rpartition("/")
    if not slash:
        return _SINGLE.get(name)
    kind = _FOLDERS.get(folder)
    if kind is FileKind.ITEMS and name not in _ITEM_FILES:
        return None
    named = name.endswith(ENDING) and _NAMED.fullmatch(name.removesuffix(ENDING))
    return kind if named and len(name) <= NAME_LENGTH else None


def read_files(directory: Path, report: Report) -> Found:
    """Every knowledge file that could be read, by path; what is wrong with the others is in the report."""
    found = Found()
    entries = _entries(directory, "", report)
    for entry in entries or ():
        name = entry.name
        if name in _SINGLE:
            _read(entry, name, _SINGLE[name], found, report)
        elif name in _FOLDERS:
            _read_folder(entry, _FOLDERS[name], found, report)
        elif name not in _IGNORED_FOLDERS:
            meant = _report_unknown(entry, "", (*_SINGLE, *_FOLDERS), report)
            found.unread |= {kind for known, kind in (_SINGLE | _FOLDERS).items() if known == meant}
    if entries == []:
        # "." stands for the directory itself, which has no path below itself.
        report.warning(
            ".", START, "the folder holds no knowledge; expected roles, items, faq or sections.yaml"
        )
    found.files.sort(key=lambda file: file.path)
    return found


def _entries(directory: Path, prefix: str, report: Report) -> list[Path] | None:
    """What in the directory is meant as knowledge, by name, or `None` when it cannot be listed."""
    try:
        entries = sorted(directory.iterdir())
    except (OSError, ValueError) as error:
        report.error(prefix.rstrip("/") or ".", START, _unreadable("folder", error))
        return None
    kept = [entry for entry in entries if not _is_ignored(entry.name)]
    _report_same_but_for_case(kept, prefix, report)
    return kept


def _is_ignored(name: str) -> bool:
    backup = name.startswith((".", "#")) or name.endswith(("~", ".swp", ".swo", ".bak", ".tmp"))
    return backup or name.partition(".")[0] in ("README", "LICENSE")


def _report_same_but_for_case(entries: Iterable[Path], prefix: str, report: Report) -> None:
    first: dict[str, str] = {}
    for entry in entries:
        other = first.setdefault(entry.name.casefold(), entry.name)
        if other != entry.name:
            text = f"the name differs from `{shown(other)}` by capitals only; rename or remove one"
            report.error(prefix + shown(entry.name, NAME_LENGTH), START, text)


def _read_folder(folder: Path, kind: FileKind, found: Found, report: Report) -> None:
    prefix = f"{folder.name}/"
    known = _ITEM_FILES if kind is FileKind.ITEMS else ()
    files = _entries(folder, prefix, report)
    if files is None:
        found.unread.add(kind)
    for file in files or ():
        if file.suffix == ENDING and (not known or file.name in known):
            _read(file, prefix + shown(file.name, NAME_LENGTH), kind, found, report)
        elif _report_unknown(file, prefix, known, report):
            found.unread.add(kind)


def _report_unknown(entry: Path, prefix: str, known: tuple[str, ...], report: Report) -> str | None:
    """Report what is not read, and return the name that it is probably meant to have."""
    path = prefix + shown(entry.name, NAME_LENGTH)
    meant = nearest(entry.name, known)
    if entry.suffix.casefold() in (".yml", ENDING) and entry.suffix != ENDING:
        renamed = entry.stem + ENDING
        ending = f"the name ends with `{entry.suffix}`, expected `{ENDING}`"
        report.error(path, START, f"{ending}; rename the file to `{shown(renamed)}`")
        return renamed
    if meant is None and entry.suffix != ENDING and not _is_folder(entry):
        text = f"the file is not read, expected files `<id>{ENDING}`; remove it or rename it"
        report.warning(path, START, text)
        return None
    what = "folder" if _is_folder(entry) else "file"
    unknown = f"unknown {what} `{shown(entry.name)}`"
    if meant is not None:
        report.error(path, START, f"{unknown}, did you mean `{meant}`?")
    else:
        expected = one_of(known) if known else f"files `<id>{ENDING}`"
        report.error(path, START, f"{unknown}, expected {expected}")
    return meant


def _is_folder(entry: Path) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _read(file: Path, path: str, kind: FileKind, found: Found, report: Report) -> None:
    try:
        content, refusal = _content(file)
    except OSError as error:
        content, refusal = b"", _unreadable("file", error)
    if refusal is not None:
        report.error(path, START, refusal)
        found.unread.add(kind)
    else:
        found.files.append(KnowledgeFile(path, kind, content))


def _content(file: Path) -> tuple[bytes, str | None]:
    """The file's bytes, or what forbids to read it."""
    status = file.stat()
    # Opening a pipe or a device could wait for ever.
    if not stat.S_ISREG(status.st_mode):
        return (
            b"",
            f"this is a {'folder' if stat.S_ISDIR(status.st_mode) else 'special file'}, expected a file",
        )
    refusal = too_large(status.st_size)
    if refusal is not None:
        return b"", refusal
    with file.open("rb") as opened:
        # One byte more than may be, so that a file that grew since is noticed.
        content = opened.read(BYTES_AT_MOST + 1)
    return content, too_large(len(content))


def _unreadable(what: str, error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"there is no such {what}, expected one; check its name, or whether it was just removed"
    if isinstance(error, PermissionError):
        return f"no permission to read the {what}; give it to the user that runs the bot"
    if isinstance(error, NotADirectoryError):
        return "this is a file, expected a folder"
    if isinstance(error, ValueError):
        return f"the {what} cannot be read: its name holds a null character"
    reason = shown(error.strerror or str(error))
    return f"the {what} cannot be read: {reason[:1].lower()}{reason[1:]}"
