"""What is known, as immutable values: roles, sections, items, facts and sources in one `Snapshot`."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import overload


class SectionKind(StrEnum):
    """What a section's facts are: references to items, sentences, or numbers."""

    ITEMS = "items"
    STATEMENTS = "statements"
    FIGURES = "figures"


class ItemKind(StrEnum):
    """The vocabulary an item belongs to; each has a file of its own in `items/`."""

    SKILL = "skills"
    TOOL = "tools"
    INDUSTRY = "industries"
    DEGREE = "degrees"


class Level(StrEnum):
    """How much a role leans on an item."""

    CORE = "core"
    USEFUL = "useful"


class Measure(StrEnum):
    """What a figure counts."""

    SALARY = "salary"
    WAGE = "wage"
    GROWTH = "growth"
    OPENINGS = "openings"
    EMPLOYMENT = "employment"


PAY = frozenset({Measure.SALARY, Measure.WAGE})
"""Measures of what people are paid; the others count jobs."""


class Unit(StrEnum):
    """What a figure's number is measured in."""

    USD_YEAR = "USD/year"
    PERCENT = "percent"
    JOBS = "jobs"
    JOBS_YEAR = "jobs/year"


class Employment(StrEnum):
    """How a featured job is held."""

    FULL_TIME = "full-time"
    PART_TIME = "part-time"
    CONTRACT = "contract"
    TEMPORARY = "temporary"
    INTERNSHIP = "internship"
    APPRENTICESHIP = "apprenticeship"


class Match(StrEnum):
    """How the occupation a figure was measured on relates to the role it is shown for."""

    OWN = "own"
    BROADER = "broader"
    LISTED = "listed"
    NEAREST = "nearest"


class Seniority(StrEnum):
    """The level of experience a salary figure was measured at, in the words of ai-jobs.net."""

    ENTRY = "entry"
    MID = "mid"
    SENIOR = "senior"
    EXECUTIVE = "executive"


@dataclass(frozen=True, slots=True, order=True)
class AsOf:
    """The date a fact speaks of: the day for arithmetic, the text as given ("2025-05") for showing."""

    day: date
    text: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from; `editorial` marks judgement, which is never shown as data."""

    id: str
    title: str
    publisher: str
    licence: str
    published: AsOf
    url: str | None = None
    attribution: str | None = None
    note: str | None = None
    editorial: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One aspect of a role. `bit` is its place in posted buttons' state, `order` its place in answers.

    `names` name it outright, `cues` ask for it, `hints` lean towards it; `shelf_life` is in months, `at_least`
    the number of facts that a role should have on it.
    """

    id: str
    title: str
    kind: SectionKind
    order: int
    bit: int
    shelf_life: int
    cues: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A canonical skill, tool, industry or degree, and the other names people give it."""

    id: str
    name: str
    kind: ItemKind
    meaning: str
    aliases: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence about a role; `about` names the items it is about, so that a question on one finds it."""

    text: str
    source: str
    as_of: AsOf
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemUse:
    """An item that a role uses, how much, and (industries) the share of the measured jobs found there."""

    item: str
    source: str
    as_of: AsOf
    level: Level | None = None
    note: str | None = None
    share: float | None = None
    occupation: str | None = None
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number measured on an occupation. `low` and `high` are the 25th and 75th percentile of a pay figure."""

    measure: Measure
    value: float
    unit: Unit
    region: str
    period: str
    occupation: str
    match: Match
    source: str
    as_of: AsOf
    low: float | None = None
    high: float | None = None
    n: int | None = None
    level: Seniority | None = None


Fact = Statement | ItemUse | Figure


@dataclass(frozen=True, slots=True)
class Role:
    """A job people ask about. `abbreviations` match exactly; `fields` are disciplines that stand for it."""

    id: str
    name: str
    abbreviations: tuple[str, ...]
    aliases: tuple[str, ...]
    fields: tuple[str, ...]
    weak_fields: tuple[str, ...]
    family: str
    nearest: tuple[str, ...]
    sections: Mapping[str, tuple[Fact, ...]]

    def facts(self, section: str) -> tuple[Fact, ...]:
        """The role's facts on a section, in the order of its file; none where the section is missing."""
        return self.sections.get(section, ())


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """An answer to what is no role fact, with the questions that ask for it."""

    id: str
    questions: tuple[str, ...]
    answer: str
    source: str | None = None
    as_of: AsOf | None = None


