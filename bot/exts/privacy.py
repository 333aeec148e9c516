"""/privacy: what is kept of a server, and how to be rid of it."""

import re
from typing import Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Rolewise
from bot.exts._anonymise import AnonymiseButton
from bot.exts._reply import Interaction
from bot.exts._rights import require_manager
from bot.exts._trial import announce, show, wait
from bot.ui import privacy as words
from bot.ui.controls import Control
from bot.ui.views import text_view

ACTION = "Seeing and deleting what is kept"


class PrivacyButton(Control, template=re.compile(r"k1v(?!a\Z)[\s\S]*")):
    """A button of the page. One that this version does not know is too old."""

    @classmethod
    def build(cls, action: str, label: str, style: discord.ButtonStyle) -> Self:
        """The button that does an action: a letter of its `custom_id`."""
        return cls(discord.ui.Button(label=label, style=style, custom_id=f"k1v{action}"))

    async def act(self, interaction: Interaction) -> None:
        """Does what the button is for."""
        match self.custom_id.removeprefix("k1v"):
            case "m":
                await _delete_missed(interaction)
            case "e":
                await _ask_back(interaction)
            case "x":
                await _delete_everything(interaction)
            case "b":
                await _show_privacy(interaction)
            case _:
                await super().act(interaction)


class Privacy(commands.Cog):
    """Shows what is kept of a server."""

    def __init__(self, bot: Rolewise) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Takes over the buttons of the page."""
        self._bot.add_dynamic_items(PrivacyButton, AnonymiseButton)

    @app_commands.command(description="What I keep of this server, and how to delete it")
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def privacy(self, interaction: Interaction) -> None:
        """Shows the page."""
        await _show_privacy(interaction)


async def _show_privacy(interaction: Interaction) -> None:
    server = require_manager(interaction, ACTION)
    servers = interaction.client.servers
    if not interaction.response.is_done():
        await wait(interaction)
    stored = await servers.store.stored(server)
    danger = discord.ButtonStyle.danger
    buttons: list[Control] = (
        [PrivacyButton.build("m", "Delete missed questions", danger)] if stored.missed else []
    )
    if stored.revisions or stored.drafts or stored.missed or stored.settings:
        buttons.append(PrivacyButton.build("e", "Delete everything of this server", danger))
    buttons.append(AnonymiseButton.build())
    await show(interaction, text_view(words.stored_lines(stored, servers.settings(server)), buttons))


async def _delete_missed(interaction: Interaction) -> None:
    server = require_manager(interaction, ACTION)
    await wait(interaction)
    await interaction.client.servers.store.delete_missed(server)
    await _show_privacy(interaction)
    await announce(interaction.client, server, [words.deleted_line(interaction.user.id, words.MISSED)])


async def _ask_back(interaction: Interaction) -> None:
    require_manager(interaction, ACTION)
    buttons: list[Control] = [
        PrivacyButton.build("x", "Yes, delete everything", discord.ButtonStyle.danger),
        PrivacyButton.build("b", "Keep it", discord.ButtonStyle.secondary),
    ]
    await show(interaction, text_view([words.EVERYTHING], buttons))


async def _delete_everything(interaction: Interaction) -> None:
    server = require_manager(interaction, ACTION)
    bot = interaction.client
    await wait(interaction)
    place = bot.servers.settings(server).log_channel
    await bot.servers.forget(server)
    await show(interaction, text_view([words.DELETED]))
    if place is not None:
        await announce(bot, server, [words.deleted_line(interaction.user.id, words.ALL)], place)


async def setup(bot: Rolewise) -> None:
    """Adds the command."""
    await bot.add_cog(Privacy(bot))
