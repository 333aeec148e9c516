"""The names that a snapshot knows, compiled: what to look for in a text, and what it stands for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from enum import StrEnum
from functools import partial
from itertools import chain
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.core.knowledge.model import Item, Role, Snapshot
from bot.core.matching.buried import BuriedNames
from bot.core.matching.phrases import Phrases
from bot.core.matching.remembered import remembered
from bot.core.matching.spelling import REMEMBERED, SHORT_WORDS, SHORTEST, Speller
from bot.core.matching.tokens import Token, gaps, is_plain, key, read, texts

SHORT = 2
"""An abbreviation or name of this length or less counts only as written, and only in good company."""
_JOINED_AT_LEAST = 8
_MARKS = frozenset(".,")


class NameKind(StrEnum):
    """What a name is to its owner; a title says more than a field, a field more than a technology."""

    TITLE = "title"
    ABBREVIATION = "abbreviation"
    FIELD = "field"
    WEAK_FIELD = "weak field"
    OUTSIDE = "outside"
    ITEM = "item"


class Name(NamedTuple):
    """A name of a role, an item or an outside job.

    `written` holds the only spelling that counts, where one does; `breaks` the marks that the name itself is written
    with, as the comma of "product manager, data".
    """

    kind: NameKind
    id: str
    written: str | None = None
    breaks: frozenset[str] = frozenset()


def plurals(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The phrase itself and its plural."""
    yield words
    last = words[-1]
    if len(last) > 1 and not last.endswith("s"):
        yield (
            *words[:-1],
            last[:-1] + "ies" if last.endswith("y") and last[-2] not in "aeiou" else last + "s",
        )


def _role_names(role: Role) -> Iterator[tuple[str, Name]]:
    for text in (role.name, *role.aliases):
        yield text, Name(NameKind.TITLE, role.id)
    for text in role.abbreviations:
        short = len(text) <= SHORT
        yield text, Name(NameKind.ABBREVIATION, role.id, written=text if short else None)
    for text in role.fields:
        yield text, Name(NameKind.FIELD, role.id, written=text if len(text) == 1 else None)
    for text in role.weak_fields:
        yield text, Name(NameKind.WEAK_FIELD, role.id)


def _item_names(item: Item) -> Iterator[tuple[str, Name]]:
    exact = {text.casefold() for text in item.exact}
    for text in (item.name, *item.aliases):
        if len(text) > SHORT and text.casefold() not in exact:
            yield text, Name(NameKind.ITEM, item.id)
        else:
            yield text, Name(NameKind.ITEM, item.id, written=text)
    for text in item.exact:
        yield text, Name(NameKind.ITEM, item.id, written=text)


def names_and_cues(snapshot: Snapshot) -> object:
    """All of a snapshot by which names and cues are seen in a text: where it is equal, what is compiled of it is, too."""
    return (
        [
            (role.id, role.name, role.aliases, role.abbreviations, role.fields, role.weak_fields)
            for role in snapshot.roles.values()
        ],
        [(item.id, item.name, item.aliases, item.exact, item.kind) for item in snapshot.items.values()],
        list(snapshot.sections.values()),
        snapshot.outside,
        list(snapshot.regions.items()),
    )


def _telling(named: Iterable[Sequence[str]]) -> frozenset[str]:
    """The words of roles' names, and what may be their plurals: a text without any of them hardly names a role."""
    words = set(chain.from_iterable(named)) - SHORT_WORDS
    return frozenset(words | {word + "s" for word in words})


def _one_slip_from(titles: Mapping[str, Sequence[str]], word: str) -> tuple[str, ...]:
    """Words of titles that `word` may be a slip for: same first letter, and one slip apart."""
    if len(word) < SHORTEST or not word.isalpha():
        return ()
    return tuple(other for other in titles.get(word[0], ()) if OSA.distance(word, other, score_cutoff=1) == 1)


