"""What sets two snapshots apart: entries added, removed and changed, part by part."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from rapidfuzz import fuzz

from bot.core.knowledge.model import (
    Fact,
    FaqEntry,
    Figure,
    GoldenQuestion,
    Item,
    ItemUse,
    Job,
    Message,
    Role,
    Section,
    Snapshot,
    Source,
    Statement,
)

ALIKE_FROM = 55.0
"""Of 100, by rapidfuzz's `ratio`: sentences from here are one reworded. One in a thousand pairs that are not gets there."""
PAIRED_AT_MOST = 300
"""Facts of a section, on either side, among which changed ones are looked for: each is held against each."""
_PLACES = ("file", "line")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """One entry that was added (`before` is None), removed (`after` is None) or changed."""

    before: T | None
    after: T | None

    @property
    def entry(self) -> T:
        """The entry as it is now, or was last."""
        found = self.after if self.after is not None else self.before
        if found is None:
            raise ValueError(self)
        return found


@dataclass(frozen=True, slots=True)
class Changes(Generic[T]):
    """What changed in a list: entries in their new order, removed ones last. False where nothing did.

    `reordered` is whether entries that stand in both lists stand in another order.
    """

    entries: tuple[Change[T], ...] = ()
    reordered: bool = False

    def __bool__(self) -> bool:
        return self.reordered or bool(self.entries)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an entry with its values; None stands for none."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class RoleChange(Change[Role]):
    """A role that was added, removed or changed. `facts` are the changes of its sections by section id."""

    facts: tuple[tuple[str, Changes[Fact]], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that sets one snapshot apart from another; false where they hold the same.

    Entries with an id are listed by it, roles and their sections in the order of the newer snapshot.
    """

    roles: tuple[RoleChange, ...]
    sections: tuple[Change[Section], ...]
    items: tuple[Change[Item], ...]
    sources: tuple[Change[Source], ...]
    faq: tuple[Change[FaqEntry], ...]
    jobs: tuple[Change[Job], ...]
    golden: Changes[GoldenQuestion]
    messages: Changes[Message]
    outside: Changes[str]
    compared: Changes[tuple[str, str]]
    regions: Changes[tuple[str, str]]
    wages: Changes[Figure]

    def __bool__(self) -> bool:
        return any(getattr(self, part.name) for part in fields(self))


def difference(before: Snapshot, after: Snapshot) -> Difference:
    """What changed from one snapshot to another.

    Facts have no id. Within a section equal ones are paired first, then those that are most alike: sentences by
    their wording, item references by their item, figures by what they measure.
    """
    return Difference(
        roles=_roles(before, after),
        sections=_by_id(before.sections, after.sections),
        items=_by_id(before.items, after.items),
        sources=_by_id(before.sources, after.sources),
        faq=_by_id(before.faq, after.faq),
        jobs=_by_id(before.jobs, after.jobs),
        golden=_by_key(before.golden, after.golden, lambda asked: (asked.text, asked.overheard, asked.about)),
        messages=_by_key(before.messages, after.messages, lambda message: message.text),
        outside=_by_key(before.outside, after.outside, lambda title: title),
        compared=_by_key(before.compared, after.compared, lambda pair: pair),
        regions=_by_key(
            tuple(before.regions.items()), tuple(after.regions.items()), lambda region: region[0]
        ),
        wages=_by_key(_wages(before), _wages(after), lambda wage: (wage.occupation, wage.region)),
    )


def changed_fields(change: Change[Any]) -> tuple[FieldChange, ...]:
    """The fields that differ between the two states of an entry; of a new or removed one, those that hold something.

    Left out are where an entry stands in its file, and the facts of a role, which are changes of their own.
    """
    found = []
    for field in fields(change.entry):
        old, new = (getattr(state, field.name, None) for state in (change.before, change.after))
        if field.name in _PLACES or (isinstance(change.entry, Role) and field.name == "sections"):
            continue
        in_both = change.before is not None and change.after is not None
        if _content(old) != _content(new) and (in_both or old or new):
            found.append(FieldChange(field.name, old, new))
    return tuple(found)


def _content(entry: object) -> str:
    # Two dates are equal where their day is, but "2025-05" and "2025-05-01" are not shown alike.
    return repr(entry)


def _roles(before: Snapshot, after: Snapshot) -> tuple[RoleChange, ...]:
    found = []
    for role in dict.fromkeys([*after.roles, *before.roles]):
        old, new = before.roles.get(role), after.roles.get(role)
        named = [section.id for section in (*after.ordered_sections(), *before.ordered_sections())]
        facts = tuple(
            (section, changed)
            for section in dict.fromkeys(named)
            if (changed := _facts(old.facts(section) if old else (), new.facts(section) if new else ()))
        )
        change = RoleChange(old, new, facts)
        if facts or old is None or new is None or changed_fields(change):
            found.append(change)
    return tuple(found)


def _by_id(before: Mapping[str, T], after: Mapping[str, T]) -> tuple[Change[T], ...]:
    return tuple(
        Change(before.get(name), after.get(name))
        for name in sorted({*before, *after})
        if _content(before.get(name)) != _content(after.get(name))
    )


def _by_key(before: Sequence[T], after: Sequence[T], key: Callable[[T], object]) -> Changes[T]:
    def pair(old: list[T], new: list[T]) -> Iterable[tuple[int, int]]:
        places = _places(old, key)
        for place, entry in enumerate(new):
            if places[key(entry)]:
                yield places[key(entry)].popleft(), place

    return _changes(before, after, pair)


def _facts(before: tuple[Fact, ...], after: tuple[Fact, ...]) -> Changes[Fact]:
    return Changes() if before is after else _changes(before, after, _alike)


def _changes(
    before: Sequence[T],
    after: Sequence[T],
    pair: Callable[[list[T], list[T]], Iterable[tuple[int, int]]],
) -> Changes[T]:
    """The changes of a list. `pair` finds among what is not equal the places of old and new states of one entry."""
    places = _places(before, _bare)
    partners: dict[int, int] = {}
    for place, entry in enumerate(after):
        if places[_bare(entry)]:
            partners[place] = places[_bare(entry)].popleft()
    equal = set(partners)
    old = sorted(set(range(len(before))) - set(partners.values()))
    new = [place for place in range(len(after)) if place not in equal]
    for left, right in pair([before[place] for place in old], [after[place] for place in new]):
        partners[new[right]] = old[left]
    order = [partners[place] for place in sorted(partners)]
    kept = set(partners.values())
    return Changes(
        (
            *(Change(before[partners[n]] if n in partners else None, after[n]) for n in new),
            *(Change(before[place], None) for place in old if place not in kept),
        ),
        order != sorted(order),
    )


def _bare(entry: object) -> str:
    """The content of an entry, wherever in its file it stands."""
    if isinstance(entry, GoldenQuestion):
        return repr([getattr(entry, field.name) for field in fields(entry) if field.name not in _PLACES])
    return _content(entry)


def _places(entries: Sequence[T], key: Callable[[T], object]) -> defaultdict[object, deque[int]]:
    places: defaultdict[object, deque[int]] = defaultdict(deque)
    for place, entry in enumerate(entries):
        places[key(entry)].append(place)
    return places


def _alike(old: list[Fact], new: list[Fact]) -> Iterable[tuple[int, int]]:
    """Pairs of facts, those that are most alike first."""
    old, new = old[:PAIRED_AT_MOST], new[:PAIRED_AT_MOST]
    scored = [
        (-likeness, left, right)
        for left, before in enumerate(old)
        for right, after in enumerate(new)
        if (likeness := _likeness(before, after))
    ]
    paired: tuple[set[int], set[int]] = (set(), set())
    for _, left, right in sorted(scored):
        if left not in paired[0] and right not in paired[1]:
            paired[0].add(left)
            paired[1].add(right)
            yield left, right


def _likeness(before: Fact, after: Fact) -> float:
    """How much two facts are alike, to 100; 0 where the one is no later state of the other."""
    match before, after:
        case Statement(), Statement():
            return fuzz.ratio(before.text, after.text, score_cutoff=ALIKE_FROM)
        case ItemUse(), ItemUse():
            return 100.0 * (before.item == after.item)
        case Figure(), Figure():
            return _same_measure(before, after)
    return 0.0


def _same_measure(before: Figure, after: Figure) -> float:
    fixed = ("measure", "unit", "region", "level")
    if any(getattr(before, name) != getattr(after, name) for name in fixed):
        return 0.0
    others = ("occupation", "source", "period", "value")
    equal = [name for name in others if getattr(before, name) == getattr(after, name)]
    return 20.0 * (1 + len(equal))


def _wages(snapshot: Snapshot) -> tuple[Figure, ...]:
    return tuple(wage for by_region in snapshot.wages.values() for wage in by_region.values())
