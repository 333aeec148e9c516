"""What a message is to the bot: how it was reached, the text meant for it, and the answer it follows up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

import discord

from bot.app import Rolewise
from bot.core.assistant import Assistant
from bot.core.errors import RolewiseError
from bot.core.matching.question import Context
from bot.exts._text import words_of
from bot.ui.state import first_state

TEXT_TYPES = frozenset({discord.MessageType.default, discord.MessageType.reply})


class Way(Enum):
    """How a message reached the bot."""

    DIRECT = auto()
    MENTION = auto()
    REPLY = auto()
    ASK_CHANNEL = auto()
    OVERHEARD = auto()


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that concerns the bot, and the text in it that is meant for the bot.

    `answered` is the message of the bot's own that it replies to; `to_another` whether it replies to somebody else.
    """

    way: Way
    text: str
    answered: discord.Message | None = None
    to_another: bool = False


async def hear(message: discord.Message, bot: Rolewise) -> Heard | None:
    """What the message is to the bot; None where it is nothing to it."""
    if message.author.bot or message.webhook_id is not None or message.type not in TEXT_TYPES:
        return None
    me = bot.user.id if bot.user is not None else 0
    mentioned = f"<@{me}>" in message.content or f"<@!{me}>" in message.content
    original = await _replied_to(message) if message.reference is not None else None
    answered = original if original is not None and original.author.id == me else None
    to_another = message.reference is not None and answered is None
    text = words_of(message.content)
    way = _way(message, bot, mentioned=mentioned, answered=answered is not None, to_another=to_another)
    if way is None:
        return None
    if way in {Way.ASK_CHANNEL, Way.OVERHEARD}:
        text = _with_title(message, text)
    return Heard(way, text, answered, to_another)


def context_of(answered: discord.Message | None, assistant: Assistant, today: date) -> Context | None:
    """What the bot's own message was about, read from its controls."""
    if answered is None:
        return None
    controls = list(_custom_ids(answered.components))
    state = first_state(reversed(controls), assistant.snapshot)
    if state is None:
        return None
    try:
        return assistant.context(assistant.show(state.subject, today=today))
    except RolewiseError:
        return None


def _way(
    message: discord.Message, bot: Rolewise, *, mentioned: bool, answered: bool, to_another: bool
) -> Way | None:
    if message.guild is None:
        return Way.DIRECT
    if mentioned:
        return Way.MENTION
    if answered:
        return Way.REPLY
    if to_another or not (bot.reads_channels and bot.hears(message)):
        return None
    return Way.ASK_CHANNEL if bot.is_asked_in(message) else Way.OVERHEARD


async def _replied_to(message: discord.Message) -> discord.Message | None:
    reference = message.reference
    if reference is None or reference.type is not discord.MessageReferenceType.reply:
        return None
    if isinstance(reference.resolved, discord.Message):
        return reference.resolved
    if reference.resolved is not None or reference.message_id is None:
        return None
    try:
        return await message.channel.fetch_message(reference.message_id)
    except discord.HTTPException:
        return None


def _with_title(message: discord.Message, text: str) -> str:
    """A forum post's first message says little without the post's title."""
    channel = message.channel
    first = isinstance(channel, discord.Thread) and message.id == channel.id
    if first and isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.ForumChannel):
        return f"{channel.name}\n{text}"
    return text


def _custom_ids(components: Iterable[object]) -> Iterator[str]:
    for component in components:
        custom_id = getattr(component, "custom_id", None)
        if isinstance(custom_id, str):
            yield custom_id
        yield from _custom_ids(getattr(component, "children", ()))
