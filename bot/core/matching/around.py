"""What the words around a name say of it: that it is a degree, a place, an ability, a threat rather than what is asked about."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet

from bot.core.matching.intents import Cue
from bot.core.matching.lexicon import NameKind
from bot.core.matching.mentions import ARTICLES, Mention
from bot.core.matching.tokens import Token, texts

_DEGREE_WORDS = frozenset(
    "degree degrees masters master bachelors bachelor phd msc bsc major majors bootcamp bootcamps course courses certificate"
    " certificates certification certifications cert background program programs programme minor doctorate diploma"
    " student students graduate graduates".split()
)
_TAKING = frozenset("take takes taking took eat eats eating".split())
_TAKEN = frozenset("over job jobs our my their the all away first".split())
_REPLACING = frozenset(
    "replace replaces replacing replaced write writes kill kills killing automate automates automating eliminate".split()
)
_SUFFERING = frozenset("be being been get gets getting".split())
"""Between a name and such a word, these say that it is replaced itself."""
_DONE = frozenset("mean means meant used done made needed required asked expected hired".split())
"""Before "by" and a name, these say what its people do rather than what it does to others."""
TOWARDS = frozenset("to into become becoming towards toward be".split())
AIM = TOWARDS | {"in", "for", "learn", "learning", "study", "studying", "about", "do", "doing"}
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
_NEEDED = (
    ["how", "much"],
    ["how", "deep"],
    ["level", "of"],
    ["amount", "of"],
    ["knowledge", "of"],
    ["have", "to"],
    ["need", "to"],
)
_KNOWN = frozenset({"language", "languages", "skills"})
"""With the former before it or one of the latter behind, a field is what somebody has to know."""
_PLACES = frozenset(
    "floor department side packages tools tool art lab labs company companies startup startups team teams firm firms project projects product products space industry"
    " consultancy agency".split()
)
"""After a field, these say where somebody works; as what is said by a title."""
STOPS = frozenset(".,>")
_SENTENCES = frozenset(".")
_NAMING = frozenset("name title word term label".split())
_DIFFERING = frozenset(
    "differ differs different difference distinct distinguishes separates apart compare compares rank ranks".split()
)
_FROM = frozenset({"from", "with", "to", "against"})
_APART = 8
"""With one of the former so many words before it, "from" a name holds against it: "what separates a product analyst from"."""
_MERELY = frozenset("just only basically really mostly".split())
"""Words that may stand between "is it" and what it may be."""
ADJECTIVES = frozenset(
    "good great better real professional senior junior lead staff principal entry level mid new aspiring future successful"
    " fresh certified decent competent proper full time remote freelance young experienced normal regular typical ordinary average plain usual classical classic traditional pure".split()
)
BEFORE_BARE = (
    ARTICLES
    | ADJECTIVES
    | AIM
    | set(" or and an as do which vs of does is are between versus like".split(" "))
)


def word_before(tokens: Sequence[Token], place: int, skip: Collection[str] = ARTICLES | ADJECTIVES) -> str:
    """The word before `place`, articles and adjectives passed over; "" across the end of a sentence."""
    while place > 0:
        if tokens[place].gap == ".":
            return ""
        place -= 1
        if tokens[place].text not in skip:
            return tokens[place].text
    return ""


def words_before(tokens: Sequence[Token], place: int, words: int, stops: AbstractSet[str]) -> list[str]:
    """The words before `place`, at most so many, back to the last mark of `stops`."""
    start = max(0, place - words)
    for here in range(place, start, -1):
        if tokens[here].gap in stops:
            start = here
            break
    return texts(tokens[start:place])


def words_after(
    tokens: Sequence[Token], place: int, words: int = 1, stops: AbstractSet[str] = _SENTENCES
) -> list[str]:
    """So many words from `place` on, up to one before which a mark of `stops` stands."""
    if words == 1:
        # Mostly no more than one is wanted.
        open_ended = place < len(tokens) and tokens[place].gap not in stops
        return [tokens[place].text] if open_ended else []
    found: list[str] = []
    for token in tokens[place : place + words]:
        if token.gap in stops:
            break
        found.append(token.text)
    return found


def is_threat(tokens: Sequence[Token], mention: Mention, cues: dict[Cue, list[tuple[int, int]]]) -> bool:
    """Whether a field is what threatens the role, as AI in "dying because of AI", rather than asked about."""
    if not mention.is_field:
        return False
    if any(end == mention.start for _, end in cues.get(Cue.THREAT, ())):
        return tokens[max(0, mention.start - 2)].text not in _DONE
    following = words_after(tokens, mention.end, 4, STOPS)
    if any(word in _TAKING for word in following):
        return any(word in _TAKEN for word in following)
    return _SUFFERING.isdisjoint(following) and any(word in _REPLACING for word in following)


def is_degree(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether letters are those of a degree: "economics BA", "BA in history"."""
    if mention.name.kind is not NameKind.ABBREVIATION or tokens[mention.start].text != "ba":
        return False
    after = words_after(tokens, mention.end, 2)
    return (
        word_before(tokens, mention.start) in _STUDIED
        or after[:1] == ["degree"]
        or (after[:1] == ["in"] and ARTICLES.isdisjoint(after))
        or not _STUDIED.isdisjoint(after[:1])
    )


