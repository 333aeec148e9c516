"""/find: the roles that use an item, or all of several."""

from datetime import date

from discord import app_commands
from discord.ext import commands

from bot.app import Rolewise
from bot.core.answers.model import Answer
from bot.core.assistant import Assistant
from bot.core.matching.question import Intent, Subject
from bot.exts import _options
from bot.exts._reply import Interaction, answer
from bot.ui.limits import CHOICE_VALUE, STATE_ITEMS


class Find(commands.Cog):
    """Looks roles up by what they use."""

    @app_commands.command(description="Find the roles that use a skill or tool, or several")
    @app_commands.describe(
        item="A skill, tool, industry or degree, such as Kafka; several with commas: SQL, Spark",
        private="Only you see the answer",
    )
    @app_commands.autocomplete(item=_options.items)
    async def find(
        self,
        interaction: Interaction,
        item: app_commands.Range[str, 1, CHOICE_VALUE],
        *,
        private: bool = False,
    ) -> None:
        """Shows the roles found."""
        await answer(
            interaction, lambda known: _find(known, interaction.client.today(), item), private=private
        )


def _find(assistant: Assistant, today: date, item: str) -> Answer:
    items = tuple(found.id for found in assistant.items(item))[:STATE_ITEMS]
    return assistant.show(Subject(Intent.FIND, items=items), today=today)


async def setup(bot: Rolewise) -> None:
    """Adds the command."""
    await bot.add_cog(Find())
