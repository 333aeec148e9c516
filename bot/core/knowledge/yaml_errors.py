"""A YAML parser's complaints in the words of somebody who keeps a list of roles, at the place to mend."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from bot.core.knowledge.problems import START, Place, shown

DEPTH_AT_MOST = 32
TOO_DEEP = f"nested deeper than {DEPTH_AT_MOST} levels, expected a flatter file"
TAG_REFUSED = "a tag (`!...`) stands here, expected plain text; a text that begins with `!` needs quotes"

# All that YAML does not call printable, and the tab, the byte order mark, the line breaks no editor counts, and signs that
# nobody sees and that turn the text behind them around or split a word. The joiners stay: emoji are made with them.
ODD_SIGN = re.compile(
    r"[^\n\r\x20-\x7e\xa0-\u200a\u200c-\u2027\u202f-\u205f\u2070-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    r"\U00010000-\U0010ffff]"
)
INVISIBLE = re.compile(r"[\u200b\u202a-\u202e\u2060-\u206f]")
"""Those of them that only show in what they do to the text around them."""

_BREAK = re.compile(r"\r\n|\r|\n")
_CRAMMED = re.compile(r"\s*(?:- )*([^\s:'\"\[{#]+):(?=[^\s/:])")
# Copied from a web page it looks like the space that separates a key from its value, and is none to YAML.
_HARD_SPACE = re.compile(r"^\s*\xa0|:\xa0")


def place_at(text: str, index: int) -> Place:
    """The place of the text's character at `index`."""
    lines = _BREAK.split(text[:index])
    return Place(len(lines), len(lines[-1]) + 1)


@dataclass(frozen=True, slots=True)
class _Failure:
    """Where the parser stopped (`at`), where the part began that it was reading (`since`), and its words."""

    problem: str
    context: str
    at: Place
    since: Place
    lines: list[str]

    def line(self, number: int) -> str:
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @property
    def sign(self) -> str:
        """The character at which the parser stopped; nothing at the end of a line."""
        return self.line(self.at.line)[self.at.column - 1 : self.at.column]

    @property
    def before(self) -> str:
        """What stands in the line before the place at which the parser stopped."""
        return self.line(self.at.line)[: self.at.column - 1]

    def above(self) -> int:
        """The number of the last line with content above `at`, or 0."""
        for number in range(self.at.line - 1, 0, -1):
            if self.line(number).strip() and not self.line(number).lstrip().startswith("#"):
                return number
        return 0


_Explained = tuple[Place, str]


