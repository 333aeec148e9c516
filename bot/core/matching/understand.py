"""A text and a snapshot become a `Question`: one reading is taken, or none, by its score and its margin."""

from collections.abc import Iterable, Sequence
from copy import copy
from functools import partial
from itertools import zip_longest

from bot.core.knowledge.model import Snapshot
from bot.core.matching import cues as section_cues
from bot.core.matching.asking import ASKS, because, weighed
from bot.core.matching.drafts import Draft, Drafter
from bot.core.matching.head import ANSWERED, OFFERED, OVERHEARD, Head
from bot.core.matching.heads import Heads
from bot.core.matching.intents import Cue
from bot.core.matching.lexicon import NameKind
from bot.core.matching.nearby import NearNames
from bot.core.matching.overheard import Catches, why_not, why_silent
from bot.core.matching.question import Account, Context, Intent, Manner, Outcome, Question, Subject
from bot.core.matching.quick import QuickHead
from bot.core.matching.roles import bare_heads
from bot.core.matching.signals import SignalReader, Signals
from bot.core.matching.spelling import SHORTEST

ADDRESSED_FLOOR = ANSWERED
OVERHEARD_FLOOR = OVERHEARD
"""Confidence from which a reading is answered; overheard talk needs more."""
UNASKED = "it asks nothing and names nothing that is known"
"""The reason for silence on overheard talk that a glance is enough for."""
CHOICES = 4
"""A clarifying question offers at most this many readings."""
_LEAST = 3
"""Words; whoever says less to nobody in particular asks nothing of the bot."""
_UNHEARD = OVERHEARD - 0.01
"""What a reading of rules alone is worth at most: enough to answer who asks the bot, too little to speak unasked."""
_WHICH = frozenset({"which", "what", "who"})


