"""Names while they are typed: ranked choices for autocomplete, and the closest ones to a name that is unknown."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from rapidfuzz import fuzz

from bot.core.knowledge.model import Item, Role, Section, Snapshot
from bot.core.matching.tokens import key

Thing = TypeVar("Thing")

_NEAR = 75.0
_LOOSE = 60.0
_TYPED_LIMIT = 100


def _rank(typed: str, names: Sequence[str]) -> float:
    """How well a thing with these names (its own first) fits what was typed; 0 is not at all."""
    best = 0.0
    for place, name in enumerate(names):
        own = 3.0 if place == 0 else 0.0
        if name == typed:
            score = 200.0
        elif name.startswith(typed):
            score = 150.0
        elif any(word.startswith(typed) for word in name.split()):
            score = 120.0
        else:
            score = fuzz.ratio(typed, name[: len(typed) + 2], score_cutoff=_LOOSE)
        if score:
            best = max(best, score + own)
    return best


def _plain(text: str) -> str:
    return " ".join(key(text[:_TYPED_LIMIT]))


class Suggester:
    """Ranks the roles, sections and items of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        ordered = [snapshot.roles[role] for role in snapshot.commonest()]
        self._roles = [
            (role, [_plain(text) for text in (role.name, *role.abbreviations, *role.aliases, *role.fields)])
            for role in ordered
        ]
        self._items = [
            (item, [_plain(text) for text in (item.name, *item.aliases)])
            for item in sorted(snapshot.items.values(), key=lambda item: item.name.casefold())
        ]
        self._regions = [(name, [_plain(name), _plain(code)]) for name, code in snapshot.regions.items()]
        self._sections = [
            (
                section,
                [
                    _plain(section.title),
                    _plain(section.id),
                    *(_plain(cue) for cue in (*section.names, *section.cues)),
                ],
            )
            for section in snapshot.ordered_sections()
        ]

    def roles(self, typed: str, limit: int) -> tuple[Role, ...]:
        """Roles that fit what was typed, best first; all of them, commonest first, for nothing typed."""
        return _best(typed, self._roles, limit)

    def items(self, typed: str, limit: int) -> tuple[Item, ...]:
        """Items that fit what was typed, best first."""
        return _best(typed, self._items, limit)

    def sections(self, typed: str, limit: int) -> tuple[Section, ...]:
        """Sections that fit what was typed, best first."""
        return _best(typed, self._sections, limit)

    def regions(self, typed: str, limit: int) -> tuple[str, ...]:
        """Regions that fit what was typed, best first."""
        return _best(typed, self._regions, limit)

    def section(self, text: str) -> Section | None:
        """The section of exactly this id, title or cue."""
        wanted = _plain(text)
        return next((section for section, names in self._sections if wanted and wanted in names), None)

    def near_roles(self, text: str) -> tuple[Role, ...]:
        """Roles whose name is a slip of the keyboard away from the text."""
        return _near(text, self._roles)

    def near_items(self, text: str) -> tuple[Item, ...]:
        """Items whose name is a slip of the keyboard away from the text."""
        return _near(text, self._items)


def _best(typed: str, things: Iterable[tuple[Thing, list[str]]], limit: int) -> tuple[Thing, ...]:
    wanted = _plain(typed)
    if not wanted:
        return tuple(thing for thing, _ in things)[:limit]
    return _ranked(things, lambda names: _rank(wanted, names), limit)


def _near(text: str, things: Iterable[tuple[Thing, list[str]]], limit: int = 3) -> tuple[Thing, ...]:
    wanted = _plain(text)
    return _ranked(
        things, lambda names: max(fuzz.ratio(wanted, name, score_cutoff=_NEAR) for name in names), limit
    )


def _ranked(
    things: Iterable[tuple[Thing, list[str]]], score: Callable[[list[str]], float], limit: int
) -> tuple[Thing, ...]:
    scored = [(score(names), thing) for thing, names in things]
    found = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])
    return tuple(thing for _, thing in found[:limit])
