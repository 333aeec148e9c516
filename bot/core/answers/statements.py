"""Statement sections, role by role."""

from collections.abc import Callable, Collection, Sequence

from bot.core.answers.citations import CitationBook
from bot.core.answers.model import Block, Bullets, Heading, Notice
from bot.core.knowledge.model import Role, Section, Statement

_TELLING = 3
"""A shorter abbreviation stands in too many words to tell a role by."""


def _any(_: Statement) -> bool:
    return True


def statements(
    role: Role,
    section: Section,
    book: CitationBook,
    *,
    at_most: int,
    about: Collection[str] = (),
    origins: Sequence[Role] = (),
    only: Callable[[Statement], bool] = _any,
) -> tuple[Block, ...]:
    """A role's statements; those about the items, or the way in from the roles, that were asked about come first."""
    names = [
        name.casefold()
        for role in origins
        for name in (role.name, *role.abbreviations)
        if len(name) >= _TELLING
    ]

    wanted = frozenset(about)

    def is_far(fact: Statement) -> bool:
        named = names and any(name in fact.text.casefold() for name in names)
        return not named and wanted.isdisjoint(fact.about)

    facts = [fact for fact in role.facts(section.id) if isinstance(fact, Statement) and only(fact)]
    if not facts:
        return ()
    if names or wanted:
        facts.sort(key=is_far)
    lines = tuple(book.statement(fact, section) for fact in facts[:at_most])
    return (Bullets(lines, len(facts) - len(lines)),)


def by_role(
    roles: Sequence[Role],
    section: Section,
    book: CitationBook,
    *,
    at_most: int,
    about: Collection[str] = (),
    only: Callable[[Statement], bool] = _any,
) -> tuple[Block, ...]:
    """The statements of several roles, each under its name."""
    blocks: list[Block] = []
    for role in roles:
        own = statements(role, section, book, at_most=at_most, about=about, only=only)
        if own:
            blocks += [Heading(role.name, 3), *own]
        elif not role.facts(section.id):
            blocks.append(Notice(f"Nothing known about {section.title.lower()} of {role.name}."))
    return tuple(blocks)
