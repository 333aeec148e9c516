"""Which of the roles that a text names are asked about, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.matching.around import (
    AIM,
    BEFORE_BARE,
    TOWARDS,
    in_degree,
    is_ability,
    is_bare,
    is_degree,
    is_person,
    is_place,
    is_talked_of,
    is_threat,
    word_before,
    words_after,
)
from bot.core.matching.intents import Cue
from bot.core.matching.lexicon import NameKind
from bot.core.matching.mentions import Mention, beside
from bot.core.matching.moves import (
    AIMING,
    FOLKS,
    LEADS,
    LEAVING,
    ORIGIN_BEFORE,
    directions,
    is_of_others,
    is_reached,
)
from bot.core.matching.tokens import Token

AT_MOST = 5
"""More roles than this are not compared; the first ones are taken."""
_READ = 60
"""Mentions that are weighed; a text that names more roles than this is no question."""
_TITLES = (NameKind.TITLE, NameKind.ABBREVIATION)
CAREER_WORDS = frozenset(
    "career careers job jobs role roles field market position positions roadmap salary salaries interview interviews engineer"
    " skills senior junior promotion path level".split()
)
_AGAINST = frozenset("than or vs to with".split())
"""Before a weak field, where one thing is held against another: "compared to a normal dev"."""
_ASKER = frozenset("with leaving looking wanting considering thinking moving trying hoping".split())
"""Behind a job that is not known, and with a field to follow, these say that it is the asker's."""
_QUESTIONING = frozenset("is are do does of".split())
_OPENING = 1
"""A job named within the first words is the title of the question: "nurse salary in Ohio"."""
_WEIGHED = 15
"""So near a field must be to the word that holds one thing against another, where titles stand in the text, too."""


@dataclass(frozen=True, slots=True)
class ChosenRoles:
    """The mentions that are asked about, in the order to answer in.

    `move` says that the text is about getting from the last to the first; `outside` are unknown jobs asked about;
    `target_outside` says that the move leads to one of them.
    """

    mentions: tuple[Mention, ...] = ()
    outside: tuple[str, ...] = ()
    move: bool = False
    target_outside: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """Role ids, each once, at most `AT_MOST`."""
        return tuple(dict.fromkeys(mention.name.id for mention in self.mentions))[:AT_MOST]


def choose_roles(
    tokens: Sequence[Token],
    found: Sequence[Mention],
    cues: dict[Cue, list[tuple[int, int]]],
    *,
    cued: bool,
    together: bool = False,
) -> ChosenRoles:
    """The roles asked about among those found; fields that are only the setting of the question are left out.

    `cued` says that a section is asked for, which makes of a technology the job that has to do with it; `together` that
    all that is named is held against each other, wherever it stands.
    """
    kept = [
        mention
        for mention in found[:_READ]
        if not is_threat(tokens, mention, cues) and not is_degree(tokens, mention)
    ]
    if len(kept) > 1:
        starts = {mention.start for mention in kept}
        kept = [mention for mention in kept if not is_ability(tokens, mention, starts)] or kept
        kept = [one for one in kept if not _only_studied(tokens, one, kept)] or kept
    weighs = [start for cue in (Cue.COMPARE, Cue.CHOOSE) for start, _ in cues.get(cue, ())]
    weighs += [place for place, token in enumerate(tokens) if token.text in ("than", "instead")]
    kept = _drop_setting(tokens, kept, career=cued or Cue.CAREER in cues, weighs=weighs, together=together)
    targets, origins = directions(tokens, kept)
    known = [mention for mention in kept if not mention.outside]
    strangers = [mention for mention in kept if mention.outside]
    if known:
        strangers = [one for one in strangers if any(beside(tokens, one, other) for other in known)]
        targets = [one for one in targets if not (one.outside and in_degree(tokens, one))]
    outside = tuple(dict.fromkeys(mention.name.id for mention in strangers))
    if targets and origins:
        ahead = [mention for mention in targets if not mention.outside]
        behind = [mention for mention in origins if not mention.outside]
        rest = [
            m
            for m in known
            if m not in ahead and m not in behind and any(beside(tokens, m, t) for t in ahead)
        ]
        aims = tuple(mention.name.id for mention in targets if mention.outside)
        return ChosenRoles((*ahead, *rest, *behind), outside=aims, move=True, target_outside=not ahead)
    # What the asker is comes after what is asked about, and so do fields that nothing joins to a title.
    own = [mention for mention in known if mention in origins or _is_loose(tokens, mention, known)]
    return ChosenRoles((*(mention for mention in known if mention not in own), *own), outside=outside)


def _only_studied(tokens: Sequence[Token], mention: Mention, kept: Sequence[Mention]) -> bool:
    """Whether letters say what a degree is in, which is not asked about beside a job: "my PhD in NLP"."""
    if mention.name.kind is not NameKind.ABBREVIATION or not in_degree(tokens, mention):
        return False
    return not any(beside(tokens, mention, other) for other in kept if other is not mention)


def _is_loose(tokens: Sequence[Token], mention: Mention, known: Sequence[Mention]) -> bool:
    """Whether a field stands in a text about a title without being held against it or aimed at."""
    return (
        mention.is_field
        and any(other.name.kind in _TITLES for other in known)
        and not is_reached(tokens, mention)
        and not any(beside(tokens, mention, other) for other in known if other is not mention)
    )


