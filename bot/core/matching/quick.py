"""A trained head whose weights lie in rows, quicker for one text after another.

Of words it is remembered what their pieces add, and what they mean: people say the same words over and over.
"""

import math
from collections.abc import Sequence
from itertools import compress, count
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.head import Dense, Floats, Head
from bot.core.matching.meanings import known
from bot.core.matching.ngrams import Hashes, pair_hashes, piece_hashes, sign_hash, word_hash

REMEMBERED = 4_096
"""Words of which it is kept at most what their letters and their meaning add."""

_Rows = NDArray[np.float32]
"""What is added to each class before a text is measured by its length, and what is added to the square of that length."""


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
        TypeError: the weights of the head do not lie in rows.
    """

    def __init__(self, head: Head, at_most: int = REMEMBERED) -> None:
        if not isinstance(head.weights, Dense):
            raise TypeError(f"the weights of {len(head.classes)} classes do not lie in rows")
        self.head = head
        self._at_most = at_most
        self._weights = head.weights.rows
        self._rarity = head.vocabulary.rarity.astype(np.float32)
        self._meanings = head.meanings.astype(np.float32) if head.meanings is not None else None
        self._kept = self._none_kept()
        self._keeping = Lock()

    def _none_kept(self) -> _Kept:
        return _Kept(self._at_most, _parts(self.head), len(self.head.classes) + 1)

    def scores(self, words: Sequence[str], signs: Sequence[str] = ()) -> NDArray[np.float64]:
        """What `Head.scores` gives for the n-grams of a text, but for rounding."""
        once = [*dict.fromkeys(words)]
        hashes = [*map(word_hash, once), *pair_hashes(words)]
        rarity, weights = self._looked_up([*hashes, *map(sign_hash, signs)])
        scores = self.head.bias.astype(np.float64)
        for part in (slice(len(hashes)), slice(len(hashes), None)):
            scores += _measured(rarity[part] @ weights[part], float(rarity[part] @ rarity[part]))
        for row in np.add.reduce(self._remembered(once)):
            scores += _measured(row[:-1], float(row[-1]))
        return scores

    def rank(self, words: Sequence[str], at_most: int) -> tuple[tuple[str, float], ...]:
        """What `Head.rank` gives, but for rounding."""
        return self.head.best(self.scores(words), at_most) if words else ()

    def _looked_up(self, hashes: Sequence[int] | Hashes) -> tuple[Floats, _Rows]:
        """The rarity of each n-gram, and its weights."""
        features = self.head.vocabulary.features(np.asarray(hashes, np.uint32))
        return self._rarity.take(features), self._weights.take(features, 0).astype(np.float32)

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
        """What is remembered of words, looked up."""
        pieces = [*map(piece_hashes, words)]
        starts = np.cumsum([0, *map(len, pieces[:-1])])
        rarity, weights = self._looked_up(np.concatenate(pieces))
        rows = np.empty((len(words), _parts(self.head), len(self.head.classes) + 1), np.float32)
        rows[:, 0, :-1] = np.add.reduceat(weights * rarity[:, None], starts)
        rows[:, 0, -1] = np.add.reduceat(rarity * rarity, starts)
        if self._meanings is not None:
            hashes = [*map(word_hash, words)]
            has, vectors = known(np.array(hashes, np.uint32))
            rarity, _ = self._looked_up(hashes)
            # Those without a vector have one of common length, as in `Weighed.meaning`.
            vectors *= rarity[has, None]
            rows[:, 1, :-1] = 0.0
            rows[has, 1, :-1] = vectors @ self._meanings
            rows[:, 1, -1] = rarity * rarity
            rows[has, 1, -1] = (vectors * vectors).sum(1)
        return rows


def _measured(added: Floats, square: float) -> Floats:
    """What a part adds to the scores: it is measured by its own length."""
    return added / (math.sqrt(square) or 1.0)


def _parts(head: Head) -> int:
    """The parts that words have by themselves, beside those of a text: their pieces, and what they mean."""
    return 1 if head.meanings is None else 2


def size_of(head: Head, at_most: int) -> int:
    """The bytes that a quick head takes beside its head, once it remembers so many words."""
    return at_most * _parts(head) * (len(head.classes) + 1) * 4 + len(head.vocabulary) * 4
