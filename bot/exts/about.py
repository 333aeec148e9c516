"""/about: sources, licences and privacy; for the bot's owner also what is wrong with the knowledge."""

from discord import app_commands
from discord.ext import commands

from bot import __version__
from bot.app import Rolewise
from bot.exts._anonymise import AnonymiseButton, keeps_something
from bot.exts._reply import Interaction
from bot.ui.about import about_lines, problem_lines
from bot.ui.views import text_view


class About(commands.Cog):
    """Tells where the answers come from."""

    @app_commands.command(description="Where my facts come from, their licences, and what I do with messages")
    async def about(self, interaction: Interaction) -> None:
        """Shows the page about the bot."""
        bot = interaction.client
        known = await bot.assistant_in(interaction.guild_id)
        keeps = keeps_something(bot)
        lines = about_lines(known.snapshot, __version__, keeps=keeps)
        if bot.is_owned_by(interaction.user.id):
            lines = [*problem_lines(bot.library.problems), *lines]
        await interaction.response.send_message(
            view=text_view(lines, [AnonymiseButton.build()] if keeps else []), ephemeral=True
        )


async def setup(bot: Rolewise) -> None:
    """Adds the command."""
    await bot.add_cog(About())
