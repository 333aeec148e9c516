"""Where a text names roles, fields, outside jobs and items: windows of words, exact names first, longest first."""

from collections.abc import Sequence
from itertools import compress, count, pairwise
from typing import NamedTuple

from bot.core.matching.lexicon import Lexicon, Name, NameKind
from bot.core.matching.phrases import Phrases
from bot.core.matching.spelling import SHORTEST, is_english
from bot.core.matching.tokens import Token, gaps, texts

CONNECTORS = frozenset({"or", "and", "vs", "v", "to", "into", "with", "from", "than", "over"})
ARTICLES = frozenset({"a", "an", "the"})
_PASSED = ARTICLES | frozenset(
    "for as plain classical regular normal pure traditional proper real actual just maybe only even".split()
)
"""Words between two names that keep nothing from joining them: "for DE or only for DS"."""
_JOINING = frozenset({"or", "and", "vs"})

_BEFORE_A_JOB = frozenset(
    "for into become becoming being junior senior jr sr entry level lead aspiring a an".split()
)
_BEFORE_THE_LAST = frozenset("to than from do be as is in".split())
"""Before letters that end a clause, these say that they are a job: "is it better than ds?"."""
_CAREER = frozenset(
    "job jobs role roles career careers roadmap salary salaries pay interview interviews portfolio bootcamp degree market"
    " internship internships resume position positions skills cert certs certificate hiring manager team work"
    " path masters bootcamps wages comp tc progression folks people grads oversaturated saturated burnout take".split()
)
_PLAIN_CAREER = _CAREER & frozenset(
    "job jobs career careers roadmap salary interview interviews portfolio bootcamp degree internship resume".split()
) | frozenset({"hired"})

# Abbreviations that are words, too: in lower case they are nothing but that.
_ENGLISH = frozenset("am an as be do go he if in is it me my no of on or so to up us we".split())

_SHY = frozenset({"CV"})
"""Letters that mostly mean something else: they count only beside another name, and before the words below."""
_OF_A_JOB = frozenset("job jobs role roles career careers salary salaries pay".split())

_NEAR = 15
"""Words; a field farther from a job says nothing of it."""
_BREAKS = frozenset(".,>")
"""What no name reaches across, unless it is written with it, as "product manager, data"."""

_NO_BREAKS: frozenset[str] = frozenset()

TITLE_SCORE = 1.0
FIELD_SCORE = 0.85
WEAK_SCORE = 0.6
SLIP_COST = 0.08
_STRENGTH = {
    NameKind.TITLE: TITLE_SCORE,
    NameKind.ABBREVIATION: 0.97,
    NameKind.FIELD: FIELD_SCORE,
    NameKind.WEAK_FIELD: WEAK_SCORE,
    NameKind.OUTSIDE: TITLE_SCORE,
    NameKind.ITEM: TITLE_SCORE,
}


class Mention(NamedTuple):
    """A name found at tokens `start` to `end`. `slip` says that a typo was mended to find it."""

    name: Name
    start: int
    end: int
    slip: bool = False

    @property
    def score(self) -> float:
        """How sure it is that the name was meant, 0 to 1."""
        return _STRENGTH[self.name.kind] - (SLIP_COST if self.slip else 0)

    @property
    def is_field(self) -> bool:
        """Whether it names a discipline or technology rather than a job."""
        return self.name.kind in (NameKind.FIELD, NameKind.WEAK_FIELD)

    @property
    def outside(self) -> bool:
        """Whether it names a job that the knowledge does not cover."""
        return self.name.kind is NameKind.OUTSIDE


def find_roles(tokens: Sequence[Token], lexicon: Lexicon, *, shouted: bool) -> tuple[Mention, ...]:
    """Roles, fields and outside jobs in the order of the text, none overlapping another."""
    found = _longest(tokens, lexicon.roles, shouted=shouted)
    found = _near_misses(tokens, lexicon, found)
    found = _shared_heads(tokens, lexicon, found)
    found = _of_a_field(tokens, lexicon, found)
    return tuple(_in_good_company(tokens, found, shouted=shouted))


def find_items(tokens: Sequence[Token], lexicon: Lexicon, roles: Sequence[Mention]) -> tuple[Mention, ...]:
    """Items in the order of the text; words that a job title has taken are no items."""
    taken = {
        place
        for role in roles
        if role.name.kind in (NameKind.TITLE, NameKind.ABBREVIATION, NameKind.OUTSIDE)
        for place in range(role.start, role.end)
    }
    return tuple(
        mention
        for mention in _longest(tokens, lexicon.items, shouted=False)
        if taken.isdisjoint(range(mention.start, mention.end))
    )


