"""Item sections as sets: what all roles share, what some share, what only one has."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.core.answers.citations import CitationBook
from bot.core.answers.model import Block, Bullets, Heading, ItemSet, Line, Notice
from bot.core.knowledge.model import ItemKind, ItemUse, Level, Role, Section, SectionKind, Snapshot

_CRAFT = frozenset({ItemKind.SKILL, ItemKind.TOOL})
_DETAILED = 6
_STRENGTHS = {Level.CORE: 2, Level.USEFUL: 1, None: 0}


class Part(NamedTuple):
    """The items that exactly these roles use, with the use of each role in the roles' order."""

    roles: tuple[Role, ...]
    uses: tuple[tuple[ItemUse, ...], ...]


def uses_of(role: Role, section: Section) -> tuple[ItemUse, ...]:
    """The items of a role's section."""
    return tuple(fact for fact in role.facts(section.id) if isinstance(fact, ItemUse))


class Held(NamedTuple):
    """A skill or tool that a role uses, and the section that says so."""

    use: ItemUse
    section: Section


def held_by(role: Role, snapshot: Snapshot) -> dict[str, Held]:
    """A role's skills and tools by item, each once with its strongest use; core ones come first."""
    held: dict[str, Held] = {}
    for section in snapshot.ordered_sections():
        if section.kind is not SectionKind.ITEMS:
            continue
        for use in uses_of(role, section):
            if snapshot.items[use.item].kind in _CRAFT:
                first = held.get(use.item)
                if first is None or _STRENGTHS[use.level] > _STRENGTHS[first.use.level]:
                    held[use.item] = Held(use, section)
    return dict(sorted(held.items(), key=lambda pair: -_STRENGTHS[pair[1].use.level]))


def partition(roles: Sequence[Role], section: Section) -> tuple[Part, ...]:
    """Each item in exactly one part: shared by all first, then by some, then by one only; core items lead.

    The order within a part is the same for any order of the roles: A compared with B shows what B compared with A shows.
    """
    held: dict[str, list[ItemUse]] = {}
    who: dict[str, tuple[int, ...]] = {}
    rank: dict[str, tuple[int, int]] = {}
    for number, role in enumerate(roles):
        for position, use in enumerate(uses_of(role, section)):
            item = use.item
            core, late = rank.get(item, (0, 0))
            rank[item] = (core - (use.level is Level.CORE), late + position)
            who[item] = (*who.get(item, ()), number)
            held.setdefault(item, []).append(use)
    groups: dict[tuple[int, ...], list[tuple[ItemUse, ...]]] = {}
    for _, item in sorted(zip(rank.values(), rank, strict=True)):
        groups.setdefault(who[item], []).append(tuple(held[item]))
    return tuple(
        Part(tuple(roles[number] for number in numbers), tuple(groups[numbers]))
        for numbers in sorted(groups, key=lambda numbers: (-len(numbers), numbers))
    )


def compared(
    roles: Sequence[Role],
    section: Section,
    snapshot: Snapshot,
    book: CitationBook,
    *,
    at_most: int,
    alone: bool = False,
) -> tuple[Block, ...]:
    """Sets over the section's items, what is shared first; `alone` leaves out all that is shared."""
    parts = [part for part in partition(roles, section) if not alone or len(part.roles) == 1]
    blocks: list[Block] = [_item_set(part, roles, section, snapshot, book, at_most=at_most) for part in parts]
    return (*blocks, *_missing(roles, section))


def lacking(
    roles: Sequence[Role], section: Section, snapshot: Snapshot, book: CitationBook, *, at_most: int
) -> tuple[Block, ...]:
    """Sets over the section's items, what is shared last; what the first role alone uses has its level and note."""
    parts = sorted(partition(roles, section), key=lambda part: len(part.roles))
    blocks: list[Block] = []
    for part in parts:
        if part.roles == (roles[0],):
            lines = [
                book.line(_evidence(uses[0], snapshot), uses[0], section) for uses in part.uses[:_DETAILED]
            ]
            blocks += [
                Heading(_title(part, roles), 3),
                Bullets(tuple(lines), max(0, len(part.uses) - _DETAILED)),
            ]
        else:
            blocks.append(_item_set(part, roles, section, snapshot, book, at_most=at_most))
    return (*blocks, *_missing(roles, section))


