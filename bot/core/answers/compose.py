"""A subject becomes an answer: the parts of this package show what they know of it, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.answers import chart, jobs
from bot.core.answers.citations import CitationBook
from bot.core.answers.find import Holdings, find_blocks
from bot.core.answers.help import faq_blocks, help_blocks
from bot.core.answers.model import Answer, Block, Chart, Heading, Notice
from bot.core.answers.nearest import nearest_blocks
from bot.core.answers.overview import compared_overview, overview
from bot.core.answers.sections import compared_section, cut_of, items_first, one_section
from bot.core.answers.series import Cut
from bot.core.answers.transition import transition
from bot.core.errors import LevelInRegionError, StaleSubjectError
from bot.core.knowledge.model import Figure, Role, SectionKind, Snapshot
from bot.core.matching.question import Intent, Question, Subject

_SIDE_BY_SIDE = frozenset({Intent.COMPARE, Intent.CHOOSE, Intent.SETS})


@dataclass(frozen=True, slots=True)
class _Body:
    """What an answer says under its title."""

    title: str
    blocks: tuple[Block, ...]
    shown: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class _Composer:
    """What all parts of an answer are composed with."""

    snapshot: Snapshot
    holdings: Holdings
    book: CitationBook
    today: date

    def body(self, subject: Subject) -> _Body:
        """What is said about the subject."""
        snapshot = self.snapshot
        roles = tuple(snapshot.roles[role] for role in subject.roles)
        match subject.intent:
            case Intent.FIND if subject.items:
                found, blocks = find_blocks(subject.items, snapshot, self.holdings, self.book)
                title = "Who uses " + " and ".join(snapshot.items[item].name for item in subject.items)
                return _Body(title, blocks, found=found)
            case Intent.FIND if roles:
                found, blocks = nearest_blocks(roles[0], snapshot, self.book)
                return _Body(f"Roles close to {roles[0].name}", blocks, found=found)
            case Intent.JOBS:
                title = jobs.TITLE + (f": {' or '.join(role.name for role in roles)}" if roles else "")
                return _Body(title, jobs.listed(snapshot, self.today, subject.roles))
            case Intent.FAQ if subject.faq is not None:
                return _Body(*faq_blocks(subject.faq, snapshot, self.book))
            case _ if not roles:
                return _Body("What you can ask", help_blocks(snapshot))
            case intent if intent in _SIDE_BY_SIDE and len(roles) > 1:
                return self._compared(subject, roles)
            case _:
                return self._one(subject, roles)

    def _compared(self, subject: Subject, roles: Sequence[Role]) -> _Body:
        snapshot, book = self.snapshot, self.book
        choose = subject.intent is Intent.CHOOSE
        title = (" or " if choose else " vs. ").join(role.name for role in roles)
        asked = tuple(snapshot.sections[section] for section in subject.sections)
        if not asked:
            shown, blocks = compared_overview(roles, snapshot, book, choose=choose)
            return _Body(title, blocks, shown)
        parts = list(items_first(subject, roles, snapshot, self.holdings, book))
        for section in asked:
            if len(asked) > 1:
                parts.append(Heading(section.title))
            parts += compared_section(subject, roles, section, snapshot, book)
        drawn = None
        if len(asked) == 1:
            title += f": {asked[0].title}"
            if asked[0].kind is SectionKind.FIGURES:
                cut = cut_of(subject, roles, asked[0], snapshot)
                title += _part(cut)
                drawn = chart.of_several(roles, asked[0], snapshot, cut)
        return _Body(title, tuple(parts), subject.sections, chart=drawn)

    def _one(self, subject: Subject, roles: Sequence[Role]) -> _Body:
        """One role; further ones are where the asker comes from."""
        snapshot, book, role = self.snapshot, self.book, roles[0]
        asked = tuple(snapshot.sections[section] for section in subject.sections)
        title, drawn = role.name, None
        if asked:
            shown = subject.sections
            parts = list(items_first(subject, roles[:1], snapshot, self.holdings, book))
            before = len(parts)
            if all(section.kind is SectionKind.STATEMENTS for section in asked):
                for origin in roles[1:]:
                    parts += transition(role, origin, snapshot, book)
            for section in asked:
                if len(asked) > 1 or len(parts) > before:
                    parts.append(Heading(section.title))
                parts += one_section(subject, roles, section, snapshot, book)
            if len(asked) == 1:
                title += f": {asked[0].title}"
                if asked[0].kind is SectionKind.FIGURES:
                    cut = cut_of(subject, roles[:1], asked[0], snapshot)
                    title += _part(cut)
                    drawn = chart.of_one(role, asked[0], snapshot, cut)
        else:
            shown, blocks = overview(role, snapshot, book)
            parts = list(blocks)
        parts += jobs.beside_role(snapshot, self.today, role.id)
        return _Body(title, tuple(parts), shown, chart=drawn)


def compose(
    subject: Subject, snapshot: Snapshot, holdings: Holdings, today: date, question: Question | None = None
) -> Answer:
    """The answer about a subject; `holdings` are those of the snapshot.

    Raises:
        StaleSubjectError: the subject names ids that the snapshot does not hold.
        LevelInRegionError: it asks for pay by level of experience and by region at once.
    """
    _refuse_strangers(subject, snapshot)
    _refuse_level_in_region(subject, snapshot)
    book = CitationBook(snapshot, today)
    body = _Composer(snapshot, holdings, book, today).body(subject)
    return Answer(
        subject=subject,
        title=body.title,
        blocks=(*_remarks(question, snapshot), *body.blocks),
        citations=book.all(),
        shown=body.shown,
        revision=snapshot.revision,
        question=question,
        found=body.found,
        chart=body.chart,
    )


def _part(cut: Cut) -> str:
    """The end of a title that says which part of the figures is shown."""
    if cut.region is not None:
        return f", {cut.region}"
    return f", {cut.level.value} level" if cut.level is not None else ""


def _refuse_strangers(subject: Subject, snapshot: Snapshot) -> None:
    missing = [role for role in subject.roles if role not in snapshot.roles]
    missing += [section for section in subject.sections if section not in snapshot.sections]
    missing += [item for item in subject.items if item not in snapshot.items]
    if subject.faq is not None and subject.faq not in snapshot.faq:
        missing.append(subject.faq)
    if subject.region is not None and subject.region not in snapshot.regions:
        missing.append(subject.region)
    if missing:
        raise StaleSubjectError(tuple(missing))


def _refuse_level_in_region(subject: Subject, snapshot: Snapshot) -> None:
    if subject.level is None or subject.region is None:
        return
    facts = [fact for role in snapshot.roles.values() for own in role.sections.values() for fact in own]
    levelled = (fact.source for fact in facts if isinstance(fact, Figure) and fact.level is not None)
    regional = (figure.source for wages in snapshot.wages.values() for figure in wages.values())
    titles = [
        snapshot.sources[source].title if source is not None else None
        for source in (next(levelled, None), next(regional, None))
    ]
    raise LevelInRegionError(subject.level.value, subject.region, titles[0], titles[1])


def _remarks(question: Question | None, snapshot: Snapshot) -> tuple[Block, ...]:
    """What the reader should know about how the question was taken."""
    if question is None:
        return ()
    notes = [f"I took “{word}” as {snapshot.roles[role].name}." for word, role in question.assumed]
    if question.outside:
        notes.append(f"I have no facts about: {', '.join(question.outside)}.")
    if question.unmet is not None:
        notes.append(
            f"I know pay by level or by region, not both at once: this is not for the {question.unmet.value} level only."
        )
    return (Notice(" ".join(notes)),) if notes else ()
