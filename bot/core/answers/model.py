"""What the bot says, free of any platform: blocks of plain text that `ui` renders to Discord, terminal and JSON."""

from dataclasses import dataclass
from typing import NamedTuple

from bot.core.knowledge.model import AsOf, Unit
from bot.core.matching.question import Intent, Question, Subject


class Line(NamedTuple):
    """A piece of plain text, the numbers of its citations, and whether a fact in it is past its shelf life."""

    text: str
    refs: tuple[int, ...] = ()
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A title over the blocks that follow. Level 2 is a section, level 3 a role or a set within it."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """Statements one below the other; `more` counts those left out."""

    lines: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class ItemSet:
    """Names that belong together, as "Only Data Scientist: R, SAS". `more` counts those left out."""

    title: str
    names: tuple[Line, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure for one or several roles.

    Texts are ready to show: `label` "Median salary", `value` "$157,000", `spread` "$116,000 to $200,000 (middle
    half)", `basis` "US, 2024, n = 8,212", `measured_on` "Data Scientists (15-2051), nearest occupation" or "".
    """

    roles: tuple[str, ...]
    label: str
    value: str
    spread: str
    basis: str
    measured_on: str
    refs: tuple[int, ...]
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures that may be compared with each other: one measure, one source, one region and period."""

    rows: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class JobLine:
    """A featured job; `details` are ready to show: "Berlin", "full-time", "$90,000 to $120,000 a year"."""

    title: str
    company: str
    details: tuple[str, ...]
    link: str


@dataclass(frozen=True, slots=True)
class Jobs:
    """Featured jobs, newest first; `more` counts those left out."""

    rows: tuple[JobLine, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark about the answer itself: what was assumed, what cannot be compared, what is missing."""

    text: str


Block = Heading | Prose | Bullets | ItemSet | Figures | Jobs | Notice


@dataclass(frozen=True, slots=True)
class Band:
    """A figure in a chart: whose, the median or value, and the 25th and 75th percentile where they are known.

    `shown` is the value, `spread` the range, `cases` their number ("n = 8,212") and `measured_on` the occupation, all
    ready to show, the last three empty where there is nothing to say.
    """

    label: str
    value: float
    low: float | None
    high: float | None
    shown: str
    spread: str
    cases: str
    measured_on: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Comparable figures to be drawn: one measure of one source. `missing` are roles without a figure there.

    `title` is empty where the bands are named after the roles.
    """

    title: str
    measure: str
    unit: Unit
    basis: str
    bands: tuple[Band, ...]
    missing: tuple[str, ...]
    source: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A source used in an answer under `number`, and the newest date that its facts there speak of."""

    number: int
    source: str
    title: str
    as_of: AsOf
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A composed reply. `shown` are the sections on it, best first; `revision` the snapshot it came from.

    `found` are the roles that a look-up found, best first; `chart` is what of its figures can be drawn.
    """

    subject: Subject
    title: str
    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...]
    shown: tuple[str, ...]
    revision: str
    question: Question | None = None
    found: tuple[str, ...] = ()
    chart: Chart | None = None

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles it is about: those found where it looks roles up, else those asked about."""
        return self.found if self.subject.intent is Intent.FIND else self.subject.roles


@dataclass(frozen=True, slots=True)
class Option:
    """One way to read an ambiguous question."""

    label: str
    subject: Subject


@dataclass(frozen=True, slots=True)
class Clarify:
    """A question back, with at most four ways to go on."""

    prompt: str
    options: tuple[Option, ...]
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer: what was not understood, roles that may be meant (slips of the keyboard), what can be asked."""

    text: str
    near: tuple[Option, ...]
    examples: tuple[str, ...]
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing is said; `reason` is for the log and for tests."""

    reason: str
    question: Question | None = None


Reply = Answer | Clarify | Unknown | Silent
