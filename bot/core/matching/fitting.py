"""Trains a head on examples, and chooses its thresholds on examples that it was not trained on.

One-against-the-rest support vector machines with squared hinge loss, by dual coordinate descent (Hsieh et al., "A dual
coordinate descent method for large-scale linear SVM", ICML 2008), all classes at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.head import Block, Floats, Head, Ints, Margins
from bot.core.matching.ngrams import Grams, grams

ROUNDS = 8
COST = 1.0
BIAS = 1.0
LEAST_WEIGHT = 0.02
"""Weights under this are dropped: nine of ten, and one answer in a thousand with them."""
LEAST_STEP = 1e-4
SEED = 20261125

HELD = 5
"""One in so many examples is held out to choose the thresholds; so is one in so many classes, which nobody knows then."""
NO_MARGINS = Margins(-0.3, 0.0, 0.3)

Progress = Callable[[int, int], None]
Row = tuple[Ints, Floats]


@dataclass(frozen=True, slots=True)
class Shares:
    """What may be let through of what is held out, each sort as a share of its kind.

    `wrong` are examples that get the class of others, `unknown` those of classes that were held out whole, `talk` is
    ordinary talk, `apart` what is known to be asked of somebody else. The classes of a knowledge are near each other,
    and somebody's class may be about what others only talk of: more of these must be let through.
    """

    wrong: float
    unknown: float
    talk: float
    apart: float


OFFERED_SHARES = Shares(wrong=1.0, unknown=0.25, talk=0.20, apart=0.02)
ANSWERED_SHARES = Shares(wrong=0.0075, unknown=0.15, talk=0.15, apart=0.01)
OVERHEARD_SHARES = Shares(wrong=0.004, unknown=0.03, talk=0.03, apart=0.002)
LEAST_GAP = 0.05
"""Between two thresholds, so that the scale between them has a length."""


@dataclass(frozen=True, slots=True)
class Example:
    """The words of a text, and the class that it belongs to; None for ordinary talk and for what is set `apart`."""

    words: tuple[str, ...]
    owner: str | None
    apart: bool = False


def fit(examples: Sequence[Example], on_progress: Progress | None = None) -> Head:
    """A head trained on all examples, with thresholds from one that was trained without some of them."""
    found = [grams(example.words) for example in examples]
    owners = [example.owner for example in examples]
    apart = [example.apart for example in examples]
    total = 2 * ROUNDS * len(examples)

    def told(done: int) -> None:
        if on_progress is not None:
            on_progress(done, total)

    margins = _margins(found, owners, apart, told)
    return _trained(found, owners, margins, lambda done: told(ROUNDS * len(examples) + done))


def _margins(
    found: Sequence[Grams], owners: Sequence[str | None], apart: Sequence[bool], told: Callable[[int], None]
) -> Margins:
    """Thresholds at which few held-out examples are answered wrongly, and few texts of no known class at all."""
    classes = sorted({owner for owner in owners if owner is not None})
    outside = set(classes[HELD - 1 :: HELD]) or (set(classes[1:2]) if len(classes) > 1 else set())
    seen: dict[str | None, int] = {}
    training: list[int] = []
    held: list[int] = []
    for place, owner in enumerate(owners):
        seen[owner] = seen.get(owner, 0) + 1
        (held if owner in outside or seen[owner] % HELD == 0 else training).append(place)
    head = _trained(
        [found[place] for place in training], [owners[place] for place in training], NO_MARGINS, told
    )
    if not held or not head.classes:
        return NO_MARGINS
    inside: list[tuple[float, bool]] = []
    strange: dict[str, list[float]] = {"unknown": [], "talk": [], "apart": []}
    for place in held:
        scores = head.scores(found[place])
        best, owner = int(scores.argmax()), owners[place]
        if owner is None or owner in outside:
            sort = "unknown" if owner is not None else "apart" if apart[place] else "talk"
            strange[sort].append(float(scores[best]))
        else:
            inside.append((float(scores[best]), head.classes[best] == owner))
    return _chosen(inside, strange)


def _chosen(inside: Sequence[tuple[float, bool]], strange: Mapping[str, Sequence[float]]) -> Margins:
    """The least margins that let through at most the given shares of each sort of what must not be answered."""
    wrong = sorted((margin for margin, right in inside if not right), reverse=True)

    def floor(share: Shares) -> float:
        allowed = int(share.wrong * len(inside))
        floors = [wrong[allowed]] if len(wrong) > allowed else []
        floors += [
            float(np.quantile(margins, 1.0 - getattr(share, sort), method="higher"))
            for sort, margins in strange.items()
            if margins
        ]
        return max(floors, default=NO_MARGINS.answered) + LEAST_STEP

    answered = floor(ANSWERED_SHARES)
    overheard = max(floor(OVERHEARD_SHARES), answered + LEAST_GAP)
    offered = min(floor(OFFERED_SHARES), answered - LEAST_GAP)
    return Margins(offered, answered, overheard)


def _trained(
    found: Sequence[Grams], owners: Sequence[str | None], margins: Margins, told: Callable[[int], None]
) -> Head:
    classes = tuple(sorted({owner for owner in owners if owner is not None}))
    number = {name: place for place, name in enumerate(classes)}
    blocks = _blocks(found)
    size = blocks[1].offset + len(blocks[1].hashes)
    rows = [_row(one, blocks) for one in found]
    targets = np.array([number[owner] if owner is not None else -1 for owner in owners])
    weights, bias = _descend(rows, targets, size, len(classes), told)
    features, of_class = np.nonzero(np.abs(weights) > LEAST_WEIGHT)
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(features, minlength=size), out=starts[1:])
    return Head(
        classes,
        blocks,
        starts,
        of_class.astype(np.int32),
        weights[features, of_class].astype(np.float16),
        bias,
        margins,
    )


def _blocks(found: Sequence[Grams]) -> tuple[Block, Block]:
    made: list[Block] = []
    offset = 0
    unseen = float(np.log(1.0 + len(found)) + 1.0)
    for sort in (0, 1):
        each = [np.unique(np.array(one[sort], dtype=np.uint32)) for one in found]
        together = np.concatenate(each) if each else np.zeros(0, np.uint32)
        hashes, texts = np.unique(together, return_counts=True)
        rarity = (np.log((1.0 + len(found)) / (1.0 + texts)) + 1.0).astype(np.float32)
        made.append(Block(hashes, rarity, unseen, offset))
        offset += len(hashes)
    return made[0], made[1]


def _row(found: Grams, blocks: tuple[Block, Block]) -> Row:
    weighed = [block.weigh(part) for block, part in zip(blocks, found, strict=True)]
    return np.concatenate([ids for ids, _ in weighed]), np.concatenate([values for _, values in weighed])


def _descend(
    rows: Sequence[Row], targets: NDArray[np.int64], size: int, classes: int, told: Callable[[int], None]
) -> tuple[Floats, Floats]:
    """The weights of each feature for each class, shape (size, classes), and the bias of each class."""
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
            if targets[place] >= 0:
                sign[targets[place]] = 1.0
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
