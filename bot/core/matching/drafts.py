"""The ways to read a text, each with how sure it is: about roles, from items to roles, an FAQ entry, a follow-up."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.core.knowledge.model import PAY, Figure, ItemKind, SectionKind, Seniority, Snapshot
from bot.core.matching import cues as section_cues
from bot.core.matching.head import ANSWERED, OFFERED
from bot.core.matching.intents import Cue
from bot.core.matching.lexicon import NameKind
from bot.core.matching.question import Context, Intent, Subject
from bot.core.matching.signals import Signals

_MOVE_SECTIONS = ("getting-started", "career-path")
_ITEM_SECTIONS = ("tools", "skills", "industries")
_CONTEXT_SCORE = 0.8
_WEAK_SCORE = 0.7
_UNEXPLAINED = 5
_SHORT = 3
_PLEA = 10


class Draft(NamedTuple):
    """A reading that may be taken: what it is about and how sure it is, 0 to 1."""

    subject: Subject
    confidence: float
    unmet: Seniority | None = None


def _confidence(names: float, sections: float) -> float:
    """Names count whole; a section that is not asked for halves them at most."""
    return round(names * (0.5 + 0.5 * sections), 4)


class Drafter:
    """Drafts readings of signals against one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._pay = frozenset(
            name
            for role in snapshot.roles.values()
            for name, facts in role.sections.items()
            if any(isinstance(fact, Figure) and fact.measure in PAY for fact in facts)
        )

    def about_roles(self, signals: Signals, context: Context) -> Draft:
        """The roles named, with the sections asked for; a short text takes missing sections from the context."""
        chosen = signals.chosen
        roles = chosen.ids
        intent = _intent(signals, len(roles))
        sections = self._sections(signals, intent)
        overview = not sections or (
            signals.top < section_cues.ASKED and not signals.items_beside_roles and not chosen.move
        )
        if not sections and len(signals.tokens) <= len(roles) * 4 + 4:
            sections = tuple(section for section in context.sections if section in self._snapshot.sections)
        asked = _overview_score(signals, len(roles)) if overview else max(signals.top, section_cues.ASKED)
        names = sum(mention.score for mention in chosen.mentions) / len(chosen.mentions)
        if all(mention.name.kind is NameKind.WEAK_FIELD for mention in chosen.mentions):
            names = _WEAK_SCORE
        alone = intent is Intent.ROLE and len(roles) == 1
        if alone and signals.has(Cue.NEAR) and not section_cues.asked(signals.ranked):
            return Draft(Subject(Intent.FIND, roles), _confidence(names, 1.0))
        common = intent is Intent.SETS and signals.has(Cue.COMMON)
        subject = Subject(intent, roles, sections, signals.items_beside_roles, common=common)
        return self._narrowed(Draft(subject, _confidence(names, asked)), signals)

    def jobs(self, signals: Signals) -> Draft | None:
        """A question for featured jobs, where the knowledge features any."""
        roles = signals.chosen.ids
        if not self._snapshot.jobs or not signals.has(Cue.JOBS) or signals.ranked or len(roles) > 1:
            return None
        return Draft(Subject(Intent.JOBS, roles), 0.9) if signals.unexplained <= 1 else None

    def find(self, signals: Signals) -> Draft | None:
        """Which roles use the items named; a contest of tools is not that."""
        items = signals.items
        contest = len(items) > 1 and signals.has(Cue.COMPARE, Cue.CHOOSE)
        if not items or contest:
            return None
        left = signals.unexplained
        if signals.has(Cue.FIND):
            return Draft(Subject(Intent.FIND, items=items), 0.92 if left <= _UNEXPLAINED else 0.5)
        if len(items) == 1 and left == 0 and not signals.ranked and len(signals.tokens) <= _SHORT:
            return Draft(Subject(Intent.FIND, items=items), 0.7)
        return None

    def follow_up(self, signals: Signals, context: Context) -> Draft | None:
        """What a text without a role asks about the roles of the answer that it follows up."""
        roles = tuple(role for role in context.roles if role in self._snapshot.roles)
        sections = section_cues.asked(signals.wanted) or self._home_of(signals.items, roles)
        if not sections and signals.narrowing.spans:
            sections = tuple(section for section in context.sections if section in self._pay)
        if not roles or not sections or signals.unexplained > _UNEXPLAINED:
            return None
        subject = Subject(_intent(signals, len(roles)), roles, sections, signals.items)
        draft = Draft(subject, _confidence(_CONTEXT_SCORE, max(section_cues.ASKED, signals.top)))
        return self._narrowed(draft, signals)

    def faq(self, signals: Signals) -> Draft | None:
        """The FAQ entry that the text asks for, if one stands out."""
        if not signals.faq or signals.faq[0].score < ANSWERED:
            return None
        return Draft(Subject(Intent.FAQ, faq=signals.faq[0].id), round(signals.faq[0].score, 4))

    def near_faq(self, signals: Signals) -> tuple[Subject, ...]:
        """The FAQ entries that the text may ask for, too unsure to answer."""
        return tuple(Subject(Intent.FAQ, faq=hit.id) for hit in signals.faq if hit.score >= OFFERED)

    def plea(self, signals: Signals) -> Draft | None:
        """A question about the bot itself."""
        if signals.has(Cue.HELP) and signals.unexplained == 0 and len(signals.tokens) <= _PLEA:
            return Draft(Subject(Intent.HELP), 0.9)
        return None

    def _narrowed(self, draft: Draft, signals: Signals) -> Draft:
        """The reading with the level or the region that its pay is asked for; of both the region is kept."""
        narrowing = signals.narrowing
        if narrowing.level is None and narrowing.region is None:
            return draft
        named = section_cues.asked(signals.ranked) or draft.subject.sections
        if len(named) != 1 or draft.subject.sections[:1] != named or named[0] not in self._pay:
            return draft
        level = narrowing.level if narrowing.region is None else None
        sections = named if level or narrowing.region else draft.subject.sections
        subject = replace(draft.subject, sections=sections, level=level, region=narrowing.region)
        return draft._replace(subject=subject, unmet=narrowing.level if level is None else None)

    def _sections(self, signals: Signals, intent: Intent) -> tuple[str, ...]:
        known = self._snapshot.sections
        sections = section_cues.asked(signals.wanted)
        if signals.chosen.move:
            if any(section not in _MOVE_SECTIONS for section in sections):
                return sections
            return tuple(section for section in _MOVE_SECTIONS if section in known)
        if intent is Intent.SETS:
            named = section_cues.asked(signals.ranked)
            with_items = tuple(section for section in named if known[section].kind is SectionKind.ITEMS)
            return (
                with_items or named or tuple(section for section in ("skills", "tools") if section in known)
            )
        return sections or self._home_of(signals.items_beside_roles, signals.chosen.ids)

    def _home_of(self, items: Sequence[str], roles: Sequence[str]) -> tuple[str, ...]:
        """The section in which the roles hold the items asked about; degrees belong to education."""
        if not items:
            return ()
        snapshot = self._snapshot
        if "education" in snapshot.sections and any(
            snapshot.items[item].kind is ItemKind.DEGREE for item in items
        ):
            return ("education",)
        for section in _ITEM_SECTIONS:
            if any(
                getattr(fact, "item", None) in items
                for role in roles
                for fact in snapshot.roles[role].facts(section)
            ):
                return (section,)
        return ()


def _overview_score(signals: Signals, roles: int) -> float:
    """How sure it is that a text which names roles but no section wants to hear about them."""
    left = signals.unexplained
    if roles > 1 and (left <= 1 or signals.has(Cue.COMPARE, Cue.CHOOSE)):
        return 1.0
    if left <= 1:
        return 0.9
    return 0.6 if signals.has(Cue.ASKING) and left <= 2 * _UNEXPLAINED else 0.0


def _intent(signals: Signals, roles: int) -> Intent:
    if roles < 2:
        return Intent.ROLE
    if signals.has(Cue.CHOOSE):
        return Intent.CHOOSE
    if signals.chosen.move:
        return Intent.ROLE
    return Intent.SETS if signals.has(Cue.SETS) else Intent.COMPARE
