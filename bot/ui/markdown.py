"""Blocks of an answer as Discord Markdown. The only place where Markdown is written."""

import re
from collections.abc import Iterable

from bot.core.answers.model import (
    Block,
    Bullets,
    Citation,
    FigureLine,
    Figures,
    Heading,
    ItemSet,
    JobLine,
    Jobs,
    Line,
    Notice,
    Prose,
)
from bot.ui.plain import SECTION_LEVEL, more, thinned

DATED = "*(dated)*"
DATED_KEY = f"-# {DATED}: older than facts of its kind stay reliable."
EVERYWHERE = re.compile(r"[\\*_~`|\[\]<>]")
AT_START = re.compile(r"^(?:[#+-]|\d+[.)])")
MASS_MENTION = re.compile(r"@(?=everyone|here)")
TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Signs that nobody sees and that turn the text behind them around, to the end of the line."""
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
ZERO_WIDTH = "\N{ZERO WIDTH SPACE}"


def inline(text: str) -> str:
    """The text so that Discord shows it letter by letter within a line: no markup, no mention, no line of its own."""
    text = EVERYWHERE.sub(r"\\\g<0>", " ".join(TURNING.sub("", text).split()))
    return MASS_MENTION.sub(f"@{ZERO_WIDTH}", text)


def escape(text: str) -> str:
    """The text so that Discord shows it letter by letter, also where it begins a line."""
    text = inline(text)
    return AT_START.sub(lambda start: f"{start[0][:-1]}\\{start[0][-1]}", text)


def citation(refs: Iterable[int]) -> str:
    """Citation numbers in small raised digits, as ¹ ³."""
    return THIN_SPACE.join(str(ref).translate(SUPERSCRIPT) for ref in refs)


def line(part: Line) -> str:
    """A line's text escaped, marked where it is dated, with its citations raised."""
    return _marked(escape(part.text), part.refs, stale=part.stale)


def bold(text: str) -> str:
    """The text escaped and in bold."""
    return f"**{inline(text)}**"


def small(text: str) -> str:
    """The text escaped, in a line of small grey letters."""
    return f"-# {escape(text)}"


def title(text: str) -> str:
    """The heading of a whole reply."""
    return f"## {escape(text)}"


def bullet(text: str) -> str:
    """The text escaped, as a line of a list."""
    return f"- {escape(text)}"


def block(part: Block) -> list[str]:
    """The lines of Markdown that show a block."""
    match part:
        case Heading():
            return [f"### {escape(part.text)}" if part.level <= SECTION_LEVEL else bold(part.text)]
        case Prose():
            return [line(part.line)]
        case Bullets():
            return [*(f"- {line(entry)}" for entry in part.lines), *_left_out(part.more)]
        case ItemSet():
            names = [_marked(inline(name.text), name.refs, stale=name.stale) for name in thinned(part.names)]
            if part.more:
                names.append(more(part.more))
            return [f"{bold(part.title)}: {', '.join(names)}"]
        case Figures():
            return [_figure(row) for row in part.rows]
        case Jobs():
            return [*map(_job, part.rows), *_left_out(part.more)]
        case Notice():
            return [small(f"Note: {part.text}")]


def spaced(lines: Iterable[str]) -> list[str]:
    """The lines with one empty one after each list, which would otherwise swallow the line that follows it."""
    result: list[str] = []
    for text in lines:
        if result and result[-1].startswith("- ") and text and not text.startswith("- "):
            result.append("")
        result.append(text)
    return result


def is_section(part: Block) -> bool:
    """Whether a block opens a new section of the answer."""
    return isinstance(part, Heading) and part.level <= SECTION_LEVEL


def is_heading(text: str) -> bool:
    """Whether a line of Markdown only announces the lines below it, or is empty."""
    return not text or text.startswith("#") or (text.startswith("**") and text.endswith("**"))


def sources(citations: tuple[Citation, ...], limit: int) -> str:
    """The line naming every source under its number, linked, with its date; cut visibly at `limit`."""
    text = "-# Sources: "
    for index, cited in enumerate(citations):
        entry = f"{citation([cited.number])}{THIN_SPACE}{link(cited.title, cited.url)}, {inline(cited.as_of.text)}"
        separator = " · " if index else ""
        rest = len(citations) - index
        remark = f"{separator}and {rest} more: /about"
        room = limit - len(text) - (len(f" · and {rest - 1} more: /about") if rest > 1 else 0)
        if len(separator) + len(entry) > room:
            return text + remark
        text += separator + entry
    return text


def link(text: str, url: str | None) -> str:
    """The text escaped, leading to the address where there is one, without a preview of the page."""
    if url is None:
        return inline(text)
    address = url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{inline(text)}](<{address}>)"


def _figure(row: FigureLine) -> str:
    whose = f"{bold(' and '.join(row.roles))}: " if row.roles else ""
    shown = f"{whose}{inline(row.label)} {bold(row.value)}"
    if row.spread:
        shown += f", {inline(row.spread)}"
    details = [row.basis] if row.basis else []
    if row.measured_on:
        details.append(f"measured on {row.measured_on}")
    if details:
        shown += f" ({inline('; '.join(details))})"
    return f"- {_marked(shown, row.refs, stale=row.stale)}"


def _job(row: JobLine) -> str:
    return f"- **{link(row.title, row.link)}**, {inline(row.company)} ({inline('; '.join(row.details))})"


def _marked(text: str, refs: tuple[int, ...], *, stale: bool) -> str:
    marks = f" {DATED}" if stale else ""
    return f"{text}{marks}{THIN_SPACE if refs else ''}{citation(refs)}"


def _left_out(count: int) -> list[str]:
    return [bullet(more(count))] if count else []