def explain(error: Exception, text: str) -> _Explained:
    """The place to mend and a sentence: what is wrong, what was expected, what to do."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return START, f"this is no YAML: {shown(str(error))}"
    at = _mark(error.problem_mark) or START
    failure = _Failure(
        problem=str(error.problem or ""),
        context=str(error.context or ""),
        at=at,
        since=_mark(error.context_mark) or at,
        lines=_BREAK.split(text),
    )
    for number in (at.line, failure.since.line, failure.above()):
        hard_space = _HARD_SPACE.search(failure.line(number))
        if hard_space is not None:
            text = "a non-breaking space stands here, expected an ordinary one; type the space anew"
            return Place(number, hard_space.end()), text
    for pattern, rule in _RULES:
        if pattern.search(f"{failure.context}: {failure.problem}"):
            return rule(failure)
    return at, f"this is no YAML: {shown(failure.problem)}"


def _mark(mark: yaml.Mark | None) -> Place | None:
    return None if mark is None else Place(mark.line + 1, mark.column + 1)


def _crammed(failure: _Failure, number: int) -> _Explained | None:
    found = _CRAMMED.match(failure.line(number))
    if found is None:
        return None
    key = shown(found.group(1))
    return Place(
        number, found.end() + 1
    ), f"no space after the colon, expected `{key}: ...`; put a space there"


def _stray_colon(failure: _Failure) -> _Explained:
    above = failure.above()
    if re.search(r":\s", failure.before):
        return failure.at, "`: ` stands inside a text without quotes; put the text in quotes"
    crammed = _crammed(failure, above)
    if crammed is not None:
        return crammed
    line = failure.line(above)
    if above and ":" not in line:
        return _no_colon(failure, Place(above, len(line) - len(line.lstrip()) + 1))
    indent = len(failure.before) - len(failure.before.lstrip())
    text = (
        f"the key stands too far to the right, below line {above} that has a value already; "
        "indent it like the keys above, or put a text that holds `: ` in quotes"
    )
    return Place(failure.at.line, indent + 1), text


def _no_colon(failure: _Failure, place: Place) -> _Explained:
    line = failure.line(place.line).strip()
    return (
        place,
        f"no colon in `{shown(line, 40)}`, expected `key: value`; a text's further lines are indented deeper",
    )


def _missing_colon(failure: _Failure) -> _Explained:
    crammed = _crammed(failure, failure.since.line)
    return crammed if crammed is not None else _no_colon(failure, failure.since)


def _no_key(failure: _Failure) -> _Explained:
    before = failure.before.rstrip()
    if not before:
        if failure.sign == "-":
            return failure.at, "a list entry stands where a key is expected; indent it below its key"
        return failure.at, "the indentation fits no line above, expected that of the keys it belongs with"
    if before[-1] in "'\"":
        text = "text goes on after the closing quote, expected the line's end; "
        return failure.at, text + "put the whole text in quotes of the other kind, or close the quote above"
    if before[-1] in "]}":
        text = "text goes on after the closing bracket, expected the line's end; "
        return failure.at, text + "a text that begins with a bracket needs quotes"
    return failure.at, f"`{failure.sign}` is not expected here; put the whole text in quotes"


def _no_entry(failure: _Failure) -> _Explained:
    text = f"a list entry is expected as in line {failure.since.line}; begin the line with `- ` or mend its indentation"
    return failure.at, text


def _unclosed_bracket(failure: _Failure) -> _Explained:
    opened = failure.line(failure.since.line)[failure.since.column - 1 : failure.since.column]
    closing = {"[": "]", "{": "}"}.get(opened, "]")
    if failure.sign in ("", ":") and failure.at.line != failure.since.line:
        return failure.since, f"`{opened}` is never closed, expected `{closing}`"
    return (
        failure.at,
        f"no comma before this, expected `,` or `{closing}`; a text with commas or brackets needs quotes",
    )


def _unclosed_quote(failure: _Failure) -> _Explained:
    quote = failure.line(failure.since.line)[failure.since.column - 1 : failure.since.column]
    return failure.since, f"the quote {quote} is never closed, expected a second {quote} at the text's end"


def _no_value(failure: _Failure) -> _Explained:
    what = f"`{failure.sign}` stands" if failure.sign else "nothing stands"
    return failure.at, f"{what} where a value is expected; remove it, or put the text in quotes"


def _bad_start(failure: _Failure) -> _Explained:
    return (
        failure.at,
        f"`{failure.sign}` cannot begin a text, expected a letter or a quote; put the text in quotes",
    )


def _stray_entry(failure: _Failure) -> _Explained:
    if failure.before.strip():
        return (
            failure.at,
            "a list entry begins in the middle of a line, expected a line of its own for each `- `",
        )
    text = (
        "a list entry is not expected here; a key above has a value already, or a bracket `[` is not closed"
    )
    return failure.at, text


def _bad_escape(failure: _Failure) -> _Explained:
    return failure.at, "a backslash in double quotes begins an escape; write it twice, or use single quotes"


def _after_the_end(failure: _Failure) -> _Explained:
    text = "this line belongs to nothing above, expected the indentation of the file's first key"
    return failure.at, text


def _bad_alias(failure: _Failure) -> _Explained:
    sign = failure.line(failure.since.line)[failure.since.column - 1 : failure.since.column]
    return failure.since, f"a text cannot begin with `{sign}`; put the text in quotes"


def _bad_block(failure: _Failure) -> _Explained:
    sign = failure.line(failure.since.line)[failure.since.column - 1 : failure.since.column]
    return (
        failure.since,
        f"text after `{sign}` on its line, expected it below; a text that begins so needs quotes",
    )


def _bad_tag(failure: _Failure) -> _Explained:
    return failure.since, TAG_REFUSED


def _too_deep(failure: _Failure) -> _Explained:
    return failure.at, TOO_DEEP


# libyaml and the parser in Python word the same complaint differently; the patterns know both.
_RULES: tuple[tuple[re.Pattern[str], Callable[[_Failure], _Explained]], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r"scanning an? (?:alias|anchor)", _bad_alias),
        (r"(?:scanning|parsing) a tag|undefined tag handle", _bad_tag),
        (r"mapping values are not allowed", _stray_colon),
        (r"could not find expected ':'", _missing_colon),
        (r"flow (?:sequence|mapping): (?:did not find expected|expected) ','", _unclosed_bracket),
        (r"quoted scalar: found unexpected", _unclosed_quote),
        (r"unknown escape|quoted scalar: .*(?:hexdecimal|escape)", _bad_escape),
        (r"block mapping: (?:did not find expected key|expected <block end>)", _no_key),
        (r"block collection: (?:did not find expected '-'|expected <block end>)", _no_entry),
        (r"expected (?:the )?node content", _no_value),
        (r"cannot start any token", _bad_start),
        (r"(?:block )?sequence entries are not allowed", _stray_entry),
        (r"expected '?<document start>", _after_the_end),
        (r"scanning a block scalar", _bad_block),
        # Newer libyaml stops by itself while it reads ahead, before its events have reached our own limit.
        (r"exceeded maximum nesting depth", _too_deep),
    )
)
