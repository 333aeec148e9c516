"""Text to tokens: one way of reading for questions, names and cues, so that what is equal compares equal."""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from bot.core.matching.abridged import FIRST, WHOLE, emptied, left_out

TEXT_LIMIT = 6_000
"""Characters of a text that are read; Discord's longest message is 4,000."""

LONGEST_WORD = 60
"""Characters; no more of a word is read, so that what is remembered of words stays small."""

_SHOUT = 6
"""A text in capitals needs more characters than this to be shouted: "MLE" is not."""

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)
# The first letters stand in front, for the rest of the text is passed over much quicker by them.
_LINK = re.compile(r"[hw](?:ttps?://|(?<!\ww)ww\.)\S+", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w{1,32}:|/[^:>]{1,100}:|t:)[\d:A-Za-z-]{1,40}>")
_WORD = re.compile(r"[^\W_]+(?:(?:\+\+|#)(?![^\W_]))?(?:'[^\W_]+)?|\.[nN][eE][tT]\b")
_HARD_BREAK = re.compile(r"[.?!;:\n\r()\[\]|\"]|\s-{1,3}\s|[\u2013\u2014]")
_ARROW = re.compile(r"[-=]+>|[\u2192\u27a1\u21d2\u279c\u00bb]|>{1,3}")
_BRITISH = re.compile(r"is(?=ation$)|(?<=al)is(?=(?:e|es|ed|ing)$)")
_QUOTES = (
    ("\u2018", "'"),
    ("\u2019", "'"),
    ("\u02bc", "'"),
    ("\u00b4", "'"),
    ("\u201c", '"'),
    ("\u201d", '"'),
)

_CONTRACTIONS: dict[str, tuple[str, ...]] = {
    "whats": ("what", "is"), "wats": ("what", "is"), "what's": ("what", "is"), "who's": ("who", "is"),
    "whos": ("who", "is"), "how's": ("how", "is"), "hows": ("how", "is"), "where's": ("where", "is"),
    "wheres": ("where", "is"), "it's": ("it", "is"), "that's": ("that", "is"), "thats": ("that", "is"),
    "i'm": ("i", "am"), "im": ("i", "am"), "i've": ("i", "have"), "ive": ("i", "have"), "i'd": ("i", "would"),
    "don't": ("do", "not"), "dont": ("do", "not"), "doesn't": ("does", "not"), "doesnt": ("does", "not"),
    "isn't": ("is", "not"), "isnt": ("is", "not"), "can't": ("can", "not"), "cant": ("can", "not"),
    "cannot": ("can", "not"), "won't": ("will", "not"), "aren't": ("are", "not"), "arent": ("are", "not"),
    "didn't": ("did", "not"), "didnt": ("did", "not"), "they're": ("they", "are"), "you're": ("you", "are"),
    "we're": ("we", "are"), "let's": ("let", "us"), "gonna": ("going", "to"), "wanna": ("want", "to"),
    "u": ("you",), "ur": ("your",), "wat": ("what",), "wut": ("what",), "pls": ("please",), "plz": ("please",),
    "eng": ("engineer",), "engs": ("engineers",), "dev": ("developer",), "devs": ("developers",),
    "webdev": ("web", "developer"), "viz": ("visualization",), "dataviz": ("data", "visualization"),
    "ppl": ("people",), "yr": ("year",), "yrs": ("years",), "any1": ("anyone",), "enuf": ("enough",),
    "b/w": ("between",), "btw": ("between",), "versus": ("vs",), "vs.": ("vs",), "r&d": ("r", "d"),
}  # fmt: skip


class Token(NamedTuple):
    """A word: `text` for comparing, `raw` as written, its place in the text, and what stands before it.

    `gap` is "" at the start of a text and after plain white space, "." where a sentence or clause ends, ">" for an
    arrow, and otherwise the mark itself: "," "/" "-" "&". `mended` says that `text` is a correction of `raw`.
    """

    text: str
    raw: str
    start: int
    end: int
    gap: str
    mended: bool = False


# There are hundreds in a post: a tuple is made without the call of a constructor.
_token = partial(tuple.__new__, Token)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read: cleaned, cut into tokens, and what was taken out of it.

    Of a long text `text` has spaces for what is not read, so that places in it are places in the whole.
    """

    text: str
    tokens: tuple[Token, ...]
    links: int
    code: bool
    shouted: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The tokens' texts."""
        return tuple(token.text for token in self.tokens)


def clean(text: str) -> str:
    """The text in one Unicode form, cut to `TEXT_LIMIT`, with plain quotes."""
    if text.isascii():
        return text[:TEXT_LIMIT]
    plain = unicodedata.normalize("NFKC", text[:TEXT_LIMIT])
    for quote, mark in _QUOTES:
        plain = plain.replace(quote, mark)
    return plain[:TEXT_LIMIT]


@lru_cache(256)
def _gap(between: str) -> str:
    if not between:
        return ""
    if between.isspace():
        return "." if "\n" in between else ""
    if _ARROW.search(between):
        return ">"
    if _HARD_BREAK.search(between):
        return "."
    return next((mark for mark in ",/&-" if mark in between), "")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


@lru_cache(8_192)
def _forms(raw: str) -> tuple[str, ...]:
    """The comparable forms of one written word: contractions become two, an apostrophe is dropped."""
    word = raw.casefold()
    found = _CONTRACTIONS.get(word)
    if found is not None:
        return found
    return (_BRITISH.sub("iz", word.replace("'", "")),)


def read(text: str, telling: AbstractSet[str] = frozenset()) -> Reading:
    """The tokens of a text. Links, code and Discord's own markup are taken out; nothing raises.

    Of a long one, sentences in the middle are read that ask or hold one of the words in `telling`.
    """
    cleaned = clean(text)
    code = "`" in cleaned
    body = _CODE.sub(_blank, cleaned) if code else cleaned
    links = 0
    if "http" in body or "www." in body or "HTTP" in body:
        body, links = _LINK.subn(_blank, body)
    if "<" in body:
        body = _MARKUP.sub(_blank, body)
    if unread := left_out(body, telling):
        cleaned, body = emptied(cleaned, unread), emptied(body, unread)
    words = list(_WORD.finditer(body))
    if len(words) > WHOLE:
        # It has many more words than white space.
        unread = [(words[FIRST - 1].end(), words[FIRST - WHOLE].start())]
        cleaned, body = emptied(cleaned, unread), emptied(body, unread)
        words[FIRST : FIRST - WHOLE] = ()
    tokens: list[Token] = []
    last = 0
    for match in words:
        start, end = match.span()
        between = body[last:start]
        gap = _gap(between) if between != " " and tokens else ""
        last = end
        raw = match[0] if end - start <= LONGEST_WORD else body[start : start + LONGEST_WORD]
        for form in _forms(raw):
            tokens.append(_token((form, raw, start, end, gap, False)))
            gap = ""
    return Reading(cleaned, tuple(tokens), links, code, shouted=len(body) > _SHOUT and body.isupper())


def key(name: str) -> tuple[str, ...]:
    """The words of a name or cue as questions are read; placeholders such as {role} stay whole."""
    words: list[str] = []
    for part in re.split(r"(\{\w+\})", name):
        if part.startswith("{"):
            words.append(part)
        else:
            words.extend(token.text for token in read(part).tokens)
    return tuple(words)
