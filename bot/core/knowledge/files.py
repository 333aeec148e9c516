"""The files of a knowledge directory: which there are, what each holds, and what should not be there."""

import stat
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.core.knowledge.model import ItemKind
from bot.core.knowledge.problems import START, Report, did_you_mean, one_of, shown
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


@dataclass(frozen=True, slots=True)
class KnowledgeFile:
    """One file as it was read: its path below the directory, what it describes, and its bytes."""

    path: str
    kind: FileKind
    content: bytes

    @property
    def stem(self) -> str:
        """The file's name without `.yaml`."""
        return self.path.rpartition("/")[2].removesuffix(".yaml")


ENDING = ".yaml"
_SINGLE = {
    f"{kind}.yaml": kind
    for kind in (
        FileKind.SECTIONS,
        FileKind.SOURCES,
        FileKind.QUESTIONS,
        FileKind.OUTSIDE,
        FileKind.COMPARED,
    )
}
_FOLDERS = {"roles": FileKind.ROLE, "items": FileKind.ITEMS, "faq": FileKind.FAQ}
_ITEM_FILES = tuple(f"{kind}.yaml" for kind in ItemKind)
_IGNORED_FOLDERS = ("schema",)
_IGNORED_FILES = ("README.md",)


def read_files(directory: Path, report: Report) -> list[KnowledgeFile]:
    """Every knowledge file that could be read, by path; what is wrong with the others is in the report."""
    found: list[KnowledgeFile] = []
    for entry in _entries(directory, "", report):
        name = entry.name
        if name in _SINGLE:
            found.extend(_read(entry, name, _SINGLE[name], report))
        elif name in _FOLDERS:
            for file in _entries(entry, name + "/", report):
                found.extend(_read_in_folder(file, name, report))
        elif name not in _IGNORED_FOLDERS:
            _report_unknown(entry, shown(name), (*_SINGLE, *_FOLDERS), report)
    return sorted(found, key=lambda file: file.path)


def _entries(directory: Path, prefix: str, report: Report) -> list[Path]:
    """The directory's files and folders that are meant as knowledge, by name."""
    try:
        entries = sorted(directory.iterdir())
    except OSError as error:
        # "." stands for the directory itself: it has no path below itself.
        report.error(prefix.rstrip("/") or ".", START, _unreadable("folder", error))
        return []
    kept = [entry for entry in entries if not _is_ignored(entry.name)]
    _report_same_but_for_case(kept, prefix, report)
    return kept


def _is_ignored(name: str) -> bool:
    backup = name.startswith((".", "#")) or name.endswith(("~", ".swp", ".swo", ".bak", ".tmp"))
    return backup or name in _IGNORED_FILES


def _report_same_but_for_case(entries: Iterable[Path], prefix: str, report: Report) -> None:
    first: dict[str, str] = {}
    for entry in entries:
        other = first.setdefault(entry.name.casefold(), entry.name)
        if other != entry.name:
            text = f"the name differs from `{shown(other)}` by capitals only; rename or remove one"
            report.error(prefix + shown(entry.name), START, text)


def _read_in_folder(file: Path, folder: str, report: Report) -> list[KnowledgeFile]:
    path = f"{folder}/{shown(file.name)}"
    if file.suffix != ENDING or not file.stem or (folder == "items" and file.name not in _ITEM_FILES):
        _report_unknown(file, path, _ITEM_FILES if folder == "items" else (), report)
        return []
    return _read(file, path, _FOLDERS[folder], report)


def _report_unknown(entry: Path, path: str, known: tuple[str, ...], report: Report) -> None:
    name = shown(entry.name)
    nearest = did_you_mean(entry.name, known)
    if entry.suffix.casefold() in (".yml", ENDING) and entry.suffix != ENDING:
        name = shown(entry.stem) + ENDING
        text = f"the name ends with `{shown(entry.suffix)}`, expected `{ENDING}`; rename the file to `{name}`"
        report.error(path, START, text)
    elif nearest or entry.suffix == ENDING or _is_folder(entry):
        what = "folder" if _is_folder(entry) else "file"
        expected = f", expected {one_of(known)}" if known else f", expected files `<id>{ENDING}` only"
        report.error(path, START, f"unknown {what} `{name}`{nearest or expected}")
    else:
        report.warning(path, START, f"the file `{name}` is not read; remove it, or write it as `{ENDING}`")


def _is_folder(entry: Path) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _read(file: Path, path: str, kind: FileKind, report: Report) -> list[KnowledgeFile]:
    try:
        status = file.stat()
        # Opening a pipe or a device could wait for ever.
        if not stat.S_ISREG(status.st_mode):
            what = "folder" if stat.S_ISDIR(status.st_mode) else "special file"
            report.error(path, START, f"this is a {what}, expected a file")
            return []
        refusal = too_large(status.st_size)
        if refusal is None:
            with file.open("rb") as opened:
                # One more than may be, so that a file that grew since is noticed.
                content = opened.read(BYTES_AT_MOST + 1)
            refusal = too_large(len(content))
    except OSError as error:
        report.error(path, START, _unreadable("file", error))
        return []
    if refusal is not None:
        report.error(path, START, refusal)
        return []
    return [KnowledgeFile(path, kind, content)]


def _unreadable(what: str, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"there is no such {what}, expected one; it may have been removed while it was read"
    if isinstance(error, PermissionError):
        return f"no permission to read the {what}; give the user that runs the bot the right to read it"
    if isinstance(error, NotADirectoryError):
        return "this is a file, expected a folder"
    reason = shown(error.strerror or type(error).__name__)
    return f"the {what} cannot be read: {reason[:1].lower()}{reason[1:]}"
