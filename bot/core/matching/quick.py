"""A trained head of few classes, quicker: what each word adds to the scores is remembered.

People say the same words over and over, but most pairs of words only once: those, and the words that are new, are looked up
in one go.
"""

from collections.abc import Sequence
from itertools import compress, count, repeat
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.head import Head
from bot.core.matching.meanings import known
from bot.core.matching.ngrams import Hashes, Ints, distinct, pair_hashes, piece_hashes, sign_hash, word_hash

FEW = 65
"""Classes, as many as sections and one more; the rows of more would be long, and what is remembered large."""
REMEMBERED = 4_096
"""Words whose rows are kept at most."""

_Rows = NDArray[np.float32]
"""What is added to each class before a text is measured by its length, and what is added to the square of that length."""
_WHOLE, _SIGNS, _PIECES, _MEANT = range(4)
"""The parts that are measured each by itself: words and pairs of them, signs, pieces of words, and what words mean."""


class _Kept:
    """The rows of words, by part, and which is whose. A word is put in after its row."""

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
        self._parts = 3 if head.meanings is None else 4
        self._size = len(head.classes) + 1
        self._kept = self._none_kept()
        self._keeping = Lock()

    def _none_kept(self) -> _Kept:
        return _Kept(self._at_most, self._parts, self._size)

    def scores(self, words: Sequence[str], signs: Sequence[str] = ()) -> NDArray[np.float64]:
        """What `Head.scores` gives for the n-grams of a text, but for rounding."""
        kept = self._kept
        once = dict.fromkeys(words)
        places = [*map(kept.places.get, once)]
        new = [*compress(once, (place is None for place in places))] if None in places else []
        rows = kept.rows.take(np.array([place for place in places if place is not None], np.intp), 0)
        pairs = pair_hashes(words)
        if len(once) < len(words):
            pairs = distinct(pairs)
        beside, of_new = self._looked_up(pairs, signs, new)
        parts = np.add.reduce(rows, 0, np.float64)
        parts[: len(beside)] += beside
        if new:
            parts += np.add.reduce(of_new)
            with self._keeping:
                if not kept.add(new, of_new):
                    # Not emptied: another thread may be looking something up in it.
                    self._kept = self._none_kept()
        lengths = np.sqrt(parts[:, -1])
        lengths[lengths == 0.0] = 1.0
        scores: NDArray[np.float64] = self.head.bias + (1.0 / lengths) @ parts[:, :-1]
        return scores

    def rank(self, words: Sequence[str], at_most: int) -> tuple[tuple[str, float], ...]:
        """What `Head.rank` gives, but for rounding."""
        return self.head.best(self.scores(words), at_most) if words else ()

    def _looked_up(self, pairs: Hashes, signs: Sequence[str], words: Sequence[str]) -> tuple[_Rows, _Rows]:
        """What all pairs, and all signs, of a text add to the first two parts, and the rows of words."""
        # Each hash adds to one of so many sums: that of the pairs, that of the signs, then one of each word.
        end = 2 + len(words)
        alone = np.array([*map(sign_hash, signs), *map(word_hash, words)], np.uint32)
        hashes = np.concatenate([pairs, alone])
        of = np.arange(end).repeat([len(pairs), len(signs), *repeat(1, len(words))])
        if words:
            # Then one of each word's pieces.
            pieces, of_word = piece_hashes(words)
            hashes = np.concatenate([hashes, pieces])
            of = np.concatenate([of, of_word + end])
        sums, rarity = self._sums(hashes, of, end + len(words))
        sums[0, :-1] *= self.head.vocabulary.paired
        rows = np.zeros((len(words), self._parts, self._size), np.float32)
        if words:
            rows[:, _WHOLE] = sums[2:end]
            rows[:, _PIECES] = sums[end:]
            rows[:, _PIECES, :-1] *= self.head.vocabulary.pieced
            if self.head.meanings is not None:
                first = len(pairs) + len(signs)
                of_words = slice(first, first + len(words))
                rows[:, _MEANT] = _meant(hashes[of_words], rarity[of_words], self.head.meanings)
        return sums[:2], rows

    def _sums(self, hashes: Hashes, of: Ints, sums: int) -> tuple[_Rows, _Rows]:
        """So many sums, and the rarity of each hash; `of` is the number of the sum that each adds to."""
        features, seen, rarity = self.head.vocabulary.look_up(hashes)
        rows = np.empty((sums, self._size), np.float32)
        rows[:, :-1] = self.head.added_each(features, rarity[seen], of[seen], sums)
        rows[:, -1] = np.bincount(of, rarity * rarity, sums)
        return rows, rarity


def _meant(hashes: Hashes, rarity: _Rows, meanings: NDArray[np.float16]) -> _Rows:
    """What words add by their meanings; those without a vector have one of common length, as in `Weighed.meaning`."""
    has, vectors = known(hashes)
    vectors *= rarity[has, None]
    rows = np.zeros((len(hashes), meanings.shape[1] + 1), np.float32)
    rows[has, :-1] = vectors @ meanings.astype(np.float32)
    rows[:, -1] = rarity * rarity
    rows[has, -1] = (vectors * vectors).sum(1)
    return rows
