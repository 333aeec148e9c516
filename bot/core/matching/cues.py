"""Which sections a text asks for: cue phrases over the text with names replaced by placeholders."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import filterfalse
from typing import Generic, NamedTuple, TypeVar

from bot.core.knowledge.model import Section, Snapshot
from bot.core.matching.mentions import Mention
from bot.core.matching.phrases import Phrases
from bot.core.matching.tokens import Token, gaps, key, places, texts

Value = TypeVar("Value")

FILLERS = frozenset(
    "a an the really actually exactly just even typically usually generally basically literally still also ever kind sort"
    " of some any my your his her their our very so much more most only like maybe probably please pls then now".split()
) - {"much", "like", "still", "more", "of"}
"""Small words that change nothing about what is asked."""

_ITEMS = frozenset({"{item}", "{degree}"})

BREAK = "|"
"""Stands where a sentence ends, so that no cue reaches across."""
_BREAKS = frozenset(".>")

_WEIGHTS = (0.0, 0.8, 0.9, 1.0)
_HINT = 0.3
_NAME = 1.05
_FURTHER = 0.12
ASKED = 0.75
"""From this score on, a section is asked for."""
_TOGETHER = 0.35
"""A section this far below the best one was not meant."""


class CueHit(NamedTuple):
    """A cue of `section` found at tokens `start` to `end`; `opens` says that it ends with the name of a role."""

    section: str
    start: int
    end: int
    weight: float
    opens: bool = False


class Reduced(NamedTuple):
    """A text made ready for cues: its words and placeholders, and of each the token span that it came from."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def reduce(
    tokens: Sequence[Token],
    roles: Sequence[tuple[Mention, str]],
    items: Sequence[tuple[Mention, str]],
) -> list[Reduced]:
    """The text with mentions as placeholders, fillers dropped and breaks at the ends of sentences.

    Once with the roles, and where there are items beside them, once more with these, too, in the order of the text.
    """
    reading = _reduced(tokens, roles)
    return [reading, _with_items(reading, items)] if items else [reading]


def _reduced(tokens: Sequence[Token], mentions: Iterable[tuple[Mention, str]]) -> Reduced:
    words = texts(tokens)
    ends = [*range(1, len(words) + 1)]
    left_out = {*places(words, FILLERS)}
    inside: set[int] = set()
    for mention, placeholder in mentions:
        words[mention.start], ends[mention.start] = placeholder, mention.end
        left_out.discard(mention.start)
        inside.update(range(mention.start + 1, mention.end))
    starts = [*filterfalse((left_out | inside).__contains__, range(len(words)))]
    words = [*map(words.__getitem__, starts)]
    ends = [*map(ends.__getitem__, starts)]
    # Of breaks with nothing between them the first one stands, and none at the beginning.
    breaks: dict[int, int] = {}
    for place in places(gaps(tokens), _BREAKS):
        if place not in inside:
            breaks.setdefault(bisect_left(starts, place), place)
    breaks.pop(0, None)
    for index, place in reversed(breaks.items()):
        words.insert(index, BREAK)
        starts.insert(index, place)
        ends.insert(index, place)
    return Reduced(words, starts, ends)


def _with_items(reading: Reduced, items: Iterable[tuple[Mention, str]]) -> Reduced:
    words, starts, ends = [*reading.words], [*reading.starts], [*reading.ends]
    for item, placeholder in reversed([*items]):
        first = bisect_left(starts, item.start)
        # A break stands where the word behind it does.
        first += words[first : first + 1] == [BREAK]
        place = slice(first, bisect_left(starts, item.end, first))
        words[place], starts[place], ends[place] = [placeholder], [item.start], [item.end]
    return Reduced(words, starts, ends)


def cue_key(cue: str) -> tuple[str, ...]:
    """A cue's words as `reduce` leaves them; a cue of fillers only keeps them."""
    words = key(cue)
    return tuple(word for word in words if word not in FILLERS) or words


