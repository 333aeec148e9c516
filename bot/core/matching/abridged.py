"""Long texts: posts begin with what they are about, end with what they ask, and between them tell a story.

Of that only sentences are read that ask, or that name something.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

WHOLE = 240
"""Words, as white space parts them; of a longer text only so many are read as are `LEFT`."""
LEFT = 140
FIRST, LAST = 20, 30
"""Of these so many are its first and its last ones; the others are those between that tell most of what it asks."""

_SENTENCE = re.compile(r"[^.?!\n]+[.?!\n]*")
_WORD = re.compile(r"\w+")

Span = tuple[int, int]


def read_parts(text: str, telling: AbstractSet[str]) -> list[Span]:
    """The places in a text that are read; `telling` are words, in lower case, for which a sentence is."""
    if len(text.split(None, WHOLE)) <= WHOLE:
        return [(0, len(text))]
    *_, rest = text.split(None, FIRST)
    middle, *_ = rest.rsplit(None, LAST)
    start = len(text) - len(rest)
    end = start + len(middle)
    parts = [(0, start)]
    for kept in (*sorted(_kept([*_SENTENCE.finditer(text, start, end)], telling)), (end, len(text))):
        if kept[0] > parts[-1][1]:
            parts.append(kept)
        else:
            parts[-1] = (parts[-1][0], kept[1])
    return parts


def _kept(sentences: Sequence[re.Match[str]], telling: AbstractSet[str]) -> Iterator[Span]:
    """Where those stand that are read: those that ask, then others that name something, and of each rather the last ones."""
    room = LEFT - FIRST - LAST
    for asks in (True, False):
        for sentence in reversed(sentences):
            if ("?" in sentence[0]) is not asks:
                continue
            words = _WORD.findall(sentence[0].casefold())
            if asks or not telling.isdisjoint(words):
                room -= len(words)
                if room < 0:
                    return
                yield sentence.span()


def emptied(text: str, parts: Sequence[Span]) -> str:
    """The text with blanks, and a line's end first, between these parts: what is left stays where it is."""
    pieces = []
    done = 0
    for start, end in parts:
        pieces += ["\n", " " * (start - done - 1)] if start > done else []
        pieces.append(text[start:end])
        done = end
    return "".join(pieces)
