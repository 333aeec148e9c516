"""Questions of the last minutes and their answers, so that an edited question gets its answer edited."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import discord

EDITABLE = timedelta(minutes=2)
REMEMBERED = 500


@dataclass(slots=True)
class Asked:
    """A question that is being or was answered: a hash of its text, the reply to it. No text is kept."""

    text: int
    at: datetime
    answer: discord.Message | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class AskedLately:
    """The questions that may still be edited, by message id. Bounded: the oldest are forgotten first."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._asked: OrderedDict[int, Asked] = OrderedDict()

    def note(self, message: int, text: str) -> Asked:
        """Notes a question before it is answered."""
        asked = self._asked[message] = Asked(hash(text), self._clock())
        while len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)
        return asked

    def editable(self, message: int) -> Asked | None:
        """The question, where it was asked at most two minutes ago."""
        asked = self._asked.get(message)
        if asked is not None and self._clock() - asked.at > EDITABLE:
            del self._asked[message]
            return None
        return asked
