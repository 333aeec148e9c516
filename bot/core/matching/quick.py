"""A trained head of few classes, quicker: what each word, pair of words and sign adds to the scores is remembered.

People say the same words over and over; what a text has that is new is looked up in one go.
"""

import math
from collections.abc import Callable, Collection, Hashable, Sequence
from itertools import filterfalse
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.head import Head
from bot.core.matching.ngrams import (
    REMEMBERED,
    Hashes,
    Ints,
    distinct,
    pair_hashes,
    piece_hashes,
    sign_hash,
    word_hash,
)

_Rows = NDArray[np.float32]
"""What n-grams add to each class before a text is measured by its length, and the sum of the squares of what they weigh."""

PAIRS_REMEMBERED = 2 * REMEMBERED
_LONG = 200
"""Pairs; most of what a longer text has are said for the first and last time, and are not remembered."""


class QuickHead:
    """Scores texts as its head does. It makes nothing of what words mean."""

    def __init__(self, head: Head) -> None:
        if head.meanings is not None:
            raise ValueError("a head that weighs what words mean has no quick one")
        self.head = head
        self._words: _Remembered[str] = _Remembered(self._rows_of_words, REMEMBERED)
        self._pairs = _Remembered(self._rows_alone, PAIRS_REMEMBERED)
        self._signs = _Remembered(self._rows_of_signs, REMEMBERED)

    def scores(self, words: Sequence[str], signs: Sequence[str]) -> NDArray[np.float64]:
        """What `Head.scores` gives for the n-grams of a text, but for rounding."""
        vocabulary = self.head.vocabulary
        size = len(self.head.classes) + 1
        of_words = self._words.sum(dict.fromkeys(words), 2 * size)
        alone, pieces = of_words[:size], of_words[size:]
        beside = self._beside(pair_hashes(words), size)
        signed = self._signs.sum(signs, size)
        told = (alone + vocabulary.paired * beside) / (math.sqrt(alone[-1] + beside[-1]) or 1.0)
        told += pieces * (vocabulary.pieced / (math.sqrt(pieces[-1]) or 1.0))
        told += signed / (math.sqrt(signed[-1]) or 1.0)
        scores: NDArray[np.float64] = self.head.bias + told[:-1]
        return scores

    def _beside(self, pairs: Hashes, size: int) -> NDArray[np.floating]:
        if len(pairs) <= _LONG:
            return self._pairs.sum(dict.fromkeys(pairs.tolist()), size)
        pairs = distinct(pairs)
        row: NDArray[np.floating] = self._rows(pairs, np.zeros(len(pairs), np.int64), 1)[0]
        return row

    def _rows_of_words(self, words: Sequence[str]) -> _Rows:
        pieces = self._rows(*piece_hashes(words), len(words))
        return np.concatenate([self._rows_alone([*map(word_hash, words)]), pieces], axis=1)

    def _rows_of_signs(self, signs: Sequence[str]) -> _Rows:
        return self._rows_alone([*map(sign_hash, signs)])

    def _rows_alone(self, hashes: Sequence[int]) -> _Rows:
        return self._rows(np.array(hashes, np.uint32), np.arange(len(hashes)), len(hashes))

    def _rows(self, hashes: Hashes, of: Ints, texts: int) -> _Rows:
        """The rows of so many texts; `of` is the number of the text that each hash is of."""
        features, seen, rarity = self.head.vocabulary.look_up(hashes)
        rows = np.empty((texts, len(self.head.classes) + 1), np.float32)
        rows[:, :-1] = self.head.added_each(features, rarity[seen], of[seen], texts)
        rows[:, -1] = np.bincount(of, rarity * rarity, texts)
        return rows


_Key = TypeVar("_Key", bound=Hashable)


class _Remembered(Generic[_Key]):
    """The rows of what was asked for; those that are missing are made in one go."""

    def __init__(self, rows_of: Callable[[Sequence[_Key]], _Rows], at_most: int) -> None:
        self._rows_of = rows_of
        self._at_most = at_most
        self._rows: dict[_Key, NDArray[np.float32]] = {}

    def sum(self, keys: Collection[_Key], size: int) -> NDArray[np.float64]:
        """The sum of their rows, of so many numbers each."""
        known = self._rows
        if missing := [*filterfalse(known.__contains__, keys)]:
            if len(known) + len(missing) > self._at_most:
                # Not emptied: another thread may be looking something up in it.
                known = self._rows = {key: known[key] for key in keys if key in known}
            known |= zip(missing, self._rows_of(missing), strict=True)
        rows = [*map(known.__getitem__, keys)]
        return np.add.reduce(np.array(rows), 0, np.float64) if rows else np.zeros(size)
