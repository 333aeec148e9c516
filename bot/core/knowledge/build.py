"""From validated files to the immutable `Snapshot`."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.core.knowledge.files import KnowledgeFile
from bot.core.knowledge.model import (
    Fact,
    FaqEntry,
    Figure,
    GoldenQuestion,
    Item,
    ItemUse,
    Job,
    Match,
    Measure,
    Message,
    Messages,
    PayRange,
    Role,
    Section,
    Snapshot,
    Source,
    Statement,
)
from bot.core.knowledge.parts import Parts
from bot.core.knowledge.schema import (
    FaqFile,
    FigureModel,
    GoldenModel,
    HiddenFile,
    ItemUseModel,
    JobModel,
    RoleFile,
    SectionModel,
    SourceModel,
    StatementModel,
    WagesFile,
)

REVISION_LENGTH = 16


def build(parts: Parts, revision: str) -> Snapshot:
    """The snapshot of parts that are free of errors, without what is hidden."""
    hidden = parts.hidden.model if parts.hidden is not None else HiddenFile()
    return without(_all_of(parts, revision), hidden.roles, hidden.faq)


def without(snapshot: Snapshot, roles: Collection[str], faq: Collection[str]) -> Snapshot:
    """The snapshot without some roles and FAQ entries, and without all that speaks of them by id."""
    if not roles and not faq:
        return snapshot
    return replace(
        snapshot,
        roles=MappingProxyType(
            {
                name: replace(role, nearest=tuple(near for near in role.nearest if near not in roles))
                if any(near in roles for near in role.nearest)
                else role
                for name, role in snapshot.roles.items()
                if name not in roles
            }
        ),
        faq=MappingProxyType({name: entry for name, entry in snapshot.faq.items() if name not in faq}),
        golden=tuple(
            golden
            for golden in snapshot.golden
            if golden.faq not in faq
            and not any(role in roles for role in (*golden.about, *(golden.roles or ())))
        ),
        compared=tuple(pair for pair in snapshot.compared if not any(role in roles for role in pair)),
        jobs=MappingProxyType(
            {
                name: replace(job, roles=kept)
                for name, job in snapshot.jobs.items()
                if (kept := tuple(role for role in job.roles if role not in roles))
            }
        ),
    )


def _all_of(parts: Parts, revision: str) -> Snapshot:
    sections = parts.sections.model.root if parts.sections is not None else {}
    sources = parts.sources.model.root if parts.sources is not None else {}
    return Snapshot(
        revision=revision,
        roles=MappingProxyType({part.model.id: _role(part.model) for part in parts.roles}),
        sections=MappingProxyType(
            {name: _section(name, place, model) for place, (name, model) in enumerate(sections.items())}
        ),
        items=MappingProxyType(
            {
                name: Item(
                    name,
                    model.name,
                    kind,
                    model.meaning,
                    aliases=tuple(model.aliases),
                    exact=tuple(model.exact),
                )
                for kind, _, name, model in parts.each_item()
            }
        ),
        sources=MappingProxyType({name: _source(name, model) for name, model in sources.items()}),
        faq=MappingProxyType({part.model.id: _faq(part.model) for part in parts.faq}),
        golden=_golden(parts),
        outside=tuple(parts.outside.model.root) if parts.outside is not None else (),
        compared=_compared(parts),
        jobs=MappingProxyType(
            {name: _job(name, model) for name, model in parts.jobs.model.root.items()}
            if parts.jobs is not None
            else {}
        ),
        regions=MappingProxyType(dict(parts.wages.model.regions) if parts.wages is not None else {}),
        wages=MappingProxyType(_wages(parts.wages.model) if parts.wages is not None else {}),
        messages=_messages(parts),
    )


def revision(files: Iterable[KnowledgeFile]) -> str:
    """A digest of all files' names and bytes: equal content gives an equal revision, on any machine."""
    total = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.path):
        for piece in (file.path.encode(), file.content):
            # With its length before it no piece can be taken for the end or the beginning of another.
            total.update(len(piece).to_bytes(8) + piece)
    return total.hexdigest()[:REVISION_LENGTH]


