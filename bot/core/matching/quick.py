"""A trained head of few classes, quicker: all that an n-gram adds to the scores of the classes lies in one row of a table.

Of words it is remembered what their pieces add, and what they mean: people say the same words over and over.
"""

from collections.abc import Sequence
from itertools import chain, compress, count
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.head import Head
from bot.core.matching.meanings import known
from bot.core.matching.ngrams import pair_hashes, piece_hashes, sign_hash, word_hash

FEW = 65
"""Classes, as many as sections and one more; the rows of more would be long, and what is remembered large."""
REMEMBERED = 4_096
"""Words of which it is kept at most what their letters and their meaning add."""

_Rows = NDArray[np.floating]
"""What is added to each class before a text is measured by its length, and what is added to the square of that length."""
_WHOLE, _SIGNS, _PIECES = range(3)
"""The parts that are measured each by itself: words and pairs of them, signs, pieces of words; then may come what words mean."""


class _Kept:
    """Rows of words, one for each of some parts, and which is whose. A word is put in after its rows."""

    def __init__(self, at_most: int, parts: int, size: int) -> None:
        self.rows = np.empty((at_most, parts, size), np.float32)
        self.places: dict[str, int] = {}
        self._used = 0

    def add(self, words: Sequence[str], rows: _Rows) -> bool:
        """Adds the rows of words, if there is room for all."""
        begin = self._used
        if begin + len(rows) > len(self.rows):
            return False
        self._used += len(rows)
        self.rows[begin : self._used] = rows
        self.places |= zip(words, count(begin), strict=False)
        return True


class QuickHead:
    """Scores texts as its head does.

    Raises:
        ValueError: the head has more than `FEW` classes.
    """

    def __init__(self, head: Head, at_most: int = REMEMBERED) -> None:
        if len(head.classes) > FEW:
            raise ValueError(f"a head of {len(head.classes)} classes has no quick one, {FEW} are the most")
        self.head = head
        self._at_most = at_most
        self._table = _table(head)
        self._meanings = head.meanings.astype(np.float32) if head.meanings is not None else None
        self._parts = _PIECES + _of_words(head)
        self._kept = self._none_kept()
        self._keeping = Lock()

    def _none_kept(self) -> _Kept:
        return _Kept(self._at_most, _of_words(self.head), len(self.head.classes) + 1)

    def scores(self, words: Sequence[str], signs: Sequence[str] = ()) -> NDArray[np.float64]:
        """What `Head.scores` gives for the n-grams of a text, but for rounding."""
        once = [*dict.fromkeys(words)]
        hashes = [*map(word_hash, once), *pair_hashes(words)]
        rows = self._rows([*hashes, *map(sign_hash, signs)])
        parts = np.empty((self._parts, rows.shape[1]))
        np.add.reduce(rows[: len(hashes)], 0, out=parts[_WHOLE])
        np.add.reduce(rows[len(hashes) :], 0, out=parts[_SIGNS])
        np.add.reduce(self._remembered(once), 0, out=parts[_PIECES:])
        # A part of which nothing is there adds nothing, by whatever it is measured.
        measured = 1.0 / np.sqrt(np.maximum(parts[:, -1], 1e-9))
        scores: NDArray[np.float64] = measured @ parts[:, :-1] + self.head.bias
        return scores

    def rank(self, words: Sequence[str], at_most: int) -> tuple[tuple[str, float], ...]:
        """What `Head.rank` gives, but for rounding."""
        return self.head.best(self.scores(words), at_most) if words else ()

    def _rows(self, hashes: Sequence[int]) -> _Rows:
        return self._table.take(self.head.vocabulary.features(np.array(hashes, np.uint32)), 0)

    def _remembered(self, words: Sequence[str]) -> _Rows:
        """What the letters and the meanings of words add: of each word, each part by itself."""
        kept = self._kept
        places = [*map(kept.places.get, words)]
        if None not in places:
            return kept.rows.take(np.array(places, np.intp), 0)
        new = [*compress(words, (place is None for place in places))]
        of_new = self._spelt(new)
        old = kept.rows.take(np.array([place for place in places if place is not None], np.intp), 0)
        with self._keeping:
            if not kept.add(new, of_new):
                # Not emptied: another thread may be looking something up in it.
                self._kept = self._none_kept()
        return np.concatenate([old, of_new])

    def _spelt(self, words: Sequence[str]) -> _Rows:
        pieces = [*map(piece_hashes, words)]
        starts = np.cumsum([0, *map(len, pieces[:-1])])
        rows = np.add.reduceat(self._rows([*chain.from_iterable(pieces)]), starts, 0, np.float32)[:, None]
        if self._meanings is None:
            return rows
        return np.concatenate([rows, self._meant(words, self._meanings)[:, None]], 1)

    def _meant(self, words: Sequence[str], meanings: _Rows) -> _Rows:
        """What words add by their meanings; those without a vector have one of common length, as in `Weighed.meaning`."""
        hashes = [*map(word_hash, words)]
        has, vectors = known(np.array(hashes, np.uint32))
        squares = self._rows(hashes)[:, -1].astype(np.float32)
        rows = np.zeros((len(words), len(self.head.classes) + 1), np.float32)
        rows[:, -1] = squares
        rows[has, -1] *= (vectors * vectors).sum(1)
        rows[has, :-1] = vectors @ meanings * np.sqrt(squares[has])[:, None]
        return rows


def size_of(head: Head, at_most: int) -> int:
    """The bytes that a quick head takes beside its head, once it remembers so many words."""
    row = len(head.classes) + 1
    return (len(head.vocabulary) + 1) * row * 2 + at_most * _of_words(head) * row * 4


def _of_words(head: Head) -> int:
    """The parts that words have by themselves."""
    return 1 if head.meanings is None else 2


def _table(head: Head) -> NDArray[np.float16]:
    """A row for each feature, and a last one for all n-grams that are none."""
    size, classes = len(head.vocabulary), len(head.classes)
    rarity = head.vocabulary.rarity.astype(np.float32)
    table = np.zeros((size + 1, classes + 1), np.float16)
    features = np.arange(size).repeat(np.diff(head.starts))
    table[features, head.owners] = head.weights * rarity[features]
    table[:size, -1] = rarity * rarity
    table[size, -1] = head.vocabulary.unseen**2
    return table
