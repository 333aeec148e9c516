"""Roles that say the same: sentences that stand twice, and sections that hardly differ."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from rapidfuzz import fuzz, process, utils

from bot.core.knowledge.parts import Part, Parts
from bot.core.knowledge.problems import Place, Report
from bot.core.knowledge.schema import ItemUseModel, RoleFile, StatementModel

EQUAL_FROM = 90  # of 100, by rapidfuzz's token_sort_ratio
SHARED_AT_MOST = 0.6

# Where jobs are found is measured, and roles that are measured on one occupation share all of it.
EXEMPT_SECTIONS = ("industries",)

STEM_LENGTH = 4
RARER = 3  # one in so many stems, the rarest ones, leads to the sentences that one is compared with
# In a file of thousands of equal sentences not every pair can be looked at.
COMPARED_AT_MOST = 300  # sentences that one word leads to
TWINS_AT_MOST = 40  # sentences that one is found to be equal to

Shared = tuple[str, frozenset[str]]
"""A section and the two roles that share it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement of a role; its words stand in the order of the alphabet, so that order makes no difference."""

    number: int
    part: Part[RoleFile]
    section: str
    index: int
    words: str
    stems: frozenset[str]

    @property
    def place(self) -> Place:
        """Where its text stands."""
        return self.part.place("sections", self.section, self.index, "text")

    def shared_with(self, other: "Sentence") -> Shared | None:
        """What the two have in common if they are said of two roles in one section."""
        roles = frozenset((self.part.model.id, other.part.model.id))
        return (self.section, roles) if self.section == other.section and len(roles) > 1 else None


@dataclass(slots=True)
class _Allowed:
    """The pairs of `alike.yaml` by where they stand there, and those that there was a need for."""

    pairs: dict[Shared, int]
    needed: set[Shared] = field(default_factory=set)

    def __contains__(self, shared: Shared | None) -> bool:
        if shared is None or shared not in self.pairs:
            return False
        self.needed.add(shared)
        return True


def check_likeness(parts: Parts, report: Report) -> None:
    """Warn of sentences that stand twice, of roles that share most of a section, and of idle entries in `alike.yaml`."""
    entries = parts.alike.model.root if parts.alike is not None else []
    allowed = _Allowed({(pair.section, frozenset(pair.roles)): index for index, pair in enumerate(entries)})
    twins = list(equal_sentences(sentences(parts.roles)))
    _check_sentences(twins, allowed, report)
    _check_sections(parts.roles, twins, allowed, report)
    if parts.alike is not None:
        for (section, roles), index in allowed.pairs.items():
            if (section, roles) not in allowed.needed:
                text = f"{' and '.join(sorted(roles))} are not alike in `{section}`; remove the entry"
                report.warning(parts.alike.file, parts.alike.place(index), text)


def sentences(roles: Iterable[Part[RoleFile]]) -> list[Sentence]:
    """All statements of the roles, in the order of the files."""
    found: list[Sentence] = []
    for part in roles:
        for section, facts in part.model.sections.items():
            for index, fact in enumerate(facts):
                if isinstance(fact, StatementModel):
                    words = sorted(utils.default_process(fact.text).split())
                    stems = frozenset(word[:STEM_LENGTH] for word in words)
                    found.append(Sentence(len(found), part, section, index, " ".join(words), stems))
    return found


def equal_sentences(found: list[Sentence]) -> Iterator[tuple[Sentence, Sentence, float]]:
    """Pairs of sentences that are equal or nearly so, the earlier one first, and how much of 100; by the later one.

    Only sentences that share one of the later one's rarer stems are compared, which nearly equal ones do: comparing
    all with all would take many times as long.
    """
    counts = Counter(stem for sentence in found for stem in sentence.stems)
    ranks = {stem: rank for rank, stem in enumerate(sorted(counts, key=lambda stem: (counts[stem], stem)))}
    earlier: dict[str, list[int]] = defaultdict(list)
    for sentence in found:
        rare = sorted(sentence.stems, key=ranks.__getitem__)[: len(sentence.stems) // RARER + 1]
        near = sorted(set().union(*(earlier[stem][:COMPARED_AT_MOST] for stem in rare)))
        equal = process.extract(
            sentence.words,
            [found[other].words for other in near],
            scorer=fuzz.ratio,
            score_cutoff=EQUAL_FROM,
            limit=TWINS_AT_MOST,
        )
        for _, score, index in sorted(equal, key=lambda one: one[2]):
            yield found[near[index]], sentence, score
        for stem in sentence.stems:
            earlier[stem].append(sentence.number)


def _check_sentences(
    twins: Iterable[tuple[Sentence, Sentence, float]], allowed: _Allowed, report: Report
) -> None:
    told: set[int] = set()
    for first, second, score in twins:
        if first.shared_with(second) in allowed or second.number in told:
            continue
        told.add(second.number)
        where = f"{first.part.file}:{first.place.line}"
        likeness = f"is {score:.0f} % that of {where}" if score < 100 else f"stands in {where} too"
        text = f"the sentence {likeness}; say what is so for this role alone, or remove one"
        report.warning(second.part.file, second.place, text)


def _check_sections(
    roles: Iterable[Part[RoleFile]],
    twins: Iterable[tuple[Sentence, Sentence, float]],
    allowed: _Allowed,
    report: Report,
) -> None:
    """Warn of each pair of roles that shares more of a section than is allowed, at the later role's section."""
    common: dict[tuple[str, str, str], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for first, second, _ in twins:
        if first.shared_with(second) is not None:
            mine, theirs = common[first.section, first.part.file, second.part.file]
            mine.add(first.index)
            theirs.add(second.index)
    by_section: dict[str, list[_Content]] = defaultdict(list)
    for part in roles:
        for section in part.model.sections:
            if section not in EXEMPT_SECTIONS:
                by_section[section].append(_content(part, section))
    for section, contents in by_section.items():
        for one, other in combinations(contents, 2):
            equal = common.get((section, one.part.file, other.part.file), (set(), set()))
            shared = len(one.items & other.items) + min(map(len, equal))
            size = min(one.size, other.size)
            pair = (section, frozenset((one.part.model.id, other.part.model.id)))
            if shared > SHARED_AT_MOST * size and pair not in allowed:
                where = f"{one.part.file}:{one.place.line}"
                text = (
                    f"section `{section}` shares {shared} of {size} facts with role `{one.part.model.id}` ({where}), "
                    f"expected {SHARED_AT_MOST:.0%} at most; say where they differ, or give a reason in alike.yaml"
                )
                report.warning(other.part.file, other.place, text)


@dataclass(frozen=True, slots=True)
class _Content:
    """What a role's section holds for comparing: its items, and how many items and statements there are."""

    part: Part[RoleFile]
    section: str
    items: frozenset[str]
    size: int

    @property
    def place(self) -> Place:
        return self.part.key_place("sections", self.section)


def _content(part: Part[RoleFile], section: str) -> _Content:
    facts = part.model.sections[section]
    items = frozenset(fact.item for fact in facts if isinstance(fact, ItemUseModel))
    # Figures do not count: roles that are measured on one occupation have the same ones.
    return _Content(
        part, section, items, len(items) + sum(isinstance(fact, StatementModel) for fact in facts)
    )
