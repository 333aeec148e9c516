"""/help: what can be asked, and how."""

from discord import app_commands
from discord.ext import commands

from bot.app import Rolewise
from bot.core.matching.question import Intent, Subject
from bot.exts._reply import Interaction, state_of
from bot.ui.delivery import post


class Help(commands.Cog):
    """Explains the bot."""

    @app_commands.command(description="What you can ask me, and how")
    async def help(self, interaction: Interaction) -> None:
        """Shows what can be asked."""
        bot = interaction.client
        known = await bot.assistant_in(interaction.guild_id)
        reply = known.show(Subject(Intent.HELP), today=bot.today())
        await post(interaction, reply, state_of(reply, interaction.user.id, private=True))


async def setup(bot: Rolewise) -> None:
    """Adds the command."""
    await bot.add_cog(Help())