class Matcher:
    """Understands texts against one snapshot; built once per snapshot, used from any task."""

    def __init__(self, snapshot: Snapshot, heads: Heads) -> None:
        self._snapshot = snapshot
        self._reader = SignalReader(snapshot, heads.faq)
        self._heads = heads
        self._asked = _quick(heads.asked)
        self._drafter = Drafter(snapshot)
        self._near = NearNames(snapshot)
        self._catches = Catches(self._reader.lexicon.telling)
        self._popular = snapshot.commonest()
        self.lexicon = self._reader.lexicon

    def over(self, snapshot: Snapshot, heads: Heads) -> "Matcher":
        """A matcher for a snapshot with equal names and cues, which shares what is compiled of them."""
        other = copy(self)
        other._snapshot = snapshot
        other._reader = self._reader.over(snapshot, heads.faq)
        if heads.asked is not self._heads.asked:
            other._asked = _quick(heads.asked)
        other._heads = heads
        other._drafter = Drafter(snapshot)
        other._popular = snapshot.commonest()
        other.lexicon = other._reader.lexicon
        return other

    def understand(self, text: str, manner: Manner, context: Context) -> Question:
        """What the text asks, with evidence."""
        if manner is Manner.OVERHEARD and not self._catches.on(text):
            return _nothing(text, UNASKED)
        signals = self._reader.read(text)
        if self._asked is not None and signals.tokens:
            signals = weighed(signals, self._asked)
        draft, choices = self._weigh(signals, context)
        if manner is Manner.OVERHEARD and self._is_gibberish(signals):
            return _nothing(text, "too many of its words are none")
        return self._decide(text, signals, draft, choices, manner)

    def _is_gibberish(self, signals: Signals) -> bool:
        odd = sum(self.lexicon.speller.is_odd(word) for word in signals.reading.words)
        return odd * 3 >= len(signals.reading.words)

    def because(self, text: str, section: str | None, at_most: int) -> tuple[tuple[str, float], ...]:
        """What spoke most for and against answering the text, or for a section; nothing where no head was trained."""
        signals = self._reader.read(text)
        if self._asked is None or not signals.tokens or section not in {None, *self._asked.head.classes}:
            return ()
        return because(signals, self._asked.head, section or ASKS, at_most)

    def _weigh(self, signals: Signals, context: Context) -> tuple[Draft | None, tuple[Subject, ...]]:
        """The best reading there is, or the choices between which the text leaves the bot."""
        draft, choices = self._without_faq(signals, context)
        cued = section_cues.asked(signals.ranked)
        subject = draft.subject if draft is not None else None
        confidence = draft.confidence if draft is not None else 0.0
        if subject is not None and subject.roles and cued and confidence >= ANSWERED:
            # A role and what is asked of it: no entry stands against that, so none is looked for.
            return draft, choices
        faq = self._drafter.faq(signals)
        if faq is None:
            told = signals.items or signals.chosen.mentions or signals.chosen.outside or signals.thanks()
            if draft is not None or choices or told:
                return draft, choices
            return None, self._drafter.near_faq(signals)[:CHOICES]
        if draft is None and not choices and not signals.chosen.outside:
            return faq, ()
        # Where no section is asked for, the role may only be the setting of what is: "best laptop for data science".
        setting = subject is not None and subject.roles and not (cued or subject.items)
        if setting and signals.asked is not None and signals.asked < ANSWERED:
            return faq, ()
        beaten = faq.confidence > confidence and (setting or faq.confidence >= OVERHEARD)
        return (faq, ()) if beaten else (draft, choices)

    def _without_faq(self, signals: Signals, context: Context) -> tuple[Draft | None, tuple[Subject, ...]]:
        find = self._drafter.find(signals)
        if signals.thanks():
            return None, ()
        if (jobs := self._drafter.jobs(signals)) is not None:
            return jobs, ()
        if find is not None and signals.only_items_named() and not section_cues.asked(signals.ranked):
            return find, ()
        if signals.chosen.ids and not signals.chosen.target_outside:
            return _sure(self._drafter.about_roles(signals, context), signals), ()
        if signals.chosen.outside:
            return None, ()
        if find is not None:
            return find, ()
        return self._without_role(signals, context)

    def _without_role(self, signals: Signals, context: Context) -> tuple[Draft | None, tuple[Subject, ...]]:
        heads = bare_heads(signals.tokens, self.lexicon.heads)
        if heads and (signals.ranked or signals.has(Cue.ASKING, Cue.COMPARE) or len(signals.tokens) == 1):
            groups = [sorted(roles, key=self._popular.index) for roles in heads]
            return None, self._choices(_interleaved(groups), section_cues.asked(signals.ranked))
        follow = self._drafter.follow_up(signals, context) if context.roles else None
        draft = follow or self._drafter.plea(signals)
        if draft is not None:
            return draft, ()
        sections = section_cues.asked(signals.ranked)
        contest = len(signals.items) > 1 and signals.has(Cue.COMPARE)
        if sections and signals.unexplained == 0 and not contest:
            return None, self._choices(self._popular, sections)
        return None, ()

    def _choices(self, roles: Iterable[str], sections: tuple[str, ...]) -> tuple[Subject, ...]:
        return tuple(Subject(Intent.ROLE, (role,), sections) for role in tuple(roles)[:CHOICES])

    def _decide(
        self, text: str, signals: Signals, draft: Draft | None, choices: tuple[Subject, ...], manner: Manner
    ) -> Question:
        if (
            not choices
            and draft is not None
            and OFFERED <= draft.confidence < ANSWERED
            and draft.subject.roles
        ):
            choices = (draft.subject,)
        outcome, reason = _outcome(signals, draft, choices, manner)
        subject = draft.subject if draft is not None and outcome is Outcome.ANSWER else None
        # What is not taken is told with how sure it was, too: whoever sets a threshold of their own needs that.
        unsure = draft is None and not signals.chosen.mentions and signals.faq
        confidence = draft.confidence if draft is not None else round(unsure[0].score, 4) if unsure else 0.0
        lost = outcome is Outcome.UNKNOWN and not signals.chosen.outside
        return Question(
            text=text,
            outcome=outcome,
            subject=subject,
            confidence=confidence,
            give_account=partial(_account, signals, draft, confidence),
            choices=choices if outcome is Outcome.CLARIFY else (),
            assumed=signals.assumed(subject),
            outside=signals.chosen.outside,
            near=self._near.roles(signals.tokens) if lost else (),
            unmet=draft.unmet if draft is not None and subject is not None else None,
            reason=reason,
        )


