"""One part of an overlay as text: to be edited by itself, and put back with the comments around it kept."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.core.errors import RolewiseError
from bot.core.knowledge.document import Document, Node, Path, Value
from bot.core.knowledge.laid import Base, Overlay
from bot.core.knowledge.problems import Place, Problem, Report
from bot.core.knowledge.strict_yaml import read

if TYPE_CHECKING:
    from ruamel.yaml import YAML

WIDTH = 4096
"""Lines are not broken anew: a moderator's own line breaks stay."""


class PartProblemsError(RolewiseError):
    """The text of a part cannot be read; carries its problems, with their places in the text."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


class UnkeepableError(RolewiseError):
    """The file cannot be written anew without changing what else it says; it is to be edited as a whole."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file} cannot be changed in one place alone: download it, edit it and upload it")
        self.file = file


@dataclass(frozen=True, slots=True)
class Part:
    """What is edited: a file of the overlay, or the value at a path of keys in it."""

    file: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ": ".join((self.file, *self.path))


def section_part(role: str, section: str) -> Part:
    """A section of a role."""
    return Part(f"roles/{role}.yaml", ("sections", section))


def faq_part(entry: str) -> Part:
    """An FAQ entry."""
    return Part(f"faq/{entry}.yaml")


def text_of(part: Part, base: Base, overlay: Overlay) -> str:
    """The part as it is now: the overlay's own text where it has the part, else the base's; "" for neither."""
    for text in (overlay.get(part.file), base.text(part.file)):
        if text is not None:
            found = text if not part.path else _value_text(text, part.path)
            if found is not None:
                return found
    return ""


def put(part: Part, text: str, base: Base, overlay: Overlay) -> str | None:
    """The overlay's file with `text` as the part; None where the file then changes nothing.

    A blank text, and one that says what the base says, takes the server's own version of the part away.

    Raises:
        PartProblemsError: the text is no YAML that can be read.
        UnkeepableError: the rest of the file would not stay as it is.
    """
    value = _readable(text, part)
    at_base = base.text(part.file)
    below = _at(_data(at_base, part.file), part.path) if at_base is not None else None
    own = overlay.get(part.file)
    if not part.path:
        return None if value in ("", below) else text
    wanted = None if value in ("", below) else value
    old = _data(own, part.file) if own is not None else ""
    if wanted is None and (own is None or _at(old, part.path) is None):
        return own
    expected = _with(old if isinstance(old, dict) else {}, part.path, wanted)
    if not expected:
        return None
    written = _written(own or "", part, text if wanted is not None else None)
    # What is written must say what was meant: dates, numbers and quotes in the rest of the file included.
    if _data(written, part.file) != expected:
        raise UnkeepableError(part.file)
    return written


def in_part(problem: Problem, part: Part, file_text: str, text: str) -> Problem:
    """A problem of the file, at its place in the text of the part; unchanged where it stands elsewhere."""
    if problem.file != part.file or not part.path:
        return problem
    whole, alone = (read(one, part.file, Report()) for one in (file_text, text))
    if whole is None or alone is None:
        return problem
    wanted = Place(problem.line, problem.column)
    for path in _paths(alone.root):
        full = (*part.path, *path)
        if wanted == whole.place(full):
            return replace(problem, line=alone.place(path).line, column=alone.place(path).column)
        if path and wanted == whole.key_place(full):
            place = alone.key_place(path)
            return replace(problem, line=place.line, column=place.column)
    return replace(problem, line=1, column=1) if wanted == whole.key_place(part.path) else problem


def round_trip() -> "YAML":
    """Reads and writes YAML with its comments and quotes."""
    # At the first edit: most processes never see one, and it takes 1.5 MB.
    from ruamel.yaml import YAML  # noqa: PLC0415

    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_duplicate_keys = False
    return yaml


def _value_text(text: str, path: tuple[str, ...]) -> str | None:
    """The text of the value at a path of a file, with its comments, standing by itself."""
    value = round_trip().load(text)
    for key in path:
        if not isinstance(value, dict) or key not in value:
            return None
        value = value[key]
    out = io.StringIO()
    yaml = round_trip()
    yaml.indent(mapping=2, sequence=2, offset=0)
    yaml.dump(value, out)
    return out.getvalue().removesuffix("...\n")


def _written(own: str, part: Part, text: str | None) -> str:
    """The file with the text as the value at the part's path, or without that value."""
    whole = round_trip().load(own)
    if not isinstance(whole, dict):
        whole = {}
    *above, last = part.path
    place = whole
    for key in above:
        if not isinstance(place.get(key), dict):
            place[key] = {}
        place = place[key]
    if text is None:
        del place[last]
        _prune(whole, above)
    else:
        place[last] = round_trip().load(text)
    out = io.StringIO()
    round_trip().dump(whole, out)
    return out.getvalue()


def _prune(whole: dict[str, Any], path: list[str]) -> None:
    """Takes away mappings along a path that hold nothing any more."""
    for length in range(len(path), 0, -1):
        place = whole
        for key in path[: length - 1]:
            place = place[key]
        if not place[path[length - 1]]:
            del place[path[length - 1]]


def _with(data: dict[str, Value], path: tuple[str, ...], value: Value | None) -> dict[str, Value]:
    """A copy of the data with the value at the path, or without it; mappings left empty go."""
    first, *rest = path
    changed = dict(data)
    if rest:
        inner = changed.get(first)
        below = _with(inner if isinstance(inner, dict) else {}, tuple(rest), value)
        if below:
            changed[first] = below
        else:
            changed.pop(first, None)
    elif value is None:
        changed.pop(first, None)
    else:
        changed[first] = value
    return changed


def _readable(text: str, part: Part) -> Value:
    report = Report()
    document = read(text, part.file, report)
    if document is None:
        raise PartProblemsError(report.problems())
    return document.data


def _data(text: str, file: str) -> Value:
    document: Document | None = read(text, file, Report())
    return document.data if document is not None else ""


def _at(data: Value, path: tuple[str, ...]) -> Value | None:
    for key in path:
        if not isinstance(data, dict) or key not in data:
            return None
        data = data[key]
    return data


def _paths(node: Node, path: Path = ()) -> Iterator[Path]:
    """The paths of a node and of all its parts."""
    yield path
    for key, part in (node.entries or {}).items():
        yield from _paths(part, (*path, key))
    for index, part in enumerate(node.items or ()):
        yield from _paths(part, (*path, index))
