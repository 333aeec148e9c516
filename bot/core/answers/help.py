"""What is said about no role: what can be asked, and the answers of FAQ entries."""

from bot.core.answers.citations import CitationBook
from bot.core.answers.model import Block, Bullets, Heading, Line, Prose
from bot.core.knowledge.model import Snapshot


def faq_blocks(faq: str, snapshot: Snapshot, book: CitationBook) -> tuple[str, tuple[Block, ...]]:
    """The title and the paragraphs of an FAQ entry's answer."""
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
