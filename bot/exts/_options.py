"""Command options that name a role, a section, items or a region: autocomplete that returns ids and never fails."""

import logging
from collections.abc import Callable, Iterable

import discord
from discord import app_commands

from bot.app import Rolewise
from bot.core.assistant import Assistant
from bot.core.errors import RolewiseError
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


async def faq(interaction: discord.Interaction[Rolewise], typed: str) -> Choices:
    """FAQ entries with what was typed in their id or a question, by id."""
    wanted = typed.casefold().strip()
    return await _choices(
        interaction,
        lambda assistant: (
            (f"{entry.id}: {entry.questions[0]}", entry.id)
            for entry in sorted(assistant.snapshot.faq.values(), key=lambda entry: entry.id)
            if any(wanted in text.casefold() for text in (entry.id, *entry.questions))
        ),
    )


async def files(interaction: discord.Interaction[Rolewise], typed: str) -> Choices:
    """Files of the server's knowledge with what was typed in their path, its own ones first."""
    overlays = interaction.client.servers.overlays
    wanted = typed.casefold().strip()
    try:
        own = sorted(overlays.files(interaction.guild_id or 0))
        base = sorted((await overlays.base()).files)
    except RolewiseError:
        return []
    named = [(f"{path} (this server's)", path) for path in own] + [
        (path, path) for path in base if path not in own
    ]
    found = [(name, path) for name, path in named if wanted in name.casefold() and len(path) <= CHOICE_VALUE]
    return [
        app_commands.Choice(name=shorten(name, CHOICE_NAME), value=path)
        for name, path in found[:AUTOCOMPLETE_CHOICES]
    ]


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
