"""What the controls need of the client they are used on."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast

import discord

from bot.core.answers.model import Reply
from bot.core.assistant import Assistant
from bot.inbox import Inbox
from bot.ui.charts import Charts
from bot.ui.pacing import Once, Pacing
from bot.ui.state import State


@dataclass(frozen=True, slots=True)
class Page:
    """A new view and the files it shows. Both are good for one message."""

    view: discord.ui.LayoutView
    files: list[discord.File]


class Host(Protocol):
    """The client, as seen from under an answer. The knowledge is read anew at each use: it may be swapped."""

    charts: Charts
    inbox: Inbox
    pacing: Pacing
    shares: Once

    async def assistant_in(self, server: int | None) -> Assistant:
        """The core on what a server knows now; without one, on the base."""
        ...

    def today(self) -> date:
        """The date that facts are measured against."""
        ...

    async def present(self, reply: Reply, state: State, server: int | None, *, pictured: bool = True) -> Page:
        """The reply with its controls, ready to be sent; unless `pictured`, without the picture of its chart."""
        ...


def host_of(interaction: discord.Interaction) -> Host:
    """The client that received the interaction."""
    return cast("Host", interaction.client)
