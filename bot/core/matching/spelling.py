"""Slips of the keyboard: a word that is no English word and close to one of the lexicon's becomes that word."""

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from functools import cache, partial
from itertools import compress, count, islice
from pathlib import Path

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.core.matching.close import CloseWords
from bot.core.matching.remembered import remembered
from bot.core.matching.tokens import Token, texts

SHORTEST = 4
"""Shorter words are matched exactly: one letter makes too many of them another word."""
LONG = 8
"""From this length on, two slips are forgiven instead of one."""
WINDOW = 3
"""So many written words in a row may be one name of several words, with slips and with spaces out of place."""
_ODD = 12
"""Words of a text that are looked at this way: who makes more slips than that cannot be helped."""
REMEMBERED = 4_096
"""Words whose nearest ones are kept, so that what many write is compared once."""
_PREFIXES = frozenset({"re", "de", "un", "bi", "co"})
"""Words that begin others: "reboot" is not "RE boot"."""
_TWO_SLIPS = 10
"""Letters from which a name of several words may hold two slips."""
TWO_WORDS = 6
"""Letters from which a word may be two with the space between them left out."""
_BREAKS = frozenset(".,>/")
SHORT_WORDS = frozenset(
    "a ad add age ago aid aim air all am an and any are arm art as ask at ate aw ax bad bag ban bar bat be bed beg bet bid big bit box boy bro bug"
    " bus but buy by bye can cap car cat cow cry cup cut dad day did die dig do dog due e eat egg end era etc eye fan far fat few fit fix fly for"
    " fr fun gap gas get got gun guy ha had has hat he her hey hi him his hit hot how i ice id if ill im in is it its job joy key kid lab law lay"
    " led leg let lie lol lot low mad man map mat max may me men met min mix mom my net new nor not now nut o odd of off oh ok old on one or our"
    " out own pay pen per pet pie pin plz pot pre pro put ran raw re red rid row run sad sat saw say sea see set sex she shy sir sit six sky so"
    " son sub sum sun tax tea ten the tho thx tie tip to toe ton too top toy try two u up ur us use van via vs war was way we web wet who why win"
    " won wow yay yea yep yes yet you yup zip".split()
)


@cache
def _english() -> dict[bytes, bytes]:
    """English words of four letters and more, lower case, by their first two letters, a line each (SCOWL, see there).

    As strings of their own they would take ten times the memory.
    """
    text = Path(__file__).with_name("words.txt").read_bytes()
    found = re.finditer(rb"^([a-z]{2}).*\n(?:\1.*\n)*", text, re.MULTILINE)
    return {match[1]: b"\n" + match[0] for match in found}


def is_english(word: str) -> bool:
    """Whether it is an English word of four letters and more, lower case."""
    sought = word.encode()
    return b"\n%b\n" % sought in _english().get(sought[:2], b"")


def _plausible(word: str) -> bool:
    return word.isalpha() and word.isascii()


