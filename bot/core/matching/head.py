"""A trained head: tells which of its classes a text is most like, and how sure that is.

A linear classifier, one against the rest, over hashed n-grams weighted by rarity (TF-IDF). Words that no example knew stay
in the norm, so that they push all scores down. A head may weigh what the words mean, too (`meanings`), as the sum of their vectors.
A score is a sum over n-grams and over words, so what it rests on can be told exactly.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.meanings import known
from bot.core.matching.ngrams import Grams, Hashes, grams

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

ANSWERED = 0.55
OVERHEARD = 0.80
OFFERED = 0.40
"""What the three thresholds of a head are called on the scale of 0 to 1: each knowledge has its own margins for them."""


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """The n-grams of a text that a vocabulary knows, as features, and the share of the text that each has.

    A feature stands there as often as words have that piece. `words` are the hashes of the text's words, known or not, and
    `weights` how much each would count if a text were not measured by its length.
    """

    features: Ints
    shares: Floats
    words: Hashes
    weights: Floats

    def row(self) -> tuple[Ints, Floats]:
        """Each feature once, with all of its shares."""
        features, places = np.unique(self.features, return_inverse=True)
        return features, np.bincount(places, self.shares, len(features)).astype(np.float32)

    def meaning(self) -> tuple[Hashes, Floats]:
        """The words of the text that have a vector, and of each its share of the text: the shares are added up.

        Words without one stay in the norm as if theirs was of common length, so that a text of which little is known
        means little.
        """
        has, vectors = known(self.words)
        shares = vectors * self.weights[has, None]
        total = float((shares**2).sum() + (self.weights[~has] ** 2).sum())
        return self.words[has], shares / np.float32(np.sqrt(total) or 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The n-grams that the examples held, sorted, and the rarity of each; last, that of one which they did not hold."""

    hashes: Hashes
    rarity: NDArray[np.float16]

    def __len__(self) -> int:
        return len(self.hashes)

    @property
    def unseen(self) -> float:
        """The rarity of an n-gram that no example held."""
        return float(self.rarity[-1])

    def of(self, kept: NDArray[np.bool_]) -> "Vocabulary":
        """Of the n-grams those that are kept."""
        return Vocabulary(self.hashes[kept], np.append(self.rarity[:-1][kept], self.rarity[-1]))

    def features(self, hashes: Hashes) -> Ints:
        """The feature of each n-gram; as many as there are for one that is not known."""
        features = self.hashes.searchsorted(hashes)
        if len(self):
            features[self.hashes.take(features, mode="clip") != hashes] = len(self)
        return features

    def weigh(self, found: Grams, paired: float = 1.0, pieced: float = 1.0) -> Weighed:
        """A text's n-grams; the squares of the shares of words and pairs, of pieces and of signs sum up to 1 each.

        Then pairs of words, and pieces of words, are made to count as much as is said.
        """
        features = self.features(np.concatenate(found))
        seen = features < len(self)
        weights = self.rarity.take(features).astype(np.float32)
        words, pairs, pieces = np.cumsum([len(part) for part in found[:-1]]).tolist()
        shares = weights.copy()
        for part, counts in (
            (shares[:pairs], 1.0),
            (shares[pairs:pieces], pieced),
            (shares[pieces:], 1.0),
        ):
            np.multiply(part, counts / (math.sqrt(part.dot(part)) or 1.0), out=part)
        shares[words:pairs] *= np.float32(paired)
        return Weighed(features[seen], shares[seen], found.words, weights[:words])


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of a head from which a text is offered, answered, and answered when overheard."""

    offered: float
    answered: float
    overheard: float

    def confidence(self, margin: float) -> float:
        """The margin on a scale from 0 to 1, on which the thresholds are `OFFERED`, `ANSWERED` and `OVERHEARD`."""
        steps = ((self.offered, OFFERED), (self.answered, ANSWERED), (self.overheard, OVERHEARD))
        below, floor = self.offered - 1.0, 0.0
        for above, ceiling in steps:
            if margin < above:
                return max(0.0, floor + (margin - below) / ((above - below) or 1.0) * (ceiling - floor))
            below, floor = above, ceiling
        return floor + (1.0 - floor) * (1.0 - math.exp(below - margin))


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """The weights of few classes: a row for each feature, and a last one, of nothing, for what is no feature.

    Behind its weights stands in each row the rarity of the n-gram.
    """

    rows: NDArray[np.float16]

    @property
    def size(self) -> int:
        """What they take in memory, in bytes."""
        return self.rows.nbytes

    def added(self, features: Ints, shares: Floats) -> Floats:
        """What features with these shares add to the score of each class."""
        added: Floats = shares @ self.rows.take(features, 0)[:, :-1].astype(np.float32)
        return added

    def of(self, features: Ints, owner: int) -> Floats:
        """The weight of each feature for a class."""
        return np.asarray(self.rows[features, owner], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Sparse:
    """The weights of many classes, by feature, then by class: most are nothing, and not there."""

    starts: NDArray[np.int32]
    owners: NDArray[np.unsignedinteger]
    values: NDArray[np.float16]
    classes: int

    @property
    def size(self) -> int:
        """What they take in memory, in bytes."""
        return self.starts.nbytes + self.owners.nbytes + self.values.nbytes

    def added(self, features: Ints, shares: Floats) -> Floats:
        """What features with these shares add to the score of each class."""
        places, counts = self._places(features)
        terms = self.values.take(places) * shares.repeat(counts)
        return np.bincount(self.owners.take(places), terms, self.classes).astype(np.float32)

    def of(self, features: Ints, owner: int) -> Floats:
        """The weight of each feature for a class."""
        places, counts = self._places(features)
        own = self.owners.take(places) == owner
        weights = np.zeros(len(features), np.float32)
        weights[np.arange(len(features)).repeat(counts)[own]] = self.values.take(places[own])
        return weights

    def _places(self, features: Ints) -> tuple[Ints, Ints]:
        """The places of all weights of all features, in one go, and how many each has: each run counts up from its first."""
        first = self.starts.take(features)
        counts = self.starts.take(features + 1) - first
        ends = counts.cumsum()
        places = np.arange(ends[-1] if len(ends) else 0) + (first - ends + counts).repeat(counts)
        return places, counts


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A trained head, immutable.

    `contrast` is the share of the best other class's score that a class has taken off where classes are told apart.
    `meanings` are the weights of what the words mean, by dimension, then by class; None where that counts for nothing.
    """

    classes: tuple[str, ...]
    vocabulary: Vocabulary
    weights: Dense | Sparse
    bias: Floats
    margins: Margins
    contrast: float = 0.0
    meanings: NDArray[np.float16] | None = None

    @property
    def size(self) -> int:
        """What it takes in memory, in bytes."""
        arrays = (self.vocabulary.hashes, self.vocabulary.rarity, self.bias, self.meanings)
        return self.weights.size + sum(part.nbytes for part in arrays if part is not None)

    def rank(self, words: Sequence[str], at_most: int) -> tuple[tuple[str, float], ...]:
        """The classes that a text is most like with their margins, best first; nothing for a text without words."""
        if not words or not self.classes:
            return ()
        return self.best(self.scores(grams(words)), at_most)

    def best(self, scores: NDArray[np.float64], at_most: int) -> tuple[tuple[str, float], ...]:
        """The classes with the best margins against the others, best first, of the scores of all."""
        margins = self.told_apart(scores)
        best = np.argsort(-margins, kind="stable")[:at_most]
        return tuple((self.classes[place], float(margins[place])) for place in best)

    def terms(self, found: Grams, name: str) -> Iterator[tuple[int, float]]:
        """What the margin of a class is the sum of, its bias aside: each n-gram that counts, and its share."""
        owner = self.classes.index(name)
        weighed = self.vocabulary.weigh(found)
        adds = self.weights.of(weighed.features, owner) * weighed.shares
        for feature, share in zip(weighed.features.tolist(), adds.tolist(), strict=True):
            if share:
                yield int(self.vocabulary.hashes[feature]), share
        if self.meanings is not None:
            words, shares = weighed.meaning()
            told = shares @ self.meanings[:, owner].astype(np.float32)
            yield from ((int(word), float(share)) for word, share in zip(words, told, strict=True))

    def told_apart(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """The margin of each class against the others, of the scores of all, in the order of `classes`."""
        if not self.contrast or len(scores) < 2:
            return scores
        second, best = np.partition(scores, -2)[-2:]
        return np.asarray(scores - self.contrast * np.where(scores == best, second, best), np.float64)

    def scores(self, found: Grams) -> NDArray[np.float64]:
        """The score of each class by itself, in the order of `classes`."""
        weighed = self.vocabulary.weigh(found)
        scores = self.bias.astype(np.float64)
        scores += self.weights.added(weighed.features, weighed.shares)
        if self.meanings is not None:
            _, shares = weighed.meaning()
            scores += shares.sum(0) @ self.meanings.astype(np.float32)
        return scores
