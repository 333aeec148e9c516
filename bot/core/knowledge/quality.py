"""What is valid but poor: items that nobody uses, thin sections, long or doubled sentences, names misspelt."""

import re
from collections.abc import Iterator

from bot.core.knowledge.likeness import check_likeness
from bot.core.knowledge.model import Measure
from bot.core.knowledge.parts import Part, Parts
from bot.core.knowledge.problems import Report, did_you_mean, shown
from bot.core.knowledge.schema import FigureModel, ItemModel, ItemUseModel, RoleFile, StatementModel
from bot.core.knowledge.spelling import Speller

BULLET_LENGTH = 140


def check_quality(parts: Parts, report: Report) -> None:
    """Warn of all that is poor, each at its place. The parts must be free of errors."""
    _check_items(parts, report)
    speller = Speller(parts)
    for role in parts.roles:
        _check_counts(role, parts, report)
        _check_texts(role, speller, report)
    check_likeness(parts, report)
    _check_wages(parts, report)


def _check_wages(parts: Parts, report: Report) -> None:
    """Warn of wages of an occupation that no role's wage is measured on, at their keys."""
    used = {
        fact.occupation
        for role in parts.roles
        for facts in role.model.sections.values()
        for fact in facts
        if isinstance(fact, FigureModel) and fact.measure is Measure.WAGE
    }
    part = parts.wages
    for occupation in part.model.wages if part is not None and parts.roles else ():
        if part is not None and occupation not in used:
            near = did_you_mean(occupation, sorted(used)) or ", expected an occupation of theirs; remove it"
            text = f"no role's wage is measured on `{shown(occupation)}`{near}"
            report.warning(part.file, part.key_place("wages", occupation), text)


def _check_items(parts: Parts, report: Report) -> None:
    """Warn of items that nothing refers to, at their keys."""
    # A folder without roles lends its items to others.
    if not parts.roles:
        return
    used = set(_used_items(parts))
    said = "\n".join(text for entry in parts.faq for text in (*entry.model.questions, entry.model.answer))
    for _, part, name, item in parts.each_item():
        if name not in used and not _is_named(item, said):
            text = f"item `{name}` is used by no role, golden question or FAQ entry; use it or remove it"
            report.warning(part.file, part.key_place(name), text)


def _used_items(parts: Parts) -> Iterator[str]:
    for role in parts.roles:
        for facts in role.model.sections.values():
            for fact in facts:
                if isinstance(fact, ItemUseModel):
                    yield fact.item
                elif isinstance(fact, StatementModel):
                    yield from fact.about
    for golden in parts.questions.model.root if parts.questions is not None else ():
        yield from golden.items or ()


def _is_named(item: ItemModel, text: str) -> bool:
    as_written = 0 if item.name in item.exact else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(item.name)}(?!\w)", text, as_written) is not None


def _check_counts(role: Part[RoleFile], parts: Parts, report: Report) -> None:
    """Warn of sections that the role lacks, or has fewer facts on than it should have."""
    for name, section in parts.sections.model.root.items() if parts.sections is not None else ():
        count = len(role.model.sections.get(name, ()))
        if count >= section.at_least:
            continue
        expected = f"expected at least {section.at_least}"
        if count:
            text = f"section `{name}` has {count} fact{'s' if count > 1 else ''}, {expected}; add some"
        else:
            text = (
                f"there is no section `{name}`, {expected} fact{'s' if section.at_least > 1 else ''}; add it"
            )
        report.warning(role.file, role.key_place("sections", name), text)


def _check_texts(role: Part[RoleFile], speller: Speller, report: Report) -> None:
    """Warn of sentences and notes that are too long or write an item's name in a way of their own."""
    for section, facts in role.model.sections.items():
        for index, fact in enumerate(facts):
            key = "text" if isinstance(fact, StatementModel) else "note"
            text = getattr(fact, key, None)
            if text is None:
                continue
            for said in _poor(text, speller):
                report.warning(role.file, role.place("sections", section, index, key), said)


def _poor(text: str, speller: Speller) -> Iterator[str]:
    if len(text) > BULLET_LENGTH:
        yield f"{len(text)} characters, expected {BULLET_LENGTH} at most; shorten the text or split it"
    for written, name in speller.slips(text):
        yield f"`{shown(written)}` is written `{name}`; mend it"
