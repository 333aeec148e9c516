"""A trained head whose weights lie in rows, quicker for one text after another.

Of words it is remembered what their pieces add, and what they mean: people say the same words over and over.
"""

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

_LEAST = 1e-9
"""Below the square of any length: a part in which nothing is adds nothing, whatever it is measured by."""
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
        self._dense = head.weights.rows
        self._bias = head.bias.astype(np.float64)
        self._meanings = head.meanings.astype(np.float32) if head.meanings is not None else None
        self._kept = self._none_kept()
        self._keeping = Lock()

    def _none_kept(self) -> _Kept:
        return _Kept(self._at_most, _parts(self.head), len(self.head.classes) + 1)

    def scores(self, words: Sequence[str], signs: Sequence[str] = ()) -> NDArray[np.float64]:
        """What `Head.scores` gives for the n-grams of a text, but for rounding."""
        once = [*dict.fromkeys(words)]
        hashes = [*map(word_hash, once), *pair_hashes(words)]
        sought = np.array([*hashes, *map(sign_hash, signs)], np.uint32)
        # In their order they are found in less time.
        sought[: len(hashes)].sort()
        rows = self._looked_up(sought)
        # Each part is measured by its own length: words with their pairs, signs, then those of words by themselves.
        counted = np.zeros((2, len(rows)), np.float32)
        counted[0, : len(hashes)] = rows[: len(hashes), -1]
        counted[1, len(hashes) :] = rows[len(hashes) :, -1]
        added = np.concatenate([counted @ rows, np.add.reduce(self._remembered(once))])
        lengths = np.sqrt(np.maximum(added[:, -1], _LEAST))
        scores: NDArray[np.float64] = self._bias + (1.0 / lengths) @ added[:, :-1]
        return scores

    def rank(self, words: Sequence[str], at_most: int) -> tuple[tuple[str, float], ...]:
        """What `Head.rank` gives, but for rounding."""
        return self.head.best(self.scores(words), at_most) if words else ()

    def _looked_up(self, hashes: Hashes) -> Floats:
        """The weights of each n-gram, and last its rarity."""
        features = self.head.vocabulary.features(hashes)
        return self._dense.take(features, 0).astype(np.float32)

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
        spelt = self._looked_up(np.concatenate(pieces))
        rows = np.empty((len(words), _parts(self.head), len(self.head.classes) + 1), np.float32)
        rows[:, 0] = np.add.reduceat(spelt * spelt[:, -1:], starts)
        if self._meanings is not None:
            hashes = np.array([*map(word_hash, words)], np.uint32)
            has, vectors = known(hashes)
            rarity = self._looked_up(hashes)[:, -1]
            # Those without a vector have one of common length, as in `Weighed.meaning`.
            vectors *= rarity[has, None]
            rows[:, 1, :-1] = 0.0
            rows[has, 1, :-1] = vectors @ self._meanings
            rows[:, 1, -1] = rarity * rarity
            rows[has, 1, -1] = (vectors * vectors).sum(1)
        return rows


def _parts(head: Head) -> int:
    """The parts that words have by themselves, beside those of a text: their pieces, and what they mean."""
    return 1 if head.meanings is None else 2


def size_of(head: Head, at_most: int) -> int:
    """The bytes that a quick head takes beside its head, once it remembers so many words."""
    return at_most * _parts(head) * (len(head.classes) + 1) * 4
