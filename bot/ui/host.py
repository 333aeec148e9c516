"""What the controls need of the client they are used on."""

from datetime import date
from typing import Protocol, cast

import discord

from bot.core.answers.model import Reply
from bot.core.assistant import Assistant
from bot.ui.pacing import Once, Pacing
from bot.ui.state import State


class Host(Protocol):
    """The client, as seen from under an answer. The knowledge is read anew at each use: it may be swapped."""

    pacing: Pacing
    shares: Once

    @property
    def assistant(self) -> Assistant:
        """The core on the knowledge that is served now."""
        ...

    def today(self) -> date:
        """The date that facts are measured against."""
        ...

    def present(self, reply: Reply, state: State) -> discord.ui.LayoutView:
        """A new view that shows the reply with its controls."""
        ...


def host_of(interaction: discord.Interaction) -> Host:
    """The client that received the interaction."""
    return cast("Host", interaction.client)
