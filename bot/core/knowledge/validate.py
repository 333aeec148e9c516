"""From a document to a file's model, each fault at its place and in a moderator's words."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.core.knowledge.document import Document, Path, Value
from bot.core.knowledge.files import FileKind
from bot.core.knowledge.problems import START, Place, Report, did_you_mean, one_of, shown
from bot.core.knowledge.schema import (
    AlikeModel,
    ComparedModel,
    FaqFile,
    FigureModel,
    GoldenModel,
    HiddenFile,
    ItemModel,
    ItemUseModel,
    JobModel,
    JobSalaryModel,
    MessageModel,
    RoleFile,
    SectionModel,
    SourceModel,
    StatementModel,
    WageModel,
    WagesFile,
)

M = TypeVar("M", bound=BaseModel)

# Each costs over a kilobyte to look at, and a file with so many is no file of this kind with slips in it.
FAULTS_AT_MOST = 5_000

_FACTS: dict[str, type[BaseModel]] = {
    "text": StatementModel,
    "item": ItemUseModel,
    "measure": FigureModel,
}
_ENTRIES: dict[FileKind, type[BaseModel]] = {
    FileKind.ITEMS: ItemModel,
    FileKind.SECTIONS: SectionModel,
    FileKind.SOURCES: SourceModel,
    FileKind.QUESTIONS: GoldenModel,
    FileKind.COMPARED: ComparedModel,
    FileKind.ALIKE: AlikeModel,
    FileKind.JOBS: JobModel,
    FileKind.MESSAGES: MessageModel,
    FileKind.HIDDEN: HiddenFile,
}
_MAPPINGS = (FileKind.ITEMS, FileKind.SECTIONS, FileKind.SOURCES, FileKind.JOBS, FileKind.HIDDEN)
_LISTS = (FileKind.QUESTIONS, FileKind.OUTSIDE, FileKind.COMPARED, FileKind.ALIKE, FileKind.MESSAGES)
_QUOTED = re.compile(r"'([^']*)'")


def validate(document: Document, kind: FileKind, model: type[M], report: Report) -> M | None:
    """The file's model, or `None` with what is wrong in the report."""
    data = document.data
    if data == "":
        if kind in _MAPPINGS:
            data = {}
        elif kind in _LISTS:
            data = []
    try:
        return model.model_validate(data)
    except ValidationError as error:
        if error.error_count() > FAULTS_AT_MOST:
            text = f"more than {FAULTS_AT_MOST} faults, expected a {kind} file; is it another one?"
            report.error(document.file, START, text)
            return None
        faults = [
            _Fault(document, kind, details)
            for details in error.errors(include_url=False, include_input=False)
        ]
    # By place: where there are too many, those at the top of the file are the ones to list.
    for fault in sorted(faults, key=lambda fault: fault.place):
        report.error(document.file, fault.place, fault.text)
    return None


class _Fault:
    """One error of pydantic's, led back to the path in the file."""

    def __init__(self, document: Document, kind: FileKind, details: ErrorDetails) -> None:
        self.type = details["type"]
        self.message = details["msg"]
        self.context = details.get("ctx", {})
        self.path = _path(kind, details["loc"])
        self.model = _model_at(kind, details["loc"])
        self._document = document
        self.place = self._place()

    def _place(self) -> Place:
        if self.type in ("extra_forbidden", "key") or self.path[-1:] == ("[key]",):
            return self._document.key_place(self.path if self.type == "extra_forbidden" else self.path[:-1])
        if self.type == "missing":
            return self._document.place(self.path[:-1])
        if self.type == "stands_twice":
            return self._document.place((*self.path, int(self.context["index"])))
        return self._document.place(self.path)

    @property
    def value(self) -> Value:
        """What stands at the path; of a key that is wrong, the key."""
        if self.path[-1:] == ("[key]",):
            return str(self.path[-2])
        return self._document.value(self.path)

    @property
    def key(self) -> str:
        return str(self.path[-1]) if self.path else ""

    @property
    def siblings(self) -> Sequence[str]:
        """The keys that are allowed where the path ends."""
        return tuple(self.model.model_fields) if self.model is not None else ()

    def text(self) -> str:
        """The sentence to show."""
        compose = _TEXTS.get(self.type)
        if compose is not None:
            return compose(self)
        return f"{_quoted(self.value)}: {shown(self.message, 200)}"


def _path(kind: FileKind, location: tuple[int | str, ...]) -> Path:
    """Pydantic's location without the tag that names a fact's kind."""
    if kind is FileKind.ROLE and len(location) > 3 and location[0] == "sections" and location[3] in _FACTS:
        return (*location[:3], *location[4:])
    return location


def _model_at(kind: FileKind, location: tuple[int | str, ...]) -> type[BaseModel] | None:
    if kind is FileKind.ROLE:
        return RoleFile if len(location) < 4 else _FACTS.get(str(location[3]))
    if kind is FileKind.WAGES:
        return WageModel if location[0] == "wages" and len(location) > 3 else WagesFile
    if kind is FileKind.JOBS and len(location) > 2 and location[1] == "salary":
        return JobSalaryModel
    return FaqFile if kind is FileKind.FAQ else _ENTRIES.get(kind)


