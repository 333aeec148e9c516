"""Slips put right by context: of the words that an odd one may be meant for, the one that fits between its neighbours.

A noisy channel (Mays, Damerau and Mercer, "Context based spelling correction", 1991) whose language model is the pairs of
words of example questions: whoever asks for one of them words it much like them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, pairwise

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.core.matching.remembered import remembered

_EDGE = ""
"""Stands before the first word and after the last one."""
_ODD = 12
"""Odd words of a text that are put right: who makes more slips than that cannot be helped."""
_TRUSTED = 2.0
"""So often a word is to be seen before its neighbours tell more of the next one than how common that is at all."""
_TWO_SLIPS = 5
"""Letters from which a word may hold two slips, where it is close to none that holds one."""
_CLOSE = 5
REMEMBERED = 4_096
"""Odd words whose meanings are kept: many write the same names and the same slips."""
_LONGEST = 24
"""Letters; a longer word is no slip, and to try all places in it would take too long."""

Words = tuple[str, ...]


class ContextSpeller:
    """Mends words towards those of texts, by how often they stand beside each other there.

    Args:
        texts: the words of each.
        is_odd: whether a word that stands in no text may be a slip.
    """

    def __init__(self, texts: Iterable[Sequence[str]], is_odd: Callable[[str], bool]) -> None:
        self._pairs: Counter[tuple[str, str]] = Counter()
        for words in texts:
            self._pairs.update(pairwise((_EDGE, *words, _EDGE)))
        self._times: Counter[str] = Counter()
        for (first, _), times in self._pairs.items():
            self._times[first] += times
        self._total = self._times.total()
        self._is_odd = is_odd
        known = dict.fromkeys(word for word in self._times if word)
        long = [word for word in known if len(word) >= _TWO_SLIPS]
        sized: dict[int, list[str]] = {}
        for word in known:
            if word.isascii() and word.isalpha():
                sized.setdefault(len(word), []).append(word)

        def meant(word: str) -> tuple[Words, ...]:
            sizes = range(len(word) - 1, len(word) + 2)
            alike = [*chain.from_iterable(sized.get(size, ()) for size in sizes)]
            return tuple(_meant(word, known.keys(), alike, long))

        self._meant = remembered(REMEMBERED)(meant)

    def mend(self, words: Sequence[str]) -> Words:
        """The words; an odd one becomes the word or the two that fit best there."""
        odd = [place for place, word in enumerate(words) if self._may_be_slip(word)][:_ODD]
        if not odd or not self._total:
            return tuple(words)
        mended: list[str] = []
        sure = 0
        for place in odd:
            if place < sure:
                continue
            end = next(one for one in range(place, len(words) + 1) if one not in odd)
            mended += words[sure:place]
            before, after = mended[-1] if mended else _EDGE, words[end] if end < len(words) else _EDGE
            mended += self._likeliest(before, words[place:end], after)
            sure = end
        return (*mended, *words[sure:])

    def _likeliest(self, before: str, odd: Sequence[str], after: str) -> Words:
        """What odd words in a row are meant for, most likely, between two that are sure (Viterbi, 1967)."""
        ways: dict[str, tuple[float, Words]] = {before: (1.0, ())}
        for word in odd:
            ways = self._further(ways, self._meant(word) or ((word,),))
        _, wording = self._further(ways, ((after,),))[after]
        return wording[:-1]

    def _may_be_slip(self, word: str) -> bool:
        return word not in self._times and len(word) <= _LONGEST and self._is_odd(word)

    def _further(
        self, ways: dict[str, tuple[float, Words]], meant: Sequence[Words]
    ) -> dict[str, tuple[float, Words]]:
        further: dict[str, tuple[float, Words]] = {}
        for last, (likely, wording) in ways.items():
            for one in meant:
                way = likely * self._follow(last, *one), (*wording, *one)
                further[one[-1]] = max(way, further.get(one[-1], way))
        return further

    def _follow(self, *words: str) -> float:
        """How likely the words follow each other."""
        likely = 1.0
        for first, second in pairwise(words):
            common = max(1, self._times[second]) / self._total
            likely *= (self._pairs[first, second] + _TRUSTED * common) / (self._times[first] + _TRUSTED)
        return likely


def _meant(word: str, known: AbstractSet[str], alike: Sequence[str], long: Sequence[str]) -> Iterator[Words]:
    """What an odd word may be a slip for: a known word, or two with the space between them left out or mistyped.

    Of the known ones `alike` are those that one slip may make of it, by their length, and `long` those that may hold two.
    """
    one_slip = extract(word, alike, scorer=OSA.distance, score_cutoff=1, limit=None)
    close = sorted(other for other, *_ in one_slip)
    if not close and len(word) >= _TWO_SLIPS:
        near = extract(word, long, scorer=OSA.distance, score_cutoff=2, limit=_CLOSE)
        close = [other for other, *_ in near]
    yield from ((other,) for other in close)
    for cut in range(1, len(word)):
        yield from (
            (word[:cut], rest)
            for rest in (word[cut:], word[cut + 1 :])
            if rest in known and word[:cut] in known
        )
