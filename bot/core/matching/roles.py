"""Which of the roles that a text names are asked about, and in which order."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.core.matching.around import (
    BEFORE_BARE,
    in_degree,
    is_ability,
    is_degree,
    is_threat,
)
from bot.core.matching.fields import TITLES, without_settings
from bot.core.matching.intents import Cue
from bot.core.matching.lexicon import NameKind
from bot.core.matching.mentions import Mention, beside
from bot.core.matching.moves import (
    directions,
    is_reached,
)
from bot.core.matching.tokens import Token, places, texts

AT_MOST = 5
"""More roles than this are not compared; the first ones are taken."""
_WEIGHING = frozenset({"than", "instead"})
_READ = 60
"""Mentions that are weighed; a text that names more roles than this is no question."""


class ChosenRoles(NamedTuple):
    """The mentions that are asked about, in the order to answer in, and the ids of at most `AT_MOST` of their roles, each once.

    `move` says that the text is about getting from the last to the first; `outside` are unknown jobs asked about;
    `target_outside` says that the move leads to one of them.
    """

    mentions: tuple[Mention, ...]
    ids: tuple[str, ...]
    outside: tuple[str, ...] = ()
    move: bool = False
    target_outside: bool = False


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
    if len(kept) == 1 and not kept[0].outside and kept[0].name.kind is not NameKind.WEAK_FIELD:
        # Whatever stands around the only name, nothing else can be asked about.
        return ChosenRoles((kept[0],), (kept[0].name.id,))
    if len(kept) > 1:
        starts = {mention.start for mention in kept}
        kept = [mention for mention in kept if not is_ability(tokens, mention, starts)] or kept
        kept = [one for one in kept if not _only_studied(tokens, one, kept)] or kept
    weighs = [start for cue in (Cue.COMPARE, Cue.CHOOSE) for start, _ in cues.get(cue, ())]
    weighs += places(texts(tokens), _WEIGHING)
    kept = without_settings(tokens, kept, career=cued or Cue.CAREER in cues, weighs=weighs, together=together)
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
        mentions = (*ahead, *rest, *behind)
        return ChosenRoles(mentions, _ids(mentions), outside=aims, move=True, target_outside=not ahead)
    # What the asker is comes after what is asked about, and so do fields that nothing joins to a title.
    own = [mention for mention in known if mention in origins or _is_loose(tokens, mention, known)]
    mentions = (*(mention for mention in known if mention not in own), *own)
    return ChosenRoles(mentions, _ids(mentions), outside=outside)


def _ids(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([mention.name.id for mention in mentions]))[:AT_MOST]


def _only_studied(tokens: Sequence[Token], mention: Mention, kept: Sequence[Mention]) -> bool:
    """Whether letters say what a degree is in, which is not asked about beside a job: "my PhD in NLP"."""
    if mention.name.kind is not NameKind.ABBREVIATION or not in_degree(tokens, mention):
        return False
    return not any(beside(tokens, mention, other) for other in kept if other is not mention)


def _is_loose(tokens: Sequence[Token], mention: Mention, known: Sequence[Mention]) -> bool:
    """Whether a field stands in a text about a title without being held against it or aimed at."""
    return (
        mention.is_field
        and any(other.name.kind in TITLES for other in known)
        and not is_reached(tokens, mention)
        and not any(beside(tokens, mention, other) for other in known if other is not mention)
    )


def bare_heads(tokens: Sequence[Token], heads: dict[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """For each general word such as "engineer" with nothing before it that says which: the roles it stands for."""
    found: dict[tuple[str, ...], None] = {}
    for place, token in enumerate(tokens):
        before = tokens[place - 1].text if place and not token.gap else ""
        if token.text in heads and before in BEFORE_BARE:
            found[heads[token.text]] = None
    return tuple(found)
