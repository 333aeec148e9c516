"""Trains a head of FAQ entries, and chooses its thresholds on examples that it was not trained on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil

import numpy as np

from bot.core.matching.head import Head, Margins
from bot.core.matching.meanings import DIMENSIONS
from bot.core.matching.ngrams import Grams, grams
from bot.core.matching.training import (
    LEAST_STEP,
    MOST_WEIGHTS,
    ROUNDS,
    Example,
    Progress,
    descend,
    light_head,
    mean_head,
    vocabulary_of,
)

HELD = 5
"""One in so many examples is held out to choose the thresholds; so is one in so many classes, which nobody knows then."""
FEW = 300
MOST_TESTED = 6_000
FEW_EACH = 5
MEANING = 0.9
"""What the meaning of a text counts beside its words, where classes have `FEW_EACH` examples; the more, the less it does.

On CLINC150 that ranks four more of 100 first with 5 examples of each, and a half with 100; counting as much there, it
makes it harder to tell what is none of the classes."""
NO_MARGINS = Margins(-0.3, 0.0, 0.3)


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
    spare: int = 0
    """So many wrong examples more: of a few, one that anybody would file elsewhere must not set the threshold."""


OFFERED_SHARES = Shares(wrong=1.0, unknown=0.25, talk=0.20, apart=0.02)
ANSWERED_SHARES = Shares(wrong=0.0075, unknown=0.15, talk=0.15, apart=0.01, spare=1)
OVERHEARD_SHARES = Shares(wrong=0.004, unknown=0.03, talk=0.03, apart=0.002)
LEAST_GAP = 0.05
"""Between two thresholds, so that the scale between them has a length."""


def fit(
    examples: Sequence[Example], on_progress: Progress | None = None, margins: Margins | None = None
) -> Head:
    """A head trained on all examples, with thresholds from some that were trained without a part of them.

    With `margins`, those of a head for most of these examples, it takes a sixth of the time.
    """
    found = [grams(example.words) for example in examples]
    owners = [next(iter(example.owners), None) for example in examples]
    if margins is not None:
        total = ROUNDS * len(examples)
        return _trained(
            found, owners, margins, lambda done: on_progress(done, total) if on_progress else None
        )
    apart = [example.apart for example in examples]
    # A fifth of few examples is too few to choose thresholds on: then each fifth is held out in turn.
    turns = HELD if sum(owner is not None for owner in owners) < FEW else 1
    total = (turns + 1) * ROUNDS * len(examples)

    def told(before: int, done: int) -> None:
        if on_progress is not None:
            on_progress(before * ROUNDS * len(examples) + done, total)

    held: dict[str, list[float]] = {}
    for turn in range(turns):
        for sort, margin in _held_out(HELD - 1 - turn, found, owners, apart, partial(told, turn)):
            held.setdefault(sort, []).append(margin)
    return _trained(found, owners, _chosen(held), partial(told, turns))


def _held_out(
    turn: int,
    found: Sequence[Grams],
    owners: Sequence[str | None],
    apart: Sequence[bool],
    told: Callable[[int], None],
) -> Iterator[tuple[str, float]]:
    """What a head says of a fifth of the examples and of the classes, trained without them: the sort, and the margin."""
    classes = sorted({owner for owner in owners if owner is not None})
    outside = set(classes[turn::HELD]) if len(classes) > HELD else set(classes[1:2])
    seen: dict[str | None, int] = {}
    training: list[int] = []
    tested: list[int] = []
    for place, owner in enumerate(owners):
        (tested if owner in outside or seen.get(owner, 0) % HELD == turn else training).append(place)
        seen[owner] = seen.get(owner, 0) + 1
    head = _trained(
        [found[place] for place in training], [owners[place] for place in training], NO_MARGINS, told
    )
    # A sample of many is enough for a threshold, and each takes its time.
    tested = tested[:: 1 + len(tested) // MOST_TESTED]
    for place in tested if head.classes else ():
        scores = head.told_apart(head.scores(found[place]))
        best, owner = int(scores.argmax()), owners[place]
        if owner is None:
            sort = "apart" if apart[place] else "talk"
        elif owner in outside:
            sort = "unknown"
        else:
            sort = "right" if head.classes[best] == owner else "wrong"
        yield sort, float(scores[best])


def _chosen(held: Mapping[str, Sequence[float]]) -> Margins:
    """The least margins that let through at most the given shares of each sort of what must not be answered."""
    wrong = sorted(held.get("wrong", ()), reverse=True)
    inside = len(wrong) + len(held.get("right", ()))
    if not inside:
        return NO_MARGINS

    def floor(share: Shares) -> float:
        allowed = ceil(share.wrong * inside) + share.spare
        floors = [wrong[allowed]] if len(wrong) > allowed else []
        floors += [
            float(np.quantile(held[sort], 1.0 - getattr(share, sort), method="higher"))
            for sort in ("unknown", "talk", "apart")
            if sort in held
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
    vocabulary = vocabulary_of(found)
    weighed = [vocabulary.weigh(one) for one in found]
    owned = [[number[owner]] if owner is not None else [] for owner in owners]
    size = len(vocabulary)
    if size * len(classes) > MOST_WEIGHTS:
        told(ROUNDS * len(found))
        return mean_head(classes, vocabulary, [one.row() for one in weighed], owned, margins)
    # What the words of a text mean is further features.
    weight = MEANING * min(1.0, (FEW_EACH * len(classes) / max(1, sum(map(len, owned)))) ** 0.25)
    dimensions = np.arange(size, size + DIMENSIONS)
    rows = [
        (
            np.concatenate([features, dimensions]),
            np.concatenate([shares, np.float32(weight) * one.meaning()[1].sum(0)]),
        )
        for one in weighed
        for features, shares in [one.row()]
    ]
    weights, bias = descend(rows, owned, size + DIMENSIONS, len(classes), told)
    head = light_head(classes, vocabulary, weights[:size], bias, margins)
    return replace(head, meanings=(weight * weights[size:]).astype(np.float16))
