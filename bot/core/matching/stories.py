"""Stories: of a text of several sentences, which of them ask, and which of the roles named they ask about."""

from bisect import bisect
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
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
from bot.core.matching.intents import Cue
from bot.core.matching.lexicon import NameKind
from bot.core.matching.mentions import Mention, beside
from bot.core.matching.moves import is_aimed_at, is_left, is_of_others, is_origin, is_reached, is_step
from bot.core.matching.tokens import Reading, Token, gaps, places, texts

_SENTENCE_ENDS = frozenset(".?!;\n")
_ENDS = frozenset(".>")
"""The gaps in which a sentence may end."""
_OPENING = 3
"""Words with which a sentence may begin before what makes it a question: "hi all, what ..."."""
_VERBS = frozenset("is are am do does did will would can could should who which when where".split())
"""At the beginning of a sentence or clause these ask; within one they stand in any story: "my roommate is a"."""
_RELATIVE = frozenset({"when", "where"})
"""Without a verb behind, these say at the beginning of a sentence when or where what it tells was."""
_OPENERS = frozenset(
    "so and but or also hi hey hello ok okay well honestly question anyway basically now then plus all guys folks everyone just"
    " like".split()
)
_WISHING = frozenset(
    "wondering curious question explain tell advice tips recommend thoughts opinions help know difference vs worth".split()
)
"""Wherever they stand, these ask."""
_PLEADING = frozenset("can could you please pls somebody someone anybody anyone".split())
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
_TITLE = 20
"""Words; a longer first line is a part of the story."""
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
_FIRSTS = frozenset({"first", "former"})
_POINTING = _FIRSTS | {"second", "latter", "other", "that", "this"}
_POINTED = frozenset("one offer job role title position post path career seat spot thing".split())
"""Behind one of the former, these stand for a name told before."""
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
    if together:
        compared = [one for one in firm if not is_origin(tokens, one)]
        if len({one.name.id for one in compared}) > 1:
            return compared
    asked = [one for one in found if one.start in asking]
    if earlier := _held_against(tokens, firm, asked):
        return earlier
    if all(one.is_field for one in asked) and (offered := _offered(tokens, firm, asking)):
        return offered
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


def _begins(tokens: Sequence[Token], opens: int, start: int) -> bool:
    """Whether what asks begins a sentence: "so is it", but not "it is"."""
    if tokens[start].text in _VERBS and tokens[start].gap != ",":
        following = texts(tokens[start + 1 : start + 2])
        told = tokens[start].text in _RELATIVE and (_VERBS | {"to"}).isdisjoint(following)
        return not told and all(token.text in _OPENERS for token in tokens[opens:start])
    return start - opens < _OPENING


