"""The one door to the core: a text and how it was asked become a reply."""

import re
from copy import copy
from datetime import date

from bot.core.answers.compose import compose
from bot.core.answers.find import Holdings
from bot.core.answers.model import Answer, Option, Reply, Silent
from bot.core.answers.related import close_roles, related
from bot.core.answers.wording import clarify, unknown
from bot.core.errors import UnknownNameError
from bot.core.knowledge.model import Item, Role, Section, Snapshot
from bot.core.matching.heads import Heads, fit_heads
from bot.core.matching.lexicon import NameKind, names_and_cues
from bot.core.matching.question import Context, Manner, Outcome, Question, Subject
from bot.core.matching.suggest import Suggester
from bot.core.matching.understand import Matcher

_NO_CONTEXT = Context()
_JOINTS = re.compile(r"\s*[,;&+]\s*|\s+(?:and|with|plus)\s+", re.IGNORECASE)
_FOLLOWED_UP = 5


class Assistant:
    """Answers questions from one snapshot. Immutable and free of I/O: share it between tasks, swap it whole.

    `heads` are what `fit_heads` gives for the snapshot; without them, they are trained here.
    """

    def __init__(self, snapshot: Snapshot, heads: Heads | None = None) -> None:
        self.snapshot = snapshot
        self.heads = heads or fit_heads(snapshot)
        self._matcher = Matcher(snapshot, self.heads)
        self._suggester = Suggester(snapshot)
        self._holdings = Holdings(snapshot)

    def over(self, snapshot: Snapshot, heads: Heads) -> "Assistant":
        """An assistant for a snapshot that was made of this one's, sharing what is compiled of what they share."""
        if names_and_cues(snapshot) != names_and_cues(self.snapshot):
            return Assistant(snapshot, heads)
        other = copy(self)
        other.snapshot = snapshot
        other.heads = heads
        other._matcher = self._matcher.over(snapshot, heads)
        if snapshot.roles is not self.snapshot.roles:
            other._holdings = Holdings(snapshot, self._holdings)
        return other

    def shares_names(self, other: "Assistant") -> bool:
        """Whether what is compiled of names, the most of an assistant, is held by both in common."""
        return self._suggester is other._suggester

    def understand(
        self, text: str, *, manner: Manner = Manner.ADDRESSED, context: Context | None = None
    ) -> Question:
        """What the text asks, with evidence. Never raises, whatever the text."""
        return self._matcher.understand(text, manner, context or _NO_CONTEXT)

    def because(
        self, text: str, section: str | None = None, at_most: int = 8
    ) -> tuple[tuple[str, float], ...]:
        """What in a text spoke most for (above 0) and against answering it, or for a section, by the trained head.

        The shares are exact: the head's margin is the sum of all of them and a constant.
        """
        return self._matcher.because(text, section, at_most)

    def ask(
        self, text: str, *, today: date, manner: Manner = Manner.ADDRESSED, context: Context | None = None
    ) -> Reply:
        """The reply to a text. Never raises, whatever the text."""
        question = self.understand(text, manner=manner, context=context)
        if question.outcome is Outcome.ANSWER and question.subject is not None:
            return compose(question.subject, self.snapshot, self._holdings, today, question)
        if question.outcome is Outcome.SILENT:
            return Silent(question.reason, question)
        if question.outcome is Outcome.CLARIFY:
            return clarify(question, self.snapshot)
        return unknown(question, self.snapshot)

    def show(self, subject: Subject, *, today: date) -> Answer:
        """The answer about a subject that is already known, as from a button or a command's options.

        Raises:
            StaleSubjectError: the subject names something that the snapshot does not hold.
            LevelInRegionError: it asks for pay by level of experience and by region at once.
        """
        return compose(subject, self.snapshot, self._holdings, today)

    def role(self, text: str) -> Role:
        """The role that a text names: id, name, alias, abbreviation or field; a slip of the keyboard is mended.

        Raises:
            UnknownNameError: no role, or an outside job, is named; carries the closest ids.
        """
        wanted = text.strip()
        if wanted in self.snapshot.roles:
            return self.snapshot.roles[wanted]
        for name in self._matcher.lexicon.role_named(wanted):
            if name.kind is not NameKind.OUTSIDE:
                return self.snapshot.roles[name.id]
        raise UnknownNameError("role", wanted, tuple(role.id for role in self._suggester.near_roles(wanted)))

    def section(self, text: str) -> Section:
        """The section that a text names by id, title or cue. Raises UnknownNameError."""
        found = self._suggester.section(text.strip())
        if found is None:
            close = tuple(section.id for section in self.suggest_sections(text, 3))
            raise UnknownNameError("section", text.strip(), close)
        return found

    def item(self, text: str) -> Item:
        """The item that a text names by id, name or alias. Raises UnknownNameError."""
        wanted = text.strip()
        if wanted in self.snapshot.items:
            return self.snapshot.items[wanted]
        for name in self._matcher.lexicon.item_named(wanted):
            return self.snapshot.items[name.id]
        raise UnknownNameError("item", wanted, tuple(item.id for item in self._suggester.near_items(wanted)))

    def items(self, text: str) -> tuple[Item, ...]:
        """The items that a text names, one or several joined by commas, "and" and the like. Raises UnknownNameError."""
        try:
            return (self.item(text),)
        except UnknownNameError:
            parts = [part for part in _JOINTS.split(text) if part.strip()]
            if len(parts) < 2:
                raise
        found = dict.fromkeys(self.item(part).id for part in parts)
        return tuple(self.snapshot.items[item] for item in found)

    def region(self, text: str) -> str:
        """The region that a text names in full or by its code, in any capitals. Raises UnknownNameError."""
        wanted = text.strip().casefold()
        for name, code in self.snapshot.regions.items():
            if wanted in (name.casefold(), code.casefold()):
                return name
        raise UnknownNameError("region", text.strip(), self._suggester.regions(text, 3))

    def context(self, answer: Answer) -> Context:
        """What a follow-up to an answer leans on."""
        return Context(answer.roles[:_FOLLOWED_UP], answer.subject.sections)

    def related(self, answer: Answer, at_most: int) -> tuple[Option, ...]:
        """Comparisons to offer under an answer, the pairs that people compare most first."""
        return related(answer, self.snapshot, at_most)

    def close_roles(self, answer: Answer) -> Option | None:
        """The look-up of roles close to the one that an answer is about, where it is about one."""
        return close_roles(answer, self.snapshot)

    def suggest_regions(self, typed: str, limit: int = 25) -> tuple[str, ...]:
        """Regions for autocomplete, best first."""
        return self._suggester.regions(typed, limit)

    def suggest_roles(self, typed: str, limit: int = 25) -> tuple[Role, ...]:
        """Roles for autocomplete, best first: name or alias starting with what was typed, then close ones."""
        return tuple(self.snapshot.roles[role.id] for role in self._suggester.roles(typed, limit))

    def suggest_sections(self, typed: str, limit: int = 25) -> tuple[Section, ...]:
        """Sections for autocomplete, best first."""
        return self._suggester.sections(typed, limit)

    def suggest_items(self, typed: str, limit: int = 25) -> tuple[Item, ...]:
        """Items for autocomplete, best first."""
        return tuple(self.snapshot.items[item.id] for item in self._suggester.items(typed, limit))

    def compare_with(self, roles: tuple[str, ...], limit: int = 25) -> tuple[Role, ...]:
        """Roles to compare the given ones with: nearest and most often compared first, none of the given."""
        snapshot = self.snapshot
        near = [other for role in roles if role in snapshot.roles for other in snapshot.roles[role].nearest]
        common = [other for pair in snapshot.compared if set(pair) & set(roles) for other in pair]
        ordered = dict.fromkeys([*near, *common, *sorted(snapshot.roles)])
        return tuple(
            snapshot.roles[role] for role in ordered if role not in roles and role in snapshot.roles
        )[:limit]
