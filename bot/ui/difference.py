"""Differences of knowledge as Markdown: what was added, removed and changed, and what the bot answers differently."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.core.answers.figures import LABELS, amount, measured_on, spread
from bot.core.answers.jobs import pay
from bot.core.golden import OutcomeChange, Resolution
from bot.core.knowledge.difference import Change, Changes, Difference, RoleChange, changed_fields
from bot.core.knowledge.model import (
    AsOf,
    Fact,
    FaqEntry,
    Figure,
    GoldenQuestion,
    Item,
    ItemUse,
    Job,
    Message,
    PayRange,
    Role,
    Section,
    Snapshot,
    Source,
    Statement,
)
from bot.ui.markdown import bold, bullet, escape, inline

ARROW = "→"
NONE = "none"
REORDERED = "Entries that stay stand in another order."
_SINGLE = ("intent", "faq", "level", "region", "common")
_TITLES = {
    "sections": "Sections",
    "items": "Items",
    "sources": "Sources",
    "faq": "FAQ entries",
    "jobs": "Featured jobs",
    "golden": "Golden questions",
    "messages": "Messages to learn from",
    "outside": "Jobs that are not covered",
    "compared": "Pairs that people compare",
    "regions": "Regions",
    "wages": "Wages by region",
}


@dataclass(frozen=True, slots=True)
class _Told:
    """A fact as it is shown: what a reader knows it by, and its details."""

    text: str
    details: tuple[str, ...]


def counts(found: Difference) -> str:
    """How many entries of which part were added, changed and removed, as one sentence; empty for no difference."""
    facts = [change for role in found.roles for _, changes in role.facts for change in changes.entries]
    parts: list[tuple[str, Sequence[Change[Any]]]] = [("Roles", found.roles), ("Facts", facts)]
    parts += [(title, _entries(getattr(found, part))) for part, title in _TITLES.items()]
    told = []
    for title, changes in parts:
        numbers = Counter(_how(change) for change in changes)
        if numbers:
            told.append(f"{title}: {', '.join(f'{number} {how}' for how, number in sorted(numbers.items()))}")
    return f"{'. '.join(told)}." if told else ""


def difference_lines(found: Difference, before: Snapshot, after: Snapshot) -> Iterator[str]:
    """The difference of two snapshots, a line of Markdown at a time."""
    for role in found.roles:
        yield from ("", f"### {escape(role.entry.name)}{_mark(role)}")
        if role.before is not None and role.after is not None:
            yield from (bullet(line) for line in _fields(role))
        for section, changes in role.facts:
            known = after.sections.get(section) or before.sections[section]
            yield from ("", bold(known.title))
            yield from _listed(changes, before, after)
    for part, title in _TITLES.items():
        changes = getattr(found, part)
        if changes:
            yield from ("", f"### {title}")
            yield from _listed(changes, before, after)


def outcome_lines(changes: Iterable[OutcomeChange]) -> Iterator[str]:
    """The golden questions that resolve differently, with what is wrong about it now, a line of Markdown at a time."""
    for change in changes:
        about = f" (about {', '.join(change.question.about)})" if change.question.about else ""
        yield f"- {'✘' if change.wrong else '✔'} {bold(change.question.text)}{inline(about)}"
        old, new = _resolved(change.before), _resolved(change.after)
        yield from (
            _nested(f"{name}: {_changed(old[name], new[name])}") for name in old if old[name] != new[name]
        )
        if change.wrong:
            yield _nested(f"wrong: {'; '.join(change.wrong)}")


def _resolved(found: Resolution) -> dict[str, object]:
    def each(name: str) -> list[Any]:
        return list(dict.fromkeys(getattr(subject, name) for subject in found.subjects))

    several = {name: tuple(one for held in each(name) for one in held) for name in ("sections", "items")}
    single = {name: ", ".join(str(one) for one in each(name) if one) for name in _SINGLE}
    return {"outcome": found.outcome, "roles": found.roles, **several, **single}


def _entries(changes: Changes[Any] | tuple[Change[Any], ...]) -> tuple[Change[Any], ...]:
    return changes.entries if isinstance(changes, Changes) else changes


def _listed(
    changes: Changes[Any] | tuple[Change[Any], ...], before: Snapshot, after: Snapshot
) -> Iterator[str]:
    for change in _entries(changes):
        if isinstance(change.entry, Statement | ItemUse | Figure):
            yield from _fact(change, before, after)
        else:
            yield f"- {_how(change)}: {bold(_name(change.entry))}"
            if change.after is not None and not isinstance(change.entry, str | tuple):
                yield from (_nested(line) for line in _fields(change))
    if isinstance(changes, Changes) and changes.reordered:
        yield bullet(REORDERED)


def _fact(change: Change[Fact], before: Snapshot, after: Snapshot) -> Iterator[str]:
    old = _told(change.before, before) if change.before is not None else None
    new = _told(change.after, after) if change.after is not None else None
    told = new or old
    if told is None:
        return
    if old is None or new is None:
        details = [detail for detail in told.details if detail]
    else:
        pairs = zip(old.details, new.details, strict=True)
        details = [_arrow(was, now) if was != now else now for was, now in pairs if was or now]
    yield f"- {_how(change)}: {inline(told.text)} ({inline('; '.join(details))})"
    if old is not None and new is not None and old.text != new.text:
        yield _nested(f"before: {old.text}")


def _told(fact: Fact, snapshot: Snapshot) -> _Told:
    """A fact to be shown. Details of one sort of fact are equally many, whether there is something to say or not."""
    cited = (snapshot.sources[fact.source].title, fact.as_of.text)
    match fact:
        case Statement():
            return _Told(fact.text, (f"about {', '.join(fact.about)}" if fact.about else "", *cited))
        case ItemUse():
            share = f"{fact.share:g} % of jobs" if fact.share is not None else ""
            level = fact.level.value if fact.level is not None else ""
            measured = ", ".join(filter(None, (fact.occupation, fact.match)))
            return _Told(snapshot.items[fact.item].name, (level, fact.note or "", share, measured, *cited))
        case Figure():
            label = LABELS[fact.measure] + (f", {fact.level.value} level" if fact.level is not None else "")
            middle = spread(fact)
            details = (
                amount(fact.value, fact.unit),
                f"middle half {middle}" if middle else "",
                f"n = {fact.n:,}" if fact.n is not None else "",
                fact.region,
                fact.period,
                measured_on(fact, ()),
            )
            return _Told(label, (*details, *cited))


def _fields(change: Change[Any]) -> Iterator[str]:
    for field in changed_fields(change):
        name = field.name.replace("_", " ")
        if change.before is None:
            if field.name not in {"id", "text"}:
                yield f"{name}: {_shown(field.after)}"
        else:
            yield f"{name}: {_changed(field.before, field.after)}"


def _changed(old: object, new: object) -> str:
    if not (isinstance(old, tuple) and isinstance(new, tuple) and old and new):
        return _arrow(_shown(old), _shown(new))
    told = [
        f"{what} {_shown(tuple(one for one in these if one not in others))}"
        for what, these, others in (("added", new, old), ("removed", old, new))
        if set(these) - set(others)
    ]
    return "; ".join(told) or "in another order"


def _arrow(old: str, new: str) -> str:
    return f"{old or NONE} {ARROW} {new or NONE}"


def _shown(value: object) -> str:
    match value:
        case None | "" | ():
            return NONE
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(map(_shown, value))
        case AsOf():
            return value.text
        case PayRange():
            return pay(value)
        case StrEnum():
            return value.value
        case float():
            return f"{value:g}"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _name(entry: object) -> str:
    match entry:
        case Role() | Item():
            return f"{entry.name} ({entry.id})"
        case Section() | Source() | Job():
            return f"{entry.title} ({entry.id})"
        case FaqEntry():
            return entry.id
        case GoldenQuestion() | Message():
            return entry.text
        case tuple():
            return ", ".join(map(str, entry))
        case _:
            return str(entry)


def _how(change: Change[Any]) -> str:
    if change.before is None:
        return "added"
    return "removed" if change.after is None else "changed"


def _mark(role: RoleChange) -> str:
    return "" if _how(role) == "changed" else f" ({'new' if role.before is None else 'removed'})"


def _nested(text: str) -> str:
    return f"  {bullet(text)}"
