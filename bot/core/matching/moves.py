"""Who wants to get from where to where: the names that somebody aims at, and those of what they are or leave."""

from collections.abc import Sequence
from itertools import pairwise

from bot.core.matching.around import (
    ADJECTIVES,
    STOPS,
    TOWARDS,
    is_held_against,
    is_place,
    word_before,
    words_after,
    words_before,
)
from bot.core.matching.mentions import ARTICLES, Mention
from bot.core.matching.sentences import ENDS
from bot.core.matching.tokens import Token, gaps

_INTO = frozenset({"into", "to", "become", "towards"})
ORIGIN_BEFORE = frozenset("from after am as was been being currently current working turned".split())
LEAVING = frozenset("leaving leave left quit quitting ditch ditching skip skipping ex former".split())
LEADS = frozenset(
    "to into towards pivot pivoting switch switching transition transitioning moving move".split()
)
AIMING = LEADS - {"to"} | frozenset(
    "become becoming considering thinking interested interest eyeing dreaming dream toying hoping pursue pursuing specialize"
    " specializing aiming aim leaning drifting go going look looking want wants wanting wanna trying turn turning retrain retraining".split()
)
_REACH = 4
"""So many words before a name may say that it is aimed at: "thinking about becoming a"."""
_SET_ON = (["set", "on"], ["focused", "on"], ["goal", "is"], ["aim", "is"], ["dream", "is"], ["plan", "is"])
_IS_WHERE = (["is", "where"], ["is", "what"])
"""Before and behind a name, these say that it is the aim: "a statistician is what I want to be"."""
_WISHES = frozenset("to can could would".split())
_WISHED_AS = frozenset("hired job jobs start one offer offers position train retrain".split())
FOLKS = frozenset(
    "people folks person persons guy guys specialist specialists professional professionals".split()
)
_SPANS = frozenset("year years yrs month months week weeks semester semesters".split())
"""Before an article and a title, these say that the asker is or was that: "15 years a DBA"."""
_BEING = frozenset("am was been".split())
_QUALIFIED = 4
"""So many words before a name hold who says so, an article, and what sort: "am a senior embedded"."""
_ASKING_NOW = frozenset("tired thinking bored considering wanting looking eyeing hoping".split())
"""Behind a title that opens a text, these say that the asker is that."""
_NOW = (["now"], ["here"], ["currently"], ["atm"])
"""Right behind a name, these say that the asker is of it."""
_FOR_YEARS = frozenset("yoe years yrs currently formerly".split())
"""Behind a title that opens a text, these say that the asker is that: "Data scientist in Haifa, 5 yoe"."""
_CLAUSES = 14
"""So many words before a name may tell whose it is, commas or not."""
_JOINED = frozenset("or and vs than".split())
_MOVING = _INTO | set(
    "wanting hoping trying being turned transition transitioning switch switching move moving pivot pivoting change changing go going get"
    " considering thinking planning turn turning grow growing evolve evolving straight directly want wants looking about up back yoe year years exp experience with of getting jump jumping transfer break breaking and then ever eventually later easily".split()
)
_CHANGING = frozenset(
    "transition transitioning switch switching move moving pivot pivoting shift shifting change changing jump jumping transfer"
    " transferring leap way cross crossing".split()
)
"""Between two names, before "to" and the second of them, these say that somebody goes there, whatever else is told."""
_DREAMS = frozenset("goal dream aim target".split())
_IS = frozenset("is was be".split())
_DREAMING = 6
"""So many words behind a name may say that it is the dream."""
_OF_WHOM = ARTICLES | ADJECTIVES | {"career"}
"""Words that may stand before what an asker is: "mid-career SWE"."""
_NO_MOVE = frozenset(
    "compared similar closer close next due related relate contrast opposed relative compare comparable".split()
)
_OTHERS = frozenset(
    "nephew niece dad mum mom father mother sister sisters brother brothers vendor vendors guest friend friends gf bf girlfriend boyfriend wife husband partner colleague colleagues coworker boss manager uncle aunt cousin neighbour neighbor roommate classmate teacher they flatmate housemate labmate mate mates tutor lecturer lad lads husbands wifes boyfriends girlfriends roommates flatmates cousins customer labmates classmates another"
    " employers companies recruiters people everyone everybody somebody someone most others some seniors he she who".split()
)
"""Of them is told what they do or want; sons and daughters are asked for."""
_ONE_MORE = (["one", "for"], ["one", "as"], ["one", "in"])
"""Behind "another", these say that it is one more of what was told, and nobody: "another one for a business analyst"."""
_OFFERING = frozenset("offer offers offered offering wants hinted suggested promoted invited".split())
_TELLER = frozenset(
    "i me we us should can suggest suggests suggested recommend recommends recommended advise advises advised".split()
)
"""Between others and a name, these say that it is about the asker: "my cousin suggested data engineering"."""
_ONES_FIRST = ARTICLES | {"my", "your", "their", "his", "her"}
"""Before "first", these say which job it is: "as a DE compared to a first job as a DA"."""
_FIRST = 6
"""So many words behind a name may say that it is a step."""
_NO_AIM = _NO_MOVE | {"not", "no", "never", "skip", "by", "stone"}
_NOT = frozenset({"not", "never"})
_WANTING = frozenset("want wants wanted wanna interested looking aiming trying keen".split())
"""Behind one of the former, these refuse what they would aim at: "I do not want to be a"."""
_REFUSED = 7
"""So many words before a name may refuse it."""
_BESIDE_THE_WAY = ARTICLES | ADJECTIVES | {"something", "like"}
"""Words between two names that do not keep a move from leading from one to the other."""


