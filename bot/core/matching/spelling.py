"""Slips of the keyboard: a word that is no English word and close to one of the lexicon's becomes that word."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from bot.core.matching.tokens import Token

SHORTEST = 4
"""Shorter words are matched exactly: one letter makes too many of them another word."""
LONG = 8
"""From this length on, two slips are forgiven instead of one."""
_REMEMBERED = 4_096


@cache
def english() -> frozenset[str]:
    """English words of four letters and more, lower case (SCOWL, see the head of the file)."""
    text = Path(__file__).with_name("words.txt").read_text(encoding="ascii")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


def _plausible(word: str) -> bool:
    return word.isalpha() and word.isascii()


class Speller:
    """Mends words towards a vocabulary.

    Args:
        vocabulary: the words to mend towards, the most important first (a tie goes to the first).
        joins: run-together forms and the words they stand for, as `datascience`: ("data", "science").
    """

    def __init__(self, vocabulary: Iterable[str], joins: Mapping[str, tuple[str, ...]]) -> None:
        words = dict.fromkeys(word for word in vocabulary if len(word) >= SHORTEST and _plausible(word))
        self._known: Collection[str] = words.keys()
        self._joins = joins
        # A short word keeps its first letter, so it needs to be compared with few; a long one with all long ones.
        self._short: dict[str, list[str]] = {}
        for word in words:
            if len(word) <= LONG:
                self._short.setdefault(word[0], []).append(word)
        self._long = [word for word in (*words, *joins) if len(word) >= LONG - 1]
        self._memory: dict[str, str | None] = {}

    def mend(self, tokens: Iterable[Token]) -> tuple[Token, ...]:
        """The tokens with slips corrected and run-together names taken apart; each keeps its place in the text."""
        mended: list[Token] = []
        for token in tokens:
            word = token.text
            if len(word) < SHORTEST or word in self._known:
                mended.append(token)
                continue
            parts = self._joins.get(word)
            if parts is not None:
                mended.extend(_apart(token, parts))
                continue
            better = self._correct(word)
            if better is None:
                mended.append(token)
            elif better in self._joins:
                mended.extend(_apart(replace(token, mended=True), self._joins[better]))
            else:
                mended.append(replace(token, text=better, mended=True))
        return tuple(mended)

    def _correct(self, word: str) -> str | None:
        if word in self._memory:
            return self._memory[word]
        better = None if not _plausible(word) or word in english() else self._nearest(word)
        if len(self._memory) >= _REMEMBERED:
            self._memory.clear()
        self._memory[word] = better
        return better

    def _nearest(self, word: str) -> str | None:
        if len(word) < LONG:
            found = extractOne(word, self._short.get(word[0], ()), scorer=OSA.distance, score_cutoff=1)
        else:
            found = extractOne(word, self._long, scorer=OSA.distance, score_cutoff=2)
        return found[0] if found else None


def _apart(token: Token, parts: tuple[str, ...]) -> tuple[Token, ...]:
    first, *rest = parts
    return (replace(token, text=first), *(replace(token, text=part, gap="") for part in rest))
