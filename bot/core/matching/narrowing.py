"""Which part of the figures of pay a text asks for: a level of experience, a region of the country."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from bot.core.knowledge.model import Seniority, Snapshot
from bot.core.matching.phrases import Phrases
from bot.core.matching.tokens import Token, key, texts

_LEVELS: dict[Seniority, tuple[str, ...]] = {
    Seniority.ENTRY: ("entry level", "entry", "junior", "jr", "fresher", "freshers", "new grad", "new grads", "beginner"),
    Seniority.MID: ("mid level", "mid", "midlevel", "intermediate"),
    Seniority.SENIOR: ("senior level", "senior", "sr"),
    Seniority.EXECUTIVE: ("executive level", "executive"),
}  # fmt: skip
_CITY = "city"

Value = TypeVar("Value")


class Narrowing(NamedTuple):
    """The level and the region that a text names, and the token spans that do."""

    level: Seniority | None = None
    region: str | None = None
    spans: tuple[tuple[int, int], ...] = ()


_NOTHING = Narrowing()


class NarrowingReader:
    """The names of levels and of a snapshot's regions, compiled."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._levels: Phrases[Seniority] = Phrases()
        self._regions: Phrases[str] = Phrases()
        self._codes = {code.casefold(): name for name, code in snapshot.regions.items()}
        self.words: set[str] = set()
        for level, phrases in _LEVELS.items():
            for text in phrases:
                self._levels.add(key(text), level)
        for name in snapshot.regions:
            self._regions.add(key(name), name)
            self.words.update(key(name))

    def read(self, tokens: Sequence[Token]) -> Narrowing:
        """What the tokens narrow pay down to; what they name twice or more in different ways narrows nothing."""
        words = texts(tokens)
        if self._levels.open_none_of(words) and self._regions.open_none_of(words):
            return _NOTHING
        levels = _longest(self._levels, words)
        regions = [self._completed(words, *found) for found in _longest(self._regions, words)]
        level, level_spans = _only(levels)
        region, region_spans = _only([found for found in regions if found is not None])
        return Narrowing(level, region, (*level_spans, *region_spans))

    def _completed(
        self, words: Sequence[str], region: str, start: int, end: int
    ) -> tuple[str, int, int] | None:
        """The region meant: "Washington DC" is none of Washington's, and Kansas City is not in Kansas."""
        following = words[end] if end < len(words) else ""
        if following == _CITY:
            return None
        if following in self._codes:
            return self._codes[following], start, end + 1
        return region, start, end


def _longest(phrases: Phrases[Value], words: Sequence[str]) -> list[tuple[Value, int, int]]:
    found: list[tuple[Value, int, int]] = []
    for start, end, values in phrases.find(words):
        if found and found[-1][1] == start:
            found[-1] = values[0], start, end
        elif not found or found[-1][2] <= start:
            found.append((values[0], start, end))
    return found


def _only(found: Sequence[tuple[Value, int, int]]) -> tuple[Value | None, tuple[tuple[int, int], ...]]:
    """The one value that was found, and where; nothing where several different ones were."""
    values = {value for value, _, _ in found}
    if len(values) != 1:
        return None, ()
    return values.pop(), tuple((start, end) for _, start, end in found)
