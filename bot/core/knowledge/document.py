"""A file's content as plain data, built from a YAML parser's events, and the place of every part of it."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

import yaml

from bot.core.knowledge.problems import START, Place, Report, shown
from bot.core.knowledge.yaml_errors import DEPTH_AT_MOST, INVISIBLE, ODD_SIGN, TAG_REFUSED, TOO_DEEP

Value = str | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]

ALIASES_AT_MOST = 100
NODES_AT_MOST = 50_000
_NAMES = 30
"""Characters; texts of this length are mostly ids and dates that stand in thousands of places, and are held once."""


class RefusedError(Exception):
    """Reading stops at `place`: going on would cost too much or make no sense."""

    def __init__(self, place: Place, text: str) -> None:
        super().__init__(text)
        self.place = place
        self.text = text


@dataclass(slots=True)
class Node:
    """A value with its place; a collection also knows its parts, their number and depth, aliases expanded."""

    value: Value
    place: Place
    items: list["Node"] | None = None
    entries: dict[str, "Node"] | None = None
    keys: dict[str, Place] = field(default_factory=dict)
    size: int = 1
    levels: int = 0
    closed: bool = True
    key: str | None = None
    key_place: Place = START


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content, and where each part of it stands."""

    file: str
    root: Node

    @property
    def data(self) -> Value:
        """Text for every scalar (an empty one is ""), lists and dicts. What is aliased is shared, not copied."""
        return self.root.value

    def value(self, path: Path) -> Value:
        """What stands at the path; where it leads nowhere, the last of its parts that exists."""
        return self._walk(path)[0].value

    def place(self, path: Path = ()) -> Place:
        """Where the value at the path begins; where the path leads nowhere, the last of its parts that exists."""
        return self._walk(path)[0].place

    def key_place(self, path: Path) -> Place:
        """Where the key at the path's end stands; of what has no key (a list's entry, the file), its value."""
        node, found = self._walk(path[:-1])
        key = path[-1] if path else None
        if found and isinstance(key, str) and key in node.keys:
            return node.keys[key]
        return self.place(path)

    def _walk(self, path: Path) -> tuple[Node, bool]:
        node = self.root
        for step in path:
            child = None
            if isinstance(step, str):
                child = (node.entries or {}).get(step)
            elif node.items is not None and step < len(node.items):
                child = node.items[step]
            if child is None:
                return node, False
            node = child
        return node, True


class Builder:
    """Turns events into nodes; `faulty` says whether milder faults went to the report.

    The open collections are a list, so that depth costs no recursion.
    """

    def __init__(self, file: str, report: Report) -> None:
        self.faulty = False
        self._file = file
        self._report = report
        self._open: list[Node] = []
        self._anchors: dict[str, Node] = {}
        self._root: Node | None = None
        self._documents = 0
        self._aliases = 0
        self._nodes = 0

    def build(self, events: Iterable[yaml.Event]) -> Node:
        """The root node (of an empty file an empty text), or a `RefusedError`."""
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._start(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                node = self._open.pop()
                node.closed = True
                self._attach(node)
            elif isinstance(event, yaml.DocumentStartEvent):
                self._document(event)
        return self._root if self._root is not None else Node("", START)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            text = "a second document (`---`) begins here, expected one in a file; remove the line"
            raise RefusedError(_place(event), text)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._count(event, 1)
        self._check_tag(event)
        # Only an escape in double quotes still brings in what a look at the file's text did not find.
        odd = ODD_SIGN.search(event.value) if event.style == '"' else None
        if odd is not None and odd.group() != "\t":
            code = f"U+{ord(odd.group()):04X}"
            sign = "invisible sign" if INVISIBLE.match(odd.group()) else "control character"
            text = f"an escape stands for the {sign} {code}, expected plain text; remove it"
            self._error(_place(event), text)
        value = sys.intern(event.value) if len(event.value) <= _NAMES else event.value
        node = Node(value, _place(event))
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        self._add(node)

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        self._count(event, 1)
        self._check_tag(event)
        place = _place(event)
        if len(self._open) >= DEPTH_AT_MOST:
            raise RefusedError(place, TOO_DEEP)
        if self._awaits_key():
            text = "a list or mapping stands where a key is expected; a text that begins with `[` or `{` needs quotes"
            raise RefusedError(place, text)
        node = Node([], place, items=[], levels=1, closed=False)
        if isinstance(event, yaml.MappingStartEvent):
            node = Node({}, place, entries={}, levels=1, closed=False)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        self._open.append(node)

    def _alias(self, event: yaml.AliasEvent) -> None:
        place, name = _place(event), shown(str(event.anchor))
        self._aliases += 1
        if self._aliases > ALIASES_AT_MOST:
            text = f"more than {ALIASES_AT_MOST} aliases (`*name`), expected fewer; write the values out"
            raise RefusedError(place, text)
        target = self._anchors.get(str(event.anchor))
        if target is None:
            text = (
                f"alias `*{name}` has no anchor `&{name}` above it; a text that begins with `*` needs quotes"
            )
            raise RefusedError(place, text)
        if not target.closed:
            raise RefusedError(
                place, f"alias `*{name}` stands inside its own anchor `&{name}`, expected it after"
            )
        self._count(event, target.size)
        if len(self._open) + target.levels > DEPTH_AT_MOST:
            text = f"nested deeper than {DEPTH_AT_MOST} levels through `*{name}`, expected a flatter file"
            raise RefusedError(place, text)
        self._add(
            Node(target.value, place, target.items, target.entries, target.keys, target.size, target.levels)
        )

    def _add(self, node: Node) -> None:
        if not self._awaits_key():
            self._attach(node)
            return
        parent = self._open[-1]
        if not isinstance(node.value, str):
            raise RefusedError(
                node.place, "a list or mapping stands where a key is expected, expected a text"
            )
        parent.key, parent.key_place = node.value, node.place
        if node.value == "<<":
            text = "merge key `<<` is not supported, expected the keys themselves; write them out"
            self._error(node.place, text)

    def _error(self, place: Place, text: str) -> None:
        self.faulty = True
        self._report.error(self._file, place, text)

    def _awaits_key(self) -> bool:
        return bool(self._open) and self._open[-1].entries is not None and self._open[-1].key is None

    def _attach(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        parent.size += node.size
        parent.levels = max(parent.levels, node.levels + 1)
        if parent.items is not None and isinstance(parent.value, list):
            parent.items.append(node)
            parent.value.append(node.value)
        elif parent.entries is not None and isinstance(parent.value, dict) and parent.key is not None:
            key, parent.key = parent.key, None
            if key in parent.entries:
                text = f"key `{shown(key)}` stands twice, first in line {parent.keys[key].line}; remove one"
                self._error(parent.key_place, text)
                return
            parent.keys[key] = parent.key_place
            parent.entries[key] = node
            parent.value[key] = node.value

    def _count(self, event: yaml.Event, values: int) -> None:
        self._nodes += values
        if self._nodes > NODES_AT_MOST:
            how = " (aliases expanded)" if isinstance(event, yaml.AliasEvent) else ""
            text = f"more than {NODES_AT_MOST} values{how}, expected fewer; split the file"
            raise RefusedError(_place(event), text)

    def _check_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            self._error(_place(event), TAG_REFUSED)


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return START if mark is None else Place(mark.line + 1, mark.column + 1)
