"""The word that another is a slip for, of very many: told by their letters, few of them need a closer look."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne


class CloseWords:
    """Words to look for those close to another in, the most important first (a tie goes to the first)."""

    def __init__(self, words: Sequence[str]) -> None:
        self._about = cache(lambda size, slips: _Likely([w for w in words if abs(len(w) - size) <= slips]))

    def closest(self, word: str, slips: int) -> tuple[str, int] | None:
        """The closest of the words that so many slips can make of this one, and how many they are."""
        likely = self._about(len(word), slips).words(word, slips)
        found = extractOne(word, likely, scorer=OSA.distance, score_cutoff=slips)
        return (found[0], int(found[1])) if found is not None else None


class _Likely:
    """Words of about a length, and of each a bit for each letter that it has."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._letters: NDArray[np.uint32] = np.array([*map(_letters, words)], np.uint32)

    def words(self, word: str, slips: int) -> list[str]:
        """Those that have about the letters of a word: a slip takes one of them away and brings another one, at most."""
        others = np.bitwise_count(self._letters ^ np.uint32(_letters(word)))
        return [self._words[place] for place in np.flatnonzero(others <= 2 * slips).tolist()]


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << ord(letter) % 32
    return bits
