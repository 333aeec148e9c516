"""Which of the roles that a text names are asked about, and in which order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.matching.intents import Cue
from bot.core.matching.lexicon import NameKind
from bot.core.matching.mentions import ARTICLES, Mention, beside
from bot.core.matching.tokens import Token

AT_MOST = 5
"""More roles than this are not compared; the first ones are taken."""

_READ = 60
"""Mentions that are weighed; a text that names more roles than this is no question."""

_TITLES = (NameKind.TITLE, NameKind.ABBREVIATION)
_DEGREE_WORDS = frozenset(
    "degree degrees masters master bachelors bachelor phd msc bsc major majors bootcamp bootcamps course courses certificate"
    " certificates certification certifications cert background program programs programme minor doctorate diploma"
    " student students graduate graduates".split()
)
_TAKING = frozenset("take takes taking".split())
_TAKEN = frozenset("over job jobs our my their the all away".split())
_REPLACING = frozenset(
    "replace replaces replacing replaced write writes kill kills killing automate automates automating eliminate".split()
)
_SUFFERING = frozenset("be being been get gets getting".split())
"""Between a name and such a word, these say that it is replaced itself."""
_DONE = frozenset("mean means meant used done made needed required asked expected hired".split())
"""Before "by" and a name, these say what its people do rather than what it does to others."""
_CAREER_WORDS = frozenset(
    "career careers job jobs role roles field market position positions roadmap salary salaries interview interviews engineer"
    " skills senior junior promotion path level".split()
)
_TOWARDS = frozenset("to into become becoming towards toward be".split())
_INTO = frozenset({"into", "to", "become", "towards"})
_AIM = _TOWARDS | {"in", "for", "learn", "study", "about", "do", "doing"}
_ORIGIN_BEFORE = frozenset("from am as was been being currently current working turned".split())
_LEAVING = frozenset("leaving leave left quit quitting ditch ditching ex former".split())
_LEADS = frozenset(
    "to into towards pivot pivoting switch switching transition transitioning moving move".split()
)
_AIMING = _LEADS - {"to"} | frozenset(
    "become becoming considering thinking interested interest eyeing dreaming dream toying hoping pursue pursuing specialize"
    " specializing aiming aim leaning drifting going look looking want wants wanting wanna trying turn turning".split()
)
_REACH = 4
"""So many words before a name may say that it is aimed at: "thinking about becoming a"."""
_PERSONS = frozenset("analyst analysts developer developers dev devs".split())
"""Weak fields that name who does the work: they need no word of careers beside them."""
_ANY = frozenset("no any some first get got these those our my".split())
"""Before such a word, these say as little of which sort as articles do."""
_TALKING = frozenset("talk talks talking hear hears hearing hype hyped news".split())
_STUDIED = frozenset(
    "economics econ psychology history english sociology philosophy politics political communications marketing finance"
    " geography literature journalism math maths physics biology chemistry arts humanities linguistics".split()
)
"""Before "BA", these say that it is the degree."""
_ABLE = frozenset("good decent strong great competent solid bad mediocre terrible poor weak".split())
_WITHOUT = frozenset("without no any little zero some".split())
_HAD = frozenset("background experience knowledge".split())
"""With one of the former before it and one of the latter behind, a field is what somebody brings along."""
_BROUGHT = frozenset(
    "paper papers publication publications experience exposure coursework modules classes".split()
)
"""Behind a field, these say the same."""
_WISHES = frozenset("to can could would".split())
_FOLKS = frozenset(
    "people folks person persons guy guys specialist specialists professional professionals".split()
)
_SPANS = frozenset("year years yrs month months week weeks semester semesters".split())
_PLACES = frozenset(
    "floor department side packages tools tool art lab labs company companies startup startups team teams firm firms project projects product products space industry"
    " consultancy agency".split()
)
"""After a field, these say where somebody works; as what is said by a title."""
_STOPS = frozenset(".,>")
_ENDS = frozenset(".>")
_CLAUSES = 14
"""So many words before a name may tell whose it is, commas or not."""
_AGAINST = frozenset("than or vs to with".split())
"""Before a weak field, where one thing is held against another: "compared to a normal dev"."""
_JOINED = frozenset("or and vs than".split())
_QUESTIONING = frozenset("is are do does of".split())
_OPENING = 1
"""A job named within the first words is the title of the question: "nurse salary in Ohio"."""
_MOVING = _INTO | set(
    "wanting hoping trying being turned transition transitioning switch switching move moving pivot pivoting change changing go going get"
    " considering thinking planning straight directly want wants looking about up back yoe year years exp experience with of getting jump jumping transfer break breaking and then".split()
)
_CHANGING = frozenset(
    "transition transitioning switch switching move moving pivot pivoting shift shifting change changing jump jumping transfer"
    " transferring leap way cross crossing".split()
)
"""Between two names, before "to" and the second of them, these say that somebody goes there, whatever else is told."""
_NO_MOVE = frozenset(
    "compared similar closer close next due related relate contrast opposed relative compare comparable".split()
)
_DIFFERING = frozenset("differ differs different difference distinct distinguishes separates apart".split())
_OTHERS = frozenset(
    "friend friends colleague colleagues coworker boss manager uncle aunt cousin neighbour neighbor roommate classmate teacher they"
    " employers companies recruiters people everyone everybody somebody someone most others some seniors he she who".split()
)
"""Of them is told what they do or want; sons and daughters are asked for."""
_TELLER = frozenset("i me we us should can".split())
_WEIGHED = 15
"""So near a field must be to the word that holds one thing against another, where titles stand in the text, too."""
_FIRST = 6
"""So many words behind a name may say that it is a step."""
_NO_AIM = _NO_MOVE | {"not", "skip", "by", "stone"}
_ADJECTIVES = frozenset(
    "good great better real professional senior junior lead staff principal entry level mid new aspiring future successful"
    " fresh certified decent competent proper full time remote freelance young experienced normal regular typical ordinary average plain usual classical classic traditional pure".split()
)
_BESIDE_THE_WAY = ARTICLES | _ADJECTIVES | {"something", "like"}
"""Words between two names that do not keep a move from leading from one to the other."""
_BEFORE_BARE = (
    ARTICLES
    | _ADJECTIVES
    | _AIM
    | set(" or and an as do which vs of does is are between versus like".split(" "))
)


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
) -> ChosenRoles:
    """The roles asked about among those found; fields that are only the setting of the question are left out.

    `cued` says that a section is asked for, which makes of a technology the job that has to do with it.
    """
    kept = [
        mention
        for mention in found[:_READ]
        if not _is_threat(tokens, mention, cues) and not _is_degree(tokens, mention)
    ]
    if len(kept) > 1:
        starts = {mention.start for mention in kept}
        kept = [mention for mention in kept if not _is_ability(tokens, mention, starts)] or kept
    weighs = [start for cue in (Cue.COMPARE, Cue.CHOOSE) for start, _ in cues.get(cue, ())]
    weighs += [place for place, token in enumerate(tokens) if token.text == "than"]
    kept = _drop_setting(tokens, kept, career=cued or Cue.CAREER in cues, weighs=weighs)
    targets, origins = _directions(tokens, kept)
    known = [mention for mention in kept if not mention.outside]
    strangers = [mention for mention in kept if mention.outside]
    if known:
        strangers = [one for one in strangers if any(beside(tokens, one, other) for other in known)]
        targets = [one for one in targets if not (one.outside and _in_degree(tokens, one))]
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


def _is_loose(tokens: Sequence[Token], mention: Mention, known: Sequence[Mention]) -> bool:
    """Whether a field stands in a text about a title without being held against it or aimed at."""
    return (
        mention.is_field
        and any(other.name.kind in _TITLES for other in known)
        and not _is_reached(tokens, mention)
        and not any(beside(tokens, mention, other) for other in known if other is not mention)
    )


def _before(tokens: Sequence[Token], place: int, skip: Collection[str] = ARTICLES | _ADJECTIVES) -> str:
    """The word before `place`, articles and adjectives passed over; "" across the end of a sentence."""
    while place > 0:
        if tokens[place].gap == ".":
            return ""
        place -= 1
        if tokens[place].text not in skip:
            return tokens[place].text
    return ""


def _after(tokens: Sequence[Token], place: int, words: int = 1, stops: Collection[str] = ".") -> list[str]:
    found: list[str] = []
    for token in tokens[place : place + words]:
        if token.gap and token.gap in stops:
            break
        found.append(token.text)
    return found


def _is_threat(tokens: Sequence[Token], mention: Mention, cues: dict[Cue, list[tuple[int, int]]]) -> bool:
    """Whether a field is what threatens the role, as AI in "dying because of AI", rather than asked about."""
    if not mention.is_field:
        return False
    if any(end == mention.start for _, end in cues.get(Cue.THREAT, ())):
        return tokens[max(0, mention.start - 2)].text not in _DONE
    following = _after(tokens, mention.end, 4, _STOPS)
    if any(word in _TAKING for word in following):
        return any(word in _TAKEN for word in following)
    return _SUFFERING.isdisjoint(following) and any(word in _REPLACING for word in following)


def _is_degree(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether letters are those of a degree: "economics BA", "BA in history"."""
    if mention.name.kind is not NameKind.ABBREVIATION or tokens[mention.start].text != "ba":
        return False
    after = _after(tokens, mention.end, 2)
    return (
        _before(tokens, mention.start) in _STUDIED
        or after[:1] == ["degree"]
        or (after[:1] == ["in"] and ARTICLES.isdisjoint(after))
        or not _STUDIED.isdisjoint(after[:1])
    )


