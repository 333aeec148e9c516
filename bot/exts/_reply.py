"""Answering an interaction: who may ask how often, what is private, and the same answer not twice."""

from collections.abc import Callable, Collection, Hashable

import discord

from bot.app import Rolewise
from bot.core.answers.model import Answer, Reply, Silent, Unknown
from bot.core.assistant import Assistant
from bot.core.matching.question import Intent, Subject
from bot.exts._text import names_of
from bot.ui.delivery import post
from bot.ui.failures import AlreadyAnsweredError, TooManyQuestionsError
from bot.ui.pacing import Posted
from bot.ui.rights import is_forced_private
from bot.ui.state import State

Interaction = discord.Interaction[Rolewise]


async def answer(
    interaction: Interaction,
    compose: Callable[[Assistant], Reply],
    *,
    private: bool,
    people: Collection[discord.User | discord.Member] = (),
) -> None:
    """Counts the question, composes the reply from what the server knows and sends it.

    What is no answer is private. So is a second equal answer within a minute: a pointer to the first. The names of
    `people` and of the user are left out where the question is kept because it was missed.

    Raises:
        TooManyQuestionsError: the user is to wait.
        AlreadyAnsweredError: the channel has this answer already.
    """
    bot = interaction.client
    if seconds := bot.wait(interaction.user.id, interaction.guild_id):
        raise TooManyQuestionsError(seconds)
    reply = compose(await bot.assistant_in(interaction.guild_id))
    private = private or isinstance(reply, Unknown | Silent) or is_forced_private(interaction)
    state = state_of(reply, interaction.user.id, private=private)
    if private or not isinstance(reply, Answer):
        sent = await post(interaction, reply, state)
    else:
        posted = _announce(interaction, reply)
        try:
            sent = posted.message = await post(interaction, reply, state)
        except BaseException:
            bot.pacing.withdraw(posted)
            raise
    bot.inbox.take(interaction.guild_id, reply, sent, names_of((interaction.user, *people)))


def state_of(reply: Reply, asker: int, *, private: bool = False) -> State:
    """What the controls under a reply are to remember."""
    subject = reply.subject if isinstance(reply, Answer) else Subject(Intent.HELP)
    return State(subject, asker, private=private)


def same(reply: Answer) -> Hashable:
    """What two answers share that say the same."""
    return reply.subject, reply.revision


def address(guild: int | None, channel: int, message: int | None) -> str | None:
    """The link to a message; None as long as it is on its way."""
    return None if message is None else f"https://discord.com/channels/{guild or '@me'}/{channel}/{message}"


def _announce(interaction: Interaction, reply: Answer) -> Posted:
    pacing, channel = interaction.client.pacing, interaction.channel_id or 0
    if earlier := pacing.earlier(channel, same(reply)):
        earlier.pointed = True
        raise AlreadyAnsweredError(address(interaction.guild_id, channel, earlier.message))
    return pacing.post(channel, same(reply))