def _wishes(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether words ask wherever they stand: "could anyone explain", but not "all they tell me"."""
    if tokens[start].text == "tell" and tokens[start - 1].text not in _PLEADING:
        return False
    return not _WISHING.isdisjoint(texts(tokens[start:end]))


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


def _offered(tokens: Sequence[Token], firm: Sequence[Mention], asking: Collection[int]) -> Sequence[Mention]:
    """The names between which "which one" chooses: the last ones told side by side, else those of two or three jobs told apart."""
    words = texts(tokens)
    if not any(
        words[place + 1 : place + 2] == ["one"] for place in places(words, {"which"}) if place in asking
    ):
        return ()
    runs = [run for run in _runs(tokens, firm) if len({one.name.id for one in run}) > 1]
    if runs:
        return runs[-1]
    titles = [
        one for one in firm if not (one.is_field or is_origin(tokens, one) or is_of_others(tokens, one))
    ]
    return titles if len({one.name.id for one in titles}) in _A_FEW else ()


def _runs(tokens: Sequence[Token], names: Sequence[Mention]) -> list[list[Mention]]:
    """The names in their order, those together that stand side by side."""
    runs = [[*names[:1]]]
    for one, other in pairwise(names):
        if beside(tokens, one, other):
            runs[-1].append(other)
        else:
            runs.append([other])
    return runs


def _asked_apart(
    tokens: Sequence[Token], firm: Sequence[Mention], asking: Collection[int]
) -> Sequence[Mention]:
    """The names of several questions, each of which asks about another one."""
    named: dict[int, list[Mention]] = {}
    for one in firm:
        if one.start in asking and not (is_origin(tokens, one) or is_of_others(tokens, one)):
            sentence = one.start
            while sentence and tokens[sentence].gap not in _ENDS:
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


def _asks_of_own_job(tokens: Sequence[Token], asking: Collection[int]) -> bool:
    """Whether a question is about what the asker is: "will my job exist in five years"."""
    words = texts(tokens)
    return any(
        words[place - 1] in _VERBS and words[place + 1 : place + 2] and words[place + 1] in _POINTED
        for place in places(words, {"my"})
        if place in asking
    )


def _pointed_at(
    tokens: Sequence[Token], own: Sequence[Mention], asking: Collection[int]
) -> Sequence[Mention]:
    """The name that "the first one", "the other offer" or "that role" stands for."""
    words = texts(tokens)
    for place in places(words, _POINTING):
        if place in asking and words[place + 1 : place + 2] and words[place + 1] in _POINTED:
            before = [one for one in own if one.start < place] or own
            return before[:1] if words[place] in _FIRSTS else before[-1:]
    return ()


def _told_of(
    tokens: Sequence[Token], known: Sequence[Mention], asking: Collection[int], *, several: bool
) -> Sequence[Mention]:
    """The name that a story tells of most, or else first, before it asks without one, and those beside it.

    `several` says that it asks for their differences: of those that nothing joins, the last two are meant.
    """
    if _asks_of_own_job(tokens, asking) and (now := [one for one in known if is_origin(tokens, one)]):
        return now[:1]
    own = [
        one
        for one in known
        if not (
            is_origin(tokens, one)
            or is_left(tokens, one)
            or not _UNWANTED.isdisjoint(words_before(tokens, one.start, _REFUSED, _ENDS))
        )
    ]
    own = [one for one in own if one.name.kind is not NameKind.WEAK_FIELD] or own
    if not several:
        own = [one for one in own if not is_of_others(tokens, one)] or own
    own = [one for one in own if not one.is_field] or own
    if not own:
        return ()
    runs = _runs(tokens, own)
    if pointed := _pointed_at(tokens, own, asking):
        return pointed
    if several and all(len({one.name.id for one in run}) < 2 for run in runs):
        last = [*dict.fromkeys(one.name.id for one in reversed(own))][:2]
        return [one for one in own if one.name.id in last]
    times = Counter(one.name.id for one in own)
    return max(runs, key=lambda run: (max(times[one.name.id] for one in run), len(run)))


def asking_tokens(
    reading: Reading, tokens: Sequence[Token], cues: Mapping[Cue, Sequence[tuple[int, int]]]
) -> frozenset[int] | None:
    """The tokens of the sentences that ask; None for a text of one sentence, or one in which none or all ask."""
    asking: set[int] = set()
    opens: list[int] = [0]
    for place in places(gaps(tokens), _ENDS):
        before = reading.text[tokens[place - 1].end : tokens[place].start]
        if "?" in before:
            asking.add(opens[-1])
        if not _SENTENCE_ENDS.isdisjoint(before):
            opens.append(place)
    if len(opens) < 2:
        return None
    if "?" in reading.text[tokens[-1].end :]:
        asking.add(opens[-1])
    # Within a sentence "what" and "is" stand in any story; at its beginning they ask.
    for start, end in cues.get(Cue.ASKING, ()):
        first = opens[bisect(opens, start) - 1]
        if _begins(tokens, first, start) or _wishes(tokens, start, end):
            asking.add(first)
    if not asking:
        return None
    sentences = (range(first, end) for first, end in pairwise((*opens, len(tokens))) if first in asking)
    return frozenset(range(_title(reading, tokens))).union(*sentences)


def _title(reading: Reading, tokens: Sequence[Token]) -> int:
    """How many words stand in the title of a text: a short line above longer ones says what is asked, in whatever form."""
    line, _, body = reading.text.strip().partition("\n")
    if not body or len(body) < len(line):
        return 0
    end = reading.text.index(line) + len(line)
    words = sum(token.start < end for token in tokens[: _TITLE + 1])
    return words if words <= _TITLE else 0
