"""What must be unique: ids and their files, the names people use, questions, digests."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.core.knowledge.digest import digest
from bot.core.knowledge.parts import Part, Parts
from bot.core.knowledge.problems import Place, Report, shown
from bot.core.knowledge.schema import FaqFile, ItemModel, ItemsFile, RoleFile

SECTIONS_AT_MOST = 64

_BETWEEN_WORDS = re.compile(r"[\s_\-\u2010-\u2015]+")
_NO_WORD = re.compile(r"[^\w+#]+")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A name somebody uses: what it is ("alias", "field"), whose, and where that stands."""

    name: str
    what: str
    owner: str
    file: str
    place: Place


@dataclass(slots=True)
class _Claims:
    """Names that are taken, each by the first who used it."""

    report: Report
    taken: dict[str, _Claim] = field(default_factory=dict)

    def first(self, name: str) -> _Claim | None:
        """Who has the name, capitals, hyphens and spaces making no difference."""
        return self.taken.get(_spoken(name))

    def release(self, what: str) -> None:
        """Let the names of one sort be taken anew."""
        self.taken = {spoken: claim for spoken, claim in self.taken.items() if claim.what != what}

    def add(self, claims: Iterable[_Claim]) -> None:
        """Take the names, or report who has them already."""
        for claim in claims:
            self._add(claim)

    def _add(self, claim: _Claim) -> None:
        first = self.taken.setdefault(_spoken(claim.name), claim)
        if first is claim:
            return
        # Two spellings of a name ("full-stack", "full stack") are welcome within one entry, the same one is a slip.
        if first.owner == claim.owner and first.name.casefold() != claim.name.casefold():
            return
        self.report.error(
            claim.file,
            claim.place,
            lambda: (
                f"{claim.what} `{shown(claim.name)}` is taken: it is {_a(first.what)} of {first.owner} "
                f"({first.file}:{first.place.line}); remove one of them"
            ),
        )


def check_names(parts: Parts, report: Report) -> None:
    """Report what stands twice, and files that are not named after their id. What is hidden takes no name."""
    parts = parts.shown()
    _check_file_names([*parts.roles, *parts.faq], report)
    claims = _Claims(report)
    # Names before other names: where they clash, it is the other name that has to go.
    for of_role in (_role_names, _role_other_names):
        for role in parts.roles:
            claims.add(of_role(role))
    _check_outside(parts, claims, report)
    # A discipline may also be an item (deep learning): a text that names it is read both ways.
    claims.release("field")
    for of_item in (_item_names, _item_other_names):
        for _, part, name, item in parts.each_item():
            claims.add(of_item(name, item, part))
    _check_item_ids(parts, report)
    _check_questions(parts.faq, report)
    _check_section_count(parts, report)
    _check_digests(parts, report)


def _spoken(name: str) -> str:
    return _BETWEEN_WORDS.sub(" ", name).strip().casefold()


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _check_file_names(parts: Iterable[Part[RoleFile] | Part[FaqFile]], report: Report) -> None:
    for part in parts:
        stem = part.file.rpartition("/")[2].removesuffix(".yaml")
        if part.model.id != stem:
            text = (
                f"id `{part.model.id}` differs from the file's name `{shown(stem)}.yaml`; rename one of them"
            )
            report.error(part.file, part.place("id"), text)


def _role_names(part: Part[RoleFile]) -> Iterator[_Claim]:
    yield _Claim(part.model.name, "name", f"role `{part.model.id}`", part.file, part.place("name"))


def _role_other_names(part: Part[RoleFile]) -> Iterator[_Claim]:
    role, owner = part.model, f"role `{part.model.id}`"
    for key, what in (("abbreviations", "abbreviation"), ("aliases", "alias"), ("fields", "field")):
        for index, name in enumerate(getattr(role, key)):
            yield _Claim(name, what, owner, part.file, part.place(key, index))


def _item_names(name: str, item: ItemModel, part: Part[ItemsFile]) -> Iterator[_Claim]:
    yield _Claim(item.name, "name", f"item `{name}`", part.file, part.place(name, "name"))


def _item_other_names(name: str, item: ItemModel, part: Part[ItemsFile]) -> Iterator[_Claim]:
    owner = f"item `{name}`"
    known = {item.name.casefold()}
    for index, alias in enumerate(item.aliases):
        known.add(alias.casefold())
        yield _Claim(alias, "alias", owner, part.file, part.place(name, "aliases", index))
    for index, exact in enumerate(item.exact):
        # That a name counts only as written ("R", "Go") is said by giving it here once more.
        if exact.casefold() not in known:
            yield _Claim(exact, "exact name", owner, part.file, part.place(name, "exact", index))


def _check_outside(parts: Parts, claims: _Claims, report: Report) -> None:
    if parts.outside is None:
        return
    for index, title in enumerate(parts.outside.model.root):
        first = claims.first(title)
        if first is not None:
            known = f"{_a(first.what)} of {first.owner} ({first.file}:{first.place.line})"
            text = f"title `{shown(title)}` is known: it is {known}; remove it here"
            report.error(parts.outside.file, parts.outside.place(index), text)


def _check_item_ids(parts: Parts, report: Report) -> None:
    first: dict[str, str] = {}
    for _, part, name, _ in parts.each_item():
        place = part.key_place(name)
        other = first.setdefault(name, f"{part.file}:{place.line}")
        if other != f"{part.file}:{place.line}":
            report.error(part.file, place, f"item `{name}` stands in {other} too; remove or rename one")


def _check_questions(parts: Iterable[Part[FaqFile]], report: Report) -> None:
    first: dict[str, tuple[str, Place]] = {}
    for part in parts:
        for index, question in enumerate(part.model.questions):
            here = (part.file, part.place("questions", index))
            other = first.setdefault(_NO_WORD.sub(" ", question.casefold()).strip(), here)
            if other == here:
                continue
            text = (
                f"question `{shown(question)}` stands twice, first in {other[0]}:{other[1].line}; remove one"
            )
            # Twice in one entry is a slip that does no harm; in two entries nobody can tell which is meant.
            (report.warning if other[0] == part.file else report.error)(*here, text)


def _check_section_count(parts: Parts, report: Report) -> None:
    if parts.sections is None:
        return
    names = list(parts.sections.model.root)
    if len(names) > SECTIONS_AT_MOST:
        text = f"{len(names)} sections, expected at most {SECTIONS_AT_MOST}; remove some"
        report.error(parts.sections.file, parts.sections.key_place(names[SECTIONS_AT_MOST]), text)


def _check_digests(parts: Parts, report: Report) -> None:
    roles = [("role", part.model.id, part.file, part.place("id")) for part in parts.roles]
    faq = [("FAQ entry", part.model.id, part.file, part.place("id")) for part in parts.faq]
    items = [("item", name, part.file, part.key_place(name)) for _, part, name, _ in parts.each_item()]
    wages = parts.wages
    regions = [
        ("region", name, wages.file, wages.key_place("regions", name))
        for name in (wages.model.regions if wages is not None else ())
        if wages is not None
    ]
    for entries in (roles, faq, items, regions):
        first: dict[str, str] = {}
        for what, name, file, place in entries:
            other = first.setdefault(digest(name), name)
            if other != name:
                text = f"{what} `{name}` has the same short name in buttons as `{other}`; rename one of them"
                report.error(file, place, text)
