"""Who may change what a server knows and has set: read from the interaction at hand, each time anew."""

import discord

from bot.exts._reply import Interaction
from bot.ui.failures import MissingRightError, NotInServerError

MANAGE = "Manage Server"
EDIT = f"{MANAGE}, or an editor role set in /settings"


def may_edit(interaction: Interaction) -> bool:
    """Whether the user may edit the knowledge of the server."""
    if interaction.guild_id is None:
        return False
    if interaction.permissions.manage_guild:
        return True
    editors = interaction.client.servers.settings(interaction.guild_id).editors
    roles = interaction.user.roles if isinstance(interaction.user, discord.Member) else []
    return any(role.id in editors for role in roles)


def require_editor(interaction: Interaction, action: str = "Editing the knowledge") -> int:
    """The server that the user may edit. Raises NotInServerError, MissingRightError."""
    server = _server(interaction)
    if not may_edit(interaction):
        raise MissingRightError(action, EDIT)
    return server


def require_manager(interaction: Interaction, action: str) -> int:
    """The server that the user may manage. Raises NotInServerError, MissingRightError."""
    server = _server(interaction)
    if not interaction.permissions.manage_guild:
        raise MissingRightError(action, MANAGE)
    return server


def _server(interaction: Interaction) -> int:
    if interaction.guild_id is None or interaction.guild is None:
        raise NotInServerError
    return interaction.guild_id
