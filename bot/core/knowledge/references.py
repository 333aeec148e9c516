"""What must exist: every id that one file names of another, and facts that fit the section they stand in."""

import re
from collections.abc import Iterable, Iterator

from bot.core.knowledge.files import FileKind
from bot.core.knowledge.model import ItemKind, SectionKind
from bot.core.knowledge.parts import Ids, Part, Parts
from bot.core.knowledge.problems import Place, Report, did_you_mean, one_of, shown
from bot.core.knowledge.schema import (
    AlikeFile,
    ComparedFile,
    FigureModel,
    HiddenFile,
    ItemUseModel,
    JobsFile,
    MessagesFile,
    RoleFile,
    StatementModel,
    WagesFile,
)

# Sections and sources are few enough to be named all in one line, items are not.
LISTED_AT_MOST = 16

PLACEHOLDERS = ("role", "item", "degree")

_FITTING_FACTS: dict[SectionKind, tuple[type, ...]] = {
    SectionKind.ITEMS: (ItemUseModel,),
    SectionKind.STATEMENTS: (StatementModel,),
    SectionKind.FIGURES: (FigureModel, StatementModel),
}
_FACT_KEYS: dict[type, str] = {StatementModel: "text", ItemUseModel: "item", FigureModel: "measure"}
_FITTING_ITEMS: dict[str, tuple[ItemKind, ...]] = {
    "skills": (ItemKind.SKILL, ItemKind.TOOL),
    "tools": (ItemKind.TOOL,),
    "industries": (ItemKind.INDUSTRY,),
}
_BRACES = re.compile(r"\{([^{}]*)\}")
_WHERE = {
    FileKind.ROLE: "roles/",
    FileKind.FAQ: "faq/",
    FileKind.ITEMS: "items/",
    FileKind.SECTIONS: "sections.yaml",
    FileKind.SOURCES: "sources.yaml",
}
_WHAT = {FileKind.FAQ: "FAQ entry"}

Reference = tuple[FileKind, str, tuple[str | int, ...]]


def check_references(parts: Parts, report: Report) -> None:
    """Report every id that names nothing, and facts and items in a section that they do not fit."""
    checker = _Checker(parts, report)
    for role in parts.roles:
        checker.references(
            role.file, ((kind, name, role.place(*path)) for kind, name, path in _of_role(role))
        )
        checker.facts(role)
        if role.model.id in role.model.nearest:
            place = role.place("nearest", role.model.nearest.index(role.model.id))
            report.error(
                role.file, place, f"role `{role.model.id}` is nearest to itself, expected others; remove it"
            )
    for entry in parts.faq:
        if entry.model.source is not None:
            checker.reference(entry.file, FileKind.SOURCES, entry.model.source, entry.place("source"))
    if parts.questions is not None:
        golden = parts.questions
        checker.references(
            golden.file, ((kind, name, golden.place(*path)) for kind, name, path in _of_golden(parts))
        )
    _check_single_files(parts, checker)
    if parts.sections is not None:
        _check_placeholders(parts, report)


def _check_single_files(parts: Parts, checker: "_Checker") -> None:
    if parts.compared is not None:
        checker.pairs(parts.compared, [("", pair.roles) for pair in parts.compared.model.root])
    if parts.alike is not None:
        checker.alike(parts.alike)
    if parts.jobs is not None:
        checker.jobs(parts.jobs)
    if parts.wages is not None:
        checker.wages(parts.wages)
    for messages in parts.messages:
        checker.messages(messages)
    if parts.hidden is not None:
        checker.hidden(parts.hidden)


