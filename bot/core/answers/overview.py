"""Roles in short, where no section is asked for."""

from collections.abc import Sequence

from bot.core.answers import figures, sets
from bot.core.answers.citations import CitationBook
from bot.core.answers.model import Block, Bullets, Heading, Notice
from bot.core.answers.statements import by_role, statements
from bot.core.knowledge.model import Role, Section, SectionKind, Snapshot


def _of_kind(snapshot: Snapshot, kind: SectionKind) -> list[Section]:
    return [section for section in snapshot.ordered_sections() if section.kind is kind]


def overview(role: Role, snapshot: Snapshot, book: CitationBook) -> tuple[tuple[str, ...], tuple[Block, ...]]:
    """One role in short: its first two statement sections, what is core to it, and a figure of each figure section."""
    blocks: list[Block] = []
    shown: list[str] = []
    for section, lines in zip(_of_kind(snapshot, SectionKind.STATEMENTS), (2, 4), strict=False):
        own = statements(role, section, book, at_most=lines)
        if own:
            blocks += [
                Heading(section.title),
                *(Bullets(block.lines) for block in own if isinstance(block, Bullets)),
            ]
            shown.append(section.id)
    for section in _of_kind(snapshot, SectionKind.ITEMS)[:2]:
        leading = sets.leading(role, section, snapshot, book, at_most=8)
        if leading is not None:
            blocks.append(leading)
            shown.append(section.id)
    for section in _of_kind(snapshot, SectionKind.FIGURES):
        own_figures = figures.single(role, section, snapshot, book, at_most=1)
        if own_figures:
            blocks += [Heading(section.title), *own_figures]
            shown.append(section.id)
    return tuple(shown), tuple(blocks) or (Notice(f"Nothing known about {role.name} yet."),)


def compared_overview(
    roles: Sequence[Role], snapshot: Snapshot, book: CitationBook, *, choose: bool
) -> tuple[tuple[str, ...], tuple[Block, ...]]:
    """Several roles in short: what each is and does, then the clearest differences and the comparable figures."""
    blocks: list[Block] = []
    shown: list[str] = []
    few = len(roles) > 2
    for section, lines in zip(_of_kind(snapshot, SectionKind.STATEMENTS), (1, 2 if few else 3), strict=False):
        if few and lines > 1:
            continue
        own = by_role(roles, section, book, at_most=lines)
        if own:
            trimmed = (Bullets(block.lines) if isinstance(block, Bullets) else block for block in own)
            blocks += [Heading(section.title), *trimmed]
            shown.append(section.id)
    for section in _of_kind(snapshot, SectionKind.ITEMS)[:2]:
        apart = sets.compared(roles, section, snapshot, book, at_most=4 if few else 6, alone=True)
        if apart:
            blocks += [Heading(section.title), *apart]
            shown.append(section.id)
    for section in _of_kind(snapshot, SectionKind.FIGURES):
        shared = figures.comparable(roles, section, snapshot, book, at_most=1, verdict=choose)
        if shared:
            blocks += [Heading(section.title), *shared]
            shown.append(section.id)
    return tuple(shown), tuple(blocks) or (Notice("Nothing known about these roles yet."),)
