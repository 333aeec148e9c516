"""Stories: which of the roles that a text of several sentences names those of them ask about that ask."""

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from bot.core.matching.around import (
    STOPS,
    is_ability,
    is_held_against,
    is_person,
    word_before,
    words_after,
    words_before,
)
from bot.core.matching.fields import CAREER_WORDS
from bot.core.matching.lexicon import NameKind
from bot.core.matching.mentions import Mention, beside, runs
from bot.core.matching.moves import is_aimed_at, is_left, is_of_others, is_origin, is_reached, is_step
from bot.core.matching.pointing import asks_of_own_job, offered, pointed_at
from bot.core.matching.sentences import ENDS
from bot.core.matching.tokens import Token

_STORY = 15
"""Words; a longer text tells a story first, and its roles are those that its questions name."""
_AGAIN = 0.4
"""What it adds to a name in a story to be said once more; twice that, an aim that is told in passing is none."""
_AIMED = 2.0
"""What it adds to a name to be aimed at, and what to be asked about by its title; a field may be asked about as a skill."""
_ASKED, _ASKED_FIELD = 2.0, 1.0
_BEHIND = 3
"""So many words behind a field may say that it is one to work in: "computer vision is the field"."""
_UNWANTED = frozenset({"not", "no", "never"})
_REFUSED = 3
"""So many words before a name may say that it is none, or not wanted."""
_MEASURING = frozenset("than like below above".split())
"""Before a name, these say that it is but a measure: "is it paid like data science"."""
_BROUGHT = frozenset(
    "paper papers publication publications experience exposure coursework modules classes".split()
)
"""Behind a field, these say that it is but a skill."""


def asked_about(
    found: Sequence[Mention],
    asking: Collection[int] | None,
    tokens: Sequence[Token],
    *,
    together: bool,
    several: bool,
    skills: Collection[int],
) -> Sequence[Mention]:
    """Of a story's names those that its teller aims at, else those in the sentences that ask, else all.

    `asking` are the tokens of these sentences; `together` says that they compare what the story has named, `several`
    that they compare something; `skills` is where the names of items begin: a field may be asked about as what a role takes.
    """
    if asking is None or len(tokens) < _STORY:
        return found
    known = [one for one in found if not one.outside]
    firm = [one for one in known if one.name.kind is not NameKind.WEAK_FIELD or is_person(tokens, one)]
    if together and (compared := _told_together(tokens, firm, asking)):
        return compared
    asked = [one for one in found if one.start in asking]
    if earlier := _held_against(tokens, firm, asked):
        return earlier
    if all(one.is_field for one in asked) and (choice := offered(tokens, firm, asking)):
        return choice
    aims = [one for one in firm if is_aimed_at(tokens, one)]
    if apart := _asked_apart(tokens, firm, asking):
        return apart
    if not aims:
        return _without_aims(tokens, found, asking, asked, skills, several=several)
    worth: dict[str, float] = {}
    for one in found:
        here = one.score + _AIMED * (one in aims)
        if one in asked:
            here += _ASKED_FIELD if one.is_field else _ASKED
        worth[one.name.id] = max(here, worth.get(one.name.id, 0.0)) + (_AGAIN if one.name.id in worth else 0)
    best = max(worth[one.name.id] for one in known)
    wanted = [one for one in found if worth[one.name.id] > best - _AGAIN]
    # Nothing stands between two names that are beside each other: those that follow each other are all there are.
    near = {
        two.start
        for one, other in pairwise(found)
        if (one in wanted or other in wanted) and beside(tokens, one, other)
        for two in (one, other)
    }
    return [one for one in found if one in wanted or one.start in near]


def _told_together(
    tokens: Sequence[Token], firm: Sequence[Mention], asking: Collection[int]
) -> Sequence[Mention]:
    """The names that "the two" stands for: those that a title or a question joins, else all but the asker's own."""
    joined = runs(tokens, [one for one in firm if one.start in asking])
    if two := next((run for run in joined if len({one.name.id for one in run}) > 1), ()):
        return two
    told = [one for one in firm if not is_origin(tokens, one)]
    return told if len({one.name.id for one in told}) > 1 else ()


def _asked_apart(
    tokens: Sequence[Token], firm: Sequence[Mention], asking: Collection[int]
) -> Sequence[Mention]:
    """The names of several questions, each of which asks about another one."""
    named: dict[int, list[Mention]] = {}
    for one in firm:
        if one.start in asking and not (is_origin(tokens, one) or is_of_others(tokens, one)):
            sentence = one.start
            while sentence and tokens[sentence].gap not in ENDS:
                sentence -= 1
            named.setdefault(sentence, []).append(one)
    alone = [found for found in named.values() if len({one.name.id for one in found}) == 1]
    if len(alone) != len(named) or len({found[0].name.id for found in alone}) < 2:
        return ()
    return [one for found in alone for one in found]


