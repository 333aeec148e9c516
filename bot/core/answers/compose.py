"""A subject becomes an answer: every section knows how to show one role and how to set several side by side."""

from collections.abc import Callable, Sequence
from datetime import date

from bot.core.answers import figures, sets
from bot.core.answers.citations import CitationBook
from bot.core.answers.find import Holdings, find_blocks
from bot.core.answers.model import Answer, Block, Bullets, Heading, Line, Notice, Prose
from bot.core.answers.statements import by_role, statements
from bot.core.errors import StaleSubjectError
from bot.core.knowledge.model import Role, Section, SectionKind, Snapshot, Statement
from bot.core.matching.question import Intent, Question, Subject

LINES = 12
"""Statements that an answer has room for on a phone; roles and sections share them."""
_LEAST = 2
_NAMES = 12
_FIGURES = 4


def compose(
    subject: Subject, snapshot: Snapshot, holdings: Holdings, today: date, question: Question | None = None
) -> Answer:
    """The answer about a subject; `holdings` are those of the snapshot.

    Raises:
        StaleSubjectError: the subject names ids that the snapshot does not hold.
    """
    _refuse_strangers(subject, snapshot)
    book = CitationBook(snapshot, today)
    roles = tuple(snapshot.roles[role] for role in subject.roles)
    shown: tuple[str, ...] = ()
    if subject.intent is Intent.FIND:
        found, body = find_blocks(subject.items, snapshot, holdings, book)
        subject = Subject(Intent.FIND, found, subject.sections, subject.items)
        title = "Who uses " + " and ".join(snapshot.items[item].name for item in subject.items)
    elif subject.intent is Intent.FAQ and subject.faq is not None:
        title, body = _faq(subject.faq, snapshot, book)
    elif not roles:
        title, body = "What you can ask", help_blocks(snapshot)
    else:
        title, shown, body = _about(subject, roles, snapshot, holdings, book)
    blocks = (*_remarks(question, snapshot), *body)
    return Answer(subject, title, blocks, book.all(), shown, snapshot.revision, question)


def _refuse_strangers(subject: Subject, snapshot: Snapshot) -> None:
    missing = [role for role in subject.roles if role not in snapshot.roles]
    missing += [section for section in subject.sections if section not in snapshot.sections]
    missing += [item for item in subject.items if item not in snapshot.items]
    if subject.faq is not None and subject.faq not in snapshot.faq:
        missing.append(subject.faq)
    if missing:
        raise StaleSubjectError(tuple(missing))


def _remarks(question: Question | None, snapshot: Snapshot) -> tuple[Block, ...]:
    """What the reader should know about how the question was taken."""
    if question is None:
        return ()
    notes = [f"I took “{word}” as {snapshot.roles[role].name}." for word, role in question.assumed]
    if question.outside:
        notes.append(f"I have no facts about: {', '.join(question.outside)}.")
    return (Notice(" ".join(notes)),) if notes else ()


def _about(
    subject: Subject, roles: Sequence[Role], snapshot: Snapshot, holdings: Holdings, book: CitationBook
) -> tuple[str, tuple[str, ...], tuple[Block, ...]]:
    side_by_side = subject.intent in (Intent.COMPARE, Intent.CHOOSE, Intent.SETS) and len(roles) > 1
    asked = tuple(snapshot.sections[section] for section in subject.sections)
    if side_by_side:
        title = (" or " if subject.intent is Intent.CHOOSE else " vs. ").join(role.name for role in roles)
        if not asked:
            return title, *_compared_overview(roles, snapshot, book, choose=subject.intent is Intent.CHOOSE)
    else:
        title = roles[0].name
        if not asked:
            return title, *_overview(roles[0], snapshot, book)
    if len(asked) == 1:
        title += f": {asked[0].title}"
    blocks: list[Block] = list(
        _items_first(subject, roles if side_by_side else roles[:1], snapshot, holdings, book)
    )
    for section in asked:
        if len(asked) > 1:
            blocks.append(Heading(section.title))
        if side_by_side:
            blocks += _compared_section(subject, roles, section, snapshot, book)
        else:
            blocks += _section(subject, roles, section, snapshot, book)
    return title, subject.sections, tuple(blocks)


def _items_first(
    subject: Subject, roles: Sequence[Role], snapshot: Snapshot, holdings: Holdings, book: CitationBook
) -> tuple[Block, ...]:
    """What the roles do with the items that the question names, before the rest of the section."""
    asked = [item for item in subject.items if snapshot.items[item].kind.value != "degrees"]
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