class _Checker:
    """Looks ids up in all parts; knows by which other names an item or a role goes."""

    def __init__(self, parts: Parts, report: Report) -> None:
        self._parts = parts
        self._report = report
        self._item_kinds = {name: kind for kind, _, name, _ in parts.each_item()}
        self._called: dict[FileKind, dict[str, str]] = {FileKind.ITEMS: {}, FileKind.ROLE: {}}
        for _, _, name, item in parts.each_item():
            for other in (item.name, *item.aliases, *item.exact):
                self._called[FileKind.ITEMS].setdefault(_as_id(other), name)
        for part in parts.roles:
            for other in (part.model.name, *part.model.abbreviations, *part.model.aliases):
                self._called[FileKind.ROLE].setdefault(_as_id(other), part.model.id)

    def references(self, file: str, named: Iterable[tuple[FileKind, str, Place]]) -> None:
        """Report those of the ids that are unknown."""
        for kind, name, place in named:
            self.reference(file, kind, name, place)

    def reference(self, file: str, kind: FileKind, name: str, place: Place) -> None:
        """Report the id if it is unknown."""
        ids = self._parts.ids[kind]
        if ids.complete and name not in ids.names:
            self._report.error(file, place, lambda: self._unknown(kind, name, ids))

    def _unknown(self, kind: FileKind, name: str, ids: Ids) -> str:
        what = _WHAT.get(kind, kind.value.removesuffix("s"))
        unknown = f"unknown {what} `{shown(name)}`"
        if not ids.names:
            return f"{unknown}, there is none in {_WHERE[kind]}; add it there"
        called = self._called.get(kind, {}).get(name)
        near = f", did you mean `{called}`?" if called is not None else did_you_mean(name, sorted(ids.names))
        if near:
            return unknown + near
        few = len(ids.names) <= LISTED_AT_MOST
        return f"{unknown}, expected {one_of(sorted(ids.names)) if few else f'one of {_WHERE[kind]}'}"

    def facts(self, part: Part[RoleFile]) -> None:
        """Report unknown sections of the role, and facts and items that do not fit the section they stand in."""
        known = self._parts.sections.model.root if self._parts.sections is not None else {}
        for name, facts in part.model.sections.items():
            self.reference(part.file, FileKind.SECTIONS, name, part.key_place("sections", name))
            if name not in known:
                continue
            fitting = _FITTING_FACTS[known[name].kind]
            for index, fact in enumerate(facts):
                key = _FACT_KEYS[type(fact)]
                place = part.key_place("sections", name, index, key)
                if not isinstance(fact, fitting):
                    article = "an" if key == "item" else "a"
                    keys = one_of([f"`{_FACT_KEYS[kind]}`" for kind in fitting])
                    text = f"{article} `{key}` fact does not fit section `{name}`, expected {keys} ({known[name].kind})"
                    self._report.error(part.file, place, text)
                elif isinstance(fact, ItemUseModel):
                    self._item(part, name, index, fact.item)

    def _item(self, part: Part[RoleFile], section: str, index: int, item: str) -> None:
        fitting = _FITTING_ITEMS.get(section, tuple(ItemKind))
        kind = self._item_kinds.get(item)
        if kind is not None and kind not in fitting:
            files = one_of([f"items/{kind}.yaml" for kind in fitting])
            text = f"item `{item}` of items/{kind}.yaml does not fit section `{section}`, expected one of {files}"
            self._report.error(part.file, part.place("sections", section, index, "item"), text)

    def alike(self, part: Part[AlikeFile]) -> None:
        """Report unknown roles and sections in `alike.yaml`, and pairs that stand there twice for a section."""
        for index, pair in enumerate(part.model.root):
            self.reference(part.file, FileKind.SECTIONS, pair.section, part.place(index, "section"))
        self.pairs(part, [(pair.section, pair.roles) for pair in part.model.root])

    def jobs(self, part: Part[JobsFile]) -> None:
        """Report unknown roles in `jobs.yaml`."""
        for name, job in part.model.root.items():
            for index, role in enumerate(job.roles):
                self.reference(part.file, FileKind.ROLE, role, part.place(name, "roles", index))

    def messages(self, part: Part[MessagesFile]) -> None:
        """Report unknown sections of messages."""
        for index, message in enumerate(part.model.root):
            for which, section in enumerate(message.sections or ()):
                self.reference(part.file, FileKind.SECTIONS, section, part.place(index, "sections", which))

    def hidden(self, part: Part[HiddenFile]) -> None:
        """Report unknown roles and FAQ entries in `hidden.yaml`."""
        for key, kind in (("roles", FileKind.ROLE), ("faq", FileKind.FAQ)):
            for index, name in enumerate(getattr(part.model, key)):
                self.reference(part.file, kind, name, part.place(key, index))

    def wages(self, part: Part[WagesFile]) -> None:
        """Report an unknown source, and regions that `wages.yaml` does not list."""
        self.reference(part.file, FileKind.SOURCES, part.model.source, part.place("source"))
        known = part.model.regions
        for occupation, wages in part.model.wages.items():
            for region in wages:
                if region not in known:
                    near = did_you_mean(region, sorted(known)) or ", expected one of `regions`"
                    place = part.key_place("wages", occupation, region)
                    self._report.error(part.file, place, f"unknown region `{shown(region)}`{near}")

    def pairs(
        self, part: Part[ComparedFile] | Part[AlikeFile], pairs: Iterable[tuple[str, list[str]]]
    ) -> None:
        """Report unknown roles in a file's pairs, and pairs that stand there twice with the same section."""
        first: dict[tuple[str, frozenset[str]], int] = {}
        for index, (section, roles) in enumerate(pairs):
            for which, role in enumerate(roles):
                self.reference(part.file, FileKind.ROLE, role, part.place(index, "roles", which))
            place = part.place(index)
            line = first.setdefault((section, frozenset(roles)), place.line)
            if line != place.line:
                names = " and ".join(roles) + (f" with section `{section}`" if section else "")
                self._report.error(
                    part.file, place, f"the pair {names} stands twice, first in line {line}; remove one"
                )


def _as_id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def _of_role(part: Part[RoleFile]) -> Iterator[Reference]:
    for index, name in enumerate(part.model.nearest):
        yield FileKind.ROLE, name, ("nearest", index)
    for section, facts in part.model.sections.items():
        for index, fact in enumerate(facts):
            path = ("sections", section, index)
            yield FileKind.SOURCES, fact.source, (*path, "source")
            if isinstance(fact, ItemUseModel):
                yield FileKind.ITEMS, fact.item, (*path, "item")
            elif isinstance(fact, StatementModel):
                for place, item in enumerate(fact.about):
                    yield FileKind.ITEMS, item, (*path, "about", place)


def _of_golden(parts: Parts) -> Iterator[Reference]:
    for index, golden in enumerate(parts.questions.model.root if parts.questions is not None else ()):
        for key, kind in (
            ("about", FileKind.ROLE),
            ("roles", FileKind.ROLE),
            ("sections", FileKind.SECTIONS),
            ("items", FileKind.ITEMS),
        ):
            for place, name in enumerate(getattr(golden, key) or ()):
                yield kind, name, (index, key, place)
        if golden.faq is not None:
            yield FileKind.FAQ, golden.faq, (index, "faq")


def _check_placeholders(parts: Parts, report: Report) -> None:
    part = parts.sections
    for name, section in part.model.root.items() if part is not None else ():
        for key in ("names", "cues", "hints"):
            for index, phrase in enumerate(getattr(section, key)):
                for braced in _BRACES.findall(phrase):
                    if part is not None and braced not in PLACEHOLDERS:
                        expected = one_of([f"{{{known}}}" for known in PLACEHOLDERS])
                        text = f"unknown placeholder `{{{shown(braced)}}}`, expected {expected}"
                        report.error(part.file, part.place(name, key, index), text)
