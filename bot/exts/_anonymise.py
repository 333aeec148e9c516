"""Taking a person's id off what they edited: for anybody, wherever they are."""

import re
from typing import Self

import discord

from bot.app import Rolewise
from bot.exts._reply import Interaction
from bot.store import StoreError
from bot.ui.controls import Control
from bot.ui.privacy import anonymised


class AnonymiseButton(Control, template=re.compile(r"k1va")):
    """Takes the id of whoever presses it off all their edits."""

    @classmethod
    def build(cls) -> Self:
        """The button."""
        return cls(discord.ui.Button(label="Anonymise my edits", custom_id="k1va"))

    async def act(self, interaction: Interaction) -> None:
        """Does it, and says of how many."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        number = await interaction.client.servers.store.anonymise(interaction.user.id)
        await interaction.edit_original_response(content=anonymised(number))


def keeps_something(bot: Rolewise) -> bool:
    """Whether there is a database in which something can be kept."""
    try:
        return bot.servers.store is not None
    except StoreError:
        return False
