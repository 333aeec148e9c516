"""Whether plain talk in a channel is a question that the bot may answer unasked. In doubt, it is not."""

import re

from bot.core.matching.intents import Cue
from bot.core.matching.tokens import Reading

LONGEST = 60
"""Words; a longer message is a story or a post to people, and people answer it."""

_ASKS_FIRST = frozenset(
    "what which who how why where when should is are do does can could would will did has have anyone anybody any vs".split()
)
_HASHTAG = re.compile(r"(?:^|\s)#\w")
_MONEY_OR_COUNT = re.compile(
    r"[$\u20ac\u00a3]\s?\d|\btop \d+|\b\d+ (?:skills|tips|ways|tools|things|reasons|books|courses)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"<@[!&]?\d+>")


def why_not(reading: Reading, cues: dict[Cue, list[tuple[int, int]]]) -> str | None:
    """The reason to stay silent on a message that names a role; None where it looks like a question to anyone."""
    text = reading.text
    if reading.links or reading.code or _HASHTAG.search(text) or _OTHERS.search(text):
        return "it shares, tags or calls somebody"
    if len(reading.tokens) > LONGEST:
        return "it is a long post"
    if Cue.NOT_ASKING in cues or _MONEY_OR_COUNT.search(text):
        return "it reads like news, an advert or shop talk"
    first = reading.tokens[0].text if reading.tokens else ""
    starts = [token.text for token in reading.tokens if token.gap == "."]
    asks = "?" in text or first in _ASKS_FIRST or any(word in _ASKS_FIRST for word in starts)
    if not asks and Cue.COMPARE not in cues:
        return "it asks nothing"
    return None
