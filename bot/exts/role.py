"""/role: one role, or one section of it."""

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

Name = app_commands.Range[str, 1, CHOICE_VALUE]


class RoleCog(commands.Cog, name="Role"):
    """Shows roles."""

    @app_commands.command(description="Show what a role is about")
    @app_commands.describe(
        role="The role",
        section="What to show of it, such as skills or salary; without it, an overview",
        private="Only you see the answer",
    )
    @app_commands.autocomplete(role=_options.roles, section=_options.sections)
    async def role(
        self, interaction: Interaction, role: Name, section: Name | None = None, *, private: bool = False
    ) -> None:
        """Shows the role."""
        await answer(
            interaction,
            lambda known: _show(known, interaction.client.today(), role, section),
            private=private,
        )


def _show(assistant: Assistant, today: date, role: str, section: str | None) -> Answer:
    sections = (assistant.section(section).id,) if section else ()
    return assistant.show(Subject(Intent.ROLE, (assistant.role(role).id,), sections), today=today)


async def setup(bot: Rolewise) -> None:
    """Adds the command."""
    await bot.add_cog(RoleCog())
