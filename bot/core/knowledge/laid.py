"""The knowledge of one server: its overlay laid over the base, either checked whole or compiled fast."""

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from bot.core.knowledge.build import REVISION_LENGTH, build, revision, without
from bot.core.knowledge.document import Document
from bot.core.knowledge.files import FileKind, KnowledgeFile, kind_of, read_files
from bot.core.knowledge.load import Loaded, loaded_from
from bot.core.knowledge.model import ItemKind, Role, Snapshot
from bot.core.knowledge.overlay import lay
from bot.core.knowledge.parts import Parts, parts_of
from bot.core.knowledge.problems import START, Report, did_you_mean, one_of, shown
from bot.core.knowledge.references import check_references
from bot.core.knowledge.schema import HiddenFile
from bot.core.knowledge.strict_yaml import read

T = TypeVar("T")

BASE_ONLY = (FileKind.MESSAGES, FileKind.WAGES, FileKind.ALIKE)
"""What stands in the base alone: it is learned from or measured, and means nothing to one server."""
FILES = (
    "roles/<id>.yaml", "faq/<id>.yaml", *(f"items/{kind}.yaml" for kind in ItemKind), "sections.yaml", "sources.yaml",
    "questions.yaml", "jobs.yaml", "outside.yaml", "compared.yaml", "hidden.yaml",
)  # fmt: skip
"""The files that an overlay may hold."""

Overlay = Mapping[str, str]
"""An overlay's files: their text by path."""


@dataclass(frozen=True, slots=True)
class Base:
    """What overlays are laid over: the texts of a directory's files, compressed, and the snapshot made of them."""

    snapshot: Snapshot
    files: Mapping[str, bytes]

    def text(self, path: str) -> str | None:
        """A file's text; None where the base has no such file."""
        packed = self.files.get(path)
        return zlib.decompress(packed).decode("utf-8-sig") if packed is not None else None

    def _read(self, path: str) -> Document | None:
        text = self.text(path)
        return read(text, path, Report()) if text is not None else None

    def documents(self, overlay: Overlay, report: Report) -> Iterator[tuple[KnowledgeFile, Document | None]]:
        """The overlay's files laid over the base's; what is wrong with one goes to the report."""
        for path, text in sorted(overlay.items()):
            kind = _kind(path, report)
            if kind is not None:
                over = read(text, path, report)
                laid = lay(self._read(path), over, report) if over is not None else None
                yield KnowledgeFile(path, kind, b""), laid

    def untouched(self, overlay: Overlay) -> Iterator[tuple[KnowledgeFile, Document | None]]:
        """The base's other files."""
        for path in self.files:
            if path not in overlay and (kind := kind_of(path)) is not None:
                yield KnowledgeFile(path, kind, b""), self._read(path)


def read_base(directory: Path, snapshot: Snapshot) -> Base | None:
    """The base of a directory, or None where its files are no longer those that the snapshot was made of."""
    found = read_files(directory, Report())
    if revision(found.files) != snapshot.revision:
        return None
    return Base(snapshot, {file.path: zlib.compress(file.content) for file in found.files})


def check_over(base: Base, overlay: Overlay, *, today: date | None = None) -> Loaded:
    """The base with an overlay, and all that is wrong with it and with what of the base no longer fits it.

    Everything is read and checked as a directory would be: it takes about a second.
    """
    report = Report()
    documents = [*base.documents(overlay, report), *base.untouched(overlay)]
    parts = parts_of(sorted(documents, key=lambda one: one[0].path), report)
    return loaded_from(parts, revision_over(base, overlay), report, today=today)


def compile_over(base: Base, overlay: Overlay) -> Loaded:
    """The base with an overlay that was checked before, sharing with the base all that it does not change.

    What `check_over` gives, at the cost of the overlay alone; only what could break an answer is looked for again, for
    the base may have changed since.
    """
    report = Report()
    parts = parts_of(base.documents(overlay, report), report)
    _add_ids(parts, base.snapshot)
    check_references(parts, report)
    if report.has_errors:
        return Loaded(None, report.problems())
    return Loaded(_shared(base, parts, revision_over(base, overlay)), report.problems())


def revision_over(base: Base, overlay: Overlay) -> str:
    """A digest of the base's revision and the overlay's files."""
    files = [KnowledgeFile(path, FileKind.ROLE, text.encode()) for path, text in overlay.items()]
    return hashlib.sha256(f"{base.snapshot.revision} {revision(files)}".encode()).hexdigest()[
        :REVISION_LENGTH
    ]


def _kind(path: str, report: Report) -> FileKind | None:
    kind = kind_of(path)
    if kind is not None and kind not in BASE_ONLY:
        return kind
    if kind is None:
        near = did_you_mean(path, FILES) or f", expected {one_of(FILES)}"
        text = f"`{shown(path)}` is no file of the knowledge{near}"
    else:
        text = f"`{shown(path)}` stands in the base alone, expected {one_of(FILES)}"
    report.error(shown(path), START, text)
    return None


def _add_ids(parts: Parts, snapshot: Snapshot) -> None:
    """Makes what the base holds known, so that an overlay may refer to it."""
    for kind, names in (
        (FileKind.ROLE, snapshot.roles),
        (FileKind.ITEMS, snapshot.items),
        (FileKind.SECTIONS, snapshot.sections),
        (FileKind.SOURCES, snapshot.sources),
        (FileKind.FAQ, snapshot.faq),
    ):
        parts.ids[kind].names.update(names)


def _shared(base: Base, parts: Parts, revision: str) -> Snapshot:
    """The base's snapshot with what the parts hold in the place of what they were laid over."""
    old = base.snapshot
    new = build(replace(parts, hidden=None), revision)
    hidden = parts.hidden.model if parts.hidden is not None else HiddenFile()
    items = {
        name: item
        for kind in sorted(ItemKind)
        for name, item in (new if kind in parts.items else old).items.items()
        if item.kind is kind
    }
    whole = replace(
        old,
        revision=revision,
        roles=_over(
            old.roles,
            {
                name: _sharing(role, old.roles[name]) if name in old.roles else role
                for name, role in new.roles.items()
            },
        ),
        faq=_over(old.faq, new.faq),
        items=MappingProxyType(items) if parts.items else old.items,
        sections=new.sections if parts.sections is not None else old.sections,
        sources=new.sources if parts.sources is not None else old.sources,
        golden=new.golden if parts.questions is not None else old.golden,
        outside=new.outside if parts.outside is not None else old.outside,
        compared=new.compared if parts.compared is not None else old.compared,
        jobs=new.jobs if parts.jobs is not None else old.jobs,
    )
    return without(whole, hidden.roles, hidden.faq)


def _sharing(role: Role, old: Role) -> Role:
    """The role with the base's own facts in each section that is equal: a changed fact leaves most of a role as it was."""
    sections = {
        name: old.sections[name] if old.sections.get(name) == facts else facts
        for name, facts in role.sections.items()
    }
    return replace(role, sections=MappingProxyType(sections))


def _over(old: Mapping[str, T], new: Mapping[str, T]) -> Mapping[str, T]:
    """Both, in the order that their files are read in; the old one itself where nothing is new."""
    if not new:
        return old
    return MappingProxyType(dict(sorted((dict(old) | dict(new)).items(), key=lambda pair: f"{pair[0]}.yaml")))
