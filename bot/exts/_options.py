"""Command options that name a role, a section or an item: autocomplete that returns ids and never fails."""

import logging
from collections.abc import Callable, Iterable
from typing import Protocol

import discord
from discord import app_commands

from bot.app import Rolewise
from bot.core.assistant import Assistant
from bot.ui.limits import AUTOCOMPLETE_CHOICES, CHOICE_NAME, CHOICE_VALUE, shorten

log = logging.getLogger(__name__)

Choices = list[app_commands.Choice[str]]


class Named(Protocol):
    """Anything with an id to send back."""

    @property
    def id(self) -> str:
        """Its id."""
        ...


async def roles(interaction: discord.Interaction[Rolewise], typed: str) -> Choices:
    """Roles that fit what was typed, best first."""
    return _choices(interaction, lambda assistant: ((r.name, r) for r in assistant.suggest_roles(typed)))


async def sections(interaction: discord.Interaction[Rolewise], typed: str) -> Choices:
    """Sections that fit what was typed, best first."""
    return _choices(interaction, lambda assistant: ((s.title, s) for s in assistant.suggest_sections(typed)))


async def items(interaction: discord.Interaction[Rolewise], typed: str) -> Choices:
    """Skills, tools, industries and degrees that fit what was typed, best first."""
    return _choices(interaction, lambda assistant: ((i.name, i) for i in assistant.suggest_items(typed)))


def _choices(
    interaction: discord.Interaction[Rolewise], suggest: Callable[[Assistant], Iterable[tuple[str, Named]]]
) -> Choices:
    try:
        found = list(suggest(interaction.client.assistant))
    except Exception:
        log.exception("no choices could be offered")
        return []
    fitting = [(name, named.id) for name, named in found if len(named.id) <= CHOICE_VALUE]
    return [
        app_commands.Choice(name=shorten(name, CHOICE_NAME), value=value)
        for name, value in fitting[:AUTOCOMPLETE_CHOICES]
    ]
