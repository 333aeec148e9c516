"""What one server changes, laid over the base.

The rules, from the top of a file down:

1. A file that the base lacks is taken as it stands, but for rule 4.
2. A mapping is laid over a mapping key by key: what it names is changed, all else stays as the base has it. So the same
   id replaces a role's section, an item, a source, a job, an FAQ entry's answer.
3. An empty value takes away what the base has under its key.
4. A mapping of `add` and `remove` in the place of a list changes the list: what is removed is named by its text, item or
   measure, or by some of its keys; what is added replaces an entry with the same text or item.
5. Anything else replaces what the base has; an empty file changes nothing.

Roles and FAQ entries as a whole are taken away by `hidden.yaml`. Nothing in the base is touched.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.core.knowledge.document import Document, Node, Value
from bot.core.knowledge.problems import Place, Report, did_you_mean, shown

ADD = "add"
REMOVE = "remove"
_NAMING = ("text", "item", "measure")


def lay(base: Document | None, over: Document, report: Report) -> Document:
    """A file of an overlay laid over the base's file of the same name, if there is one.

    All that comes from the base stands at the place of what was laid over it, so that problems point into the
    overlay's file.
    """
    if base is not None and over.data == "":
        return Document(over.file, base.root)
    laying = _Laying(over.file, report)
    return Document(over.file, laying.lay(base.root if base is not None else None, over.root))


class _Laying:
    """Lays one file; what is to be removed but is not there goes to the report."""

    def __init__(self, file: str, report: Report) -> None:
        self._file = file
        self._report = report

    def lay(self, base: Node | None, over: Node) -> Node:
        """What is laid over `base`; without one, what stands there."""
        if _is_change(over) and (base is None or base.items is not None):
            return self._changed(base.items or [] if base is not None else [], over)
        if over.entries is None:
            return over
        below = base.entries or {} if base is not None else {}
        laid: dict[str, Node] = {}
        for key, node in below.items():
            change = over.entries.get(key)
            if change is None:
                laid[key] = _moved(node, over.place)
            elif change.value != "":
                laid[key] = self.lay(node, change)
        for key, node in over.entries.items():
            if key not in below:
                laid[key] = self.lay(None, node)
        return replace(
            over,
            value={key: node.value for key, node in laid.items()},
            entries=laid,
            keys={key: over.keys.get(key, over.place) for key in laid},
        )

    def _changed(self, base: list[Node], over: Node) -> Node:
        entries = over.entries or {}
        kept = [_moved(node, over.place) for node in base]
        for wanted in _entries(entries.get(REMOVE)):
            left = [node for node in kept if not _is_named(node.value, wanted.value)]
            if len(left) == len(kept):
                self._report.warning(self._file, wanted.place, _not_there(wanted.value, kept))
            kept = left
        for added in _entries(entries.get(ADD)):
            names = set(_names(added.value)) if not _is_measured(added.value) else set()
            same = next((i for i, node in enumerate(kept) if names & set(_names(node.value))), None)
            if same is None:
                kept.append(added)
            else:
                kept[same] = added
        return replace(over, value=[node.value for node in kept], items=kept, entries=None, keys={})


def _is_change(node: Node) -> bool:
    """Whether the node holds nothing but lists under `add` and `remove`."""
    entries = node.entries
    if not entries or not entries.keys() <= {ADD, REMOVE}:
        return False
    return all(part.items is not None for part in entries.values())


def _entries(node: Node | None) -> Iterable[Node]:
    return node.items or () if node is not None else ()


def _moved(node: Node, place: Place) -> Node:
    """The node with all of its parts at one place."""
    if node.entries is not None:
        entries = {key: _moved(part, place) for key, part in node.entries.items()}
        return replace(node, place=place, entries=entries, keys=dict.fromkeys(entries, place))
    if node.items is not None:
        return replace(node, place=place, items=[_moved(part, place) for part in node.items])
    return replace(node, place=place)


def _is_named(value: Value, wanted: Value) -> bool:
    if isinstance(wanted, str):
        return wanted.strip().casefold() in _names(value)
    if isinstance(wanted, dict) and isinstance(value, dict) and wanted:
        return all(key in value and value[key] == part for key, part in wanted.items())
    return value == wanted


def _names(value: Value) -> Iterator[str]:
    """By what an entry of a list is named: itself, or its text, item or measure."""
    if isinstance(value, str):
        yield value.strip().casefold()
    elif isinstance(value, dict):
        for key in _NAMING:
            if isinstance(name := value.get(key), str):
                yield name.strip().casefold()


def _is_measured(value: Value) -> bool:
    """Whether an entry is a figure: a role has many of the same measure."""
    return isinstance(value, dict) and "measure" in value


def _not_there(wanted: Value, kept: list[Node]) -> str:
    if not isinstance(wanted, str):
        return "nothing in the list is like this, so that nothing is removed; write it as the list has it"
    names = [name for node in kept for name in _names(node.value)]
    near = did_you_mean(wanted, names) or "; write it as the list has it, or leave the line out"
    return f"`{shown(wanted)}` is not in the list, so that nothing is removed{near}"