def _longest(tokens: Sequence[Token], names: Phrases[Name], *, shouted: bool) -> list[Mention]:
    found: list[Mention] = []
    for start, end, candidates in names.find(texts(tokens)):
        if found and found[-1].start < start < found[-1].end:
            continue
        breaks = _BREAKS.intersection(gaps(tokens[start + 1 : end])) if end > start + 1 else _NO_BREAKS
        for name in candidates:
            if breaks <= name.breaks and _as_written(name, tokens, start, end, shouted=shouted):
                if found and found[-1].start == start:
                    found.pop()
                slip = any(token.mended for token in tokens[start:end])
                found.append(Mention(name, start, end, slip))
                break
    return found


def _as_written(name: Name, tokens: Sequence[Token], start: int, end: int, *, shouted: bool) -> bool:
    """Whether a name that needs its exact spelling has it; abbreviations are left to the company they keep."""
    if name.written is None:
        return True
    if name.kind is NameKind.ABBREVIATION:
        return True
    if end - start == 1:
        raw = tokens[start].raw
        sentence_start = start == 0 or tokens[start].gap == "."
        return raw == name.written and not (raw.istitle() and len(raw) > 1 and sentence_start) and not shouted
    return True


def _near_misses(tokens: Sequence[Token], lexicon: Lexicon, found: list[Mention]) -> list[Mention]:
    """Adds names of several words of which one is an English word but a slip here, as in "machine leaning engineer"."""
    partners = [*map(lexicon.partners, texts(tokens))]
    taken = {place for mention in found for place in range(mention.start, mention.end)}
    for place in compress(count(), partners):
        if place in taken:
            continue
        for word in partners[place]:
            low = max(0, place - 2)
            mended = tokens[place]._replace(text=word, mended=True)
            changed = (*tokens[low:place], mended, *tokens[place + 1 : place + 4])
            better = [
                mention
                for mention in _longest(changed, lexicon.roles, shouted=False)
                if mention.start + low <= place < mention.end + low and mention.end - mention.start > 1
            ]
            if better and not better[0].outside:
                new = better[0]._replace(start=better[0].start + low, end=better[0].end + low, slip=True)
                span = range(new.start, new.end)
                kept = [old for old in found if not (set(span) & set(range(old.start, old.end)))]
                if all(old.end - old.start < len(span) for old in found if old not in kept):
                    return sorted([*kept, new], key=lambda mention: mention.start)
    return found


def _shared_heads(tokens: Sequence[Token], lexicon: Lexicon, found: list[Mention]) -> list[Mention]:
    """Completes titles that share a word: "data or ML engineer", "data engineer/scientist"."""
    taken = {place: mention for mention in found for place in range(mention.start, mention.end)}
    result = list(found)
    for mention in found:
        if mention.end - mention.start < 2:
            continue
        for completed, instead_of in (
            _modifier_before(tokens, lexicon, mention, taken),
            _head_after(tokens, lexicon, mention, taken),
        ):
            if completed is not None:
                result = [kept for kept in result if kept is not instead_of]
                result.append(completed)
    return sorted(result, key=lambda mention: mention.start)


def _of_a_field(tokens: Sequence[Token], lexicon: Lexicon, found: list[Mention]) -> list[Mention]:
    """Takes a field near a job for the title that both make: who asks how product managers get into AI asks for AI product managers."""
    jobs = [(one.start, texts(tokens[one.start : one.end])) for one in found if one.outside]
    if not jobs:
        return found
    result = []
    for mention in found:
        field = texts(tokens[mention.start : mention.end])
        near = [job for place, job in jobs if abs(place - mention.start) <= _NEAR]
        made = (lexicon.roles.exact((*field, *job)) for job in near if mention.name.kind is NameKind.FIELD)
        title = next((name for names in made for name in names if name.kind is NameKind.TITLE), None)
        taken = mention if title is None else mention._replace(name=mention.name._replace(id=title.id))
        result.append(taken)
    return result


_Completed = tuple[Mention | None, Mention | None]


