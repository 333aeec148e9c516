"""The words of a message, without what Discord puts between them."""

import re

MARKUP = re.compile(r"<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|/[^:<>]+:\d+|id:\w+)>")
EDGES = " ,:;\t\r\n"


def words_of(content: str) -> str:
    """The text without mentions, custom emoji, channel links and timestamps: their names ask for nothing."""
    return MARKUP.sub(" ", content).strip(EDGES)
