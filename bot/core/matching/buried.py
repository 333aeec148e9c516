"""Names that slips run into the words beside them: "becomequants", "explainodata governance", "MLj", where no name is seen."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from rapidfuzz.fuzz import partial_ratio_alignment

from bot.core.matching.tokens import Token

SHORTEST = 5
"""Letters; shorter names are part of too many words."""
_PIECE = 4
_SLIPS = ((16, 2), (10, 1), (0, 0))
"""From so many letters on, so many slips in the name itself are forgiven."""
_WINDOW = 3
"""Words after the odd one that a name may reach into, and one less before it."""
_CAPITALS = re.compile(r"[A-Z]{2,}")
_BREAKS = frozenset(".,>/")
_CLOSEST = 5


class BuriedNames:
    """Names by their pieces of letters, to be looked up in letters without spaces.

    Args:
        names: the letters of each name without spaces, and its words.
        capitals: names in capitals, as written.
        is_word: whether letters beside a name are a word of their own, to be kept.
    """

    def __init__(
        self, names: Mapping[str, tuple[str, ...]], capitals: Collection[str], is_word: Callable[[str], bool]
    ) -> None:
        self._names = {letters: parts for letters, parts in names.items() if len(letters) >= SHORTEST}
        self._slips = {letters: _slips(letters, parts) for letters, parts in self._names.items()}
        self._capitals = frozenset(capitals)
        self._is_word = is_word
        self._having: dict[str, list[str]] = {}
        for letters in self._names:
            for piece in _pieces(letters):
                self._having.setdefault(piece, []).append(letters)

    def unearthed(self, tokens: Sequence[Token], odd: Sequence[int]) -> tuple[Token, ...] | None:
        """The tokens with the name that is buried at or beside one of the odd ones; None where there is none."""
        for place in odd:
            token = tokens[place]
            if (capitals := max(_CAPITALS.findall(token.raw), key=len, default="")) in self._capitals:
                alone = token._replace(text=capitals.casefold(), raw=capitals, mended=True)
                return (*tokens[:place], alone, *tokens[place + 1 :])
            start = end = place
            while start > max(0, place - _WINDOW + 1) and tokens[start].gap not in _BREAKS:
                start -= 1
            while end < min(len(tokens), place + _WINDOW + 1) and (
                end == place or tokens[end].gap not in _BREAKS
            ):
                end += 1
            if (found := self._in(tokens[start:end], place - start)) is not None:
                return (*tokens[:start], *found, *tokens[end:])
        return None

    def _in(self, tokens: Sequence[Token], odd: int) -> tuple[Token, ...] | None:
        letters = "".join(token.text for token in tokens)
        starts = [sum(len(token.text) for token in tokens[:place]) for place in range(len(tokens) + 1)]
        shared = Counter(name for piece in _pieces(letters) for name in self._having.get(piece, ()))
        likely = sorted(
            # Each slip spoils as many pieces as it has letters.
            (name for name in shared if shared[name] >= len(_pieces(name)) - _PIECE * self._slips[name]),
            key=lambda name: (-shared[name] / len(_pieces(name)), -len(name)),
        )
        best: tuple[float, int, int, int, tuple[str, ...]] | None = None
        for name in likely[:_CLOSEST]:
            cutoff = 100.0 * (1 - self._slips[name] / len(name)) - 0.01
            there = partial_ratio_alignment(name, letters, score_cutoff=cutoff)
            if there is None or there.dest_end <= starts[odd] or there.dest_start >= starts[odd + 1]:
                continue
            first = max(place for place in range(len(tokens)) if starts[place] <= there.dest_start)
            last = min(place for place in range(len(tokens)) if starts[place + 1] >= there.dest_end)
            before, after = (
                letters[starts[first] : there.dest_start],
                letters[there.dest_end : starts[last + 1]],
            )
            # No name begins or ends within a word that is none of the odd ones: "developersalary" holds no "developers".
            if (before and self._is_word(tokens[first].text)) or (after and self._is_word(tokens[last].text)):
                continue
            words = (before,) * self._is_word(before) + self._names[name] + (after,) * self._is_word(after)
            best = max(best or (0.0, 0, 0, 0, ()), (there.score, len(name), first, last, words))
        if best is None:
            return None
        _, _, first, last, words = best
        whole = tokens[first]._replace(end=tokens[last].end, mended=True)
        named = (
            whole._replace(text=word, gap="" if place else whole.gap) for place, word in enumerate(words)
        )
        return (*tokens[:first], *named, *tokens[last + 1 :])


def _pieces(letters: str) -> set[str]:
    return {letters[start : start + _PIECE] for start in range(len(letters) - _PIECE + 1)}


def _slips(letters: str, parts: Sequence[str]) -> int:
    """The slips forgiven in a name; none where a word is so short that they make another of it, as of "ML engineer"."""
    if min(map(len, parts)) < _PIECE:
        return 0
    return next(slips for least, slips in _SLIPS if len(letters) >= least)