def is_ability(tokens: Sequence[Token], mention: Mention, starts: Collection[int]) -> bool:
    """Whether a name is what somebody has to be or know: "be good coders", "how much stats", "stats for analysts"."""
    able = tokens[mention.start - 1].text in _ABLE
    if able and word_before(tokens, mention.start, ARTICLES | ADJECTIVES | _ABLE) == "be":
        return True
    if not mention.is_field:
        return False
    if mention.end + 1 in starts and words_after(tokens, mention.end) == ["for"]:
        return True
    after = words_after(tokens, mention.end)
    if word_before(tokens, mention.start) in _WITHOUT and (not after or not _HAD.isdisjoint(after)):
        return True
    asked = [token.text for token in tokens[max(0, mention.start - 2) : mention.start]]
    return asked in _NEEDED or not _KNOWN.isdisjoint(after)


def in_degree(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a field only says what a degree or course is in."""
    if any(word in _DEGREE_WORDS for word in words_after(tokens, mention.end)):
        return True
    start = mention.start
    if word_before(tokens, start) not in ("in", "of"):
        return False
    return any(token.text in _DEGREE_WORDS for token in tokens[max(0, start - 3) : start])


def is_place(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a field only says what sort of place somebody works at: "into an AI lab as a research engineer"."""
    return not _PLACES.isdisjoint(words_after(tokens, mention.end))


def is_person(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a weak field is a general word for who does the work."""
    return mention.end - mention.start == 1 and tokens[mention.start].text in _PERSONS


def is_bare(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether such a word has nothing before it that says of which other sort, as "firmware developer" has."""
    before = tokens[mention.start - 1].text if mention.start and not tokens[mention.start].gap else ""
    return is_person(tokens, mention) and (not before or before in BEFORE_BARE or before in _ANY)


def is_talked_of(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a field is only what everybody talks about."""
    return any(token.text in _TALKING for token in tokens[max(0, mention.start - 2) : mention.start])


def is_held_against(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a name is held against what was told before: "how does it differ from data science", "is it just data science", "a fancier name for"."""
    before = [token.text for token in tokens[max(0, mention.start - 3) : mention.start]]
    if word_before(tokens, mention.start) in _FROM and not _DIFFERING.isdisjoint(
        words_before(tokens, mention.start, _APART, STOPS)
    ):
        return True
    likened = [word for word in before if word not in _MERELY][-2:] == ["is", "it"]
    return (
        likened or not _DIFFERING.isdisjoint(before) or (not _NAMING.isdisjoint(before) and "for" in before)
    )