def _role(model: RoleFile) -> Role:
    sections: Mapping[str, tuple[Fact, ...]] = MappingProxyType(
        {name: tuple(_fact(fact) for fact in facts) for name, facts in model.sections.items()}
    )
    return Role(
        id=model.id,
        name=model.name,
        abbreviations=tuple(model.abbreviations),
        aliases=tuple(model.aliases),
        fields=tuple(model.fields),
        weak_fields=tuple(model.weak_fields),
        family=model.family,
        nearest=tuple(model.nearest),
        sections=sections,
    )


def _fact(model: StatementModel | ItemUseModel | FigureModel) -> Fact:
    match model:
        case StatementModel():
            return Statement(model.text, model.source, model.as_of, about=tuple(model.about))
        case ItemUseModel():
            return ItemUse(
                model.item,
                model.source,
                model.as_of,
                level=model.level,
                note=model.note,
                share=model.share,
                occupation=model.occupation,
                match=model.match,
            )
        case FigureModel():
            return Figure(
                measure=model.measure,
                value=model.value,
                unit=model.unit,
                region=model.region,
                period=model.period,
                occupation=model.occupation,
                match=model.match,
                source=model.source,
                as_of=model.as_of,
                low=model.low,
                high=model.high,
                n=model.n,
                level=model.level,
            )


def _section(name: str, bit: int, model: SectionModel) -> Section:
    return Section(
        id=name,
        title=model.title,
        kind=model.kind,
        order=model.order,
        bit=bit,
        shelf_life=model.shelf_life,
        names=tuple(model.names),
        cues=tuple(model.cues),
        hints=tuple(model.hints),
        at_least=model.at_least,
    )


def _source(name: str, model: SourceModel) -> Source:
    return Source(
        id=name,
        title=model.title,
        publisher=model.publisher,
        licence=model.licence,
        published=model.published,
        url=str(model.url) if model.url is not None else None,
        attribution=model.attribution,
        note=model.note,
        editorial=model.editorial,
    )


def _faq(model: FaqFile) -> FaqEntry:
    return FaqEntry(model.id, tuple(model.questions), model.answer, source=model.source, as_of=model.as_of)


def _golden(parts: Parts) -> tuple[GoldenQuestion, ...]:
    if parts.questions is None:
        return ()
    part = parts.questions
    return tuple(
        _golden_question(model, part.file, part.place(index).line)
        for index, model in enumerate(part.model.root)
    )


def _golden_question(model: GoldenModel, file: str, line: int) -> GoldenQuestion:
    return GoldenQuestion(
        text=model.text,
        file=file,
        line=line,
        overheard=model.overheard,
        about=tuple(model.about),
        outcome=model.outcome,
        intent=model.intent,
        roles=_names(model.roles),
        sections=_names(model.sections),
        items=_names(model.items),
        faq=model.faq,
    )


def _names(names: list[str] | None) -> tuple[str, ...] | None:
    return tuple(names) if names is not None else None


def _job(name: str, model: JobModel) -> Job:
    pay = model.salary
    return Job(
        id=name,
        title=model.title,
        company=model.company,
        location=model.location,
        type=model.type,
        roles=tuple(model.roles),
        link=str(model.link),
        posted=model.posted,
        expires=model.expires,
        level=model.level,
        salary=PayRange(pay.low, pay.high, pay.currency, pay.per) if pay is not None else None,
    )


def _wages(model: WagesFile) -> dict[str, Mapping[str, Figure]]:
    return {
        occupation: MappingProxyType(
            {
                region: Figure(
                    measure=Measure.WAGE,
                    value=wage.value,
                    unit=model.unit,
                    region=region,
                    period=model.period,
                    occupation=occupation,
                    match=Match.OWN,
                    source=model.source,
                    as_of=model.as_of,
                    low=wage.low,
                    high=wage.high,
                )
                for region, wage in wages.items()
            }
        )
        for occupation, wages in model.wages.items()
    }


def _messages(parts: Parts) -> Messages:
    return Messages.of(
        Message(one.text, tuple(one.sections) if one.sections is not None else None, one.talk)
        for part in parts.messages
        for one in part.model.root
    )


def _compared(parts: Parts) -> tuple[tuple[str, str], ...]:
    if parts.compared is None:
        return ()
    return tuple((pair.roles[0], pair.roles[1]) for pair in parts.compared.model.root)
