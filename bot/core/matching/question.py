"""The result of understanding a text: what it is about, how sure that is, and what says so."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal

from bot.core.knowledge.model import Seniority


class Intent(StrEnum):
    """What the asker wants done with the roles, sections and items named."""

    ROLE = "role"
    COMPARE = "compare"
    CHOOSE = "choose"
    SETS = "sets"
    FIND = "find"
    FAQ = "faq"
    JOBS = "jobs"
    HELP = "help"


class Outcome(StrEnum):
    """What the bot does about a text."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    UNKNOWN = "unknown"
    SILENT = "silent"


class Manner(StrEnum):
    """How a text reached the bot: said to it, or plain talk in a channel that it may listen to."""

    ADDRESSED = "addressed"
    OVERHEARD = "overheard"


@dataclass(frozen=True, slots=True)
class Context:
    """What the answer that a text follows up was about."""

    roles: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What an answer is about, by ids. It is all that is needed to compose the answer, and all that buttons keep.

    With intent `role` the first role is the one asked about; further ones are where the asker comes from. `find`
    looks up roles by items, or without items the roles nearest to the first. `level` or `region` narrow figures of
    pay; `common` asks for what the roles share rather than for what sets them apart.
    """

    intent: Intent
    roles: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    faq: str | None = None
    level: Seniority | None = None
    region: str | None = None
    common: bool = False


Kind = Literal["role", "section", "faq", "item"]
How = Literal["name", "abbreviation", "field", "typo", "cue", "example"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason: the words `matched` (at `start` to `end` of the text) say `id`, with a score of 0 to 1."""

    kind: Kind
    id: str
    matched: str
    start: int
    end: int
    how: How
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something the text may be about, with a score of 0 to 1."""

    kind: Kind
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Account:
    """How a text was understood: the best few things it may be about, and what in it says what.

    `margin` is how far the reading that was taken is from `runner_up`, the best that is no part of it.
    """

    candidates: tuple[Candidate, ...] = ()
    runner_up: Candidate | None = None
    margin: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Question:
    """A text understood. `subject` is None unless the outcome is an answer; `choices` are what clarify offers.

    `confidence` is the score of the reading taken. `assumed` pairs a word
    of the text with the role that it was taken for (a field or a general word), so that the answer can say so.
    `outside` names what was asked about but is not in the knowledge; `near` the roles a slip of the keyboard away.
    `unmet` is the level of experience asked for that the answer has to leave out.
    """

    text: str
    outcome: Outcome
    subject: Subject | None
    confidence: float
    give_account: Callable[[], Account] = field(default=Account, repr=False, compare=False)
    choices: tuple[Subject, ...] = ()
    assumed: tuple[tuple[str, str], ...] = ()
    outside: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    unmet: Seniority | None = None
    reason: str = ""

    @cached_property
    def account(self) -> Account:
        """How it was understood; put together when somebody looks, for most answers are given without."""
        return self.give_account()
