"""/salary: what one to five roles are paid, with a chart."""

from datetime import date

from discord import app_commands
from discord.ext import commands

from bot.app import Rolewise
from bot.core.answers.model import Answer
from bot.core.assistant import Assistant
from bot.core.knowledge.model import Seniority
from bot.core.matching.question import Intent, Subject
from bot.exts import _options
from bot.exts._reply import Interaction, answer
from bot.ui.limits import CHOICE_VALUE

Name = app_commands.Range[str, 1, CHOICE_VALUE]
SECTION = "salary"
LEVELS = [app_commands.Choice(name=level.value.capitalize(), value=level.value) for level in Seniority]


class Salary(commands.Cog):
    """Shows what roles are paid."""

    @app_commands.command(description="What one to five roles are paid, with a chart")
    @app_commands.describe(
        role="The role",
        role_b="A second role",
        role_c="A third role",
        role_d="A fourth role",
        role_e="A fifth role",
        level="Pay at one level of experience; without it, at all levels",
        region="A US state, such as Texas or TX; not together with a level",
        private="Only you see the answer",
    )
    @app_commands.choices(level=LEVELS)
    @app_commands.autocomplete(
        role=_options.roles,
        role_b=_options.roles,
        role_c=_options.roles,
        role_d=_options.roles,
        role_e=_options.roles,
        region=_options.regions,
    )
    async def salary(  # noqa: PLR0917 - Discord has no lists: each role is an option
        self,
        interaction: Interaction,
        role: Name,
        role_b: Name | None = None,
        role_c: Name | None = None,
        role_d: Name | None = None,
        role_e: Name | None = None,
        level: str | None = None,
        region: Name | None = None,
        *,
        private: bool = False,
    ) -> None:
        """Shows the pay."""
        names = [name for name in (role, role_b, role_c, role_d, role_e) if name]
        await answer(
            interaction,
            lambda known: _salary(known, interaction.client.today(), names, level, region),
            private=private,
        )


def _salary(
    assistant: Assistant, today: date, names: list[str], level: str | None, region: str | None
) -> Answer:
    roles = tuple(dict.fromkeys(assistant.role(name).id for name in names))
    subject = Subject(
        Intent.COMPARE if len(roles) > 1 else Intent.ROLE,
        roles,
        (assistant.section(SECTION).id,),
        level=Seniority(level) if level else None,
        region=assistant.region(region) if region else None,
    )
    return assistant.show(subject, today=today)


async def setup(bot: Rolewise) -> None:
    """Adds the command."""
    await bot.add_cog(Salary())
