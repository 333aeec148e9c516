"""Numbers for the sources of one answer, in the order in which they are first used."""

from collections.abc import Iterable
from datetime import date

from bot.core.answers.model import Citation, Line
from bot.core.knowledge.dates import past_shelf_life
from bot.core.knowledge.model import AsOf, Fact, Section, Snapshot, Statement


class CitationBook:
    """Collects the sources of an answer and hands out their numbers."""

    def __init__(self, snapshot: Snapshot, today: date) -> None:
        self._snapshot = snapshot
        self._today = today
        self._numbers: dict[tuple[str, str], Citation] = {}

    def cite(self, source: str, as_of: AsOf) -> int:
        """The number of a source as of a date."""
        key = (source, as_of.text)
        if key not in self._numbers:
            known = self._snapshot.sources[source]
            self._numbers[key] = Citation(len(self._numbers) + 1, source, known.title, as_of, known.url)
        return self._numbers[key].number

    def stale(self, fact: Fact, section: Section) -> bool:
        """Whether a fact is past the shelf life of its section."""
        return past_shelf_life(fact.as_of.day, section.shelf_life, self._today)

    def line(self, text: str, fact: Fact, section: Section) -> Line:
        """A line that says one fact."""
        return Line(text, (self.cite(fact.source, fact.as_of),), self.stale(fact, section))

    def joint_line(self, text: str, facts: Iterable[Fact], section: Section) -> Line:
        """A line that rests on several facts; of those from one source as of one date one stands for all."""
        apart = {(fact.source, fact.as_of.text): fact for fact in facts}.values()
        refs = tuple([self.cite(fact.source, fact.as_of) for fact in apart])
        return Line(text, refs, any(self.stale(fact, section) for fact in apart))

    def statement(self, fact: Statement, section: Section) -> Line:
        """A statement as a line."""
        return self.line(fact.text, fact, section)

    def all(self) -> tuple[Citation, ...]:
        """The citations given so far, by number."""
        return tuple(self._numbers.values())
