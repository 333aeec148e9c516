"""The roles nearest to a role, and why: what they have in common and what each leans on besides."""

from collections.abc import Mapping, Sequence

from bot.core.answers.citations import CitationBook
from bot.core.answers.model import Block, Bullets, Line, Notice
from bot.core.answers.sets import Held, held_by
from bot.core.knowledge.model import Role, Snapshot

_SHARED = 4
_APART = 3


def nearest_blocks(
    role: Role, snapshot: Snapshot, book: CitationBook
) -> tuple[tuple[str, ...], tuple[Block, ...]]:
    """The nearest roles, nearest first, and a line on each: skills and tools in common, and what it leans on besides."""
    near = tuple(other for other in role.nearest if other in snapshot.roles)
    if not near:
        return (), (Notice(f"No role in the knowledge is close to {role.name}."),)
    own = held_by(role, snapshot)
    lines = tuple(_line(snapshot.roles[other], own, snapshot, book) for other in near)
    return near, (Bullets(lines),)


def _line(other: Role, own: Mapping[str, Held], snapshot: Snapshot, book: CitationBook) -> Line:
    theirs = held_by(other, snapshot)
    shared = [item for item in theirs if item in own]
    apart = [item for item in theirs if item not in own]
    told = [*shared[:_SHARED], *apart[:_APART]]
    parts = []
    if shared:
        parts.append(f"{_count(len(shared))} in common, such as {_names(shared[:_SHARED], snapshot)}")
    if apart:
        parts.append(f"also leans on {_names(apart[:_APART], snapshot)}")
    uses = [theirs[item] for item in told] + [own[item] for item in shared[:_SHARED]]
    refs = tuple(dict.fromkeys(book.cite(held.use.source, held.use.as_of) for held in uses))
    stale = any(book.stale(held.use, held.section) for held in uses)
    return Line(f"{other.name}: {'; '.join(parts) or 'no skills or tools are known'}.", refs, stale)


def _count(number: int) -> str:
    return f"{number} skill{'s' if number != 1 else ''} and tools" if number != 1 else "one skill or tool"


def _names(items: Sequence[str], snapshot: Snapshot) -> str:
    return ", ".join(snapshot.items[item].name for item in items)
