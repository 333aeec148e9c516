"""Trains the weights of a head on examples.

One-against-the-rest support vector machines with squared hinge loss, by dual coordinate descent (Hsieh et al., "A dual
coordinate descent method for large-scale linear SVM", ICML 2008), all classes at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.core.matching.head import Block, Floats, Head, Ints, Margins
from bot.core.matching.ngrams import Grams, grams

ROUNDS = 8
COST = 1.0
BIAS = 1.0
LEAST_WEIGHT = 0.02
"""Weights under this are dropped: nine of ten, and one answer in a thousand with them."""
LEAST_STEP = 1e-4
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
    signs: tuple[str, ...] | None = None

    def grams(self) -> Grams:
        """What the head is trained on."""
        return grams(self.words, self.signs)


def blocks_of(found: Sequence[Grams]) -> tuple[Block, ...]:
    """The n-grams of all examples with their rarity."""
    made: list[Block] = []
    offset = 0
    unseen = float(np.log(1.0 + len(found)) + 1.0)
    for sort in range(len(found[0]) if found else 2):
        each = [np.unique(one[sort]) for one in found]
        together = np.concatenate(each) if each else np.zeros(0, np.uint32)
        hashes, texts = np.unique(together, return_counts=True)
        rarity = (np.log((1.0 + len(found)) / (1.0 + texts)) + 1.0).astype(np.float32)
        made.append(Block(hashes, rarity, unseen, offset))
        offset += len(hashes)
    return tuple(made)


def size_of(blocks: tuple[Block, ...]) -> int:
    """The number of features."""
    return blocks[-1].offset + len(blocks[-1].hashes)


def row_of(found: Grams, blocks: tuple[Block, ...]) -> Row:
    """An example as features and values."""
    weighed = [block.weigh(part) for block, part in zip(blocks, found, strict=True)]
    return np.concatenate([ids for ids, _ in weighed]), np.concatenate([values for _, values in weighed])


def descend(
    rows: Sequence[Row],
    owned: Sequence[Sequence[int]],
    size: int,
    classes: int,
    told: Callable[[int], None],
) -> tuple[Floats, Floats]:
    """The weights of each feature for each class, shape (size, classes), and the bias of each class.

    `owned` are the numbers of the classes that each row belongs to.
    """
    weights = np.zeros((size, classes), np.float32)
    bias = np.zeros(classes, np.float32)
    duals = np.zeros((len(rows), classes), np.float32)
    slack = np.float32(1.0 / (2.0 * COST))
    norms = [np.float32((values**2).sum() + BIAS**2) for _, values in rows]
    order = np.arange(len(rows))
    dice = np.random.default_rng(SEED)
    for turn in range(ROUNDS):
        dice.shuffle(order)
        for step, place in enumerate(order.tolist()):
            ids, values = rows[place]
            sign = np.full(classes, -1.0, np.float32)
            sign[owned[place]] = 1.0
            dual = duals[place]
            gradient = sign * (values @ weights[ids] + BIAS * bias) - 1.0 + dual * slack
            new = np.maximum(dual - gradient / (norms[place] + slack), 0.0)
            moved = np.flatnonzero(np.abs(new - dual) > LEAST_STEP)
            if len(moved):
                change = ((new - dual)[moved] * sign[moved]).astype(np.float32)
                weights[ids[:, None], moved] += values[:, None] * change
                bias[moved] += BIAS * change
                dual[moved] = new[moved]
            if step % 500 == 0:
                told(turn * len(rows) + step)
    return weights, BIAS * bias


def sparse_head(
    classes: tuple[str, ...], blocks: tuple[Block, ...], weights: Floats, bias: Floats, margins: Margins
) -> Head:
    """The head of dense weights, those near zero dropped."""
    features, of_class = np.nonzero(np.abs(weights) > LEAST_WEIGHT)
    starts = np.zeros(len(weights) + 1, np.int64)
    np.cumsum(np.bincount(features, minlength=len(weights)), out=starts[1:])
    return Head(
        classes,
        blocks,
        starts,
        of_class.astype(np.int32),
        weights[features, of_class].astype(np.float16),
        bias,
        margins,
    )
