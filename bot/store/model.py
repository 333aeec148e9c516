"""What is stored, as the rest of the bot sees it. Ids are Discord's; times are aware, in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Why = Literal["unknown", "not helpful"]
Changes = Mapping[str, str | None]
"""New texts by path; None removes the file."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One published change of a server's overlay. Numbers begin at 1 and have no gaps.

    `parent` is the revision that was changed (0: none yet), `files` the paths that were changed, sorted. `author` is
    None where the bot made the change or the author was anonymised.
    """

    server: int
    number: int
    parent: int
    author: int | None
    at: datetime
    note: str
    report: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overlay:
    """The texts of a server's own files by path, as of a revision; number 0 is the empty one before the first."""

    number: int
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A change that its author has not published yet. The id is short and fits a custom_id."""

    id: str
    server: int
    author: int
    parent: int
    changes: Changes
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that got no good answer: how often it was asked, when last, and why it is here."""

    id: int
    server: int
    text: str
    count: int
    last: datetime
    why: Why


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What a server's moderators can set: ids of roles and channels, the cooldown, and the inbox.

    A person may ask `questions` in `per_seconds`. With `inbox`, the server keeps its missed questions.
    """

    editors: frozenset[int] = frozenset()
    log_channel: int | None = None
    ask_channels: frozenset[int] = frozenset()
    overheard_channels: frozenset[int] = frozenset()
    questions: int = 5
    per_seconds: int = 30
    inbox: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """How much is stored of a server, and whether it has settings of its own."""

    revisions: int
    drafts: int
    missed: int
    settings: bool
