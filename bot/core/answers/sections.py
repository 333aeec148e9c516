"""A section of one role or of several: every kind of section knows how to show one and how to set several side by side."""

from collections.abc import Callable, Sequence

from bot.core.answers import figures, sets
from bot.core.answers.citations import CitationBook
from bot.core.answers.find import Holdings
from bot.core.answers.model import Block, Bullets, Line, Notice
from bot.core.answers.series import Cut, known_part
from bot.core.answers.statements import by_role, statements
from bot.core.knowledge.model import ItemKind, Role, Section, SectionKind, Snapshot, Statement
from bot.core.matching.question import Intent, Subject

LINES = 12
"""Statements that an answer has room for on a phone; roles and sections share them."""
LEAST = 2
_NAMES = 12
_FIGURES = 4


def cut_of(subject: Subject, roles: Sequence[Role], section: Section, snapshot: Snapshot) -> Cut:
    """The part of a section's figures that a subject asks for, where it is known; else the whole."""
    return known_part(roles, section, snapshot, Cut(subject.level, subject.region))


def one_section(
    subject: Subject, roles: Sequence[Role], section: Section, snapshot: Snapshot, book: CitationBook
) -> tuple[Block, ...]:
    """One role's section. Further roles are where the asker comes from."""
    role, origins = roles[0], roles[1:]
    room = _share(1, len(subject.sections))
    blocks: tuple[Block, ...]
    if section.kind is SectionKind.ITEMS:
        if origins and sets.uses_of(role, section):
            blocks = sets.lacking(roles, section, snapshot, book, at_most=_NAMES)
        else:
            blocks = sets.single(role, section, snapshot, book, at_most=room + 2)
    elif section.kind is SectionKind.FIGURES:
        cut = cut_of(subject, roles[:1], section, snapshot)
        blocks = (
            *_uncut(subject, cut, roles[:1]),
            *figures.single(role, section, snapshot, book, at_most=_FIGURES + 2, cut=cut),
            *statements(role, section, book, at_most=max(LEAST, room // 2)),
        )
    else:
        blocks = statements(role, section, book, at_most=room, about=subject.items, origins=origins)
    return blocks or (Notice(f"Nothing known about {section.title.lower()} of {role.name}."),)


def compared_section(
    subject: Subject, roles: Sequence[Role], section: Section, snapshot: Snapshot, book: CitationBook
) -> tuple[Block, ...]:
    """A section of several roles side by side."""
    room = _share(len(roles), len(subject.sections))
    if section.kind is SectionKind.ITEMS:
        if subject.intent is Intent.SETS and not subject.common:
            return sets.lacking(roles, section, snapshot, book, at_most=_NAMES)
        return sets.compared(roles, section, snapshot, book, at_most=_NAMES)
    if section.kind is SectionKind.FIGURES:
        judged = [role for role in roles if role.facts(section.id)]
        cut = cut_of(subject, roles, section, snapshot)
        return (
            *_uncut(subject, cut, roles),
            *figures.compared(roles, section, snapshot, book, at_most=_FIGURES, verdict=True, cut=cut),
            # A sentence that rests on another source may carry its numbers: judgement only, beside a comparison.
            *by_role(judged, section, book, at_most=LEAST, only=_is_judgement(snapshot)),
        )
    return by_role(roles, section, book, at_most=room, about=subject.items)


def items_first(
    subject: Subject, roles: Sequence[Role], snapshot: Snapshot, holdings: Holdings, book: CitationBook
) -> tuple[Block, ...]:
    """What the roles do with the items that the question names, before the rest of the section."""
    asked = [item for item in subject.items if snapshot.items[item].kind is not ItemKind.DEGREE]
    if not asked:
        return ()
    lines = []
    for role in roles:
        held = {use.item: use for use in holdings.uses(role.id, asked)}
        for item in asked:
            name = snapshot.items[item].name
            if item not in held:
                lines.append(Line(f"{name} is not among the facts on {role.name}."))
                continue
            use = held[item]
            level = getattr(use.fact, "level", None)
            note = getattr(use.fact, "note", None) or getattr(use.fact, "text", None)
            text = f"{name}, {role.name}: {level.value if level else 'listed'} in {use.section.title.lower()}"
            lines.append(book.line(text + (f" ({note})" if note else ""), use.fact, use.section))
    return (Bullets(tuple(lines)),)


def _uncut(subject: Subject, cut: Cut, roles: Sequence[Role]) -> tuple[Block, ...]:
    asked = Cut(subject.level, subject.region)
    return () if asked == cut else (figures.uncut(asked, roles),)


def _share(roles: int, sections: int) -> int:
    return max(LEAST, LINES // max(1, roles * sections))


def _is_judgement(snapshot: Snapshot) -> Callable[[Statement], bool]:
    return lambda fact: snapshot.sources[fact.source].editorial
