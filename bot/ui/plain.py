"""Replies as plain text: for the terminal, for JSON, for alt texts and for screen readers."""

from collections.abc import Sequence

from bot.core.answers.model import (
    Answer,
    Block,
    Bullets,
    Citation,
    Clarify,
    FigureLine,
    Figures,
    Heading,
    ItemSet,
    JobLine,
    Jobs,
    Line,
    Notice,
    Option,
    Prose,
    Reply,
    Silent,
    Unknown,
)

DATED = "(dated)"
DATED_KEY = "(dated): older than facts of its kind stay reliable."
SECTION_LEVEL = 2


def render(reply: Reply) -> str:
    """The reply as text without any markup; empty for `Silent`. Lines are not wrapped."""
    match reply:
        case Answer():
            return _answer(reply)
        case Clarify():
            return "\n".join([reply.prompt, *_options(reply.options)])
        case Unknown():
            return _unknown(reply)
        case Silent():
            return ""


def line(part: Line) -> str:
    """A line's text with its citations as [1] and, where a fact in it is old, the mark "(dated)"."""
    return "".join([part.text, f" {DATED}" if part.stale else "", _marks(part.refs)])


def figure(row: FigureLine) -> str:
    """A figure in one line: whose, what, how much, measured when, where and on which occupation."""
    details = [part for part in (row.spread, row.basis) if part]
    if row.measured_on:
        details.append(f"measured on {row.measured_on}")
    text = f"{' and '.join(row.roles)}: {row.label} {row.value}" if row.roles else f"{row.label} {row.value}"
    if details:
        text += f" ({'; '.join(details)})"
    return line(Line(text, row.refs, row.stale))


def job(row: JobLine) -> str:
    """A featured job in one line, with its address."""
    return f"{row.title}, {row.company} ({'; '.join(row.details)}): {row.link}"


def thinned(names: Sequence[Line]) -> tuple[Line, ...]:
    """The names, each mark standing once behind the last of those in a row that it holds for."""
    return tuple(
        name._replace(refs=()) if names[place : place + 1] and names[place].refs == name.refs else name
        for place, name in enumerate(names, start=1)
    )


def more(count: int) -> str:
    """The remark that stands for `count` entries left out; empty for none."""
    return f"and {count} more" if count else ""


def sources(citations: tuple[Citation, ...]) -> str:
    """The line that names every source under its number and the newest date its facts speak of."""
    named = (f"[{cited.number}] {cited.title}, {cited.as_of.text}" for cited in citations)
    return f"Sources: {'; '.join(named)}"


def is_dated(answer: Answer) -> bool:
    """Whether any fact shown is past its shelf life."""
    return any(_block_is_dated(block) for block in answer.blocks)


def _answer(answer: Answer) -> str:
    lines = [answer.title]
    after_heading = False
    for block in answer.blocks:
        if not after_heading:
            lines.append("")
        lines += _block(block)
        after_heading = isinstance(block, Heading)
    footer = []
    if is_dated(answer):
        footer.append(DATED_KEY)
    if answer.citations:
        footer.append(sources(answer.citations))
    return "\n".join([*lines, "", *footer] if footer else lines)


def _block(block: Block) -> list[str]:
    match block:
        case Heading():
            return [block.text.upper() if block.level <= SECTION_LEVEL else block.text]
        case Prose():
            return [line(block.line)]
        case Bullets():
            return [f"- {text}" for text in (*map(line, block.lines), more(block.more)) if text]
        case ItemSet():
            names = [text for text in (*map(line, thinned(block.names)), more(block.more)) if text]
            return [f"{block.title}: {', '.join(names)}"]
        case Figures():
            return [f"- {figure(row)}" for row in block.rows]
        case Jobs():
            return [f"- {text}" for text in (*map(job, block.rows), more(block.more)) if text]
        case Notice():
            return [f"Note: {block.text}"]


def _unknown(unknown: Unknown) -> str:
    lines = [unknown.text]
    if unknown.near:
        lines += ["Did you mean:", *_options(unknown.near)]
    if unknown.examples:
        lines += ["You can ask:", *(f"- {example}" for example in unknown.examples)]
    return "\n".join(lines)


def _options(options: tuple[Option, ...]) -> list[str]:
    return [f"{number}. {option.label}" for number, option in enumerate(options, start=1)]


def _marks(refs: tuple[int, ...]) -> str:
    return f" {''.join(f'[{ref}]' for ref in refs)}" if refs else ""


def _block_is_dated(block: Block) -> bool:
    match block:
        case Prose():
            return block.line.stale
        case Bullets():
            return any(part.stale for part in block.lines)
        case ItemSet():
            return any(part.stale for part in block.names)
        case Figures():
            return any(row.stale for row in block.rows)
        case _:
            return False
