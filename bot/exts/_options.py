"""Command options that name a role, a section, items or a region: autocomplete that returns ids and never fails."""

import logging
from collections.abc import Callable, Iterable

import discord
from discord import app_commands

from bot.app import Rolewise
from bot.core.assistant import Assistant
from bot.ui.limits import AUTOCOMPLETE_CHOICES, CHOICE_NAME, CHOICE_VALUE, shorten

log = logging.getLogger(__name__)

Choices = list[app_commands.Choice[str]]


async def roles(interaction: discord.Interaction[Rolewise], typed: str) -> Choices:
    """Roles that fit what was typed, best first."""
    return await _choices(
        interaction, lambda assistant: ((r.name, r.id) for r in assistant.suggest_roles(typed))
    )


async def sections(interaction: discord.Interaction[Rolewise], typed: str) -> Choices:
    """Sections that fit what was typed, best first."""
    return await _choices(
        interaction, lambda assistant: ((s.title, s.id) for s in assistant.suggest_sections(typed))
    )


async def items(interaction: discord.Interaction[Rolewise], typed: str) -> Choices:
    """Skills, tools, industries and degrees that fit what was typed after the last comma, best first."""
    before, comma, last = typed.rpartition(",")
    kept = f"{before.strip()}, " if comma else ""
    return await _choices(
        interaction,
        lambda assistant: ((kept + i.name, kept + i.id) for i in assistant.suggest_items(last)),
    )


async def regions(interaction: discord.Interaction[Rolewise], typed: str) -> Choices:
    """Regions that fit what was typed, best first."""
    return await _choices(interaction, lambda assistant: ((r, r) for r in assistant.suggest_regions(typed)))


async def _choices(
    interaction: discord.Interaction[Rolewise], suggest: Callable[[Assistant], Iterable[tuple[str, str]]]
) -> Choices:
    try:
        found = list(suggest(await interaction.client.assistant_in(interaction.guild_id)))
    except Exception:
        log.exception("no choices could be offered")
        return []
    fitting = [(name, value) for name, value in found if len(value) <= CHOICE_VALUE]
    return [
        app_commands.Choice(name=shorten(name, CHOICE_NAME), value=value)
        for name, value in fitting[:AUTOCOMPLETE_CHOICES]
    ]
