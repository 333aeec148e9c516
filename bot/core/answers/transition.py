"""The way from one role to another as lists: what to add, and what carries over."""

from collections.abc import Sequence

from bot.core.answers.citations import CitationBook
from bot.core.answers.model import Block, Heading, ItemSet, Line
from bot.core.answers.sets import Held, held_by
from bot.core.knowledge.model import Level, Role, Snapshot

_SHOWN = 8


def transition(target: Role, origin: Role, snapshot: Snapshot, book: CitationBook) -> tuple[Block, ...]:
    """Skills and tools that the target needs and the origin lacks, core ones apart, and those that both use.

    An item that the origin uses in any section counts as known, whichever section the target lists it in.
    """
    needed, known = held_by(target, snapshot), held_by(origin, snapshot)
    if not needed or not known:
        return ()
    lacking = [held for item, held in needed.items() if item not in known]
    groups = (
        ("To add, core", [held for held in lacking if held.use.level is Level.CORE]),
        ("To add, useful", [held for held in lacking if held.use.level is not Level.CORE]),
        ("Carries over", [held for item, held in needed.items() if item in known]),
    )
    sets = tuple(
        ItemSet(title, _names(group[:_SHOWN], snapshot, book), max(0, len(group) - _SHOWN))
        for title, group in groups
        if group
    )
    return (Heading(f"From {origin.name} to {target.name}"), *sets)


def _names(group: Sequence[Held], snapshot: Snapshot, book: CitationBook) -> tuple[Line, ...]:
    return tuple(book.line(snapshot.items[held.use.item].name, held.use, held.section) for held in group)
