"""One way for errors: a table from an error's type to what the user reads, who sees it and the log level."""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from bot.core.errors import LevelInRegionError, RolewiseError, StaleSubjectError, UnknownNameError
from bot.store import StoreError
from bot.ui.limits import PLAIN_MESSAGE, shorten
from bot.ui.markdown import escape
from bot.ui.state import OutdatedControlError

log = logging.getLogger(__name__)

TOO_OLD = "This answer is too old, please ask again."
SHOWN_NAME = 100
UNKNOWN_INTERACTION = 10062
ALREADY_ACKNOWLEDGED = 40060


@dataclass
class TooFewRolesError(RolewiseError):
    """A comparison was asked for that names only one role, perhaps twice."""

    name: str


@dataclass
class NothingToAnswerError(RolewiseError):
    """The message to be answered has no text."""


@dataclass
class TooManyQuestionsError(RolewiseError):
    """The user asked too often; `seconds` until the next question."""

    seconds: float


@dataclass
class AlreadyAnsweredError(RolewiseError):
    """The channel got the same answer a moment ago, at `url` (None while it is on its way)."""

    url: str | None


class NotInServerError(RolewiseError):
    """What was asked for is about a server, and there is none here."""

    def __str__(self) -> str:
        return "That is about a server: use it in one where I am a member."


class DraftGoneError(RolewiseError):
    """A draft that was published, discarded or forgotten after a day, or is somebody else's."""

    def __str__(self) -> str:
        return (
            "That draft is no longer there: it was published, discarded, or is older than a day. Begin anew."
        )


@dataclass
class ChooseOneError(RolewiseError):
    """Options were left out or do not go together; `what` is what is to be chosen."""

    what: str

    def __str__(self) -> str:
        return f"Choose {self.what}."


@dataclass
class NoSuchFileError(RolewiseError):
    """A file that is no part of a server's knowledge; `expected` are those that are."""

    name: str
    expected: Sequence[str]

    def __str__(self) -> str:
        return f"“{shorten(self.name, SHOWN_NAME)}” is no file of the knowledge; expected one of {', '.join(self.expected)}."


@dataclass
class TooLargeError(RolewiseError):
    """A file that is larger than `kilobytes`."""

    name: str
    kilobytes: int

    def __str__(self) -> str:
        return f"“{shorten(self.name, SHOWN_NAME)}” is larger than {self.kilobytes} KB: split it."


@dataclass
class NotTextError(RolewiseError):
    """A file that is no UTF-8 text, seen at a byte."""

    name: str
    byte: int

    def __str__(self) -> str:
        return f"“{shorten(self.name, SHOWN_NAME)}” is no text at byte {self.byte}: save it with the encoding UTF-8."


@dataclass
class ArchiveError(RolewiseError):
    """A file that holds others."""

    name: str

    def __str__(self) -> str:
        return f"“{shorten(self.name, SHOWN_NAME)}” is an archive: send the YAML files in it, up to five at once."


@dataclass
class MissingRightError(RolewiseError):
    """The user may not do that: `action` needs `right`."""

    action: str
    right: str


class RefusedSettingError(RolewiseError):
    """A setting cannot be as it was chosen; the message says why, and nothing has changed."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said about an error, at which level it is logged, and whether it carries an id to find it by."""

    says: Callable[[Any], str]
    level: int
    with_id: bool = False
    private: bool = True


def _unknown_name(error: UnknownNameError) -> str:
    wanted = escape(shorten(error.query, SHOWN_NAME))
    text = f"I know no {error.kind} called “{wanted}”."
    if error.suggestions:
        text += f" Did you mean {', '.join(f'`{name}`' for name in error.suggestions[:5])}?"
    return text


def _level_in_region(error: LevelInRegionError) -> str:
    text = f"No source tells pay for the {escape(error.level)} level in {escape(error.region)}."
    if error.level_source is not None and error.region_source is not None:
        text += (
            f" Levels come from {escape(error.level_source)}, which knows no regions; regions from "
            f"{escape(error.region_source)}, which knows no levels."
        )
    return f"{text} Leave one of them out."


def _already_answered(error: AlreadyAnsweredError) -> str:
    where = f": {error.url}" if error.url else ", just now."
    return f"This channel already has that answer{where}"


