"""Trains the weights of a head on examples.

One-against-the-rest support vector machines with squared hinge loss, by dual coordinate descent (Hsieh et al., "A dual
coordinate descent method for large-scale linear SVM", ICML 2008), all classes at once.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.head import Dense, Floats, Head, Ints, Margins, Sparse, Vocabulary
from bot.core.matching.ngrams import Grams, grams

ROUNDS = 8
COST = 1.0
BIAS = 1.0
LEAST_WEIGHT = 0.02
"""Weights under this are dropped: nine of ten, and one answer in a thousand with them."""
MOST_WEIGHTS = 60_000_000
"""Weights that `descend` is given at most: 240 MB and some 20 s for 15,000 examples of 300 classes."""
CONTRAST = 0.7
"""Of the best other class, what a mean has to beat: on CLINC150 twice as much can be answered then at the same error."""
COMMON = 0.5
"""What more of the classes hold tells none of them from another, and takes most of the time of an answer."""
LEAST_STEP = 1e-4
FEW = 65
"""Classes whose weights are kept in rows, as many as sections and one more; of more, most weights are nothing."""
SEED = 20261125

Progress = Callable[[int, int], None]
"""Is told how much is done, and of how much."""
Row = tuple[Ints, Floats]


@dataclass(frozen=True, slots=True)
class Example:
    """The words of a text, and the classes that it belongs to: none for ordinary talk and for what is set `apart`.

    `signs` are what else is known of the text, where the head is to learn from that, too.
    """

    words: tuple[str, ...]
    owners: tuple[str, ...] = ()
    apart: bool = False
    signs: tuple[str, ...] = ()

    def grams(self) -> Grams:
        """What the head is trained on."""
        return grams(self.words, self.signs)


def vocabulary_of(found: Sequence[Grams]) -> Vocabulary:
    """The n-grams of all examples with their rarity."""
    each = [np.unique(np.concatenate(one)) for one in found]
    hashes, texts = np.unique(np.concatenate([np.zeros(0, np.uint32), *each]), return_counts=True)
    rarity = np.log((1.0 + len(found)) / (1.0 + np.append(texts, 0))) + 1.0
    return Vocabulary(hashes, rarity.astype(np.float16))


def descend(
    rows: Sequence[Row],
    owned: Sequence[Sequence[int]],
    size: int,
    classes: int,
    told: Callable[[int], None],
    *,
    rounds: int = ROUNDS,
) -> tuple[Floats, Floats]:
    """The weights of each feature for each class, shape (size, classes), and the bias of each class.

    `owned` are the numbers of the classes that each row belongs to.
    """
    weights = np.zeros((size, classes), np.float32)
    bias = np.zeros(classes, np.float32)
    duals = np.zeros((len(rows), classes), np.float32)
    signs = np.full((len(rows), classes), -1.0, np.float32)
    for place, own in enumerate(owned):
        signs[place, own] = 1.0
    slack = np.float32(1.0 / (2.0 * COST))
    curvatures = [np.float32((values**2).sum() + BIAS**2 + slack) for _, values in rows]
    order = np.arange(len(rows))
    dice = np.random.default_rng(SEED)
    # Here nearly all time of learning goes: whole rows in place take half as long as picking the classes that move.
    for turn in range(rounds):
        dice.shuffle(order)
        for step, place in enumerate(order.tolist()):
            ids, values = rows[place]
            sign, dual = signs[place], duals[place]
            held = weights.take(ids, axis=0)
            gradient = values @ held
            gradient += BIAS * bias
            gradient *= sign
            gradient -= 1.0
            gradient += dual * slack
            gradient /= curvatures[place]
            moved = np.maximum(dual - gradient, 0.0) - dual
            if (np.abs(moved) > LEAST_STEP).any():
                dual += moved
                moved *= sign
                held += np.multiply.outer(values, moved)
                weights[ids] = held
                bias += BIAS * moved
            if step % 500 == 0:
                told(turn * len(rows) + step)
    return weights, BIAS * bias


def mean_head(
    classes: tuple[str, ...],
    vocabulary: Vocabulary,
    rows: Sequence[Row],
    owned: Sequence[Sequence[int]],
    margins: Margins,
) -> Head:
    """A head that says how like its examples together a class is: what there are too many classes for to descend.

    A weight is the square root of what the examples of a class hold of a feature, of unit length over the class (a Rocchio
    classifier, the square root against words that one example repeats); the score is the cosine on a scale from -1 to 1.
    Time and memory grow with the examples alone. On CLINC150 it ranks 90 of 100 first, where `descend` ranks 93.
    """
    owners = np.concatenate(
        [np.full(len(ids), owner) for (ids, _), own in zip(rows, owned, strict=True) for owner in own]
    )
    ids = np.concatenate([ids for (ids, _), own in zip(rows, owned, strict=True) for _ in own])
    values = np.concatenate([values for (_, values), own in zip(rows, owned, strict=True) for _ in own])
    pairs, places = np.unique(ids * len(classes) + owners, return_inverse=True)
    weights = np.sqrt(np.bincount(places, weights=values))
    features, of_class = np.divmod(pairs, len(classes))
    lengths = np.sqrt(np.bincount(of_class, weights=weights**2, minlength=len(classes)))
    weights = 2.0 * weights / lengths[of_class]
    holders = np.bincount(features)
    kept = (weights > LEAST_WEIGHT) & (holders[features] <= COMMON * len(classes))
    bias = np.full(len(classes), -1.0, np.float32)
    sparse = _sparse(len(vocabulary), len(classes), features[kept], of_class[kept], weights[kept])
    return Head(classes, vocabulary, sparse, bias, margins, CONTRAST)


def light_head(
    classes: tuple[str, ...],
    vocabulary: Vocabulary,
    weights: Floats,
    bias: Floats,
    margins: Margins,
    *,
    least: float = LEAST_WEIGHT,
    telling: float = LEAST_WEIGHT,
    few: int = 1,
) -> Head:
    """The head of all weights, those of less than `least` dropped.

    So are n-grams of at most so `few` examples of which no weight is more than `telling`: they count as unseen then, which
    they nearly are.
    """
    heavy = np.abs(weights) > least
    # Halfway to what one more example has, for the rarity is kept with few digits.
    common = vocabulary.rarity[:-1] < vocabulary.unseen - math.log(few + 1.5)
    kept = (np.abs(weights) > telling).any(axis=1) | common
    size = int(np.count_nonzero(kept))
    held: Dense | Sparse
    if len(classes) <= FEW:
        rows = np.zeros((size + 1, len(classes) + 1), np.float16)
        rows[:-1, :-1] = np.where(heavy[kept], weights[kept], 0.0)
        rows[:, -1] = vocabulary.of(kept).rarity
        held = Dense(rows)
    else:
        features, of_class = np.nonzero(heavy[kept])
        held = _sparse(size, len(classes), features, of_class, weights[kept][features, of_class])
    return Head(classes, vocabulary.of(kept), held, bias, margins)


def _sparse(size: int, classes: int, features: Ints, of_class: Ints, weights: NDArray[np.floating]) -> Sparse:
    starts = np.zeros(size + 1, np.int32)
    np.cumsum(np.bincount(features, minlength=size), out=starts[1:])
    return Sparse(starts, of_class.astype(np.min_scalar_type(classes)), weights.astype(np.float16), classes)
