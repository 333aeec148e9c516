"""Sentences: which of a text ask."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.core.matching.intents import Cue
from bot.core.matching.tokens import Reading, Token, gaps, places, texts

_SENTENCE_ENDS = frozenset(".?!;\n")
ENDS = frozenset(".>")
"""The gaps in which a sentence may end."""
_OPENING = 3
"""Words with which a sentence may begin before what makes it a question: "hi all, what ..."."""
VERBS = frozenset("is are am do does did will would can could should who which when where".split())
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
"""Before "tell", these ask for it."""
_TITLE = 20
"""Words; a longer first line is a part of the story."""


def asking_tokens(
    reading: Reading, tokens: Sequence[Token], cues: Mapping[Cue, Sequence[tuple[int, int]]]
) -> frozenset[int] | None:
    """The tokens of the sentences that ask; None for a text of one sentence, or one in which none or all ask."""
    asking: set[int] = set()
    opens: list[int] = [0]
    for place in places(gaps(tokens), ENDS):
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


def _begins(tokens: Sequence[Token], opens: int, start: int) -> bool:
    """Whether what asks begins a sentence: "so is it", but not "it is"."""
    if tokens[start].text in VERBS and tokens[start].gap != ",":
        following = texts(tokens[start + 1 : start + 2])
        told = tokens[start].text in _RELATIVE and (VERBS | {"to"}).isdisjoint(following)
        return not told and all(token.text in _OPENERS for token in tokens[opens:start])
    return start - opens < _OPENING


def _wishes(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether words ask wherever they stand: "could anyone explain", but not "all they tell me"."""
    if tokens[start].text == "tell" and tokens[start - 1].text not in _PLEADING:
        return False
    return not _WISHING.isdisjoint(texts(tokens[start:end]))


def _title(reading: Reading, tokens: Sequence[Token]) -> int:
    """How many words stand in the title of a text: a short line above longer ones says what is asked, in whatever form."""
    line, _, body = reading.text.strip().partition("\n")
    if not body or len(body) < len(line):
        return 0
    end = reading.text.index(line) + len(line)
    words = sum(token.start < end for token in tokens[: _TITLE + 1])
    return words if words <= _TITLE else 0
