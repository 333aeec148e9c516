"""Sending a reply in answer to an interaction, in time: Discord waits three seconds, and a picture may take one."""

from typing import Any

import discord

from bot.core.answers.model import Reply
from bot.ui.host import host_of
from bot.ui.state import State


async def post(interaction: discord.Interaction[Any], reply: Reply, state: State) -> int | None:
    """Answers with a new message, private where the state says so; its id, where Discord tells it."""
    host = host_of(interaction)
    if host.charts.at_hand(reply):
        page = await host.present(reply, state, interaction.guild_id)
        sent = await interaction.response.send_message(
            view=page.view, files=page.files, ephemeral=state.private
        )
        return sent.message_id
    await interaction.response.defer(ephemeral=state.private, thinking=True)
    page = await host.present(reply, state, interaction.guild_id)
    return (await interaction.edit_original_response(view=page.view, attachments=page.files)).id


async def replace_with(interaction: discord.Interaction[Any], reply: Reply, state: State) -> None:
    """Edits the message whose control was used. Pictures of what stood there before go with it."""
    host = host_of(interaction)
    if host.charts.at_hand(reply):
        page = await host.present(reply, state, interaction.guild_id)
        await interaction.response.edit_message(view=page.view, attachments=page.files)
        return
    await interaction.response.defer()
    page = await host.present(reply, state, interaction.guild_id)
    await interaction.edit_original_response(view=page.view, attachments=page.files)