def _is_ability(tokens: Sequence[Token], mention: Mention, starts: Collection[int]) -> bool:
    """Whether a name is what somebody has to be or know: "be good coders", "how much stats", "stats for analysts"."""
    able = tokens[mention.start - 1].text in _ABLE
    if able and _before(tokens, mention.start, ARTICLES | _ADJECTIVES | _ABLE) == "be":
        return True
    if not mention.is_field:
        return False
    if mention.end + 1 in starts and _after(tokens, mention.end) == ["for"]:
        return True
    after = _after(tokens, mention.end)
    if _before(tokens, mention.start) in _WITHOUT and (not after or not _HAD.isdisjoint(after)):
        return True
    asked = [token.text for token in tokens[max(0, mention.start - 2) : mention.start]]
    return asked in (["how", "much"], ["how", "deep"]) or _after(tokens, mention.end) in (
        ["language"],
        ["languages"],
        ["skills"],
    )


def _in_degree(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a field only says what a degree or course is in."""
    if any(word in _DEGREE_WORDS for word in _after(tokens, mention.end)):
        return True
    start = mention.start
    if _before(tokens, start) not in ("in", "of"):
        return False
    return any(token.text in _DEGREE_WORDS for token in tokens[max(0, start - 3) : start])


def _is_reached(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether somebody goes to a field, or is of it: "into ML", "thinking about ML", "-> ML", "ML people"."""
    led = _before(tokens, mention.start) in _INTO or tokens[mention.start].gap == ">"
    return led or is_aimed_at(tokens, mention) or not _FOLKS.isdisjoint(_after(tokens, mention.end))


def _is_place(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a field only says what sort of place somebody works at: "into an AI lab as a research engineer"."""
    return not _PLACES.isdisjoint(_after(tokens, mention.end))


def _drop_setting(
    tokens: Sequence[Token], found: list[Mention], *, career: bool, weighs: Sequence[int]
) -> list[Mention]:
    """Leaves out fields that only say where or by what; `weighs` is where one thing is held against another."""
    weighing = bool(weighs)
    titles = [mention for mention in found if mention.name.kind in _TITLES]
    outside = [mention for mention in found if mention.outside]
    fields = [mention for mention in found if mention.name.kind is NameKind.FIELD]
    weak = [mention for mention in found if mention.name.kind is NameKind.WEAK_FIELD]
    firm = titles + outside
    if titles:
        aims = [
            one
            for one in fields
            if not _is_place(tokens, one)
            and (
                _is_reached(tokens, one)
                or (
                    any(abs(place - one.start) < _WEIGHED for place in weighs) and not _in_degree(tokens, one)
                )
            )
        ]
        kept_fields = aims + [one for one in _linked(tokens, fields, firm) if one not in aims]
    elif any(_is_aim(tokens, one, fields) for one in outside):
        # The unknown job is what is asked about, the field only where it is done.
        kept_fields = [
            one
            for one in fields
            if one.start <= _OPENING
            or any(beside(tokens, one, other) for other in outside)
            or _before(tokens, one.start) in _AIM
        ]
    else:
        kept_fields = _aimed(tokens, fields, weighing=weighing)
    career = career or any(token.text in _CAREER_WORDS or token.text == "work" for token in tokens)
    if not titles and not kept_fields and not any(_is_aim(tokens, one, weak) for one in outside):
        kept_fields = [
            one
            for one in weak
            if _is_bare(tokens, one)
            or (career and not is_person(tokens, one))
            or not _FOLKS.isdisjoint(_after(tokens, one.end))
        ]
    elif kept_fields or titles:
        kept_fields += [
            one
            for one in weak
            if any(beside(tokens, one, other) for other in titles + kept_fields)
            or (weighing and _before(tokens, one.start) in _AGAINST)
        ]
    kept = firm + kept_fields
    return sorted(kept, key=lambda mention: mention.start)


def is_person(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a weak field is a general word for who does the work."""
    return mention.end - mention.start == 1 and tokens[mention.start].text in _PERSONS


def _is_bare(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether such a word has nothing before it that says of which other sort, as "firmware developer" has."""
    before = tokens[mention.start - 1].text if mention.start and not tokens[mention.start].gap else ""
    return is_person(tokens, mention) and (not before or before in _BEFORE_BARE | _ANY)


def _is_aim(tokens: Sequence[Token], mention: Mention, fields: Sequence[Mention]) -> bool:
    """Whether an unknown job is what is asked about, rather than where the asker comes from."""
    before = _before(tokens, mention.start)
    if before in _ORIGIN_BEFORE or before in _LEAVING or _in_degree(tokens, mention):
        return False
    if any(field.start > mention.end for field in fields) and _after(tokens, mention.end) == ["with"]:
        return False
    for field in fields:
        between = tokens[mention.end : field.start]
        told = between and any(token.gap == "." for token in tokens[mention.end : field.start + 1])
        if told or any(token.text in _LEADS | _AIMING for token in between):
            return False
    return mention.start <= _OPENING or before in _TOWARDS or before in _QUESTIONING


def _linked(tokens: Sequence[Token], fields: list[Mention], firm: list[Mention]) -> list[Mention]:
    """The fields that a chain of "vs", "or", commas and the like joins to a firm mention."""
    ordered = sorted([*fields, *firm], key=lambda mention: mention.start)
    held = set(firm)
    for direction in (ordered, ordered[::-1]):
        for one, other in pairwise(direction):
            if one in held and other not in held and beside(tokens, one, other):
                held.add(other)
    return [one for one in fields if one in held]


def _aimed(tokens: Sequence[Token], fields: list[Mention], *, weighing: bool) -> list[Mention]:
    """Of several fields, those that a career is asked in; all where the text joins them or nothing tells."""
    joined = any(
        beside(tokens, one, other) or (weighing and _before(tokens, other.start) in _AGAINST)
        for one, other in pairwise(fields)
    )
    if joined or len({mention.name.id for mention in fields}) < 2:
        outright = [mention for mention in fields if not _in_degree(tokens, mention)]
        return outright or fields
    aimed = [
        one
        for one in fields
        if not _in_degree(tokens, one)
        and (
            (_before(tokens, one.start) in _AIM and not _is_talked_of(tokens, one))
            or any(word in _CAREER_WORDS for word in _after(tokens, one.end))
        )
    ]
    return aimed or [one for one in fields if not _in_degree(tokens, one)] or fields


def _is_talked_of(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a field is only what everybody talks about."""
    return any(token.text in _TALKING for token in tokens[max(0, mention.start - 2) : mention.start])


def _directions(tokens: Sequence[Token], found: list[Mention]) -> tuple[list[Mention], list[Mention]]:
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
        before = _before(tokens, mention.start)
        if onward and following is not None:
            origins.append(mention)
            targets.append(following)
        elif (
            (before in _ORIGIN_BEFORE or _has_been(tokens, mention))
            and not is_held_against(tokens, mention)
            and not _is_wished(tokens, mention)
        ) or _after(tokens, mention.end) == ["here"]:
            origins.append(mention)
        elif is_aimed_at(tokens, mention):
            targets.append(mention)
    distinct = [mention for mention in targets if all(mention.name != origin.name for origin in origins)]
    if distinct and not origins:
        origins = [one for one in found if _is_asker(tokens, one, distinct[0])]
    return distinct, origins


def _into_for_years(tokens: Sequence[Token], place: int) -> bool:
    """Whether "two years into a" stands before a place: that is where somebody is."""
    before = [token.text for token in tokens[max(0, place - 4) : place] if token.text not in ARTICLES]
    return before[-1:] == ["into"] and not _SPANS.isdisjoint(before[-3:-1])


def is_held_against(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether "from" stands between two that are held against each other: "how does it differ from data science"."""
    return any(token.text in _DIFFERING for token in tokens[max(0, mention.start - 3) : mention.start])


def is_setting(tokens: Sequence[Token], mention: Mention, skills: Collection[int]) -> bool:
    """Whether a field, by the words around it, is but a skill: "is programming expected", "do they want stats".

    `skills` is where the names of items begin.
    """
    if not mention.is_field or _is_reached(tokens, mention) or is_person(tokens, mention):
        return False
    after = _after(tokens, mention.end)
    skill = (
        mention.start in skills or mention.name.kind is NameKind.WEAK_FIELD or not _BROUGHT.isdisjoint(after)
    )
    return _is_ability(tokens, mention, ()) or (skill and _CAREER_WORDS.isdisjoint(after))


def is_origin(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the words before a name say that the asker is that now, or was: "I am a data analyst"."""
    before = _before(tokens, mention.start)
    return before in _LEAVING or (before in _ORIGIN_BEFORE and not _is_wished(tokens, mention))


def _is_wished(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether "as" and a name say what somebody would be: "get hired as", "a job as", "can I work as"."""
    before = [token.text for token in tokens[max(0, mention.start - 5) : mention.start]]
    if "as" not in before:
        return False
    led = before[: len(before) - before[::-1].index("as") - 1]
    return led[-1:] in (["hired"], ["job"], ["start"], ["jobs"]) or (
        led[-1:] == ["work"] and not _WISHES.isdisjoint(led)
    )


def _has_been(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a length of time stands before a name: "15 years a DBA"."""
    return _before(tokens, mention.start) in _SPANS and tokens[mention.start - 1].text in ARTICLES


def is_left(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the words before a name say that somebody leaves it: "the jump from data analyst to that"."""
    return _before(tokens, mention.start) in _LEAVING | {"from"}


def is_step(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a name is but a step on the way: "be a SWE for a few years first"."""
    clause: list[str] = []
    for token in tokens[mention.end : mention.end + _FIRST]:
        if token.gap in _STOPS:
            break
        clause.append(token.text)
    return "first" in clause


def is_of_others(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a sentence tells of somebody else: "my best friend left to be a data engineer"."""
    start = mention.start
    while start and mention.start - start < _CLAUSES and tokens[start].gap not in _ENDS:
        start -= 1
    told = [token.text for token in tokens[start : mention.start]]
    others = [place for place, word in enumerate(told) if word in _OTHERS]
    return bool(others) and _TELLER.isdisjoint(told[others[-1] :])


def is_aimed_at(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether the words before a name say that somebody wants to get there."""
    start = mention.start
    while start and mention.start - start < _REACH and tokens[start].gap not in _STOPS:
        start -= 1
    before = {token.text for token in tokens[start : mention.start]}
    elsewhere = is_of_others(tokens, mention) or _is_place(tokens, mention) or is_step(tokens, mention)
    if elsewhere or not _NO_AIM.isdisjoint(before) or _into_for_years(tokens, mention.start):
        return False
    return _before(tokens, mention.start) in _TOWARDS or not _AIMING.isdisjoint(before)


def _is_asker(tokens: Sequence[Token], mention: Mention, target: Mention) -> bool:
    """Whether a name that opens a sentence says who wants to get to the target: "senior DE eyeing ..."."""
    opens = mention.start < target.start and not _before(tokens, mention.start)
    return opens and not any(token.text in _JOINED for token in tokens[mention.end : target.start])


def _leads(tokens: Sequence[Token], one: Mention, other: Mention) -> bool:
    """Whether the text goes from `one` straight to `other`: "A to B", "A -> B", "A into B"."""
    between = [token.text for token in tokens[one.end : other.start] if token.text not in _BESIDE_THE_WAY]
    if any(token.gap == "." for token in tokens[one.end : other.start + 1]):
        return False
    if any(token.text in _NO_MOVE for token in tokens[max(0, one.start - 3) : other.start]):
        return False
    arrow = any(token.gap == ">" for token in tokens[one.end : other.start + 1])
    if not between or (tokens[other.start].gap == ">" and _JOINED.isdisjoint(between)):
        return arrow
    if between == ["for"] and _before(tokens, one.start) in _LEAVING:
        return True
    if between[-2:] == ["to", "be"]:
        between.pop()
    if between[-1] not in _INTO:
        return False
    told = not _CHANGING.isdisjoint(between) and _JOINED.isdisjoint(between)
    return told or all(word in _MOVING or word.isdigit() for word in between)


def bare_heads(tokens: Sequence[Token], heads: dict[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """For each general word such as "engineer" with nothing before it that says which: the roles it stands for."""
    found: dict[tuple[str, ...], None] = {}
    for place, token in enumerate(tokens):
        before = tokens[place - 1].text if place and not token.gap else ""
        if token.text in heads and before in _BEFORE_BARE:
            found[heads[token.text]] = None
    return tuple(found)