def _modifier_before(
    tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, taken: dict[int, Mention]
) -> _Completed:
    """The "data" of "data or ML engineer" as a title of its own, and the field or letters that it was taken for."""
    head = tokens[mention.end - 1].text
    place = mention.start - 1
    if place >= 1 and tokens[place].text in _JOINING:
        place -= 1
    elif tokens[mention.start].gap not in ("/", "&", ","):
        return None, None
    old = taken.get(place)
    if place < 0 or head not in lexicon.heads:
        return None, None
    if old is not None and not old.is_field and old.name.kind is not NameKind.ABBREVIATION:
        return None, None
    start = old.start if old is not None else place
    return _titled(
        lexicon, (*(token.text for token in tokens[start : place + 1]), head), start, place + 1
    ), old


def _head_after(
    tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, taken: dict[int, Mention]
) -> _Completed:
    """The "scientist" of "data engineer or scientist" as a title of its own."""
    place = mention.end
    if place < len(tokens) and tokens[place].text in _JOINING:
        place += 1
    elif place >= len(tokens) or tokens[place].gap != "/":
        return None, None
    if place >= len(tokens) or tokens[place].text not in lexicon.heads or place in taken:
        return None, None
    stem = (token.text for token in tokens[mention.start : mention.end - 1])
    return _titled(lexicon, (*stem, tokens[place].text), place, place + 1), None


def _titled(lexicon: Lexicon, words: tuple[str, ...], start: int, end: int) -> Mention | None:
    name = next((name for name in lexicon.roles.exact(words) if name.kind is not NameKind.OUTSIDE), None)
    return Mention(name, start, end) if name is not None else None


def _in_good_company(tokens: Sequence[Token], found: list[Mention], *, shouted: bool) -> list[Mention]:
    """Leaves out two-letter abbreviations that are neither in capitals nor beside "vs" or "or" with another name."""
    kept = []
    for index, mention in enumerate(found):
        if mention.name.written is None or mention.name.kind not in (NameKind.ABBREVIATION, NameKind.FIELD):
            kept.append(mention)
            continue
        raw = tokens[mention.end - 1].raw.rstrip("s")
        following = tokens[mention.end].text if mention.end < len(tokens) else ""
        shy = mention.name.written in _SHY and following not in _OF_A_JOB
        if not shy and raw == mention.name.written and not shouted:
            kept.append(mention)
            continue
        if not shy and not shouted and _stands_for_a_job(tokens, mention):
            kept.append(mention)
            continue
        if raw != mention.name.written and _is_english(tokens, mention):
            continue
        neighbours = [found[place] for place in (index - 1, index + 1) if 0 <= place < len(found)]
        if any(beside(tokens, mention, other) for other in neighbours):
            kept.append(mention)
    return kept


def _is_english(tokens: Sequence[Token], mention: Mention) -> bool:
    return mention.end - mention.start == 1 and tokens[mention.start].text in _ENGLISH


def _stands_for_a_job(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether letters in lower case stand where a job would: "for ds", "junior ds", or beside words of careers."""
    if _is_english(tokens, mention):
        return False
    before = tokens[mention.start - 1].text if mention.start else ""
    after = tokens[mention.end].text if mention.end < len(tokens) else ""
    if before in _BEFORE_A_JOB or after in _CAREER:
        return True
    last = mention.end == len(tokens) or tokens[mention.end].gap in _BREAKS
    if last and mention.start and before in _BEFORE_THE_LAST:
        return True
    # Of "de facto" and "da vinci" the letters are a part.
    alone = len(after) < SHORTEST or is_english(after)
    return alone and any(token.text in _PLAIN_CAREER for token in tokens)


def beside(tokens: Sequence[Token], one: Mention, other: Mention) -> bool:
    """Whether nothing but "vs", "or", "and", "to", a slash, an arrow, a comma, articles and the like stands between two names."""
    first, second = (one, other) if one.start < other.start else (other, one)
    between = tokens[first.end : second.start]
    if any(token.text not in CONNECTORS and token.text not in _PASSED for token in between):
        return False
    marks = [token.gap for token in tokens[first.end : second.start + 1]]
    if "." in marks:
        return False
    return bool(between and any(token.text in CONNECTORS for token in between)) or any(marks)


def runs(tokens: Sequence[Token], names: Sequence[Mention]) -> list[list[Mention]]:
    """The names in their order, those together that stand side by side."""
    found = [[*names[:1]]]
    for one, other in pairwise(names):
        if beside(tokens, one, other):
            found[-1].append(other)
        else:
            found.append([other])
    return found