def _drop_setting(
    tokens: Sequence[Token], found: list[Mention], *, career: bool, weighs: Sequence[int], together: bool
) -> list[Mention]:
    """Leaves out fields that only say where or by what; `weighs` is where one thing is held against another."""
    weighing = bool(weighs)
    titles = [mention for mention in found if mention.name.kind in _TITLES]
    if any(
        one.start <= _OPENING or word_before(tokens, one.start) in TOWARDS
        for one in found
        if one.name.kind is NameKind.FIELD
    ):
        # "Backend dev here": what the asker is says nothing of the fields that a way leads to.
        titles = [
            one
            for one in titles
            if words_after(tokens, one.end) != ["here"] and word_before(tokens, one.start) != "after"
        ]
    outside = [mention for mention in found if mention.outside]
    fields = [mention for mention in found if mention.name.kind is NameKind.FIELD]
    weak = [mention for mention in found if mention.name.kind is NameKind.WEAK_FIELD]
    firm = [one for one in found if one.name.kind in _TITLES] + outside
    if titles:
        # "Data science or AI engineering? I see more posts for data scientists": the field stands for the title.
        known = {mention.name.id for mention in titles}
        same = [mention for mention in fields if mention.name.id in known]
        aims = [
            one
            for one in fields
            if not is_place(tokens, one)
            and (
                is_reached(tokens, one)
                or (any(abs(place - one.start) < _WEIGHED for place in weighs) and not in_degree(tokens, one))
            )
        ]
        kept_fields = aims + [one for one in _linked(tokens, fields, firm + same) if one not in aims]
    elif any(_is_aim(tokens, one, fields) for one in outside):
        # The unknown job is what is asked about, the field only where it is done.
        kept_fields = [
            one
            for one in fields
            if one.start <= _OPENING
            or any(beside(tokens, one, other) for other in outside)
            or word_before(tokens, one.start) in AIM
        ]
    else:
        kept_fields = _aimed(tokens, fields, weighing=weighing, together=together)
    career = career or any(token.text in CAREER_WORDS or token.text == "work" for token in tokens)
    if not titles and not kept_fields and not any(_is_aim(tokens, one, weak) for one in outside):
        kept_fields = [
            one
            for one in weak
            if is_bare(tokens, one)
            or (career and not is_person(tokens, one))
            or not FOLKS.isdisjoint(words_after(tokens, one.end))
        ]
    elif kept_fields or titles:
        kept_fields += [
            one
            for one in weak
            if any(beside(tokens, one, other) for other in titles + kept_fields)
            or (weighing and word_before(tokens, one.start) in _AGAINST)
        ]
    kept = firm + kept_fields
    return sorted(kept, key=lambda mention: mention.start)


def _is_aim(tokens: Sequence[Token], mention: Mention, fields: Sequence[Mention]) -> bool:
    """Whether an unknown job is what is asked about, rather than where the asker comes from."""
    before = word_before(tokens, mention.start)
    if before in ORIGIN_BEFORE or before in LEAVING or in_degree(tokens, mention):
        return False
    if is_of_others(tokens, mention):
        return False
    if any(field.start > mention.end for field in fields) and not _ASKER.isdisjoint(
        words_after(tokens, mention.end)
    ):
        return False
    for field in fields:
        between = tokens[mention.end : field.start]
        gaps = {token.gap for token in tokens[mention.end : field.start + 1]}
        told = between and ("." in gaps or ("," in gaps and word_before(tokens, field.start) in _QUESTIONING))
        if told or any(token.text in LEADS | AIMING for token in between):
            return False
    return mention.start <= _OPENING or before in TOWARDS or before in _QUESTIONING


def _linked(tokens: Sequence[Token], fields: list[Mention], firm: list[Mention]) -> list[Mention]:
    """The fields that a chain of "vs", "or", commas and the like joins to a firm mention."""
    ordered = sorted([*fields, *firm], key=lambda mention: mention.start)
    held = set(firm)
    for direction in (ordered, ordered[::-1]):
        for one, other in pairwise(direction):
            if one in held and other not in held and beside(tokens, one, other):
                held.add(other)
    return [one for one in fields if one in held]


def _aimed(
    tokens: Sequence[Token], fields: list[Mention], *, weighing: bool, together: bool
) -> list[Mention]:
    """Of several fields, those that a career is asked in; all where the text joins them or nothing tells."""
    joined = together or any(
        beside(tokens, one, other) or (weighing and word_before(tokens, other.start) in _AGAINST)
        for one, other in pairwise(fields)
    )
    if joined or len({mention.name.id for mention in fields}) < 2:
        outright = [mention for mention in fields if not in_degree(tokens, mention)]
        return outright or fields
    ends = {mention.end for mention in fields}
    aimed = [
        one
        for one in fields
        if not in_degree(tokens, one)
        # "Research engineering in AI" is not AI.
        and not (one.start - 1 in ends and word_before(tokens, one.start) == "in")
        and (
            (word_before(tokens, one.start) in AIM and not is_talked_of(tokens, one))
            or any(word in CAREER_WORDS for word in words_after(tokens, one.end))
        )
    ]
    return aimed or [one for one in fields if not in_degree(tokens, one)] or fields


def bare_heads(tokens: Sequence[Token], heads: dict[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """For each general word such as "engineer" with nothing before it that says which: the roles it stands for."""
    found: dict[tuple[str, ...], None] = {}
    for place, token in enumerate(tokens):
        before = tokens[place - 1].text if place and not token.gap else ""
        if token.text in heads and before in BEFORE_BARE:
            found[heads[token.text]] = None
    return tuple(found)
