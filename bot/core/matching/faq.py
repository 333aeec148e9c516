"""FAQ entries by their example questions: a head trained on them says which one a text asks for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, cycle
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.process import extractOne

from bot.core.knowledge.model import Snapshot
from bot.core.matching import quick
from bot.core.matching.context import ContextSpeller
from bot.core.matching.fitting import fit
from bot.core.matching.head import OFFERED, Dense, Head
from bot.core.matching.meanings import open_table
from bot.core.matching.quick import QuickHead
from bot.core.matching.tokens import key
from bot.core.matching.training import Example, Progress

REMEMBERED = 1_024
"""Words of which it is kept what they add to the scores; few, for each server with entries of its own keeps as many."""
_HITS = 4
_FIRST, _LAST = 20, 60
"""Of a longer text so many words are looked at: what it asks for stands in its title or at its end."""


@dataclass(frozen=True, slots=True)
class FaqHit:
    """An entry, how sure it is that the text asks for it (0 to 1), and its example that is most like the text."""

    id: str
    score: float
    example: str


@cache
def everyday() -> tuple[tuple[str, ...], ...]:
    """The words of ordinary talk that asks for no entry of anybody's."""
    lines = Path(__file__).with_name("everyday.txt").read_text(encoding="utf-8").splitlines()
    return tuple(key(line) for line in lines if not line.startswith("#"))


def about_roles(snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    """The words of questions about roles, which are no entry's: each cue of each section with one name after another."""
    roles = list(snapshot.roles.values())
    names = [name for role in roles for name in (role.name, *role.aliases, *role.fields)]
    items = [item.name for item in snapshot.items.values()]
    if not names:
        return
    turn = cycle(names)
    yield from (key(name) for name in names)
    yield from (key(f"{role.name} {link} {next(turn)}") for role in roles for link in ("vs", "or", "to"))
    thing = cycle(items or names)
    for section in snapshot.sections.values():
        for cue in (*section.names, *section.cues):
            asked = cue if "{role}" in cue else f"{{role}} {cue}"
            filled = asked.replace("{role}", next(turn))
            yield key(filled.replace("{item}", next(thing)).replace("{degree}", "degree"))


def faq_examples(snapshot: Snapshot) -> tuple[Example, ...]:
    """What a head for a snapshot's entries is trained on: their questions, and what belongs to none."""
    asked = tuple(
        Example(key(text), (entry.id,)) for entry in snapshot.faq.values() for text in entry.questions
    )
    if not asked:
        return ()
    talk = (Example(words) for words in everyday())
    return (*asked, *talk, *(Example(words, apart=True) for words in about_roles(snapshot)))


def faq_learned_from(snapshot: Snapshot) -> object:
    """All of a snapshot that a head for its entries depends on: their questions, and the names and cues of `about_roles`."""
    return (
        [(entry.id, entry.questions) for entry in snapshot.faq.values()],
        [(role.name, role.aliases, role.fields) for role in snapshot.roles.values()],
        [item.name for item in snapshot.items.values()],
        [(section.names, section.cues) for section in snapshot.sections.values()],
    )


def fit_faq(snapshot: Snapshot, on_progress: Progress | None = None) -> Head | None:
    """The head for a snapshot's entries; None where it has none. It takes about a millisecond for each question."""
    examples = faq_examples(snapshot)
    return fit(examples, on_progress) if examples else None


def size_of(head: Head) -> int:
    """The bytes that it takes to find the entries of a head."""
    return head.size + (quick.size_of(head, REMEMBERED) if _is_quick(head) else 0)


def _is_quick(head: Head) -> bool:
    return isinstance(head.weights, Dense)


class FaqIndex:
    """Finds the FAQ entries that a text asks for."""

    def __init__(self, snapshot: Snapshot, head: Head | None) -> None:
        if head is not None and head.meanings is not None:
            # Now, so that no question opens a file, or is the first to find it damaged.
            open_table()
        self._snapshot = snapshot
        self._head = head
        # The entries of most are few; what thousands add could not be remembered.
        self._ranking = QuickHead(head, REMEMBERED) if head is not None and _is_quick(head) else head
        self._questions = {
            entry.id: {text: " ".join(key(text)) for text in entry.questions}
            for entry in snapshot.faq.values()
        }
        self.words = {word for words in self._asked() for word in words}

    def serves(self, snapshot: Snapshot, head: Head | None) -> bool:
        """Whether it would be the same for another snapshot and head."""
        return head is self._head and snapshot.faq == self._snapshot.faq

    def _asked(self) -> Iterator[list[str]]:
        return (text.split() for texts in self._questions.values() for text in texts.values())

    def speller(self, is_odd: Callable[[str], bool]) -> ContextSpeller:
        """What mends words towards the questions of the entries, and towards what is asked of nobody or of roles."""
        others = (*everyday(), *about_roles(self._snapshot)) if self.words else ()
        return ContextSpeller(chain(self._asked(), others), is_odd)

    def find(self, words: Sequence[str]) -> tuple[FaqHit, ...]:
        """The entries that the words are most like, best first."""
        if self._head is None or self._ranking is None:
            return ()
        if len(words) > _FIRST + _LAST:
            words = (*words[:_FIRST], *words[-_LAST:])
        ranked = self._ranking.rank(words, _HITS)
        scored = [(entry, self._head.margins.confidence(margin)) for entry, margin in ranked]
        text = " ".join(words)
        return tuple(
            FaqHit(entry, score, self._nearest(entry, text) if score >= OFFERED else "")
            for entry, score in scored
        )

    def _nearest(self, entry: str, text: str) -> str:
        found = extractOne(text, self._questions[entry], scorer=fuzz.token_sort_ratio)
        return str(found[2]) if found is not None else ""