def _item_set(
    part: Part,
    roles: Sequence[Role],
    section: Section,
    snapshot: Snapshot,
    book: CitationBook,
    *,
    at_most: int,
) -> ItemSet:
    return ItemSet(
        _title(part, roles),
        tuple(_name(uses, part.roles, section, snapshot, book) for uses in part.uses[:at_most]),
        max(0, len(part.uses) - at_most),
    )


def _evidence(use: ItemUse, snapshot: Snapshot) -> str:
    level = f", {use.level.value}" if use.level is not None else ""
    return f"{snapshot.items[use.item].name}{level}{f': {use.note}' if use.note else ''}"


def _missing(roles: Sequence[Role], section: Section) -> tuple[Block, ...]:
    missing = [
        role.name for role in roles if not any(isinstance(fact, ItemUse) for fact in role.facts(section.id))
    ]
    if not missing:
        return ()
    return (Notice(f"Nothing known about {section.title.lower()} of: {', '.join(missing)}."),)


def _title(part: Part, roles: Sequence[Role]) -> str:
    names = [role.name for role in part.roles]
    if len(names) == len(roles):
        return "Both" if len(roles) == 2 else "All"
    return f"Only {names[0]}" if len(names) == 1 else " and ".join([", ".join(names[:-1]), names[-1]])


def _name(
    uses: tuple[ItemUse, ...],
    roles: tuple[Role, ...],
    section: Section,
    snapshot: Snapshot,
    book: CitationBook,
) -> Line:
    name = snapshot.items[uses[0].item].name
    if len(uses) == 1:
        return book.line(name, uses[0], section)
    core = [role.name for role, use in zip(roles, uses, strict=True) if use.level is Level.CORE]
    if core and len(core) < len(roles):
        name += f" (core for {' and '.join(core)})"
    return book.joint_line(name, uses, section)


def single(
    role: Role, section: Section, snapshot: Snapshot, book: CitationBook, *, at_most: int
) -> tuple[Block, ...]:
    """One role's items, each with its note: core ones, then useful ones, then those without a level."""
    uses = uses_of(role, section)
    blocks: list[Block] = []
    left = at_most
    for level, title in ((Level.CORE, "Core"), (Level.USEFUL, "Useful"), (None, "")):
        group = [use for use in uses if use.level is level]
        if not group:
            continue
        # Core items may not crowd out the useful ones: each group keeps room for a few.
        room = max(3, left)
        if title:
            blocks.append(Heading(title, 3))
        shown = group[:room]
        blocks.append(
            Bullets(tuple(_described(use, section, snapshot, book) for use in shown), len(group) - len(shown))
        )
        left -= len(shown)
    return tuple(blocks)


def _described(use: ItemUse, section: Section, snapshot: Snapshot, book: CitationBook) -> Line:
    text = snapshot.items[use.item].name
    if use.share is not None:
        text += f" ({use.share:g} % of US jobs counted as {use.occupation})"
    if use.note:
        text += f": {use.note}"
    return book.line(text, use, section)


def leading(
    role: Role, section: Section, snapshot: Snapshot, book: CitationBook, *, at_most: int
) -> ItemSet | None:
    """The items that a role leans on most, by name only; None where it has none."""
    uses = sorted(uses_of(role, section), key=lambda use: use.level is not Level.CORE)
    if not uses:
        return None
    names = tuple(_name((use,), (role,), section, snapshot, book) for use in uses[:at_most])
    return ItemSet(section.title, names, len(uses) - len(names))
