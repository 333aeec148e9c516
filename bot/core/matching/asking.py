"""Whether a message asks what the bot can answer, and for which sections: one head, trained on messages.

Names are replaced by what they are, so that what is learned from one role holds for all; what the tables of names and
cues see stands beside the words as further words. The head that is used is the mean of several, each trained without a part of
the examples; what each says of its part tells how sure the mean may be (Breiman, "Bagging predictors", 1996).
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import compress, count
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from bot.core.knowledge.model import Snapshot
from bot.core.matching.cues import ASKED
from bot.core.matching.faq import everyday
from bot.core.matching.head import ANSWERED, Head, Margins
from bot.core.matching.lexicon import NameKind, names_and_cues
from bot.core.matching.ngrams import grams, labels
from bot.core.matching.overheard import why_not
from bot.core.matching.quick import QuickHead
from bot.core.matching.signals import Signals
from bot.core.matching.tokens import texts
from bot.core.matching.training import (
    LEAST_STEP,
    Example,
    Progress,
    descend,
    light_head,
    vocabulary_of,
)

ASKS = "?"
"""The class of all messages that can be answered; the others are sections."""
PARTS = 4
PASSES = 3
"""Over the messages: their few classes need no more, and the mean of several heads evens out what is left."""
SEED = 20261126
PAIRED, PIECED = 2.0, 0.7
"""What pairs of words and pieces of words count beside words: what is asked, and whether anything is, lies in how words follow
each other. Both were chosen on messages of writers whose others it had not learned from."""

LEAST_WEIGHT = 0.03
"""Weights under this are dropped: they are small in the mean of several heads, and many."""
TELLING, SEEN_IN = 0.12, 3
"""What the heaviest weight has to be of an n-gram that stands in at most so few messages."""
LOST = 0.01
"""Of the questions, what the threshold for addressed ones may lose; below it, a message is at most offered."""
LET_THROUGH = (0.15, 0.012)
"""Of the talk that is not to be answered: what may pass the thresholds for addressed and for overheard messages."""
LEAST_GAP = 0.05
CUED = 0.2
"""What a cue counts beside the margin of a section."""
TAKEN, TAKEN_TO_COMPARE = -0.7, -0.5
"""The sum of both from which a section is taken to be asked for; who compares roles asks for their differences, not for a section."""
THIRD = 0.2
"""So much more than that a third section needs, unless a cue asks for it."""
_PASSED_OVER = ASKED - LEAST_GAP
"""The score of a section that would be shown if there were not others before it."""
_SCORE = itemgetter(1)


def can_learn(snapshot: Snapshot) -> bool:
    """Whether the messages of a snapshot hold questions: without any, nothing can be told from talk."""
    return snapshot.messages.asking > 0


def learned_from(snapshot: Snapshot) -> object:
    """All of a snapshot that a head depends on: its messages, and the names and cues by which they are read."""
    return (
        snapshot.messages,
        names_and_cues(snapshot),
        [entry.questions for entry in snapshot.faq.values()],
    )


def asked_examples(snapshot: Snapshot, read: Callable[[str], Signals]) -> tuple[Example, ...]:
    """What a head is trained on: the messages of the knowledge, and ordinary talk."""
    return tuple(_examples(snapshot, read))


def _examples(snapshot: Snapshot, read: Callable[[str], Signals]) -> Iterator[Example]:
    for one in snapshot.messages:
        owners = (ASKS, *one.sections) if one.sections is not None else ()
        yield _example(read(one.text), owners)
    yield from (_example(read(" ".join(line))) for line in everyday())


def _example(signals: Signals, owners: tuple[str, ...] = ()) -> Example:
    words = words_of(signals)
    return Example(words, owners, signs=signs_of(signals, words))


_PLACES = {
    NameKind.TITLE: "{role}",
    NameKind.ABBREVIATION: "{role}",
    NameKind.FIELD: "{field}",
    NameKind.WEAK_FIELD: "{weak}",
    NameKind.OUTSIDE: "{job}",
}


def words_of(signals: Signals) -> tuple[str, ...]:
    """The words of a text with names and numbers replaced by what they are."""
    spans = {
        mention.start: (mention.end, "{" + signals.item_kind(mention) + "}")
        for mention in signals.mentions_of_items
    }
    spans |= {one.start: (one.end, _PLACES[one.name.kind]) for one in signals.found}
    written = texts(signals.tokens)
    for place in [*compress(count(), map(str.isdigit, written))]:
        written[place] = "{number}"
    words: list[str] = []
    free = 0
    for start, (end, name) in sorted(spans.items()):
        if start >= free:
            words += (*written[free:start], name)
            free = end
    return (*words, *written[free:])


def signs_of(signals: Signals, words: Sequence[str]) -> tuple[str, ...]:
    """What else is seen in a text: cues, how many names of which sort, marks, length, and what speaks against it.

    `words` are those of `words_of`.
    """
    reading = signals.reading
    signs = [f"section {name}" if score >= ASKED else f"hint {name}" for name, score in signals.ranked]
    signs += [f"cue {cue}" for cue in signals.cues]
    kinds = [_PLACES[one.name.kind] for one in signals.found]
    signs += [f"{kind} {min(kinds.count(kind), 3)}" for kind in dict.fromkeys(kinds)]
    signs.append(f"items {min(3, len(signals.items))}")
    signs.append(f"chosen {min(3, len(signals.chosen.ids))}")
    signs += ["moves"] if signals.chosen.move else []
    signs.append(f"length {len(signals.tokens).bit_length()}")
    if "?" in reading.text:
        signs.append("asks at the end" if reading.text.rstrip().endswith("?") else "asks within")
    signs += [
        name
        for name, there in (("link", reading.links), ("code", reading.code), ("shouted", reading.shouted))
        if there
    ]
    if signals.tokens:
        signs += [f"first {words[0]}", f"first {words[:2]}", f"last {words[-1]}", f"last {words[-2:]}"]
        signs.append(f"unexplained {min(6, signals.unexplained)}")
        reason = why_not(reading, signals.tokens, signals.found)
        signs.append(f"not {reason}")
    return tuple(signs)


def fit_asked(examples: Sequence[Example], on_progress: Progress | None = None) -> Head:
    """A head trained on all examples, with thresholds from what was said of examples without training on them."""
    return fit_and_try(examples, on_progress)[0]


def fit_and_try(
    examples: Sequence[Example], on_progress: Progress | None = None
) -> tuple[Head, NDArray[np.float64]]:
    """The head, and of each example how sure one that was not trained on it is that it can be answered, 0 to 1."""
    found = [example.grams() for example in examples]
    classes = tuple(sorted({owner for example in examples for owner in example.owners}))
    owned = [[classes.index(owner) for owner in example.owners] for example in examples]
    vocabulary = vocabulary_of(found)
    rows = [vocabulary.weigh(one, PAIRED, PIECED).row() for one in found]
    size = len(vocabulary)
    part_of = np.random.default_rng(SEED).permutation(len(rows)) % PARTS
    weights = np.zeros((size, len(classes)), np.float32)
    bias = np.zeros(len(classes), np.float32)
    margins = np.zeros((len(rows), len(classes)))
    for part in range(PARTS):
        training = np.flatnonzero(part_of != part)

        def told(done: int, before: int = part) -> None:
            if on_progress is not None:
                on_progress(before * PASSES * len(rows) + done, PARTS * PASSES * len(rows))

        learned, base = descend(
            [rows[place] for place in training],
            [owned[place] for place in training],
            size,
            len(classes),
            told,
            rounds=PASSES,
        )
        for place in np.flatnonzero(part_of == part):
            ids, values = rows[place]
            margins[place] = values @ learned[ids] + base
        weights += learned / PARTS
        bias += base / PARTS
    # From here on what pairs and pieces count is a part of their weights.
    weights[vocabulary.features(np.concatenate([one.pairs for one in found]))] *= PAIRED
    weights[vocabulary.features(np.concatenate([one.pieces for one in found]))] *= PIECED
    asks = np.array([ASKS in example.owners for example in examples])
    tried = margins[:, classes.index(ASKS)]
    head = light_head(
        classes,
        vocabulary,
        weights,
        bias,
        _margins(tried, asks),
        least=LEAST_WEIGHT,
        telling=TELLING,
        few=SEEN_IN,
    )
    return head, np.array([head.margins.confidence(float(margin)) for margin in tried])


def _margins(margins: NDArray[np.float64], asks: NDArray[np.bool_]) -> Margins:
    talk, questions = margins[~asks], margins[asks]
    if not len(talk) or not len(questions):
        return Margins(-0.3, 0.0, 0.3)
    answered, overheard = (
        float(np.quantile(talk, 1.0 - share, method="higher")) + LEAST_STEP for share in LET_THROUGH
    )
    offered = float(np.quantile(questions, LOST, method="lower"))
    answered = max(answered, offered + LEAST_GAP)
    return Margins(offered, answered, max(overheard, answered + LEAST_GAP))


def because(signals: Signals, head: Head, name: str, at_most: int) -> tuple[tuple[str, float], ...]:
    """What speaks most for or against a class of the head, as words or signs with their exact shares of its margin.

    The pieces of a word are told as one.
    """
    words = words_of(signals)
    signs = signs_of(signals, words)
    named = labels(words, signs)
    shares: dict[str, float] = {}
    for hashed, share in head.terms(grams(words, signs), name):
        shares[named[hashed]] = shares.get(named[hashed], 0.0) + share
    return tuple(sorted(shares.items(), key=lambda pair: -abs(pair[1]))[:at_most])


def weighed(signals: Signals, quick: QuickHead) -> Signals:
    """The signals with what a head says of them: whether they can be answered, and which sections answer them."""
    words = words_of(signals)
    found = quick.scores(words, signs_of(signals, words)).tolist()
    margins = dict(zip(quick.head.classes, found, strict=True))
    asked = quick.head.margins.confidence(margins.pop(ASKS))
    cued = dict(signals.ranked)
    if not cued and not signals.unexplained and not signals.items_beside_roles:
        # Nothing but names: who says no more wants to hear about them.
        return signals._replace(asked=asked)
    compares = len(signals.chosen.ids) > 1 and not signals.chosen.move
    taken = TAKEN_TO_COMPARE if compares else TAKEN
    base = ASKED - taken
    # What is neither likely nor cued is none of those wanted, and that are most.
    scores = {
        name: score for name, margin in margins.items() if (score := base + margin) > 0.0 or name in cued
    }
    for name, cue in signals.ranked:
        if name in scores:
            scores[name] = max(ASKED if cue >= 1.0 else 0.0, scores[name] + CUED * min(1.0, cue))
    # What the cues ask for outright comes first, in their order, where the head agrees.
    outright = [name for name, cue in signals.ranked if cue >= 1.0 and scores.get(name, 0.0) > ASKED]
    first = {name: (name, scores[name]) for name in outright}
    others = sorted({**cued, **scores}.items(), key=_SCORE, reverse=True)
    ranked = [*first.values(), *[pair for pair in others if pair[1] > 0.0 and pair[0] not in first]]
    if ranked and asked >= ANSWERED and signals.unexplained and not compares:
        ranked[0] = (ranked[0][0], max(ranked[0][1], ASKED))
    # Two sections are shown readily, for what is meant is mostly one of them; a third has to be sure, and so has a
    # second beside one that is asked for outright.
    ready = 1 if ranked and cued.get(ranked[0][0], 0.0) >= 1.0 else 2
    for place, (name, score) in enumerate(ranked):
        if score <= _PASSED_OVER:
            if place < len(first):
                continue
            break
        beside = place >= ready and max(score - THIRD, cued.get(name, 0.0)) < ASKED
        ranked[place] = name, _PASSED_OVER if beside else min(1.0, score)
    return signals._replace(learned=tuple(ranked), asked=asked)
