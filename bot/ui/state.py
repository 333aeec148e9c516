"""What a control remembers, in its `custom_id`: it works after a restart and on any process."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.core.errors import RolewiseError, StaleSubjectError
from bot.core.knowledge.digest import DIGEST_LENGTH, by_digest, digest
from bot.core.knowledge.model import Section, Seniority, Snapshot
from bot.core.matching.question import Intent, Subject
from bot.ui.limits import COMPARED_ROLES, STATE_ITEMS

VERSION = "r1"
"""Changes whenever the form below changes: controls of another version are answered as too old."""

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
USER = 11
MAX_USER = 2**64
MAX_MASK = 11
INTENTS = {
    Intent.ROLE: "r",
    Intent.COMPARE: "c",
    Intent.CHOOSE: "h",
    Intent.SETS: "s",
    Intent.FIND: "f",
    Intent.FAQ: "q",
    Intent.JOBS: "j",
    Intent.HELP: "e",
}
LETTERS = {letter: intent for intent, letter in INTENTS.items()}
LEVELS = {Seniority.ENTRY: "e", Seniority.MID: "m", Seniority.SENIOR: "s", Seniority.EXECUTIVE: "x"}
LEVEL_LETTERS = {letter: level for level, letter in LEVELS.items()}
NO_LEVEL = "-"
PRIVATE = 1
SHARED = 2
COMMON = 4
FORM = re.compile(
    rf"{VERSION}(?P<action>[a-z])(?P<slot>[0-9])(?P<flags>[A-H])(?P<intent>[a-z])(?P<user>[\w-]{{{USER}}})"
    rf"(?P<sections>[\w-]{{1,{MAX_MASK}}})\.(?P<roles>(?:[\w-]{{{DIGEST_LENGTH}}}){{0,{COMPARED_ROLES}}})"
    rf"\.(?P<items>(?:[\w-]{{{DIGEST_LENGTH}}}){{0,{STATE_ITEMS}}})\.(?P<faq>(?:[\w-]{{{DIGEST_LENGTH}}})?)"
    rf"(?:\.(?P<level>[emsx{NO_LEVEL}])(?P<region>(?:[\w-]{{{DIGEST_LENGTH}}})?))?",
    re.ASCII,
)


@dataclass
class OutdatedControlError(RolewiseError):
    """A control was used whose `custom_id` this version does not read."""

    custom_id: str


@dataclass(frozen=True, slots=True)
class State:
    """What an answer is about, who asked, whether only they see it, and whether they shared it."""

    subject: Subject
    asker: int
    private: bool = False
    shared: bool = False

    def about(self, subject: Subject) -> "State":
        """The same asker and visibility with another subject."""
        return replace(self, subject=subject)


def encode(action: str, state: State, snapshot: Snapshot, *, slot: int = 0) -> str:
    """The `custom_id` of the control that does `action`; `slot` tells apart controls that are alike.

    Roles and items beyond those a state has room for are left out, as are sections the snapshot lacks.
    """
    subject = state.subject
    flags = (PRIVATE if state.private else 0) | (SHARED if state.shared else 0)
    flags |= COMMON if subject.common else 0
    bits = (snapshot.sections[name].bit for name in subject.sections if name in snapshot.sections)
    return "".join(
        [
            VERSION,
            action,
            str(slot),
            ALPHABET[flags],
            INTENTS[subject.intent],
            _number(state.asker).rjust(USER, ALPHABET[0]),
            _number(sum(1 << bit for bit in set(bits))),
            ".",
            *map(digest, subject.roles[:COMPARED_ROLES]),
            ".",
            *map(digest, subject.items[:STATE_ITEMS]),
            ".",
            digest(subject.faq) if subject.faq is not None else "",
            _cut(subject),
        ]
    )


def decode(custom_id: str, snapshot: Snapshot) -> State:
    """The state in a `custom_id`, which may be anything.

    Raises:
        OutdatedControlError: it is not of this version's form.
        StaleSubjectError: it names something that the snapshot does not hold.
    """
    form = _form(custom_id)
    flags = VALUES[form["flags"]]
    faq = _names(form["faq"], snapshot.faq)
    subject = Subject(
        LETTERS[form["intent"]],
        roles=_names(form["roles"], snapshot.roles),
        sections=_sections(_value(form["sections"]), snapshot.sections),
        items=_names(form["items"], snapshot.items),
        faq=faq[0] if faq else None,
        level=LEVEL_LETTERS.get(form["level"] or NO_LEVEL),
        region=next(iter(_names(form["region"] or "", snapshot.regions)), None),
        common=bool(flags & COMMON),
    )
    return State(subject, _value(form["user"]), private=bool(flags & PRIVATE), shared=bool(flags & SHARED))


def asker_of(custom_id: str) -> int:
    """Who asked, whatever has become of the subject since.

    Raises:
        OutdatedControlError: the `custom_id` is not of this version's form.
    """
    return _value(_form(custom_id)["user"])


def first_state(custom_ids: Iterable[str], snapshot: Snapshot) -> State | None:
    """The state of the first control that can be read: what the answer they stand under is about."""
    for custom_id in custom_ids:
        try:
            return decode(custom_id, snapshot)
        except RolewiseError:
            continue
    return None


def _cut(subject: Subject) -> str:
    """The part of the figures of pay that is asked for; nothing where it is all of them, as for most answers."""
    if subject.level is None and subject.region is None:
        return ""
    level = LEVELS[subject.level] if subject.level is not None else NO_LEVEL
    return f".{level}{digest(subject.region) if subject.region is not None else ''}"


def _form(custom_id: str) -> re.Match[str]:
    form = FORM.fullmatch(custom_id)
    if form is None or form["intent"] not in LETTERS or _value(form["user"]) >= MAX_USER:
        raise OutdatedControlError(custom_id)
    return form


def _names(text: str, known: Mapping[str, object]) -> tuple[str, ...]:
    if not text:
        return ()
    wanted = [text[start : start + DIGEST_LENGTH] for start in range(0, len(text), DIGEST_LENGTH)]
    names = by_digest(known)
    missing = tuple(code for code in wanted if code not in names)
    if missing:
        raise StaleSubjectError(missing)
    return tuple(names[code] for code in wanted)


def _sections(mask: int, sections: Mapping[str, Section]) -> tuple[str, ...]:
    named = sorted((s for s in sections.values() if mask >> s.bit & 1), key=lambda section: section.order)
    unknown = mask & ~sum(1 << section.bit for section in named)
    if unknown:
        raise StaleSubjectError(
            tuple(f"section {bit}" for bit in range(unknown.bit_length()) if unknown >> bit & 1)
        )
    return tuple(section.id for section in named)


def _number(value: int) -> str:
    letters = ALPHABET[value & 63]
    while value := value >> 6:
        letters = ALPHABET[value & 63] + letters
    return letters


def _value(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value << 6 | VALUES[letter]
    return value
