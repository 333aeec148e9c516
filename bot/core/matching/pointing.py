"""Words that stand for names told before: "both", "which one", "the other offer", "my job"."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet

from bot.core.matching.intents import Cue
from bot.core.matching.mentions import Mention, runs
from bot.core.matching.moves import is_of_others, is_origin
from bot.core.matching.sentences import VERBS
from bot.core.matching.tokens import Token, places, texts

_SEVERAL = frozenset("two three both each either".split())
_EACH = frozenset("both each either".split())
_BEFORE_EACH = frozenset("in for between with at".split())
"""Before one of the former, or "of" beside any of them, they stand for what was told: "in each", "which of the two"."""
_ONE_AND_OTHER = frozenset({"one", "other"})
"""Behind "the", both together stand for the two that were told."""
_A_FEW = (2, 3)
"""So many jobs, told apart, may be what "which one" chooses between."""
_THEM = frozenset("them these those".split())
"""Where roles are compared, such words stand for names that the story has told before; the latter behind "of"."""
_FIRSTS = frozenset({"first", "former"})
_POINTING = _FIRSTS | {"second", "latter", "other", "that", "this"}
_POINTED = frozenset("one offer job role title position post path career seat spot thing".split())
"""Behind one of the former, these stand for a name told before."""


def asks_about_several(
    tokens: Sequence[Token], asking: AbstractSet[int] | None, cues: Collection[Cue]
) -> bool:
    """Whether a sentence of a story compares what the story has named: "the two", "both", "which of them"."""
    if asking is None:
        return False
    words = texts(tokens)
    several = places(words, _SEVERAL)
    ones = [place for place in places(words, _ONE_AND_OTHER) if words[place - 1] == "the"]
    if len({words[place] for place in ones}) > 1 and asking >= {*ones}:
        return True
    if Cue.COMPARE in cues or Cue.CHOOSE in cues:
        several += [place for place in places(words, _THEM) if words[place - 1] == "of"]
    else:
        several = [
            place
            for place in several
            if "of" in words[max(0, place - 2) : place + 2]
            or (words[place] in _EACH and words[place - 1] in _BEFORE_EACH)
        ]
    return not asking.isdisjoint(several)


def offered(tokens: Sequence[Token], firm: Sequence[Mention], asking: Collection[int]) -> Sequence[Mention]:
    """The names between which "which one" chooses: the last ones told side by side, else those of two or three jobs told apart."""
    words = texts(tokens)
    if not any(
        words[place + 1 : place + 2] == ["one"] for place in places(words, {"which"}) if place in asking
    ):
        return ()
    joined = [run for run in runs(tokens, firm) if len({one.name.id for one in run}) > 1]
    if joined:
        return joined[-1]
    titles = [
        one for one in firm if not (one.is_field or is_origin(tokens, one) or is_of_others(tokens, one))
    ]
    return titles if len({one.name.id for one in titles}) in _A_FEW else ()


def asks_of_own_job(tokens: Sequence[Token], asking: Collection[int]) -> bool:
    """Whether a question is about what the asker is: "will my job exist in five years"."""
    words = texts(tokens)
    return any(
        words[place - 1] in VERBS and not _POINTED.isdisjoint(words[place + 1 : place + 2])
        for place in places(words, {"my"})
        if place in asking
    )


def pointed_at(tokens: Sequence[Token], own: Sequence[Mention], asking: Collection[int]) -> Sequence[Mention]:
    """The name that "the first one", "the other offer" or "that role" stands for."""
    words = texts(tokens)
    for place in places(words, _POINTING):
        if place in asking and not _POINTED.isdisjoint(words[place + 1 : place + 2]):
            before = [one for one in own if one.start < place] or own
            return before[:1] if words[place] in _FIRSTS else before[-1:]
    return ()
