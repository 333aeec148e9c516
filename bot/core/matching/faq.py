"""FAQ entries by their example questions: an index of words weighted by rarity, so that cost does not grow with size."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise

from rapidfuzz import fuzz

from bot.core.knowledge.model import FaqEntry
from bot.core.matching.cues import FILLERS
from bot.core.matching.tokens import key

_COMMON = frozenset(
    "i you we it to do does is are be can in on for of what how which should would need get have with and or at if as one go me am not this that there".split()
)
_COMMON_WEIGHT = 0.25
_PAIR_WEIGHT = 0.6
_SLIP_FLOOR = 0.5
_RERANKED = 8
_UNLIKE = 0.12
_ENDINGS = (("ies", "y"), ("ing", ""), ("ers", ""), ("er", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))


@dataclass(frozen=True, slots=True)
class FaqHit:
    """An entry, how alike its nearest example is (0 to 1), and that example."""

    id: str
    score: float
    example: str


class FaqIndex:
    """Finds the FAQ entries whose examples are most like a text."""

    def __init__(self, entries: Sequence[FaqEntry]) -> None:
        self._examples: list[tuple[str, str, str]] = []
        vectors: list[Counter[str]] = []
        self._vocabulary: dict[str, set[str]] = {}
        self.words: set[str] = set()
        for entry in entries:
            for question in entry.questions:
                words = key(question)
                self.words.update(words)
                self._examples.append((entry.id, question, " ".join(words)))
                vectors.append(_features(words))
                self._vocabulary.setdefault(entry.id, set()).update(vectors[-1])
        count = Counter(feature for vector in vectors for feature in vector)
        self._idf = {feature: math.log(1 + len(vectors) / number) for feature, number in count.items()}
        self._unseen = math.log(1 + len(vectors)) if vectors else 1.0
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for place, vector in enumerate(vectors):
            norm = (
                math.sqrt(sum(self._weight(feature, times) ** 2 for feature, times in vector.items())) or 1.0
            )
            for feature, times in vector.items():
                self._postings.setdefault(feature, []).append((place, self._weight(feature, times) / norm))

    def _weight(self, feature: str, times: int) -> float:
        weight = self._idf.get(feature, self._unseen) * times
        if " " in feature:
            return weight * _PAIR_WEIGHT
        return weight * _COMMON_WEIGHT if feature in _COMMON else weight

    def find(self, words: Sequence[str], at_most: int = 3) -> tuple[FaqHit, ...]:
        """The entries most like the words, best first."""
        if not self._examples or not words:
            return ()
        vector = _features(words)
        weights = {feature: self._weight(feature, times) for feature, times in vector.items()}
        norm = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        scores: dict[int, float] = {}
        for feature, weight in weights.items():
            for place, value in self._postings.get(feature, ()):
                scores[place] = scores.get(place, 0.0) + weight * value / norm
        best = nlargest(_RERANKED, ((score, place) for place, score in scores.items() if score > _UNLIKE))
        text = " ".join(words)
        single = {feature: weight for feature, weight in weights.items() if " " not in feature}
        hits: dict[str, FaqHit] = {}
        for score, place in best:
            entry, question, example = self._examples[place]
            alike = fuzz.token_sort_ratio(text, example) / 100
            likeness = max(score, (alike - _SLIP_FLOOR) / (1 - _SLIP_FLOOR))
            total = min(1.0, (likeness + self._covered(single, entry)) / 2)
            if entry not in hits or hits[entry].score < total:
                hits[entry] = FaqHit(entry, total, question)
        return tuple(sorted(hits.values(), key=lambda hit: -hit.score)[:at_most])

    def _covered(self, weights: Mapping[str, float], entry: str) -> float:
        """The share of a text's weight that the entry's examples know: paraphrases mix the words of several."""
        known = self._vocabulary[entry]
        return sum(weight for word, weight in weights.items() if word in known) / (
            sum(weights.values()) or 1.0
        )


def _features(words: Sequence[str]) -> Counter[str]:
    kept = [_stem(word) for word in words if word not in FILLERS]
    return Counter([*kept, *(f"{one} {other}" for one, other in pairwise(kept))])


def _stem(word: str) -> str:
    """A word without its commonest endings, so that "nervous in interviews" meets "interview nerves" half way."""
    for ending, instead in _ENDINGS:
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word[: -len(ending)] + instead
    return word
