"""Whether plain talk in a channel is a question that the bot may answer unasked. In doubt, it is not."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import filterfalse

from bot.core.matching.mentions import ARTICLES, Mention
from bot.core.matching.phrases import Phrases
from bot.core.matching.tokens import TEXT_LIMIT, Reading, Token, key, texts

LONGEST = 60
"""Words; a longer message is a story or a post to people, and people answer it."""

_ASKS_FIRST = frozenset(
    "what which who how why where when should is are do does can could would will did has have anyone anybody any does vs".split()
)
_WORDS = re.compile(r"\w+")
_HASHTAG = re.compile(r"(?:^|\s)#\w")
_DIGIT = re.compile(r"\d")
"""Without one, no number is looked for, which takes much longer."""
_NUMBERS = re.compile(
    r"[$\u20ac\u00a3]\s?\d|\btop \d+|\b\d+ (?:skills|tips|ways|tools|things|reasons|books|courses|recruiters|people)\b|\b\d{1,2} ?[ap]m\b",
    re.IGNORECASE,
)
_MENTION = re.compile(r"<@[!&]?\d+>")
_NAME = re.compile(r"(?!(?:Hi|Hey|Hello|So|Well|Ok|Okay|Guys|Folks|Also|And|But)\b)[A-Z][a-z]+, ")
_NEWS = (
    "hiring", "we are looking", "looking for a {role}", "looking for an {role}", "apply", "join our", "join us", "send your cv", "send me your cv",
    "send a cv", "dm me", "pm me", "just got", "i got", "got my first", "got an offer", "got the job", "happy to share", "excited to", "proud to",
    "i built", "we built", "i made", "i wrote", "check out", "read this", "new article", "new blog", "blog post", "webinar", "meetup", "subscribe",
    "newsletter", "discount", "enroll", "sign up", "survey", "poll", "vote", "react with", "register", "job alert", "vacancy", "now open",
    "years of experience required", "my team", "our team", "my manager", "my boss", "our boss", "our client", "my client", "our new", "candidate",
    "can we", "shall we", "should we", "could we", "do we", "are we", "did we", "who is on", "what i wish", "how i went", "how i got", "how i became",
    "how i landed", "how i learned", "how i moved", "how i broke", "how we", "why i", "why we", "ama", "my journey", "lessons learned", "told us",
    "youtube", "episode", "podcast", "salary range", "full time", "remote role", "error", "errors", "exception", "traceback", "stack trace", "bug",
    "compile", "import", "dataset", "datasets", "data frame", "dataframe", "dataframes", "repo", "pr", "pull request", "merge", "query", "pipeline is",
    "deploy failed", "crashes", "crashed", "broke", "version", "install",
)  # fmt: skip
"""Phrases of adverts, news, success stories, shop talk and technical help."""


@cache
def _news() -> Phrases[bool]:
    phrases: Phrases[bool] = Phrases()
    for text in _NEWS:
        phrases.add([word for word in key(text) if word not in ARTICLES], value=True)
    return phrases


class Catches:
    """Tells at a glance what plain talk cannot be for the bot, so that it costs next to nothing."""

    def __init__(self, telling: AbstractSet[str]) -> None:
        self._telling = telling

    def on(self, text: str) -> bool:
        """Whether the text asks something or has a word of a role's name; a closer look has to tell the rest."""
        words = _WORDS.findall(text[:TEXT_LIMIT].casefold())
        return "?" in text or (
            bool(words) and (words[0] in _ASKS_FIRST or not self._telling.isdisjoint(words))
        )


def why_silent(reading: Reading) -> str | None:
    """The reason to stay silent on a message by its marks alone; None where they speak of nothing."""
    text = reading.text
    tags = "#" in text and _HASHTAG.search(text)
    calls = _NAME.match(text) or ("<@" in text and _MENTION.search(text))
    return "it shares, tags or calls somebody" if reading.links or reading.code or tags or calls else None


def why_not(reading: Reading, tokens: Sequence[Token], roles: Sequence[Mention]) -> str | None:
    """The reason to stay silent on a message that names a role; None where it looks like a question to anyone."""
    text = reading.text
    if (shares := why_silent(reading)) is not None:
        return shares
    if len(tokens) > LONGEST:
        return "it is a long post"
    words = _plain(tokens, roles)
    if (_DIGIT.search(text) and _NUMBERS.search(text)) or any(_news().find(words)):
        return "it reads like news, an advert or shop talk"
    if "?" not in text and words[0] not in _ASKS_FIRST and "vs" not in words and "difference" not in words:
        return "it asks nothing"
    return None


def _plain(tokens: Sequence[Token], roles: Sequence[Mention]) -> list[str]:
    words = texts(tokens)
    for one in reversed(roles):
        words[one.start : one.end] = ("{role}",)
    return [*filterfalse(ARTICLES.__contains__, words)] or [""]
