"""The words of a message, without what Discord puts between them."""

import re
from collections.abc import Iterable

import discord

MARKUP = re.compile(r"<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|/[^:<>]+:\d+|id:\w+)>")
EDGES = " ,:;\t\r\n"


def words_of(content: str) -> str:
    """The text without mentions, custom emoji, channel links and timestamps: their names ask for nothing."""
    return MARKUP.sub(" ", content).strip(EDGES)


def names_of(people: Iterable[discord.User | discord.Member]) -> set[str]:
    """All that people are called."""
    return {
        name for one in people for name in (one.display_name, one.global_name, one.name) if name is not None
    }
