"""Everything that is seen in a text before anything is decided: names, cues, likeness to FAQ examples."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from functools import cached_property
from itertools import chain, pairwise, starmap
from operator import attrgetter
from typing import NamedTuple

from bot.core.knowledge.model import ItemKind, Snapshot
from bot.core.matching.cues import ASKED, FILLERS, CueHit, SectionCues, reduce
from bot.core.matching.faq import FaqHit, FaqIndex
from bot.core.matching.head import Head
from bot.core.matching.intents import THANKING, Cue, IntentCues
from bot.core.matching.lexicon import Lexicon, NameKind
from bot.core.matching.mentions import Mention, find_items, find_roles
from bot.core.matching.narrowing import Narrowing, NarrowingReader
from bot.core.matching.pointing import asks_about_several
from bot.core.matching.question import Candidate, Evidence, How, Subject
from bot.core.matching.roles import ChosenRoles, choose_roles
from bot.core.matching.sentences import asking_tokens
from bot.core.matching.stories import asked_about
from bot.core.matching.tokens import Reading, Token, gaps, places, read, texts

CANDIDATES = 8
_CLAUSE_ENDS = frozenset(".,")
_SETS = (Cue.SETS, Cue.COMMON)
_SPAN = attrgetter("start", "end")
_TOLD = 0.5
"""What a cue in a sentence that tells rather than asks is worth."""

_FUNCTION_WORDS = (
    frozenset(
        "i you he she it we they me him us them is are was were be been being am do does did done have has had can could will would"
        " shall should may might must not no yes and or but if of to in on at for from by with about as into what which who how why"
        " where when that this these those there here so than too also want wants like know get go going need one someone people"
        " person anyone anybody everyone hi hello hey guys folks all thanks please just difference between vs tell think good really".split()
    )
    | FILLERS
)


class _Found:
    """FAQ entries that are looked for when somebody asks for them; dear, and needed for few texts."""

    def __init__(self, find: Callable[[], tuple[FaqHit, ...]]) -> None:
        self._find = find

    @cached_property
    def found(self) -> tuple[FaqHit, ...]:
        return self._find()


class Signals(NamedTuple):
    """What was seen in a text. `found` are all names of jobs in it, `chosen` those that it asks about."""

    reading: Reading
    tokens: tuple[Token, ...]
    found: tuple[Mention, ...]
    mentions_of_items: tuple[Mention, ...]
    hits: tuple[CueHit, ...]
    ranked: tuple[tuple[str, float], ...]
    cues: dict[Cue, list[tuple[int, int]]]
    chosen: ChosenRoles
    faq_hits: _Found
    narrowing: Narrowing
    kinds: Mapping[str, ItemKind]
    odd: frozenset[int]
    """The places of words with a meaning of their own that are neither part of a name nor of a cue."""
    asked: float | None = None
    """How sure it is that the text can be answered, 0 to 1, where a head was trained to tell."""
    learned: tuple[tuple[str, float], ...] | None = None
    """The sections that answer the text by cues and a head together, where one was trained to tell."""

    @property
    def faq(self) -> tuple[FaqHit, ...]:
        """The FAQ entries that the text is most like, best first."""
        return self.faq_hits.found

    @property
    def items(self) -> tuple[str, ...]:
        """The ids of the items named, each once, in the order of the text."""
        return tuple(dict.fromkeys([mention.name.id for mention in self.mentions_of_items]))

    @property
    def items_beside_roles(self) -> tuple[str, ...]:
        """The items named by words of their own: "stats salary" asks about statisticians, not about statistics."""
        if not self.mentions_of_items:
            return ()
        taken = {place for one in self.chosen.mentions for place in range(one.start, one.end)}
        return tuple(
            dict.fromkeys(
                item.name.id
                for item in self.mentions_of_items
                if taken.isdisjoint(range(item.start, item.end))
            )
        )

    @property
    def wanted(self) -> tuple[tuple[str, float], ...]:
        """The sections that answer the text with their scores, best first."""
        return self.ranked if self.learned is None else self.learned

    @property
    def top(self) -> float:
        """The score of the best section, 0 to 1."""
        return min(1.0, self.wanted[0][1]) if self.wanted else 0.0

    def has(self, *cues: Cue) -> bool:
        """Whether any of the cues stands in the text."""
        return any(cue in self.cues for cue in cues)

    def only_items_named(self) -> bool:
        """Whether the text asks for roles by items, and what it names are fields that are items, too (deep learning)."""
        places = {place for item in self.mentions_of_items for place in range(item.start, item.end)}
        return self.has(Cue.FIND) and all(
            one.is_field and one.start in places for one in self.chosen.mentions
        )

    @property
    def unexplained(self) -> int:
        """How many words with a meaning of their own are neither part of a name nor of a cue."""
        return len(self.odd)

    def asks_plainly(self) -> bool:
        """Whether a clause of the text asks for a section of a role, or to compare some, and says nothing else."""
        asks = {start for start, _ in self.cues.get(Cue.ASKING, ())}
        starts = (0, *places(gaps(self.tokens), _CLAUSE_ENDS), len(self.tokens))
        return any(
            not asks.isdisjoint(clause) and self.odd.isdisjoint(clause) and self._says_what(clause)
            for clause in starmap(range, pairwise(starts))
        )

    def _says_what(self, clause: range) -> bool:
        named = sum(one.start in clause for one in self.chosen.mentions)
        cued = any(hit.start in clause and hit.weight >= ASKED for hit in self.hits)
        compares = named > 1 and any(start in clause for start, _ in self.cues.get(Cue.COMPARE, ()))
        return bool(named and (cued or compares))

    def thanks(self) -> bool:
        """Whether the text says thanks and nothing else."""
        return (
            self.has(Cue.THANKS) and not self.found and all(token.text in THANKING for token in self.tokens)
        )

    def item_kind(self, mention: Mention) -> str:
        """What sort of item a mention names, as skill."""
        return str(self.kinds[mention.name.id])

    def words(self, start: int, end: int) -> str:
        """The text from token `start` to `end`, as it was written."""
        return self.reading.text[self.tokens[start].start : self.tokens[end - 1].end]

    def candidates(self) -> tuple[Candidate, ...]:
        """The best few things that the text may be about."""
        best: dict[tuple[str, str], Candidate] = {}
        for one in self._all_candidates():
            if (one.kind, one.id) not in best or best[one.kind, one.id].score < one.score:
                best[one.kind, one.id] = one
        return tuple(sorted(best.values(), key=lambda one: -one.score)[:CANDIDATES])

    def evidence(self, subject: Subject | None) -> tuple[Evidence, ...]:
        """What in the text says what."""
        found = [
            self._named(mention) for mention in (*self.found, *self.mentions_of_items) if not mention.outside
        ]
        found += [
            Evidence(
                "section",
                hit.section,
                self.words(hit.start, hit.end),
                *self._place(hit.start, hit.end),
                "cue",
                hit.weight,
            )
            for hit in self.hits
        ]
        if subject is not None and subject.faq is not None:
            best = self.faq[0]
            found.append(Evidence("faq", best.id, best.example, 0, 0, "example", round(best.score, 4)))
        return tuple(found)

    def assumed(self, subject: Subject | None) -> tuple[tuple[str, str], ...]:
        """Fields and technologies that were taken for a role of the subject, as the text words them."""
        taken = {
            mention.name.id: self.words(mention.start, mention.end)
            for mention in self.chosen.mentions
            if subject is not None and mention.is_field and mention.name.id in subject.roles
        }
        return tuple((word, role) for role, word in taken.items())

    def _place(self, start: int, end: int) -> tuple[int, int]:
        return self.tokens[start].start, self.tokens[end - 1].end

    def _named(self, mention: Mention) -> Evidence:
        kind = mention.name.kind
        how: How = (
            "field" if mention.is_field else "abbreviation" if kind is NameKind.ABBREVIATION else "name"
        )
        return Evidence(
            "item" if kind is NameKind.ITEM else "role", mention.name.id, self.words(mention.start, mention.end),
            *self._place(mention.start, mention.end), "typo" if mention.slip else how, round(mention.score, 4),
        )  # fmt: skip

    def _all_candidates(self) -> Iterator[Candidate]:
        yield from (Candidate("role", m.name.id, round(m.score, 4)) for m in self.found if not m.outside)
        yield from (Candidate("section", name, round(min(1.0, score), 4)) for name, score in self.wanted[:4])
        yield from (Candidate("item", m.name.id, round(m.score, 4)) for m in self.mentions_of_items)
        yield from (Candidate("faq", hit.id, round(hit.score, 4)) for hit in self.faq)


class SignalReader:
    """Reads texts against one snapshot: its names, its cues and its FAQ examples, compiled."""

    def __init__(self, snapshot: Snapshot, faq_head: Head | None = None) -> None:
        self._kinds = {item.id: item.kind for item in snapshot.items.values()}
        self._sections = SectionCues(snapshot)
        self._intents = IntentCues()
        self._faq = FaqIndex(snapshot, faq_head)
        self._narrowing = NarrowingReader(snapshot)
        words = self._sections.words | self._intents.words | self._faq.words | self._narrowing.words
        self.lexicon = Lexicon(snapshot, words)
        self._faq_speller = self._faq.speller(self.lexicon.speller.is_odd)

    def over(self, snapshot: Snapshot, faq_head: Head | None) -> "SignalReader":
        """A reader for a snapshot with equal names and cues, which shares what is compiled of them."""
        other = copy(self)
        if self._faq.serves(snapshot, faq_head):
            return other
        other._faq = FaqIndex(snapshot, faq_head)
        other.lexicon = self.lexicon.knowing(other._faq.words)
        if other._faq.words != self._faq.words:
            other._faq_speller = other._faq.speller(other.lexicon.speller.is_odd)
        return other

    def read(self, text: str) -> Signals:
        """What is seen in a text."""
        reading = read(text, self.lexicon.telling)
        tokens = self.lexicon.speller.mend(reading.tokens)
        found = find_roles(tokens, self.lexicon, shouted=reading.shouted)
        if all(one.outside for one in found):
            strangers = [(tokens[one.start].start, tokens[one.end - 1].end) for one in found]
            if unearthed := self.lexicon.unearthed(reading.tokens, strangers):
                tokens = unearthed
                found = find_roles(tokens, self.lexicon, shouted=reading.shouted)
        items = find_items(tokens, self.lexicon, found)
        tools = [item for item in items if self._kinds[item.name.id] is ItemKind.TOOL]
        found = tuple(one for one in found if not (one.is_field and _within(one, tools)))
        as_roles = [(mention, "{role}") for mention in found]
        taken = {place for role in found for place in range(role.start, role.end)}
        as_items = [
            (item, "{degree}" if self._kinds[item.name.id] is ItemKind.DEGREE else "{item}")
            for item in items
            if taken.isdisjoint(range(item.start, item.end))
        ]
        readings = reduce(tokens, as_roles, as_items)
        cues = self._intents.find(readings)
        hits = _beside_choosing(self._sections.find(readings), tokens, cues, found)
        skills = frozenset(item.start for item in items)
        if (asking := asking_tokens(reading, tokens, cues)) is not None:
            cues = _asked_for(cues, asking)
            hits = tuple(
                hit if hit.start in asking else hit._replace(weight=hit.weight * _TOLD) for hit in hits
            )
            items = tuple(item for item in items if item.start in asking)
        cued = any(hit.weight >= ASKED for hit in hits)
        together = asks_about_several(tokens, asking, cues)
        several = Cue.SETS in cues or any(
            asking is not None and start in asking
            for cue in (Cue.COMPARE, Cue.CHOOSE)
            for start, _ in cues.get(cue, ())
        )
        told = asked_about(found, asking, tokens, together=together, several=several, skills=skills)
        chosen = choose_roles(tokens, told, cues, cued=cued, together=together)
        narrowing = self._narrowing.read(tokens)
        named = map(_SPAN, chain(found, items, hits))
        return Signals(
            reading, tokens, found, items, hits, self._sections.rank(hits), cues,
            chosen, _Found(lambda: self._faq.find(self._faq_speller.mend(reading.words))),
            narrowing, self._kinds, _unexplained(tokens, chain(named, *cues.values(), narrowing.spans)),
        )  # fmt: skip


def _asked_for(
    cues: dict[Cue, list[tuple[int, int]]], asking: AbstractSet[int]
) -> dict[Cue, list[tuple[int, int]]]:
    """The cues of a story, of those that stand in any talk only where it asks: "they share a flat", "I would rather"."""
    kept = {
        cue: [
            (start, end)
            for start, end in spans
            if start in asking or not (cue in _SETS or (cue is Cue.CHOOSE and end - start == 1))
        ]
        for cue, spans in cues.items()
    }
    return {cue: spans for cue, spans in kept.items() if spans}


def _beside_choosing(
    hits: tuple[CueHit, ...],
    tokens: Sequence[Token],
    cues: Mapping[Cue, Sequence[tuple[int, int]]],
    found: Sequence[Mention],
) -> tuple[CueHit, ...]:
    """The cues, without those that are but the verb of a choice between several: "should I become"."""
    choices = [span for span in cues.get(Cue.CHOOSE, ()) if tokens[span[0]].text == "should"]
    if not choices or len({one.name.id for one in found}) < 2:
        return hits
    return tuple(hit for hit in hits if not any(start < hit.start < end for start, end in choices))


def _unexplained(tokens: Sequence[Token], spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    empty = places(texts(tokens), _FUNCTION_WORDS)
    return frozenset(range(len(tokens))).difference(empty, *starmap(range, spans))


def _within(field: Mention, tools: Sequence[Mention]) -> bool:
    """Whether a field is but a part of a tool's longer name, as BI of Power BI."""
    return any(
        item.start <= field.start
        and field.end <= item.end
        and item.end - item.start > field.end - field.start
        for item in tools
    )
