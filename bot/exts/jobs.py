"""/jobs: the featured jobs, of a role or all."""

from datetime import date

from discord import app_commands
from discord.ext import commands

from bot.app import Rolewise
from bot.core.answers.model import Answer
from bot.core.assistant import Assistant
from bot.core.matching.question import Intent, Subject
from bot.exts import _options
from bot.exts._reply import Interaction, answer
from bot.ui.limits import CHOICE_VALUE


class Jobs(commands.Cog):
    """Lists featured jobs."""

    @app_commands.command(description="Featured jobs, newest first")
    @app_commands.describe(role="Only jobs as this role", private="Only you see the answer")
    @app_commands.autocomplete(role=_options.roles)
    async def jobs(
        self,
        interaction: Interaction,
        role: app_commands.Range[str, 1, CHOICE_VALUE] | None = None,
        *,
        private: bool = False,
    ) -> None:
        """Shows the jobs."""
        await answer(
            interaction, lambda known: _jobs(known, interaction.client.today(), role), private=private
        )


def _jobs(assistant: Assistant, today: date, role: str | None) -> Answer:
    roles = (assistant.role(role).id,) if role else ()
    return assistant.show(Subject(Intent.JOBS, roles), today=today)


async def setup(bot: Rolewise) -> None:
    """Adds the command."""
    await bot.add_cog(Jobs())
