"""Statement sections, role by role."""

from collections.abc import Collection, Sequence

from bot.core.answers.citations import CitationBook
from bot.core.answers.model import Block, Bullets, Heading, Notice
from bot.core.knowledge.model import Role, Section, Statement


def statements(
    role: Role,
    section: Section,
    book: CitationBook,
    *,
    at_most: int,
    about: Collection[str] = (),
    origins: Sequence[Role] = (),
) -> tuple[Block, ...]:
    """A role's statements; those about the items or the way in from the roles asked about come first."""
    facts = [fact for fact in role.facts(section.id) if isinstance(fact, Statement)]
    names = [
        name.casefold()
        for origin in origins
        for name in (origin.name, *origin.abbreviations)
        if len(name) > 2
    ]

    def distance(fact: Statement) -> bool:
        text = fact.text.casefold()
        return not (set(fact.about) & set(about) or any(name in text for name in names))

    ordered = sorted(facts, key=distance)
    if not ordered:
        return ()
    lines = tuple(book.statement(fact, section) for fact in ordered[:at_most])
    return (Bullets(lines, len(ordered) - len(lines)),)


def by_role(
    roles: Sequence[Role], section: Section, book: CitationBook, *, at_most: int, about: Collection[str] = ()
) -> tuple[Block, ...]:
    """The statements of several roles, each under its name."""
    blocks: list[Block] = []
    for role in roles:
        own = statements(role, section, book, at_most=at_most, about=about)
        if own:
            blocks += [Heading(role.name, 3), *own]
        elif not role.facts(section.id):
            blocks.append(Notice(f"Nothing known about {section.title.lower()} of {role.name}."))
    return tuple(blocks)