def _share(roles: int, sections: int) -> int:
    return max(_LEAST, LINES // max(1, roles * sections))


def _section(
    subject: Subject, roles: Sequence[Role], section: Section, snapshot: Snapshot, book: CitationBook
) -> tuple[Block, ...]:
    """One role's section. Further roles are where the asker comes from."""
    role, origins = roles[0], roles[1:]
    room = _share(1, len(subject.sections))
    if section.kind is SectionKind.ITEMS:
        blocks = sets.single(role, section, snapshot, book, at_most=room + 2)
    elif section.kind is SectionKind.FIGURES:
        blocks = (
            *figures.single(role, section, book, at_most=_FIGURES + 2),
            *statements(role, section, book, at_most=max(_LEAST, room // 2)),
        )
    else:
        blocks = statements(role, section, book, at_most=room, about=subject.items, origins=origins)
    return blocks or (Notice(f"Nothing known about {section.title.lower()} of {role.name}."),)


def _compared_section(
    subject: Subject, roles: Sequence[Role], section: Section, snapshot: Snapshot, book: CitationBook
) -> tuple[Block, ...]:
    room = _share(len(roles), len(subject.sections))
    if section.kind is SectionKind.ITEMS:
        apart = subject.intent is Intent.SETS
        return sets.compared(roles, section, snapshot, book, at_most=_NAMES, differences_first=apart)
    if section.kind is SectionKind.FIGURES:
        judged = [role for role in roles if role.facts(section.id)]
        return (
            *figures.compared(roles, section, book, at_most=_FIGURES, verdict=True),
            # A sentence that rests on another source may carry its numbers: judgement only, beside a comparison.
            *by_role(judged, section, book, at_most=_LEAST, only=_is_judgement(snapshot)),
        )
    return by_role(roles, section, book, at_most=room, about=subject.items)


def _is_judgement(snapshot: Snapshot) -> Callable[[Statement], bool]:
    return lambda fact: snapshot.sources[fact.source].editorial


def _of_kind(snapshot: Snapshot, kind: SectionKind) -> list[Section]:
    return [section for section in snapshot.ordered_sections() if section.kind is kind]


def _overview(
    role: Role, snapshot: Snapshot, book: CitationBook
) -> tuple[tuple[str, ...], tuple[Block, ...]]:
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
        own_figures = figures.single(role, section, book, at_most=1)
        if own_figures:
            blocks += [Heading(section.title), *own_figures]
            shown.append(section.id)
    return tuple(shown), tuple(blocks) or (Notice(f"Nothing known about {role.name} yet."),)


def _compared_overview(
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
        if figures.shared_series(roles, section):
            blocks += [
                Heading(section.title),
                *figures.compared(roles, section, book, at_most=1, verdict=choose),
            ]
            shown.append(section.id)
    return tuple(shown), tuple(blocks) or (Notice("Nothing known about these roles yet."),)


def _faq(faq: str, snapshot: Snapshot, book: CitationBook) -> tuple[str, tuple[Block, ...]]:
    entry = snapshot.faq[faq]
    refs = (book.cite(entry.source, entry.as_of),) if entry.source and entry.as_of else ()
    parts = [part.strip() for part in entry.answer.split("\n\n") if part.strip()]
    return entry.questions[0], tuple(Prose(Line(part, refs if part == parts[-1] else ())) for part in parts)


def help_blocks(snapshot: Snapshot) -> tuple[Block, ...]:
    """What can be asked, in the words of the snapshot at hand."""
    blocks: list[Block] = [
        Prose(
            Line(
                "Ask in your own words about data and AI roles. Every answer names its sources and their dates."
            )
        ),
        Bullets(tuple(Line(example) for example in examples(snapshot))),
    ]
    if snapshot.roles:
        names = sorted(role.name for role in snapshot.roles.values())
        blocks += [Heading("Roles", 3), Prose(Line(", ".join(names) + "."))]
    if snapshot.sections:
        titles = [section.title.lower() for section in snapshot.ordered_sections()]
        blocks += [Heading("About each role", 3), Prose(Line(", ".join(titles) + "."))]
    return tuple(blocks)


def examples(snapshot: Snapshot) -> tuple[str, ...]:
    """Questions that the snapshot answers."""
    found: list[str] = []
    if snapshot.compared:
        one, other = (snapshot.roles[role].name for role in snapshot.compared[0])
        found += [
            f"{one} vs. {other}",
            f"Who earns more, {one} or {other}?",
            f"Tools that {one}s use and {other}s don't",
        ]
    elif snapshot.roles:
        found.append(f"What does a {next(iter(snapshot.roles.values())).name} do?")
    item = next((item for item in snapshot.items.values() if item.kind.value == "tools"), None)
    if item is not None and snapshot.roles:
        found.append(f"Which roles use {item.name}?")
    found += [entry.questions[0] for entry in list(snapshot.faq.values())[: 1 if snapshot.roles else 3]]
    return tuple(found)