RULES: tuple[tuple[type[Exception], Rule], ...] = (
    (UnknownNameError, Rule(_unknown_name, logging.DEBUG)),
    (
        TooFewRolesError,
        Rule(lambda e: f"Name two different roles to compare: I only found {escape(e.name)}.", logging.DEBUG),
    ),
    (NothingToAnswerError, Rule(lambda _: "That message has no text that I could answer.", logging.DEBUG)),
    (
        TooManyQuestionsError,
        Rule(
            lambda e: f"That is a lot of questions at once. Please ask again in {e.seconds:.0f} s.",
            logging.DEBUG,
        ),
    ),
    (LevelInRegionError, Rule(_level_in_region, logging.DEBUG)),
    (AlreadyAnsweredError, Rule(_already_answered, logging.DEBUG)),
    (
        MissingRightError,
        Rule(lambda e: f"{escape(e.action)} needs the right **{escape(e.right)}**.", logging.INFO),
    ),
    (StaleSubjectError, Rule(lambda _: TOO_OLD, logging.INFO)),
    (OutdatedControlError, Rule(lambda _: TOO_OLD, logging.INFO)),
    (
        app_commands.CommandNotFound,
        Rule(
            lambda _: "That command is no longer there. Restart Discord to see the current ones.",
            logging.WARNING,
        ),
    ),
    (
        app_commands.CommandSignatureMismatch,
        Rule(lambda _: "That command has changed. Restart Discord to see its current form.", logging.WARNING),
    ),
    (app_commands.CheckFailure, Rule(lambda _: "You may not use that command here.", logging.INFO)),
    (
        discord.Forbidden,
        Rule(
            lambda _: "Discord does not let me do that here: I lack a right.", logging.WARNING, with_id=True
        ),
    ),
    (
        discord.HTTPException,
        Rule(lambda _: "Discord did not take my answer. Please try again.", logging.WARNING, with_id=True),
    ),
    # Where the database is, is nobody's business but the operator's, who reads it in the log.
    (StoreError, Rule(lambda e: escape(e.told), logging.WARNING)),
    # What the knowledge and the store say of themselves is meant to be read.
    (RolewiseError, Rule(lambda e: escape(str(e)), logging.INFO)),
    (
        Exception,
        Rule(lambda _: "Something went wrong on my side. Please try again.", logging.ERROR, with_id=True),
    ),
)
"""The first rule whose type fits is taken."""


def explain(error: BaseException) -> tuple[str, Rule]:
    """What the user reads about an error, with the id under which it was logged; and the rule applied."""
    cause = _cause(error)
    rule = next((rule for kind, rule in RULES if isinstance(cause, kind)), RULES[-1][1])
    text = rule.says(cause)
    failure = secrets.token_hex(3)
    traceback = cause if rule.level >= logging.ERROR else None
    log.log(rule.level, "failure %s: %s: %s", failure, type(cause).__name__, cause, exc_info=traceback)
    if rule.with_id:
        text += f" If it happens again, name this id: `{failure}`."
    return shorten(text, PLAIN_MESSAGE), rule


async def report(interaction: discord.Interaction, error: BaseException) -> None:
    """Tells the user of the interaction about an error, before or after it was acknowledged. Never raises."""
    text, rule = explain(error)
    try:
        await _tell(interaction, text, private=rule.private)
    except discord.HTTPException as failed:
        if failed.code == UNKNOWN_INTERACTION:
            log.warning("the interaction was over before it could be answered")
        else:
            log.warning("could not tell the user: %s", failed)


async def _tell(interaction: discord.Interaction, text: str, *, private: bool) -> None:
    if not interaction.response.is_done():
        try:
            await interaction.response.send_message(text, ephemeral=private)
        except discord.HTTPException as failed:
            if failed.code != ALREADY_ACKNOWLEDGED:
                raise
        else:
            return
    await interaction.followup.send(text, ephemeral=private)


def _cause(error: BaseException) -> BaseException:
    while isinstance(
        error, app_commands.CommandInvokeError | app_commands.TransformerError | discord.DiscordException
    ):
        inner = getattr(error, "original", None) or (
            error.__cause__ if isinstance(error, app_commands.TransformerError) else None
        )
        if inner is None:
            break
        error = inner
    return error
