"""What the user of an interaction may have the bot post for everyone."""

from typing import Any

import discord

EXTERNAL_APPS = "Use External Apps"
SEND = "Send Messages"
SEND_IN_THREADS = "Send Messages in Threads"

USED = {
    "View Channels": "view_channel",
    SEND: "send_messages",
    SEND_IN_THREADS: "send_messages_in_threads",
    "Attach Files": "attach_files",
    "Read Message History": "read_message_history",
    "Add Reactions": "add_reactions",
}
"""What the bot does in a server: the permissions by the names that Discord shows."""


def lacking(held: discord.Permissions) -> list[str]:
    """The permissions, by the names that Discord shows, which the bot uses and does not have."""
    return [name for name, right in USED.items() if not (held.administrator or getattr(held, right))]


def is_forced_private(interaction: discord.Interaction[Any]) -> bool:
    """Whether Discord hides the answer from others: the user brought the bot to a server that does not allow that."""
    return (
        interaction.guild_id is not None
        and interaction.is_user_integration()
        and not interaction.is_guild_integration()
        and not interaction.permissions.use_external_apps
    )


def missing_to_post(interaction: discord.Interaction[Any]) -> str | None:
    """The right that the user lacks to have something posted where the interaction is; None where none is missing."""
    if interaction.guild_id is None:
        return None
    if is_forced_private(interaction):
        return EXTERNAL_APPS
    if isinstance(interaction.channel, discord.Thread):
        return None if interaction.permissions.send_messages_in_threads else SEND_IN_THREADS
    return None if interaction.permissions.send_messages else SEND