def _quoted(value: Value) -> str:
    if isinstance(value, str):
        return f"`{shown(value)}`" if value.strip() else "an empty text"
    return "a list" if isinstance(value, list) else "a mapping"


def _unknown_key(fault: _Fault) -> str:
    key = shown(fault.key)
    if fault.model in _FACTS.values() and any(fault.key in model.model_fields for model in _FACTS.values()):
        kind = next(name for name, model in _FACTS.items() if model is fault.model)
        return f"key `{key}` does not go with `{kind}`, expected {one_of(fault.siblings)}"
    expected = f", expected {one_of(fault.siblings)}" if fault.siblings else ""
    return f"unknown key `{key}`{did_you_mean(fault.key, fault.siblings) or expected}"


def _missing_key(fault: _Fault) -> str:
    described = fault.model.model_fields[fault.key].description if fault.model is not None else None
    if not described:
        return f"missing key `{fault.key}`, expected `{fault.key}: ...` here"
    return f"missing key `{fault.key}`, expected {described[:1].lower()}{described[1:].rstrip('.')}"


def _no_text(fault: _Fault) -> str:
    if isinstance(fault.value, dict):
        return (
            "a mapping stands here, expected a text; put a text that begins with `{` or holds `: ` in quotes"
        )
    return "a list stands here, expected a text; put a text that begins with `[` or `- ` in quotes"


def _no_list(fault: _Fault) -> str:
    if fault.value == "":
        return "nothing stands here, expected a list; write `[]`, or a line `- ...` for each entry"
    example = f"`[{shown(fault.value, 20)}]`" if isinstance(fault.value, str) else "`[...]`"
    return f"{_quoted(fault.value)} stands here, expected a list; write {example}, or a line `- ...` for each entry"


def _no_mapping(fault: _Fault) -> str:
    value = fault.value
    if value == "":
        return f"nothing stands here, expected keys and values{_as_in(fault)}"
    if isinstance(value, str) and re.match(r"[\w-]+:\S", value):
        return f"{_quoted(value)} is a text, expected keys and values; put a space after each colon"
    return f"{_quoted(value)} stands here, expected keys and values{_as_in(fault)}"


def _as_in(fault: _Fault) -> str:
    return f", as `{fault.siblings[0]}: ...`" if fault.siblings else ""


def _no_choice(fault: _Fault) -> str:
    choices = _QUOTED.findall(str(fault.context.get("expected", "")))
    near = did_you_mean(fault.value, choices) if isinstance(fault.value, str) else ""
    return f"{_quoted(fault.value)} is no {fault.key}, expected {one_of(choices)}{near}"


def _too_long(fault: _Fault) -> str:
    length, limit = len(fault.value), fault.context["max_length"]
    if isinstance(fault.value, list):
        return f"{length} entries, expected at most {limit}; remove some"
    return f"{length} characters, expected at most {limit}; shorten or split the text"


def _too_short(fault: _Fault) -> str:
    limit = fault.context["min_length"]
    if isinstance(fault.value, list):
        return f"{len(fault.value)} entries, expected at least {limit}; add some or remove the key"
    return "an empty text stands here, expected some; fill it in or remove the key"


def _no_slug(fault: _Fault) -> str:
    text = fault.value if isinstance(fault.value, str) else ""
    slug = re.sub(r"[^a-z0-9]+", "-", text.casefold()[:60]).strip("-")
    near = f", as `{slug}`" if slug else ""
    return f"{_quoted(text)} is no id, expected small letters, digits and hyphens{near}"


def _no_fact(fault: _Fault) -> str:
    value = fault.value
    if not isinstance(value, dict):
        return f"{_quoted(value)} stands here, expected a fact with `text`, `item` or `measure`"
    near = next(filter(None, (did_you_mean(key, _FACTS) for key in list(value)[:10])), "")
    return f"a fact without `text`, `item` or `measure`, expected one of them{near}"


def _own(fault: _Fault) -> str:
    """A message of the schema's own validators; those that begin with a verb speak of the value."""
    message = str(fault.context.get("error", fault.message))
    return f"{_quoted(fault.value)} {message}" if message.startswith("is ") else message


def _twice(fault: _Fault) -> str:
    return f"`{shown(str(fault.context['name']))}` stands twice in the list; remove one"


def _no_url(fault: _Fault) -> str:
    return f"{_quoted(fault.value)} is no web address, expected one as https://example.org/page"


def _no_scheme(fault: _Fault) -> str:
    allowed = _QUOTED.findall(str(fault.context.get("expected_schemes", "")))
    return f"{_quoted(fault.value)} is refused, expected an address that begins with `{allowed[-1]}://`"


_TEXTS: dict[str, Callable[[_Fault], str]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "string_type": _no_text,
    "list_type": _no_list,
    "dict_type": _no_mapping,
    "model_type": _no_mapping,
    "model_attributes_type": _no_mapping,
    "enum": _no_choice,
    "literal_error": _no_choice,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "string_too_short": _too_short,
    "too_short": _too_short,
    "string_pattern_mismatch": _no_slug,
    "fact_kind": _no_fact,
    "value_error": _own,
    "stands_twice": _twice,
    "url_parsing": _no_url,
    "url_scheme": _no_scheme,
    "url_too_long": _no_url,
    "url_syntax_violation": _no_url,
    "url_type": _no_url,
}
