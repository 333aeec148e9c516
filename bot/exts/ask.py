"""/ask: a question in the asker's own words."""

from discord import app_commands
from discord.ext import commands

from bot.app import Rolewise
from bot.exts._reply import Interaction, answer
from bot.exts._text import words_of
from bot.ui.limits import COMMAND_OPTION_TEXT


class Ask(commands.Cog):
    """Answers free text."""

    @app_commands.command(description="Ask about data and AI roles in your own words")
    @app_commands.describe(text="Your question, in your own words", private="Only you see the answer")
    async def ask(
        self,
        interaction: Interaction,
        text: app_commands.Range[str, 1, COMMAND_OPTION_TEXT],
        *,
        private: bool = False,
    ) -> None:
        """Answers the text."""
        bot = interaction.client
        await answer(interaction, lambda known: known.ask(words_of(text), today=bot.today()), private=private)


async def setup(bot: Rolewise) -> None:
    """Adds the command."""
    await bot.add_cog(Ask())