@dataclass(frozen=True, slots=True)
class PayRange:
    """What a featured job pays: `low` to `high` units of `currency` (ISO 4217) for each `per` ("year", "hour")."""

    low: float
    high: float
    currency: str
    per: str


@dataclass(frozen=True, slots=True)
class Job:
    """A featured job, shown with its roles from the day it is posted until the day it expires, both included."""

    id: str
    title: str
    company: str
    location: str
    type: Employment
    roles: tuple[str, ...]
    link: str
    posted: date
    expires: date
    level: Seniority | None = None
    salary: PayRange | None = None

    def is_open(self, today: date) -> bool:
        """Whether it is to be shown on a day."""
        return self.posted <= today <= self.expires


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A text and what it must resolve to; `None` leaves a part open."""

    text: str
    file: str
    line: int
    overheard: bool = False
    about: tuple[str, ...] = ()
    outcome: str | None = None
    intent: str | None = None
    roles: tuple[str, ...] | None = None
    sections: tuple[str, ...] | None = None
    items: tuple[str, ...] | None = None
    faq: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message to learn from: a question with the sections that answer it, or, where that is None, a sort of talk."""

    text: str
    sections: tuple[str, ...] | None
    talk: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Messages(Sequence[Message]):
    """Messages, held compressed: there are thousands, and they are read to learn from, hardly ever after that.

    `asking` of them are questions.
    """

    packed: bytes = b""
    number: int = 0
    asking: int = 0

    @classmethod
    def of(cls, messages: Iterable[Message]) -> "Messages":
        """The messages, in their order."""
        rows = [(one.text, one.sections, one.talk) for one in messages]
        packed = zlib.compress(json.dumps(rows, ensure_ascii=False).encode()) if rows else b""
        return cls(packed, len(rows), sum(sections is not None for _, sections, _ in rows))

    def __repr__(self) -> str:
        return f"Messages({self.number}, {hashlib.sha256(self.packed).hexdigest()})"

    def __len__(self) -> int:
        return self.number

    def __iter__(self) -> Iterator[Message]:
        for text, sections, talk in json.loads(zlib.decompress(self.packed)) if self.packed else ():
            yield Message(text, tuple(sections) if sections is not None else None, talk)

    @overload
    def __getitem__(self, place: int) -> Message: ...
    @overload
    def __getitem__(self, place: slice) -> "Messages": ...
    def __getitem__(self, place: int | slice) -> "Message | Messages":
        found = tuple(self)
        return Messages.of(found[place]) if isinstance(place, slice) else found[place]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything known, validated. `revision` is a digest of the files; equal content, equal revision.

    `regions` are the parts of a country that `wages` are known for, each with its short code; `wages` holds the pay
    of an occupation by region.
    """

    revision: str
    roles: Mapping[str, Role]
    sections: Mapping[str, Section]
    items: Mapping[str, Item]
    sources: Mapping[str, Source]
    faq: Mapping[str, FaqEntry]
    golden: tuple[GoldenQuestion, ...] = ()
    outside: tuple[str, ...] = ()
    compared: tuple[tuple[str, str], ...] = ()
    jobs: Mapping[str, Job] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    wages: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    messages: Messages = field(default_factory=Messages)

    def ordered_sections(self) -> tuple[Section, ...]:
        """The sections as answers and menus list them."""
        return tuple(sorted(self.sections.values(), key=lambda section: section.order))

    def commonest(self) -> tuple[str, ...]:
        """All roles, those that people compare most first."""
        named = (role for pair in self.compared for role in pair)
        return tuple(dict.fromkeys([*named, *self.roles]))
