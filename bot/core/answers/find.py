"""The way back: from items to the roles that use them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.answers.citations import CitationBook
from bot.core.answers.model import Block, Bullets, Heading, Line, Notice, Prose
from bot.core.knowledge.model import Fact, ItemUse, Level, Role, Section, Snapshot, Statement

_LEVEL_WORDS = {Level.CORE: "core", Level.USEFUL: "useful", None: "listed"}


@dataclass(frozen=True, slots=True)
class Use:
    """A fact through which a role holds an item, and the section that it stands in."""

    item: str
    section: Section
    fact: Fact

    @property
    def weight(self) -> int:
        """How much the role leans on the item: core 3, useful 2, listed 1, spoken of 0."""
        if not isinstance(self.fact, ItemUse):
            return 0
        return {Level.CORE: 3, Level.USEFUL: 2, None: 1}[self.fact.level]


def uses(role: Role, items: Sequence[str], snapshot: Snapshot) -> tuple[Use, ...]:
    """The strongest use that a role makes of each item, in the items' order."""
    wanted = set(items)
    found: dict[str, Use] = {}
    for section in snapshot.ordered_sections():
        for fact in role.facts(section.id):
            for item in wanted.intersection(_held(fact)):
                use = Use(item, section, fact)
                if item not in found or found[item].weight < use.weight:
                    found[item] = use
    return tuple(found[item] for item in items if item in found)


def _held(fact: Fact) -> tuple[str, ...]:
    match fact:
        case ItemUse(item):
            return (item,)
        case Statement():
            return fact.about
        case _:
            return ()


def roles_using(items: Sequence[str], snapshot: Snapshot) -> tuple[tuple[Role, tuple[Use, ...]], ...]:
    """Roles that use any of the items: those that use most of them and lean on them most first, then the commonest."""
    roles = (snapshot.roles[role] for role in snapshot.commonest())
    found = [(role, uses(role, items, snapshot)) for role in roles]
    held = [(role, own) for role, own in found if own]
    return tuple(sorted(held, key=lambda pair: (-len(pair[1]), -sum(use.weight for use in pair[1]))))


def find_blocks(
    items: Sequence[str], snapshot: Snapshot, book: CitationBook
) -> tuple[tuple[str, ...], tuple[Block, ...]]:
    """The roles found and what to show of them; with several items, who uses all of them stands apart."""
    found = roles_using(items, snapshot)
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
        blocks.append(Bullets(tuple(_line(role, own, snapshot, book) for role, own in group)))
    if not found:
        blocks.append(Notice("No role in the knowledge lists this."))
    return tuple(role.id for role, _ in (whole or partly)), tuple(blocks)


def _line(role: Role, own: Sequence[Use], snapshot: Snapshot, book: CitationBook) -> Line:
    parts = []
    for use in own:
        name = f"{snapshot.items[use.item].name}: " if len(own) > 1 else ""
        if isinstance(use.fact, ItemUse):
            note = f" ({use.fact.note})" if use.fact.note else ""
            parts.append(f"{name}{_LEVEL_WORDS[use.fact.level]} in {use.section.title.lower()}{note}")
        elif isinstance(use.fact, Statement):
            parts.append(f"{name}{use.fact.text}")
    refs = tuple(dict.fromkeys(book.cite(use.fact.source, use.fact.as_of) for use in own))
    return Line(
        f"{role.name}: {'; '.join(parts)}", refs, any(book.stale(use.fact, use.section) for use in own)
    )
