"""Speaking in a channel: only where it is allowed, never pinging anyone."""

import logging

import discord

from bot.app import Rolewise
from bot.ui.host import Page
from bot.ui.pacing import Once

QUESTION_GONE = 50035
"""Discord's "invalid form body", which a reply to a message that no longer exists is."""

log = logging.getLogger(__name__)


class Speaker:
    """Sends replies and reactions where Discord allows them; where it does not, says so in the log once a channel."""

    def __init__(self) -> None:
        self._silenced = Once()

    def may_speak(self, message: discord.Message) -> bool:
        """Whether the bot may answer in the message's channel."""
        if message.guild is None or isinstance(message.channel, discord.PartialMessageable):
            return True
        rights = message.channel.permissions_for(message.guild.me)
        thread = isinstance(message.channel, discord.Thread)
        allowed = rights.view_channel and (
            rights.send_messages_in_threads if thread else rights.send_messages
        )
        if isinstance(message.channel, discord.Thread) and message.channel.locked:
            allowed = allowed and rights.manage_threads
        if not allowed:
            self.silenced(message)
        return allowed

    def may_attach(self, message: discord.Message) -> bool:
        """Whether the bot may send a picture in the message's channel."""
        if message.guild is None or isinstance(message.channel, discord.PartialMessageable):
            return True
        return message.channel.permissions_for(message.guild.me).attach_files

    def silenced(self, message: discord.Message) -> None:
        """Notes in the log, once a channel, that the bot may not speak there."""
        if self._silenced.first(message.channel.id):
            log.warning("no right to send messages in channel %s: staying silent there", message.channel.id)

    async def reply(
        self, message: discord.Message, text: str | None = None, *, page: Page | None = None
    ) -> discord.Message | None:
        """Answers a message, as a reply where its history may be read; None where Discord forbids it."""
        rights = message.channel.permissions_for(message.guild.me) if message.guild is not None else None
        nobody = discord.AllowedMentions.none()
        try:
            if rights is not None and not rights.read_message_history:
                target = message.channel
                return await (
                    target.send(view=page.view, files=page.files, allowed_mentions=nobody)
                    if page is not None
                    else target.send(text, allowed_mentions=nobody)
                )
            return await (
                message.reply(view=page.view, files=page.files, mention_author=False, allowed_mentions=nobody)
                if page is not None
                else message.reply(text, mention_author=False, allowed_mentions=nobody)
            )
        except discord.Forbidden:
            self.silenced(message)
        except discord.HTTPException as error:
            if error.code != QUESTION_GONE:
                raise
            log.info("the question was deleted before it could be answered")
        return None

    async def react(self, message: discord.Message, emoji: str) -> None:
        """Adds a reaction where that is allowed."""
        if message.guild is not None:
            rights = message.channel.permissions_for(message.guild.me)
            if not (rights.add_reactions and rights.read_message_history):
                return
        try:
            await message.add_reaction(emoji)
        except discord.HTTPException as error:
            log.info("no reaction: %s", error)


def name_in(message: discord.Message, bot: Rolewise) -> str:
    """What the bot is called where the message stands."""
    me = message.guild.me if message.guild is not None else bot.user
    return me.display_name if me is not None else "Rolewise"
