"""The way back: from items to the roles that use them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.answers.citations import CitationBook
from bot.core.answers.model import Block, Bullets, Heading, Line, Notice, Prose
from bot.core.knowledge.model import Fact, ItemUse, Level, Role, Section, Snapshot, Statement

SHOWN = 12
"""Roles that a look-up lists; the others are counted, and stand in its menu."""

_LEVEL_WORDS = {Level.CORE: "core", Level.USEFUL: "useful", None: "listed"}


@dataclass(frozen=True, slots=True)
class Use:
    """A fact through which a role holds an item, the section that it stands in, and its place there."""

    item: str
    section: Section
    fact: Fact
    place: int

    @property
    def weight(self) -> int:
        """How much the role leans on the item: core 3, useful 2, listed 1, spoken of 0."""
        if not isinstance(self.fact, ItemUse):
            return 0
        return {Level.CORE: 3, Level.USEFUL: 2, None: 1}[self.fact.level]


class Holdings:
    """Which items each role of a snapshot holds, and through which facts; built once per snapshot.

    What those of another snapshot, `below`, hold of the very same roles is shared with them.
    """

    def __init__(self, snapshot: Snapshot, below: "Holdings | None" = None) -> None:
        self._snapshot = snapshot
        self._by_role: dict[str, Mapping[str, Use]] = {
            name: (below is not None and below.of(snapshot.roles[name], snapshot))
            or _strongest(snapshot.roles[name], snapshot)
            for name in snapshot.commonest()
        }

    def of(self, role: Role, snapshot: Snapshot) -> Mapping[str, Use] | None:
        """What a role holds, where it and the sections are the same in another snapshot."""
        same = self._snapshot.roles.get(role.id) is role and self._snapshot.sections is snapshot.sections
        return self._by_role[role.id] if same else None

    def uses(self, role: str, items: Sequence[str]) -> tuple[Use, ...]:
        """The strongest use that a role makes of each item, in the items' order."""
        strongest = self._by_role[role]
        return tuple(strongest[item] for item in items if item in strongest)

    def roles_using(self, items: Sequence[str]) -> tuple[tuple[str, tuple[Use, ...]], ...]:
        """Roles that use any of the items: who uses most of them, leans on them most and names them earliest first."""
        found = [(role, self.uses(role, items)) for role in self._by_role]
        held = [(role, own) for role, own in found if own]
        return tuple(sorted(held, key=_rank))


def _strongest(role: Role, snapshot: Snapshot) -> Mapping[str, Use]:
    strongest: dict[str, Use] = {}
    for section in snapshot.ordered_sections():
        for place, fact in enumerate(role.facts(section.id)):
            for item in _held(fact):
                use = Use(item, section, fact, place)
                if item not in strongest or strongest[item].weight < use.weight:
                    strongest[item] = use
    return strongest


def _rank(found: tuple[str, tuple[Use, ...]]) -> tuple[int, int, int]:
    _, own = found
    return -len(own), -sum(use.weight for use in own), sum(use.place for use in own)


def _held(fact: Fact) -> tuple[str, ...]:
    match fact:
        case ItemUse(item):
            return (item,)
        case Statement():
            return fact.about
        case _:
            return ()


def find_blocks(
    items: Sequence[str], snapshot: Snapshot, holdings: Holdings, book: CitationBook
) -> tuple[tuple[str, ...], tuple[Block, ...]]:
    """The roles found and what to show of them; with several items, who uses all of them stands apart."""
    found = holdings.roles_using(items)
    blocks: list[Block] = [
        Prose(Line(f"{snapshot.items[item].name}: {snapshot.items[item].meaning}")) for item in items
    ]
    whole = [pair for pair in found if len(pair[1]) == len(items)]
    partly = [pair for pair in found if len(pair[1]) < len(items)]
    for title, group in (("All of them" if len(items) > 1 else "", whole), ("Some of them", partly)):
        if not group:
            continue
        if title:
            blocks.append(Heading(title, 3))
        named = len(items) > 1
        shown = [_line(snapshot.roles[role], own, snapshot, book, named=named) for role, own in group[:SHOWN]]
        blocks.append(Bullets(tuple(shown), len(group) - len(shown)))
    if not found:
        blocks.append(Notice("No role in the knowledge lists this."))
    return tuple(role for role, _ in (whole or partly)), tuple(blocks)


def _line(role: Role, own: Sequence[Use], snapshot: Snapshot, book: CitationBook, *, named: bool) -> Line:
    parts = []
    for use in own:
        name = f"{snapshot.items[use.item].name}: " if named else ""
        if isinstance(use.fact, ItemUse):
            note = f" ({use.fact.note})" if use.fact.note else ""
            parts.append(f"{name}{_LEVEL_WORDS[use.fact.level]} in {use.section.title.lower()}{note}")
        elif isinstance(use.fact, Statement):
            parts.append(f"{name}{use.fact.text}")
    refs = tuple(dict.fromkeys(book.cite(use.fact.source, use.fact.as_of) for use in own))
    return Line(
        f"{role.name}: {'; '.join(parts)}", refs, any(book.stale(use.fact, use.section) for use in own)
    )
