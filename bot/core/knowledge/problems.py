"""What is wrong with a knowledge file, as values that print as one line each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

Severity = Literal["error", "warning"]

SHOWN_LENGTH = 60
PROBLEMS_A_FILE = 100
SUGGESTION_FLOOR = 0.8
SHORT_LENGTH = 5
SHORT_FLOOR = 0.7  # one slip in a short word weighs more
SUGGESTION_LENGTH = 100


class Place(NamedTuple):
    """A place in a file; the first line and the first column are 1."""

    line: int
    column: int


START = Place(1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong: `text` says what it is, what was expected and how to mend it."""

    file: str
    line: int
    column: int
    severity: Severity
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.severity}: {self.text}"

    def as_dict(self) -> dict[str, str | int]:
        """The problem as JSON-ready values under the names of its fields."""
        return asdict(self)


class Report:
    """Collects the problems of many files, at most `PROBLEMS_A_FILE` of each, and counts the rest.

    `has_errors` says whether one of them is an error.
    """

    def __init__(self) -> None:
        self.has_errors = False
        self._problems: dict[str, list[Problem]] = {}
        self._dropped: dict[str, list[Severity]] = {}

    def error(self, file: str, place: Place, text: str | Callable[[], str]) -> None:
        """Note an error; a text that is dear to compose is given as a function, called only when it is kept."""
        self._add(file, place, "error", text)

    def warning(self, file: str, place: Place, text: str | Callable[[], str]) -> None:
        """Note what deserves a look but stops nothing."""
        self._add(file, place, "warning", text)

    def _add(self, file: str, place: Place, severity: Severity, text: str | Callable[[], str]) -> None:
        self.has_errors |= severity == "error"
        kept = self._problems.setdefault(file, [])
        if len(kept) >= PROBLEMS_A_FILE:
            self._dropped.setdefault(file, []).append(severity)
            return
        kept.append(Problem(file, *place, severity, text if isinstance(text, str) else text()))

    def problems(self) -> tuple[Problem, ...]:
        """All that was noted, by file and line, each once."""
        found: list[Problem] = []
        for file, kept in sorted(self._problems.items()):
            found.extend(sorted(set(kept)))
            dropped = self._dropped.get(file, [])
            if dropped:
                text = f"{len(dropped)} more problems in this file are not listed; mend these first"
                # Among many warnings there may be no error, and then nothing is to be stopped.
                severity: Severity = "error" if "error" in dropped else "warning"
                found.append(Problem(file, found[-1].line, found[-1].column, severity, text))
        return tuple(found)


def shown(text: str, length: int = SHOWN_LENGTH) -> str:
    """The text on one line, printable and cut to `length` characters, for use in a message."""
    # Cut first: a text of half a megabyte is not to be walked through to show its beginning.
    line = " ".join(text[: length * 4].split())
    line = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)
    return line if len(line) <= length and len(text) <= length * 4 else line[: length - 3].rstrip() + "..."


def nearest(query: str, choices: Iterable[str]) -> str | None:
    """The choice that is a slip of the keyboard away from the query."""
    if len(query) > SUGGESTION_LENGTH:
        return None
    found = process.extractOne(
        query,
        tuple(choices),
        scorer=OSA.normalized_similarity,
        processor=str.casefold,
        score_cutoff=SHORT_FLOOR if len(query) <= SHORT_LENGTH else SUGGESTION_FLOOR,
    )
    return found[0] if found is not None else None


def did_you_mean(query: str, choices: Iterable[str]) -> str:
    """`, did you mean ...?` for the choice that is a slip of the keyboard away, or nothing."""
    found = nearest(query, choices)
    return f", did you mean `{shown(found)}`?" if found is not None else ""


def one_of(choices: Sequence[str]) -> str:
    """The choices as a phrase: `core or useful`, `a, b or c`."""
    *others, last = choices
    return f"{', '.join(others)} or {last}" if others else last
