"""The validated files of a directory, each with the document its places come from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from pydantic import BaseModel

from bot.core.knowledge.document import Document
from bot.core.knowledge.files import FileKind, Found, KnowledgeFile
from bot.core.knowledge.model import ItemKind
from bot.core.knowledge.problems import Place, Report
from bot.core.knowledge.schema import (
    FILE_MODELS,
    AlikeFile,
    ComparedFile,
    FaqFile,
    HiddenFile,
    ItemModel,
    ItemsFile,
    JobsFile,
    MessagesFile,
    OutsideFile,
    QuestionsFile,
    RoleFile,
    SectionsFile,
    SourcesFile,
    WagesFile,
)
from bot.core.knowledge.strict_yaml import read
from bot.core.knowledge.validate import validate

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Part(Generic[M]):
    """A file's model and its document."""

    model: M
    document: Document

    @property
    def file(self) -> str:
        """The file's path below the knowledge directory."""
        return self.document.file

    def place(self, *path: str | int) -> Place:
        """Where the value at the path stands."""
        return self.document.place(path)

    def key_place(self, *path: str | int) -> Place:
        """Where the key at the path's end stands."""
        return self.document.key_place(path)


@dataclass(slots=True)
class Ids:
    """The ids of one kind that may be referred to.

    `complete` is false where a file could not be read far enough to tell: then nothing is called unknown, for one
    fault in `sections.yaml` would otherwise be reported again in every role.
    """

    names: set[str] = field(default_factory=set)
    complete: bool = True


@dataclass(slots=True)
class Parts:
    """All files of a directory that are valid by themselves, and the ids of all files that are there."""

    roles: list[Part[RoleFile]] = field(default_factory=list)
    items: dict[ItemKind, Part[ItemsFile]] = field(default_factory=dict)
    faq: list[Part[FaqFile]] = field(default_factory=list)
    messages: list[Part[MessagesFile]] = field(default_factory=list)
    sections: Part[SectionsFile] | None = None
    sources: Part[SourcesFile] | None = None
    questions: Part[QuestionsFile] | None = None
    outside: Part[OutsideFile] | None = None
    compared: Part[ComparedFile] | None = None
    alike: Part[AlikeFile] | None = None
    jobs: Part[JobsFile] | None = None
    wages: Part[WagesFile] | None = None
    hidden: Part[HiddenFile] | None = None
    ids: dict[FileKind, Ids] = field(default_factory=lambda: {kind: Ids() for kind in FileKind})

    def each_item(self) -> Iterator[tuple[ItemKind, Part[ItemsFile], str, ItemModel]]:
        """Every item with its vocabulary and file."""
        for kind, part in self.items.items():
            for name, item in part.model.root.items():
                yield kind, part, name, item

    def shown(self) -> "Parts":
        """The parts without the roles and FAQ entries that are hidden."""
        if self.hidden is None:
            return self
        hidden = self.hidden.model
        return replace(
            self,
            roles=[part for part in self.roles if part.model.id not in hidden.roles],
            faq=[part for part in self.faq if part.model.id not in hidden.faq],
        )


def read_parts(found: Found, report: Report) -> Parts:
    """The parts of all files; what is wrong with one is in the report and costs only that one."""
    documents = ((file, read(file.content, file.path, report)) for file in found.files)
    return parts_of(documents, report, found.unread)


def parts_of(
    documents: Iterable[tuple[KnowledgeFile, Document | None]],
    report: Report,
    unread: Iterable[FileKind] = (),
) -> Parts:
    """The parts of documents; None stands for one that could not be read."""
    parts = Parts()
    for kind in unread:
        parts.ids[kind].complete = False
    for file, document in documents:
        _note_ids(file, document, parts)
        if document is not None:
            _add(file, document, parts, report)
    return parts


def _note_ids(file: KnowledgeFile, document: Document | None, parts: Parts) -> None:
    ids = parts.ids[file.kind]
    if file.kind in (FileKind.ROLE, FileKind.FAQ):
        ids.names.add(file.stem)
    elif document is not None and isinstance(document.data, dict):
        ids.names.update(document.data)
    elif document is None or document.data != "":
        ids.complete = False


def _add(file: KnowledgeFile, document: Document, parts: Parts, report: Report) -> None:
    match file.kind:
        case FileKind.ROLE:
            parts.roles += _valid(document, file, RoleFile, report)
        case FileKind.FAQ:
            parts.faq += _valid(document, file, FaqFile, report)
        case FileKind.MESSAGES:
            parts.messages += _valid(document, file, MessagesFile, report)
        case FileKind.ITEMS:
            parts.items.update(
                (ItemKind(file.stem), part) for part in _valid(document, file, ItemsFile, report)
            )
        # A directory holds one file of each other kind; `Parts` has it under the kind's name.
        case kind:
            setattr(parts, kind, next(iter(_valid(document, file, FILE_MODELS[kind], report)), None))


def _valid(document: Document, file: KnowledgeFile, model: type[M], report: Report) -> list[Part[M]]:
    found = validate(document, file.kind, model, report)
    return [Part(found, document)] if found is not None else []
