"""Fields: which of those that a text names are asked about, and which only say where or by what."""

from collections.abc import Sequence
from itertools import pairwise

from bot.core.matching.around import (
    AIM,
    TOWARDS,
    in_degree,
    is_bare,
    is_person,
    is_place,
    is_talked_of,
    word_before,
    words_after,
)
from bot.core.matching.lexicon import NameKind
from bot.core.matching.mentions import Mention, beside
from bot.core.matching.moves import (
    AIMING,
    FOLKS,
    LEADS,
    LEAVING,
    ORIGIN_BEFORE,
    is_aimed_at,
    is_of_others,
    is_reached,
)
from bot.core.matching.tokens import Token

TITLES = (NameKind.TITLE, NameKind.ABBREVIATION)
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


def without_settings(
    tokens: Sequence[Token], found: Sequence[Mention], *, career: bool, weighs: Sequence[int], together: bool
) -> list[Mention]:
    """The names without the fields that are not asked about.

    `career` says that the text is about careers; `weighs` is where one thing is held against another, and `together`
    that all that is named is, wherever it stands.
    """
    firm = [one for one in found if one.outside or one.name.kind in TITLES]
    outside = [one for one in firm if one.outside]
    fields = [one for one in found if one.name.kind is NameKind.FIELD]
    weak = [one for one in found if one.name.kind is NameKind.WEAK_FIELD]
    titles = _titles(tokens, found)
    if titles:
        kept = _beside_titles(tokens, titles, fields, firm, weighs)
    elif any(_is_aim(tokens, one, fields) for one in outside):
        # The unknown job is what is asked about, the field only where it is done.
        kept = [
            one
            for one in fields
            if one.start <= _OPENING
            or any(beside(tokens, one, other) for other in outside)
            or word_before(tokens, one.start) in AIM
        ]
    else:
        kept = _aimed(tokens, fields, weighing=bool(weighs), together=together)
    if kept or titles:
        near = [
            one
            for one in weak
            if any(beside(tokens, one, other) for other in titles + kept)
            or (weighs and word_before(tokens, one.start) in _AGAINST)
        ]
    elif any(_is_aim(tokens, one, weak) for one in outside):
        near = []
    else:
        near = _on_their_own(tokens, weak, career=career)
    return sorted([*firm, *kept, *near], key=lambda mention: mention.start)


def _titles(tokens: Sequence[Token], found: Sequence[Mention]) -> list[Mention]:
    """The titles beside which fields are settings.

    "Backend dev here": where a way leads to a field, what the asker is says nothing of it.
    """
    titles = [one for one in found if one.name.kind in TITLES]
    led = any(
        one.start <= _OPENING or word_before(tokens, one.start) in TOWARDS
        for one in found
        if one.name.kind is NameKind.FIELD
    )
    if not led:
        return titles
    return [
        one
        for one in titles
        if words_after(tokens, one.end) != ["here"] and word_before(tokens, one.start) != "after"
    ]


def _beside_titles(
    tokens: Sequence[Token],
    titles: Sequence[Mention],
    fields: Sequence[Mention],
    firm: Sequence[Mention],
    weighs: Sequence[int],
) -> list[Mention]:
    """The fields that are asked about beside titles: reached, held against something near, or linked to a firm name."""
    # "Data science or AI engineering? I see more posts for data scientists": the field stands for the title.
    known = {one.name.id for one in titles}
    same = [one for one in fields if one.name.id in known]
    aims = [
        one
        for one in fields
        if not is_place(tokens, one)
        and (
            is_reached(tokens, one)
            or (any(abs(place - one.start) < _WEIGHED for place in weighs) and not in_degree(tokens, one))
        )
    ]
    return aims + [one for one in _linked(tokens, fields, [*firm, *same]) if one not in aims]


def _on_their_own(tokens: Sequence[Token], weak: Sequence[Mention], *, career: bool) -> list[Mention]:
    """The weak fields that are asked about where nothing else is named: by who does the work, or as a career."""
    career = career or any(token.text in CAREER_WORDS or token.text == "work" for token in tokens)
    return [
        one
        for one in weak
        if is_bare(tokens, one)
        or (career and not is_person(tokens, one))
        or not FOLKS.isdisjoint(words_after(tokens, one.end))
    ]


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
        if told or any(token.text in LEADS or token.text in AIMING for token in between):
            return False
    return mention.start <= _OPENING or before in TOWARDS or before in _QUESTIONING


def _linked(tokens: Sequence[Token], fields: Sequence[Mention], firm: Sequence[Mention]) -> list[Mention]:
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
            or is_aimed_at(tokens, one)
            or any(word in CAREER_WORDS for word in words_after(tokens, one.end))
        )
    ]
    return aimed or [one for one in fields if not in_degree(tokens, one)] or fields