class Speller:
    """Mends words towards a vocabulary.

    Args:
        vocabulary: the words to mend towards, the most important first (a tie goes to the first).
        joins: run-together forms and the words they stand for, as `datascience`: ("data", "science").
        exact: words that nothing is mended towards: abbreviations, which are near too many words.
    """

    def __init__(
        self,
        vocabulary: Iterable[str],
        joins: Mapping[str, tuple[str, ...]],
        exact: AbstractSet[str] = frozenset(),
    ) -> None:
        words = dict.fromkeys(word for word in vocabulary if len(word) >= SHORTEST and _plausible(word))
        self._known: MutableMapping[str, None] = words
        self._joins = joins
        # A short word keeps its first letter, so it needs to be compared with few; a long one with all long ones.
        self._short: dict[str, list[str]] = {}
        for word in words:
            if len(word) <= LONG and word not in exact:
                self._short.setdefault(word[0], []).append(word)
        self._long = CloseWords([word for word in (*words, *joins) if len(word) >= LONG - 1])
        self._short_words = SHORT_WORDS.union(word for word in vocabulary if len(word) < SHORTEST)
        self._name = remembered(REMEMBERED)(partial(_name, CloseWords([*joins]), joins, exact))
        # "a programer" is no "AI programmer".
        self._parts = frozenset(part for parts in joins.values() for part in parts) - {"a"}
        self._remember()

    def _remember(self) -> None:
        """People write the same words over and over."""
        self._odd = remembered(REMEMBERED)(self._looks_odd)
        self._better = remembered(REMEMBERED)(self._mended)

    def knowing(self, words: Iterable[str]) -> "Speller":
        """This speller, leaving further words as they are; nothing is mended towards them."""
        more = dict.fromkeys(word for word in words if not self._is_known(word))
        if not more:
            return self
        other = copy(self)
        other._known = ChainMap(more, self._known)
        other._short_words = self._short_words.union(word for word in more if len(word) < SHORTEST)
        other._remember()
        return other

    def _is_known(self, word: str) -> bool:
        return word in (self._known if len(word) >= SHORTEST else self._short_words)

    def mend(self, tokens: Iterable[Token]) -> tuple[Token, ...]:
        """The tokens with slips corrected and run-together names taken apart; each keeps its place in the text."""
        mended: list[Token] = []
        gathered = self._gathered(tuple(tokens))
        done = 0
        for place in [*compress(count(), map(self._better, texts(gathered)))]:
            parts, slip = self._better(gathered[place].text) or ((), False)
            better = gathered[place]._replace(mended=gathered[place].mended or slip)
            mended += (*gathered[done:place], *_apart(better, parts))
            done = place + 1
        return (*mended, *gathered[done:])

    def _mended(self, word: str) -> tuple[tuple[str, ...], bool] | None:
        """What a word stands for, and whether by a slip; None for a word that stays as it is."""
        if len(word) < SHORTEST or word in self._known:
            return None
        if word in self._joins:
            return self._joins[word], False
        if self.is_odd(word) and (meant := self._nearest(word)) is not None:
            return self._joins.get(meant, (meant,)), True
        parts = self._split(word)
        return (parts, False) if len(parts) > 1 else None

    def _gathered(self, tokens: tuple[Token, ...]) -> Sequence[Token]:
        """The tokens, with names whose slips no word shows by itself put right: "dat ascience", "rompt engineer"."""
        odd = frozenset(self.odd(tokens))
        if not odd:
            return tokens

        def fits(place: int) -> bool:
            return 0 <= place < len(tokens) and (place in odd or tokens[place].text in self._parts)

        windows = (range(place + 1 - WINDOW, place + 1) for place in odd)
        near = {start for window in windows for start in window if fits(start) and fits(start + 1)}
        best_at = {place: self._gathered_at(tokens, place, odd) for place in near}
        gathered: list[Token] = []
        done = 0
        for place in sorted(near):
            best, later = best_at[place], best_at.get(place + 1)
            # What fits better without the first word has nothing to do with it: "or data sicence".
            if place < done or best is None or (later is not None and later[0] < best[0]):
                continue
            _, end, name = best
            whole = tokens[place]._replace(end=tokens[end - 1].end, mended=True)
            gathered += (*tokens[done:place], *_apart(whole, self._joins[name]))
            done = end
        return (*gathered, *tokens[done:])

    def _gathered_at(
        self, tokens: tuple[Token, ...], place: int, odd: AbstractSet[int]
    ) -> tuple[int, int, str] | None:
        """The name that some words from a place on are meant for: the slips in it, where it ends, and the name."""
        best: tuple[int, int, str] | None = None
        for end in range(place + 2, min(len(tokens), place + WINDOW) + 1):
            if tokens[end - 1].gap in _BREAKS and tokens[end - 1].gap:
                break
            named = range(place, end)
            if odd.isdisjoint(named):
                continue
            if not all(one in odd or tokens[one].text in self._parts for one in named):
                continue
            name, distance = self._name("".join(token.text for token in tokens[place:end]))
            if name and (best is None or distance < best[0]):
                best = distance, end, name
        return best

    def odd(self, tokens: Sequence[Token]) -> list[int]:
        """The places of the first odd words."""
        return [*islice(compress(count(), map(self._odd, texts(tokens))), _ODD)]

    def is_odd(self, word: str) -> bool:
        """Whether a word is neither English nor part of a name or cue."""
        return self._odd(word)

    def _looks_odd(self, word: str) -> bool:
        if len(word) < SHORTEST:
            return word.isalpha() and word not in self._short_words
        return (
            word not in self._known and word not in self._joins and not is_english(word) and _plausible(word)
        )

    def _split(self, word: str) -> tuple[str, ...]:
        """A word of a name and another one, where the space between them was left out, "sciencewith"; else the word."""
        if len(word) < TWO_WORDS or not self.is_odd(word):
            return (word,)
        cuts = (
            (word[:place], word[place:])
            for place in range(2, len(word) - 1)
            if word[:place] not in _PREFIXES
            and self.is_word(word[:place])
            and (self.is_word(rest) if len(rest := word[place:]) >= SHORTEST else rest in SHORT_WORDS)
        )
        named = (cut for cut in cuts if any(len(part) >= SHORTEST and part in self._parts for part in cut))
        return max(named, key=lambda parts: max(map(len, parts)), default=(word,))

    def is_word(self, word: str) -> bool:
        """Whether the letters are a word as they are."""
        if len(word) < SHORTEST:
            return word in self._short_words
        return word in self._known or is_english(word)

    def _nearest(self, word: str) -> str | None:
        if len(word) < LONG:
            close = extract(
                word, self._short.get(word[0], ()), scorer=OSA.distance, score_cutoff=1, limit=None
            )
            # Two letters are swapped more often than one is another: "statr" is no "stats".
            found = min(close, key=lambda one: sorted(one[0]) != sorted(word), default=None)
            return found[0] if found is not None else None
        closest = self._long.closest(word, 2)
        return closest[0] if closest is not None else None


def _name(
    names: CloseWords,
    joins: Mapping[str, tuple[str, ...]],
    exact: AbstractSet[str],
    joined: str,
) -> tuple[str, int]:
    """The name of several words that the letters are meant for, and the slips in it; "" for none."""
    size = len(joined)
    if size < LONG or not _plausible(joined):
        return "", 0
    if joined in joins:
        return joined, 0
    allowed = 1 if size < _TWO_SLIPS else 2
    found = names.closest(joined, allowed)
    if found is None or (found[1] > 1 and not exact.isdisjoint(joins[found[0]])):
        # Two slips may make any two letters of a name, as of "PM for data".
        return "", 0
    return found


def _apart(token: Token, parts: tuple[str, ...]) -> tuple[Token, ...]:
    first, *rest = parts
    return (token._replace(text=first), *(token._replace(text=part, gap="") for part in rest))
