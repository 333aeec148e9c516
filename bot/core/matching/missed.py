"""Questions that got no good answer, so that they can be kept: without what tells who asked, and those alike together."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from bot.core.matching.cues import FILLERS
from bot.core.matching.tokens import clean, read

ALIKE = 80
"""From this likeness of their words on, 0 to 100, two questions are taken for the same."""

_ADDRESS = re.compile(r"@|://|\w\.\w+/|#\d{4}$")
_LONG_NUMBER = re.compile(r"\d(?: ?\d){5,}")
_SAYING_LITTLE = FILLERS | frozenset(
    "i you we they me us is are am be do does did can could should would will to of in on at for from with about and or"
    " if it there what which who how why where when that this".split()
)


def normalised(text: str, names: Iterable[str] = ()) -> str:
    """The words of a question in lower case, without mentions, addresses, long numbers and the `names` of people.

    "" where nothing is left. Questions that differ in capitals and punctuation only become the same text.
    """
    kept = " ".join(word for word in clean(text).split() if not _ADDRESS.search(word))
    # Reading has taken out what stands between the digits of a telephone number.
    words = _LONG_NUMBER.sub(" ", " ".join(read(kept).words)).split()
    for name in sorted((read(name).words for name in names), key=len, reverse=True):
        words = _without(words, name)
    return " ".join(words)


def grouped(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Places of normalised texts that ask nearly the same, in the order given: a group's first text is its best known.

    A text is in one group only: that of the first text that it is like.
    """
    told = [" ".join(sorted(_telling(text.split()))) for text in texts]
    alike = cdist(told, told, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8) > 0
    left = np.ones(len(told), dtype=bool)
    groups: list[tuple[int, ...]] = []
    for place in range(len(told)):
        if left[place]:
            group = np.flatnonzero(alike[place] & left)
            left[group] = False
            groups.append(tuple(group.tolist()))
    return tuple(groups)


def _telling(words: list[str]) -> list[str]:
    """The words that set a question apart; all where there are only small ones."""
    return [word for word in words if word not in _SAYING_LITTLE] or words


def _without(words: list[str], name: tuple[str, ...]) -> list[str]:
    kept: list[str] = []
    place = 0
    while place < len(words):
        end = place + len(name)
        named = tuple(words[place:end])
        if name and (named == name or named == (*name[:-1], f"{name[-1]}s")):
            place = end
        else:
            kept.append(words[place])
            place += 1
    return kept