_WORK_IN = frozenset(
    [
        (word, "in")
        for word in "people folks work working works career careers job jobs role roles position positions future start".split()
    ]
    + [
        (word, "for")
        for word in "candidate apply applying applied aim prepare preparing qualify ready hired".split()
    ]
)
"""Before a field, these say that somebody would be of it: "work in AI", "a candidate for ML"."""


def is_reached(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether somebody goes to a field, or is of it: "into ML", "thinking about ML", "-> ML", "ML people"."""
    led = word_before(tokens, mention.start) in _INTO or tokens[mention.start].gap == ">"
    led = led or tuple(token.text for token in tokens[max(0, mention.start - 2) : mention.start]) in _WORK_IN
    return led or is_aimed_at(tokens, mention) or not FOLKS.isdisjoint(words_after(tokens, mention.end))


def directions(tokens: Sequence[Token], found: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Mentions that a move leads to, and those it comes from."""
    targets: list[Mention] = []
    origins: list[Mention] = []
    for index, mention in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        onward = following is not None and _leads(tokens, mention, following)
        if mention in targets and not onward:
            continue
        if mention in targets:
            targets.remove(mention)
        if onward and following is not None:
            origins.append(mention)
            targets.append(following)
        elif _comes_from(tokens, mention) or (len(found) > 1 and is_step(tokens, mention)):
            origins.append(mention)
        elif is_aimed_at(tokens, mention):
            targets.append(mention)
    distinct = [mention for mention in targets if all(mention.name != origin.name for origin in origins)]
    if distinct and not origins:
        origins = [one for one in found if _is_asker(tokens, one, distinct[0])]
    return distinct, origins


def _comes_from(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the words around a name say that the asker is that, or was."""
    if _is_asker_now(tokens, mention):
        return True
    before = word_before(tokens, mention.start)
    for_years = before in _SPANS and tokens[mention.start - 1].text in ARTICLES
    if before not in ORIGIN_BEFORE and not for_years:
        return False
    return not (is_held_against(tokens, mention) or _is_wished(tokens, mention))


def _into_for_years(tokens: Sequence[Token], place: int) -> bool:
    """Whether "two years into a" stands before a place: that is where somebody is."""
    before = [token.text for token in tokens[max(0, place - 4) : place] if token.text not in ARTICLES]
    return before[-1:] == ["into"] and not _SPANS.isdisjoint(before[-3:-1])


def is_origin(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the words before a name say that the asker is that now, or was: "I am a data analyst"."""
    before = word_before(tokens, mention.start)
    if before in LEAVING:
        return True
    if before in ORIGIN_BEFORE and not (_is_wished(tokens, mention) or is_held_against(tokens, mention)):
        return True
    if words_before(tokens, mention.start, 2, STOPS) == ["title", "is"]:
        return True
    if before in _SPANS or _is_qualified(tokens, mention) or _is_asker_now(tokens, mention):
        return True
    opens = mention.start <= 1 and not mention.is_field
    return opens and not _FOR_YEARS.isdisjoint(words_after(tokens, mention.end, _CLAUSES, ENDS))


def _is_qualified(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the asker is a sort of what is named: "I am an embedded SWE", "I was an Oracle DBA"."""
    if mention.is_field:
        return False
    before = words_before(tokens, mention.start, _QUALIFIED, STOPS)
    said = any(one in _BEING and other in ARTICLES for one, other in pairwise(before))
    return said and not _is_wished(tokens, mention)


def _is_asker_now(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the words behind a name say that the asker is that: "backend dev here", "DBA for 15 years", "SRE tired of"."""
    if _is_here(tokens, mention):
        return True
    if mention.start > 2 or mention.is_field or word_before(tokens, mention.start):
        return False
    after = words_after(tokens, mention.end, 3)
    for_years = after[:1] == ["for"] and any(map(str.isdigit, after[1:2]))
    return for_years or not _ASKING_NOW.isdisjoint(after[:1])


def _is_here(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the word behind a name says that the asker is that: "backend dev here", but not "a job as a data analyst here"."""
    return words_after(tokens, mention.end) in _NOW and not _is_wished(tokens, mention)


def _is_wished(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether "as" and a name say what somebody would be: "get hired as", "paid for that as", "can I work as"."""
    before = [token.text for token in tokens[max(0, mention.start - 5) : mention.start]]
    if "as" not in before:
        return False
    led = before[: len(before) - before[::-1].index("as") - 1]
    wished = not _WISHED_AS.isdisjoint(led[-1:]) or "paid" in led
    return wished or (led[-1:] == ["work"] and not _WISHES.isdisjoint(led)) or _is_offered(tokens, mention)


def _is_offered(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a sentence tells that somebody would have the asker be that: "wants to move me to the platform team as a"."""
    return not _OFFERING.isdisjoint(words_before(tokens, mention.start, _CLAUSES, ENDS))


def is_left(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the words before a name say that somebody leaves it: "the jump from data analyst to that", but not "the next step from"."""
    before = word_before(tokens, mention.start)
    if before != "from":
        return before in LEAVING
    next_from = "next" in words_before(tokens, mention.start, _REACH, STOPS)
    return not (next_from or is_held_against(tokens, mention))


def is_step(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a name is but a step on the way: "be a SWE for a few years first"."""
    clause = words_after(tokens, mention.end, _FIRST, STOPS)
    return "first" in clause and any(
        word == "first" and before not in _ONES_FIRST for before, word in pairwise(("", *clause))
    )


def is_of_others(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a sentence tells of somebody else: "my best friend left to be a data engineer"."""
    told = words_before(tokens, mention.start, _CLAUSES, ENDS)
    if _OTHERS.isdisjoint(told):
        return False
    others = [
        place
        for place, word in enumerate(told)
        if word in _OTHERS
        and told[place - 1 : place] != ["do"]
        and told[place + 1 : place + 3] not in _ONE_MORE
    ]
    return bool(others) and _TELLER.isdisjoint(told[others[-1] :])


def is_aimed_at(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the words before a name say that somebody wants to get there."""
    before = words_before(tokens, mention.start, _REACH, STOPS)
    aims = word_before(tokens, mention.start) in TOWARDS or not AIMING.isdisjoint(before)
    aims = aims or before[-2:] in _SET_ON or words_after(tokens, mention.end, 2) in _IS_WHERE
    aims = aims or _is_dreamt_of(tokens, mention)
    if not aims or not _NO_AIM.isdisjoint(before) or _into_for_years(tokens, mention.start):
        return False
    if _is_refused(tokens, mention):
        return False
    return not (is_of_others(tokens, mention) or is_place(tokens, mention) or is_step(tokens, mention))


def _is_refused(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether somebody says that they do not want to be what is named."""
    before = words_before(tokens, mention.start, _REFUSED, STOPS)
    return any(one in _NOT and other in _WANTING for one, other in pairwise(before))


def _is_dreamt_of(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a name is said to be an aim: "goal: data engineer", "data scientist, which was the dream"."""
    if mention.start and tokens[mention.start - 1].text in _DREAMS:
        return True
    after = words_after(tokens, mention.end, _DREAMING, ENDS)
    if _DREAMS.isdisjoint(after):
        return False
    return any(
        one in _IS and other in _DREAMS
        for one, other in pairwise([word for word in after if word not in ARTICLES])
    )


def _is_asker(tokens: Sequence[Token], mention: Mention, target: Mention) -> bool:
    """Whether a name that opens a sentence says who wants to get to the target: "senior DE eyeing ..."."""
    opens = mention.start < target.start and not word_before(tokens, mention.start, _OF_WHOM)
    return opens and not any(token.text in _JOINED for token in tokens[mention.end : target.start])


def _leads(tokens: Sequence[Token], one: Mention, other: Mention) -> bool:
    """Whether the text goes from `one` straight to `other`: "A to B", "A -> B", "A into B"."""
    if "." in gaps(tokens[one.end : other.start + 1]):
        return False
    between = [token.text for token in tokens[one.end : other.start] if token.text not in _BESIDE_THE_WAY]
    if any(token.text in _NO_MOVE for token in tokens[max(0, one.start - 3) : other.start]):
        return False
    arrow = any(token.gap == ">" for token in tokens[one.end : other.start + 1])
    if not between or (tokens[other.start].gap == ">" and _JOINED.isdisjoint(between)):
        return arrow
    if between == ["for"] and word_before(tokens, one.start) in LEAVING:
        return True
    if between[-2:] == ["to", "be"]:
        between.pop()
    if between[-1] not in _INTO and between[-1] != "then":
        return False
    told = not _CHANGING.isdisjoint(between) and _JOINED.isdisjoint(between)
    return told or all(word in _MOVING or word.isdigit() for word in between)
