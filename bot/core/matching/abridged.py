"""Long texts: posts begin with what they are about, end with what they ask, and between them tell a story.

Of that only sentences are read that ask, or that name something.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

WHOLE = 240
"""Words, as white space parts them; a longer text is abridged."""
LEFT = 120
"""Words of an abridged text that are read at most."""
FIRST, LAST = 20, 30
"""Of these so many are its first and its last ones; the others are those between that tell most of what it asks."""

_ASKING = frozenset(
    "how what which whether if wondering curious advice advise guidance tips recommend thoughts opinions suggest suggestions explain"
    " question questions unsure know help tell hear".split()
)
"""Of sentences that name something and end without a question mark, those with one of these are likelier to ask."""

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
    """Where those stand that are read, and of each sort rather the last ones."""
    room = LEFT - FIRST - LAST
    for sentence, size in _told_most(sentences, telling):
        room -= size
        if room < 0:
            return
        yield sentence.span()


def _told_most(
    sentences: Sequence[re.Match[str]], telling: AbstractSet[str]
) -> Iterator[tuple[re.Match[str], int]]:
    """The sentences that end with a question mark, then those that name something and may ask, then others that name something."""
    plain = []
    for sentence in reversed(sentences):
        if "?" in sentence[0]:
            yield sentence, len(sentence[0].split())
        else:
            plain.append(sentence)
    naming = []
    for sentence in plain:
        words = _WORD.findall(sentence[0].casefold())
        if telling.isdisjoint(words):
            continue
        if _ASKING.isdisjoint(words):
            naming.append((sentence, len(words)))
        else:
            yield sentence, len(words)
    yield from naming


def emptied(text: str, parts: Sequence[Span]) -> str:
    """The text with blanks, and a line's end first, between these parts: what is left stays where it is."""
    pieces = []
    done = 0
    for start, end in parts:
        pieces += ["\n", " " * (start - done - 1)] if start > done else []
        pieces.append(text[start:end])
        done = end
    return "".join(pieces)
