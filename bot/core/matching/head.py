"""A trained head: tells which of its classes a text is most like, and how sure that is.

A linear classifier, one against the rest, over hashed n-grams weighted by rarity (TF-IDF). Words that no example knew stay
in the norm, so that they push all scores down. A head may weigh what the words mean, too (`meanings`), as the sum of their vectors.
A score is a sum over n-grams and over words, so what it rests on can be told exactly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.meanings import known
from bot.core.matching.ngrams import Grams, grams, single

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

ANSWERED = 0.55
OVERHEARD = 0.80
OFFERED = 0.40
"""What the three thresholds of a head are called on the scale of 0 to 1: each knowledge has its own margins for them."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The n-grams of one sort that the examples held, sorted by hash, and the rarity of each."""

    hashes: NDArray[np.uint32]
    rarity: Floats
    unseen: float
    offset: int

    def weigh(self, found: NDArray[np.uint32]) -> tuple[Ints, Floats]:
        """The known ones of a text's n-grams as features with their share of the text, whose squares sum up to 1."""
        if not len(found) or not len(self.hashes):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        distinct, times = np.unique(found, return_counts=True)
        often = 1.0 + np.log(times)
        places = np.searchsorted(self.hashes, distinct)
        places[places == len(self.hashes)] = 0
        seen = self.hashes[places] == distinct
        values = (often[seen] * self.rarity[places[seen]]).astype(np.float32)
        total = float((values**2).sum() + ((often[~seen] * self.unseen) ** 2).sum())
        return places[seen] + self.offset, values / np.float32(np.sqrt(total) or 1.0)

    def meant(self, found: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], Floats]:
        """The words of a text that have a vector, and of each its share of the text: the shares are added up.

        Words without one stay in the norm as if theirs was of common length, so that a text of which little is known
        means little.
        """
        distinct, times = np.unique(single(found), return_counts=True)
        rarity = np.full(len(distinct), self.unseen)
        if len(self.hashes):
            places = np.searchsorted(self.hashes, distinct)
            places[places == len(self.hashes)] = 0
            rarity = np.where(self.hashes[places] == distinct, self.rarity[places], rarity)
        rarity *= 1.0 + np.log(times)
        has, vectors = known(distinct)
        shares = vectors * rarity[has, None]
        total = float((shares**2).sum() + (rarity[~has] ** 2).sum())
        return distinct[has], (shares / (np.sqrt(total) or 1.0)).astype(np.float32)


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
        return floor + (1.0 - floor) * float(1.0 - np.exp(below - margin))


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A trained head, immutable. `starts`, `owners` and `weights` are the sparse weights by feature, then by class.

    `contrast` is the share of the best other class's score that a class has taken off where classes are told apart.
    `meanings` are the weights of what the words mean, by dimension, then by class; None where that counts for nothing.
    """

    classes: tuple[str, ...]
    blocks: tuple[Block, ...]
    starts: Ints
    owners: NDArray[np.int32]
    weights: NDArray[np.float16]
    bias: Floats
    margins: Margins
    contrast: float = 0.0
    meanings: NDArray[np.float16] | None = None

    @property
    def size(self) -> int:
        """What it takes in memory, in bytes."""
        arrays = (self.starts, self.owners, self.weights, self.bias)
        meanings = self.meanings.nbytes if self.meanings is not None else 0
        blocks = sum(block.hashes.nbytes + block.rarity.nbytes for block in self.blocks)
        return sum(part.nbytes for part in arrays) + blocks + meanings

    def rank(self, words: Sequence[str], at_most: int) -> tuple[tuple[str, float], ...]:
        """The classes that a text is most like with their margins, best first; nothing for a text without words."""
        if not words or not self.classes:
            return ()
        scores = self.told_apart(grams(words))
        best = np.argsort(-scores, kind="stable")[:at_most]
        return tuple((self.classes[place], float(scores[place])) for place in best)

    def terms(self, found: Grams, name: str) -> Iterator[tuple[int, int, float]]:
        """What the margin of a class is the sum of, its bias aside: block, hash and share of each n-gram that counts."""
        owner = self.classes.index(name)
        for number, (block, part) in enumerate(zip(self.blocks, found, strict=True)):
            for feature, value in zip(*block.weigh(part), strict=True):
                places = np.arange(self.starts[feature], self.starts[feature + 1])
                for place in places[self.owners[places] == owner]:
                    yield (
                        number,
                        int(block.hashes[feature - block.offset]),
                        float(self.weights[place] * value),
                    )
        if self.meanings is not None:
            words, shares = self.blocks[0].meant(found[0])
            told = shares @ self.meanings[:, owner].astype(np.float32)
            yield from ((0, int(word), float(share)) for word, share in zip(words, told, strict=True))

    def told_apart(self, found: Grams) -> NDArray[np.float64]:
        """The margin of each class against the others, in the order of `classes`."""
        scores = self.scores(found)
        if not self.contrast or len(scores) < 2:
            return scores
        second, best = np.partition(scores, -2)[-2:]
        return np.asarray(scores - self.contrast * np.where(scores == best, second, best), np.float64)

    def scores(self, found: Grams) -> NDArray[np.float64]:
        """The score of each class by itself, in the order of `classes`."""
        worded = self.bias + self._worded(found)
        if self.meanings is None:
            return worded
        _, shares = self.blocks[0].meant(found[0])
        return np.asarray(worded + shares.sum(0) @ self.meanings.astype(np.float32), np.float64)

    def _worded(self, found: Grams) -> NDArray[np.float64]:
        weighed = [block.weigh(part) for block, part in zip(self.blocks, found, strict=True)]
        features = np.concatenate([features for features, _ in weighed])
        values = np.concatenate([values for _, values in weighed])
        first, counts = self.starts[features], self.starts[features + 1] - self.starts[features]
        total = int(counts.sum())
        if not total:
            return np.zeros(len(self.classes))
        # The places of all weights of all features, in one go: each run counts up from its first place.
        ends = np.cumsum(counts)
        places = np.arange(total) + np.repeat(first - (ends - counts), counts)
        terms = self.weights[places] * np.repeat(values, counts)
        return np.asarray(
            np.bincount(self.owners[places], weights=terms, minlength=len(self.classes)), np.float64
        )