class Cues(Generic[Value]):
    """Cues and what stands behind each. Those of items are looked for only where items are placeholders."""

    def __init__(self) -> None:
        self._plain: Phrases[Value] = Phrases()
        self._of_items: Phrases[Value] = Phrases()

    def add(self, words: Sequence[str], value: Value) -> None:
        """Let the words of a cue mean `value` too."""
        phrases = self._plain if _ITEMS.isdisjoint(words) else self._of_items
        phrases.add(words, value)

    def find(self, readings: Iterable[Reduced]) -> Iterator[tuple[int, int, tuple[Value, ...], str]]:
        """The cues in the readings of one text: the tokens at which each begins and ends, its values, and its last word."""
        for phrases, (words, starts, ends) in zip((self._plain, self._of_items), readings, strict=False):
            for start, end, values in phrases.find(words):
                yield starts[start], ends[end - 1], values, words[end - 1]


class SectionCues:
    """The cues of all sections, compiled."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._cues: Cues[tuple[str, float]] = Cues()
        self._order = {section.id: section.order for section in snapshot.sections.values()}
        self.words: set[str] = set()
        for section in snapshot.sections.values():
            self._add(section, section.names, lambda _: _NAME)
            self._add(section, section.cues, lambda words: _WEIGHTS[min(words, len(_WEIGHTS) - 1)])
            self._add(section, section.hints, lambda _: _HINT)

    def _add(self, section: Section, cues: Iterable[str], weight: Callable[[int], float]) -> None:
        for cue in cues:
            words = cue_key(cue)
            self._cues.add(words, (section.id, weight(len(words))))
            self.words.update(word for word in words if not word.startswith("{"))

    def find(self, readings: Iterable[Reduced]) -> tuple[CueHit, ...]:
        """All cues in the readings of a text."""
        hits = {
            CueHit(section, start, end, weight, last == "{role}")
            for start, end, values, last in self._cues.find(readings)
            for section, weight in values
        }
        return tuple(sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.section, -hit.weight)))

    def rank(self, hits: Sequence[CueHit]) -> tuple[tuple[str, float], ...]:
        """Sections with their scores, best first: the strongest cue counts whole, further ones a little.

        A cue that is part of another section's longer one does not count ("what is {role}" in "what is {role} responsible for"), nor does
        one that only leads to a section named right behind it ("what is {role}" in "what is a data scientist salary").
        """
        if len(hits) < 2:
            return tuple([(hit.section, hit.weight) for hit in hits])
        scores: dict[str, float] = {}
        by_section: dict[str, list[CueHit]] = {}
        at: dict[int, list[CueHit]] = {}
        over: dict[int, list[CueHit]] = {}
        for hit in hits:
            at.setdefault(hit.start, []).append(hit)
            for place in range(hit.start, hit.end) if hit.end - hit.start > 1 else ():
                over.setdefault(place, []).append(hit)
        for hit in hits:
            if any(_inside(hit, other) for other in over.get(hit.start, ())):
                continue
            if hit.opens and any(_leads_to(hit, other) for other in at.get(hit.end, ())):
                continue
            by_section.setdefault(hit.section, []).append(hit)
        for section, found in by_section.items():
            kept: list[CueHit] = []
            for hit in sorted(found, key=lambda hit: (-hit.weight, hit.start - hit.end)):
                if all(hit.end <= other.start or hit.start >= other.end for other in kept):
                    kept.append(hit)
            best, *rest = (hit.weight for hit in kept)
            scores[section] = best + _FURTHER * sum(rest)
        first = {section: min(hit.start for hit in found) for section, found in by_section.items()}
        return tuple(
            sorted(
                scores.items(), key=lambda pair: (-round(pair[1], 2), first[pair[0]], self._order[pair[0]])
            )
        )


def asked(ranked: Sequence[tuple[str, float]], at_most: int = 3) -> tuple[str, ...]:
    """The sections that were asked for, best first."""
    if not ranked:
        return ()
    top = ranked[0][1]
    least = max(ASKED, top - _TOGETHER)
    return tuple([name for name, score in ranked if score >= least][:at_most])


def _inside(hit: CueHit, other: CueHit) -> bool:
    longer = other.end - other.start > hit.end - hit.start
    return longer and other.start <= hit.start and hit.end <= other.end and other.section != hit.section


def _leads_to(hit: CueHit, other: CueHit) -> bool:
    return other.section != hit.section and other.weight > _HINT