def _held_against(
    tokens: Sequence[Token], firm: Sequence[Mention], asked: Sequence[Mention]
) -> Sequence[Mention]:
    """The one name that is asked about and the one told last before it, for "how does it differ from a data scientist"."""
    asked = [one for one in asked if not one.outside]
    if len({one.name.id for one in asked}) != 1 or not is_held_against(tokens, asked[0]):
        return ()
    before = [one for one in firm if one.start < asked[0].start and one.name.id != asked[0].name.id]
    return (before[-1], asked[0]) if before else ()


def _is_setting(tokens: Sequence[Token], mention: Mention, skills: Collection[int]) -> bool:
    """Whether a field, by the words around it, is but a skill: "is programming expected", "do they want stats".

    `skills` is where the names of items begin.
    """
    opens = not mention.start
    if opens or not mention.is_field or is_reached(tokens, mention) or is_person(tokens, mention):
        return False
    after = words_after(tokens, mention.end)
    skill = (
        mention.start in skills or mention.name.kind is NameKind.WEAK_FIELD or not _BROUGHT.isdisjoint(after)
    )
    career = words_after(tokens, mention.end, _BEHIND, STOPS)
    return is_ability(tokens, mention, ()) or (skill and CAREER_WORDS.isdisjoint(career))


def _is_yardstick(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a name is only what something else is held against: "calmer than an SRE", "on top of devops"."""
    if word_before(tokens, mention.start) in _MEASURING:
        return True
    return words_before(tokens, mention.start, 2, STOPS) == ["top", "of"]


def _without_aims(
    tokens: Sequence[Token],
    found: Sequence[Mention],
    asking: Collection[int],
    asked: Sequence[Mention],
    skills: Collection[int],
    *,
    several: bool,
) -> Sequence[Mention]:
    """The names that sentences ask about, else all; the titles that are told of where they ask about skills or ways from elsewhere."""
    known = [one for one in asked if not one.outside]
    if not known:
        return _told_of(tokens, [one for one in found if not one.outside], asking, several=several) or found
    beside_it = [
        one
        for one in known
        if _is_setting(tokens, one, skills)
        or is_left(tokens, one)
        or is_step(tokens, one)
        or _is_yardstick(tokens, one)
        or (one.name.kind is NameKind.WEAK_FIELD and is_origin(tokens, one))
    ]
    if len(beside_it) < len(known):
        return [one for one in asked if not is_step(tokens, one)] or asked
    firm = [
        one for one in found if not (one.outside or one in beside_it or one.name.kind is NameKind.WEAK_FIELD)
    ]
    # Rather a job of others than the asker's own.
    wanted = [one for one in firm if not is_origin(tokens, one)] or firm
    wanted = [one for one in wanted if not is_of_others(tokens, one)] or wanted
    wanted = [one for one in wanted if not one.is_field] or wanted
    left = [one for one in beside_it if is_left(tokens, one)]
    return [one for one in found if one in wanted or one in left] if wanted else asked


def _told_of(
    tokens: Sequence[Token], known: Sequence[Mention], asking: Collection[int], *, several: bool
) -> Sequence[Mention]:
    """The name that a story tells of most, or else first, before it asks without one, and those beside it.

    `several` says that it asks for their differences: of those that nothing joins, the last two are meant.
    """
    if asks_of_own_job(tokens, asking) and (now := [one for one in known if is_origin(tokens, one)]):
        return now[:1]
    own = [
        one
        for one in known
        if not (
            is_origin(tokens, one)
            or is_left(tokens, one)
            or not _UNWANTED.isdisjoint(words_before(tokens, one.start, _REFUSED, ENDS))
        )
    ]
    own = [one for one in own if one.name.kind is not NameKind.WEAK_FIELD] or own
    if not several:
        own = [one for one in own if not is_of_others(tokens, one)] or own
    own = [one for one in own if not one.is_field] or own
    if not own:
        return ()
    if pointed := pointed_at(tokens, own, asking):
        return pointed
    joined = runs(tokens, own)
    if several and all(len({one.name.id for one in run}) < 2 for run in joined):
        last = [*dict.fromkeys(one.name.id for one in reversed(own))][:2]
        return [one for one in own if one.name.id in last]
    times = Counter(one.name.id for one in own)
    return max(joined, key=lambda run: (max(times[one.name.id] for one in run), len(run)))
