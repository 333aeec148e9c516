"""/compare: two to five roles side by side."""

from datetime import date

from discord import app_commands
from discord.ext import commands

from bot.app import Rolewise
from bot.core.answers.model import Answer
from bot.core.assistant import Assistant
from bot.core.matching.question import Intent, Subject
from bot.exts import _options
from bot.exts._reply import Interaction, answer
from bot.ui.failures import TooFewRolesError
from bot.ui.limits import CHOICE_VALUE

Name = app_commands.Range[str, 1, CHOICE_VALUE]


class Compare(commands.Cog):
    """Compares roles."""

    @app_commands.command(description="Compare two to five roles")
    @app_commands.describe(
        role_a="The first role",
        role_b="The second role",
        role_c="A third role",
        role_d="A fourth role",
        role_e="A fifth role",
        section="What to compare, such as skills or salary; without it, an overview",
        private="Only you see the answer",
    )
    @app_commands.autocomplete(
        role_a=_options.roles,
        role_b=_options.roles,
        role_c=_options.roles,
        role_d=_options.roles,
        role_e=_options.roles,
        section=_options.sections,
    )
    async def compare(  # noqa: PLR0917 - Discord has no lists: each role is an option
        self,
        interaction: Interaction,
        role_a: Name,
        role_b: Name,
        role_c: Name | None = None,
        role_d: Name | None = None,
        role_e: Name | None = None,
        section: Name | None = None,
        *,
        private: bool = False,
    ) -> None:
        """Shows the comparison."""
        names = [name for name in (role_a, role_b, role_c, role_d, role_e) if name]
        await answer(
            interaction,
            lambda known: _compare(known, interaction.client.today(), names, section),
            private=private,
        )


def _compare(assistant: Assistant, today: date, names: list[str], section: str | None) -> Answer:
    roles = tuple(dict.fromkeys(assistant.role(name).id for name in names))
    if len(roles) == 1:
        raise TooFewRolesError(assistant.snapshot.roles[roles[0]].name)
    sections = (assistant.section(section).id,) if section else ()
    return assistant.show(Subject(Intent.COMPARE, roles, sections), today=today)


async def setup(bot: Rolewise) -> None:
    """Adds the command."""
    await bot.add_cog(Compare())
