"""Text to tokens: one way of reading for questions, names and cues, so that what is equal compares equal."""

import re
import unicodedata
from collections.abc import Container, Iterable
from collections.abc import Set as AbstractSet
from itertools import accumulate, chain, compress, count
from operator import itemgetter
from typing import NamedTuple

from bot.core.matching.abridged import FIRST, WHOLE, emptied, read_parts
from bot.core.matching.remembered import remembered

TEXT_LIMIT = 6_000
"""Characters of a text that are read; Discord's longest message is 4,000."""

LONGEST_WORD = 60
"""Characters; no more of a word is read, so that what is remembered of words stays small."""

_SHOUT = 6
"""A text in capitals needs more characters than this to be shouted: "MLE" is not."""

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)
# The first letters stand in front, in both cases, for the rest of the text is passed over much quicker by them.
_LINK = re.compile(r"[hHwW](?:[tT][tT][pP][sS]?://|(?<!\w[wW])[wW][wW]\.)\S+")
_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w{1,32}:|/[^:>]{1,100}:|t:)[\d:A-Za-z-]{1,40}>")
# A group: a text is cut into what stands between words and the words, in turn. "|)" is quicker than ")?".
_WORD = re.compile(r"([^\W_]+(?:(?:\+\+|#)(?![^\W_])|)(?:'[^\W_]+|)|\.[nN][eE][tT]\b)")
_HARD_BREAK = re.compile(r"[.?!;:\n\r()\[\]|\"]|\s-{1,3}\s|[\u2013\u2014]")
_ARROW = re.compile(r"[-=]+>|[\u2192\u27a1\u21d2\u279c\u00bb]|>{1,3}")
_PLACEHOLDER = re.compile(r"(\{\w+\})")
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


_TEXT, _GAP = itemgetter(Token._fields.index("text")), itemgetter(Token._fields.index("gap"))


def texts(tokens: Iterable[Token]) -> list[str]:
    """What compares of each token."""
    return [*map(_TEXT, tokens)]


def gaps(tokens: Iterable[Token]) -> list[str]:
    """What stands before each token."""
    return [*map(_GAP, tokens)]


def places(words: Iterable[str], wanted: Container[str]) -> list[int]:
    """Where wanted words stand. Whatever is done for each word of a text is done here, without a loop in Python."""
    return [*compress(count(), map(wanted.__contains__, words))]


class Reading(NamedTuple):
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
        return tuple(texts(self.tokens))


def clean(text: str) -> str:
    """The text in one Unicode form, cut to `TEXT_LIMIT`, with plain quotes."""
    if text.isascii():
        return text[:TEXT_LIMIT]
    plain = unicodedata.normalize("NFKC", text[:TEXT_LIMIT])
    for quote, mark in _QUOTES:
        plain = plain.replace(quote, mark)
    return plain[:TEXT_LIMIT]


@remembered(256)
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


@remembered(4_096)
def _forms(raw: str) -> tuple[str, ...]:
    """The comparable forms of one written word: contractions become two, an apostrophe is dropped."""
    word = raw.casefold()
    found = _CONTRACTIONS.get(word)
    if found is not None:
        return found
    return (_BRITISH.sub("iz", word.replace("'", "")) if "is" in word else word.replace("'", ""),)


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
    shouted = len(body) > _SHOUT and body.isupper()
    if len(body) <= WHOLE:
        return Reading(cleaned, tuple(_tokens_in(body, 0, len(body))), links, code, shouted)
    parts = read_parts(body, telling)
    cleaned = emptied(cleaned, parts)
    tokens = _tokens_in(body, *parts[0])
    for start, end in parts[1:]:
        tokens += _tokens_in(body, start, end, ".")
    if len(tokens) > WHOLE:
        # It has many more words than white space.
        later = tokens[FIRST - WHOLE]
        cleaned = emptied(cleaned, [(0, tokens[FIRST - 1].end), (later.start, len(body))])
        tokens[FIRST : FIRST - WHOLE + 1] = (later._replace(gap="."),)
    return Reading(cleaned, tuple(tokens), links, code, shouted)


_Cut = tuple[str, tuple[tuple[tuple[str, ...], str, int, int, str], ...]]
"""What stands before the words of a piece of text, and of each word its forms, how it is written, its start and end in the
piece, and what stands behind it."""


def _cut(piece: str) -> _Cut:
    """A piece between two blanks, with the second of these."""
    before, *rest = _WORD.split(piece + " ")
    edges = [*accumulate(map(len, rest), initial=len(before))]
    written = [word[:LONGEST_WORD] for word in rest[::2]]
    return before, tuple(
        zip(map(_forms, written), written, edges[:-1:2], edges[1::2], rest[1::2], strict=True)
    )


_cut_before = remembered(8_192)(_cut)


def _tokens_in(body: str, start: int, end: int, first: str = "") -> list[Token]:
    """The tokens of a part of a text; `first` is the gap of the first one, whatever stands before it."""
    pieces = body[start:end].split(" ")
    # What nobody writes twice is not remembered, so that what is stays small.
    cut = _cut_before if max(map(len, pieces)) <= LONGEST_WORD else _cut
    new = tuple.__new__
    tokens: list[Token] = []
    between = ""
    for piece in pieces:
        before, words = cut(piece)
        between += before
        for forms, raw, begins, ends, behind in words:
            gap = _gap(between) if tokens else first
            for text in forms:
                tokens.append(new(Token, (text, raw, start + begins, start + ends, gap, False)))
                gap = ""
            between = behind
        start += len(piece) + 1
    return tokens


def is_plain(text: str) -> bool:
    """Whether a short text is nothing but words of letters and spaces between them, as most names are."""
    return len(text) <= LONGEST_WORD and text.isascii() and text.replace(" ", "").isalpha()


def key(name: str) -> tuple[str, ...]:
    """The words of a name or cue as questions are read; placeholders such as {role} stay whole."""
    if is_plain(name):
        # There are thousands of these whenever knowledge is loaded.
        return tuple(chain.from_iterable(map(_forms, name.split())))
    words: list[str] = []
    for part in _PLACEHOLDER.split(name) if "{" in name else (name,):
        if part.startswith("{"):
            words.append(part)
        else:
            words += texts(read(part).tokens)
    return tuple(words)