class Lexicon:
    """All names of a snapshot: `roles` (with outside jobs) and `items` as phrases, `heads` and a speller."""

    def __init__(self, snapshot: Snapshot, cue_words: set[str]) -> None:
        self.roles: Phrases[Name] = Phrases()
        self.items: Phrases[Name] = Phrases()
        self.heads: dict[str, tuple[str, ...]] = {}
        words: dict[str, None] = {}
        joins: dict[str, tuple[str, ...]] = {}
        named: dict[str, tuple[str, ...]] = {}
        for role in snapshot.roles.values():
            self._add_head(role)
            for text, name in _role_names(role):
                named[text] = key(text)
                self._add(self.roles, text, name, words, joins)
        for item in snapshot.items.values():
            for text, name in _item_names(item):
                self._add(self.items, text, name, words, joins)
        words.update(dict.fromkeys(sorted(cue_words)))
        for title in snapshot.outside:
            if not self.roles.exact(key(title)):
                self._add(self.roles, title, Name(NameKind.OUTSIDE, title), words, {})
        self.words = frozenset(words)
        self.telling = _telling(named.values())
        self.partners = remembered(REMEMBERED)(partial(_one_slip_from, self._words_of_titles(snapshot)))
        letters = {token.text for text in named for token in read(text).tokens if token.raw.isupper()}
        letters |= {word + "s" for word in letters}
        self.speller = Speller(words, joins, letters)
        forms = {"".join(form): form for parts in named.values() for form in plurals(parts)}
        forms |= {text.casefold().replace(" ", ""): parts for text, parts in named.items()}
        self._buried = BuriedNames(forms, {text for text in named if text.isupper()}, self.speller.is_word)

    def unearthed(
        self, tokens: Sequence[Token], taken: Sequence[tuple[int, int]] = ()
    ) -> tuple[Token, ...] | None:
        """The words of a text in which no role is seen, with the name that slips have buried; None where there is none.

        `taken` are the places in the text that have another meaning.
        """
        odd = [
            place
            for place in self.speller.odd(tokens)
            if not any(start <= tokens[place].start < end for start, end in taken)
        ]
        found = self._buried.unearthed(tokens, odd)
        return self.speller.mend(found) if found is not None else None

    def knowing(self, words: Iterable[str]) -> "Lexicon":
        """This lexicon, its speller leaving further words as they are."""
        other = copy(self)
        other.speller = self.speller.knowing(words)
        return other

    def _add_head(self, role: Role) -> None:
        words = key(role.name)
        if len(words) > 1:
            for head in (words[-1], words[-1] + "s"):
                self.heads[head] = (*self.heads.get(head, ()), role.id)

    @staticmethod
    def _add(
        phrases: Phrases[Name],
        text: str,
        name: Name,
        words: dict[str, None],
        joins: dict[str, tuple[str, ...]],
    ) -> None:
        parts = key(text)
        if not parts:
            return
        if not is_plain(text) and (marks := _MARKS.intersection(gaps(read(text).tokens))):
            name = name._replace(breaks=marks)
        forms = [*plurals(parts)]
        if name.kind is NameKind.ABBREVIATION and len(forms) == 1:
            forms.append((*parts[:-1], parts[-1] + "s"))
        for form in forms:
            phrases.add(form, name)
            words.update(dict.fromkeys(form))
            if len(form) > 1:
                for size in range(2, len(form) + 1):
                    for start in range(len(form) - size + 1):
                        joined = "".join(form[start : start + size])
                        if len(joined) >= _JOINED_AT_LEAST:
                            joins.setdefault(joined, form[start : start + size])

    @staticmethod
    def _words_of_titles(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
        """Words of names of several words, by first letter, for words that are spelled right but in the wrong place."""
        words: dict[str, dict[str, None]] = {}
        for role in snapshot.roles.values():
            parts = key(role.name)
            if len(parts) > 1:
                for part in parts:
                    words.setdefault(part[0], {})[part] = None
        return {letter: tuple(found) for letter, found in words.items()}

    def role_named(self, text: str) -> tuple[Name, ...]:
        """What a text names if it is nothing but a name (of a role or an outside job)."""
        return self.roles.exact(texts(self.speller.mend(read(text).tokens)))

    def item_named(self, text: str) -> tuple[Name, ...]:
        """What a text names if it is nothing but an item's name."""
        return self.items.exact(texts(self.speller.mend(read(text).tokens)))
