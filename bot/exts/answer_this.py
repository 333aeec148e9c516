"""The message command "Answer this": answers somebody's message, privately, to be shared if wanted."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Rolewise
from bot.exts._reply import Interaction, answer
from bot.exts._text import words_of
from bot.ui.failures import NothingToAnswerError


class AnswerThis(commands.Cog):
    """Answers a message that was pointed at."""

    def __init__(self, bot: Rolewise) -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(name="Answer this", callback=self.answer_this)

    async def cog_load(self) -> None:
        """Adds the command, which cannot be declared inside a class."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Removes the command."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    async def answer_this(self, interaction: Interaction, message: discord.Message) -> None:
        """Answers the message."""
        text = words_of(message.content)
        if not text:
            raise NothingToAnswerError
        bot = interaction.client
        people = (message.author, *message.mentions)
        await answer(
            interaction, lambda known: known.ask(text, today=bot.today()), private=True, people=people
        )


async def setup(bot: Rolewise) -> None:
    """Adds the command."""
    await bot.add_cog(AnswerThis(bot))