def _quick(head: Head | None) -> QuickHead | None:
    return QuickHead(head) if head is not None else None


def _sure(draft: Draft, signals: Signals) -> Draft:
    """The reading of a text about roles, as sure as the trained head is that it can be answered.

    Where every word of it, or of a clause, is part of a name or asks for a section, nothing is left that could make
    it talk: who says just that to the bot asks for it.
    """
    asked = signals.asked
    if asked is None:
        return draft
    beside = min(draft.confidence, _UNHEARD)
    if beside > asked and (not signals.unexplained or signals.asks_plainly()):
        asked = beside
    return draft._replace(confidence=round(asked, 4))


def _nothing(text: str, reason: str) -> Question:
    return Question(
        text=text,
        outcome=Outcome.SILENT,
        subject=None,
        confidence=0.0,
        reason=reason,
    )


def _outcome(
    signals: Signals, draft: Draft | None, choices: tuple[Subject, ...], manner: Manner
) -> tuple[Outcome, str]:
    overheard = manner is Manner.OVERHEARD
    floor = OVERHEARD_FLOOR if overheard else ADDRESSED_FLOOR
    nothing = Outcome.SILENT if overheard else Outcome.UNKNOWN
    if draft is not None and draft.confidence >= floor:
        objection = _objection(signals, draft) if overheard else None
        return (nothing, objection) if objection else (Outcome.ANSWER, "")
    unsure = f"confidence {draft.confidence:.2f} is under {floor:.2f}" if draft is not None else ""
    if choices and not overheard:
        return Outcome.CLARIFY, unsure or "several readings are equally likely"
    if unsure or choices:
        return nothing, unsure or "several readings are equally likely"
    return nothing, "names nothing that is known"


def _objection(signals: Signals, draft: Draft) -> str | None:
    """Why an overheard text that could be answered is left alone all the same."""
    if draft.subject.intent in (Intent.HELP, Intent.JOBS):
        return "nobody asked the bot"
    if draft.subject.faq is not None and len(signals.items) > 1:
        return "it is a contest of tools"
    if draft.subject.intent is Intent.FIND and _WHICH.isdisjoint(signals.reading.words):
        return "it speaks of a tool and asks for no role"
    if draft.subject.roles:
        if signals.chosen.outside:
            return "it is about a job that is not known, too"
        if signals.asked is not None:
            return why_silent(signals.reading) or ("it says too little" if _says_little(signals) else None)
        mentions = signals.chosen.mentions
        fields = all(mention.is_field for mention in mentions)
        if fields and not draft.subject.sections and not signals.has(Cue.CAREER):
            return "it names fields, and nothing of a job"
        alone = len(draft.subject.roles) < 2
        titled = any(mention.name.kind is NameKind.TITLE for mention in mentions)
        if alone and not titled and not signals.ranked and not signals.has(Cue.CAREER):
            return "letters or a field alone are no question"
        if alone and not draft.subject.sections:
            return "no section is asked for"
    return why_not(signals.reading, signals.tokens, signals.found)


def _says_little(signals: Signals) -> bool:
    """Whether a text is a few words, or letters alone that name one job and ask for nothing."""
    letters = all(len(token.text) < SHORTEST for token in signals.tokens)
    alone = len(signals.chosen.ids) < 2 and not signals.ranked
    return len(signals.tokens) < _LEAST or (letters and alone)


def _interleaved(groups: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The first of each group, then the second of each: every general word gets its turn."""
    turns = zip_longest(*groups)
    return tuple(dict.fromkeys(role for turn in turns for role in turn if role is not None))


def _account(signals: Signals, draft: Draft | None, confidence: float) -> Account:
    subject = draft.subject if draft is not None else None
    taken = (*subject.roles, *subject.sections, *subject.items, subject.faq) if subject is not None else ()
    candidates = signals.candidates()
    runner_up = next((one for one in candidates if one.id not in taken), None)
    margin = max(0.0, confidence - (runner_up.score if runner_up is not None else 0.0))
    return Account(candidates, runner_up, round(margin, 4), signals.evidence(subject))
