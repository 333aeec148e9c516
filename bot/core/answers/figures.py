"""Figures, side by side only where one source measured all of them the same way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.answers.citations import CitationBook
from bot.core.answers.model import Block, FigureLine, Figures, Heading, Line, Notice, Prose
from bot.core.knowledge.model import Figure, Match, Measure, Role, Section, Seniority, Unit

_LABELS = {
    Measure.SALARY: "Median salary",
    Measure.WAGE: "Median wage",
    Measure.GROWTH: "Projected growth",
    Measure.OPENINGS: "Openings",
    Measure.EMPLOYMENT: "Jobs",
}
_HIGHER = {
    Measure.SALARY: "Higher median salary",
    Measure.WAGE: "Higher median wage",
    Measure.GROWTH: "Faster projected growth",
    Measure.OPENINGS: "More openings",
    Measure.EMPLOYMENT: "More jobs",
}
_MATCHES = {
    Match.OWN: "",
    Match.BROADER: "a broader occupation",
    Match.LISTED: "an occupation that lists the title",
    Match.NEAREST: "the nearest occupation",
}


@dataclass(frozen=True, slots=True)
class Series:
    """What makes two figures comparable: measure, source, region, period, level, unit and date are all the same."""

    measure: Measure
    source: str
    region: str
    period: str
    level: Seniority | None
    unit: Unit
    as_of: str


def series_of(figure: Figure) -> Series:
    """The series that a figure belongs to."""
    return Series(
        figure.measure,
        figure.source,
        figure.region,
        figure.period,
        figure.level,
        figure.unit,
        figure.as_of.text,
    )


def _figures(role: Role, section: Section) -> tuple[Figure, ...]:
    return tuple(fact for fact in role.facts(section.id) if isinstance(fact, Figure))


def amount(value: float, unit: Unit) -> str:
    """A number with its unit, ready to show."""
    whole = f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    if unit is Unit.USD_YEAR:
        return f"${whole} a year"
    if unit is Unit.PERCENT:
        return f"{value:+.1f} %"
    return f"{whole} a year" if unit is Unit.JOBS_YEAR else whole


def _measured_on(figure: Figure) -> str:
    remark = _MATCHES[figure.match]
    return f"{figure.occupation}, {remark}" if remark else figure.occupation


def _line(roles: tuple[str, ...], figure: Figure, section: Section, book: CitationBook) -> FigureLine:
    label = _LABELS[figure.measure]
    if figure.level is not None:
        label += f", {figure.level.value} level"
    spread = ""
    if figure.low is not None and figure.high is not None:
        low, high = (amount(end, figure.unit).removesuffix(" a year") for end in (figure.low, figure.high))
        spread = f"middle half {low} to {high}"
    # A figure of the role's own title need not repeat the title beside it.
    own = figure.match is Match.OWN and roles == (figure.occupation,)
    basis = f"{figure.region}, {figure.period}" + (f", n = {figure.n:,}" if figure.n is not None else "")
    return FigureLine(
        roles, label, amount(figure.value, figure.unit), spread, basis, "" if own else _measured_on(figure),
        (book.cite(figure.source, figure.as_of),), book.stale(figure, section),
    )  # fmt: skip


def single(role: Role, section: Section, book: CitationBook, at_most: int) -> tuple[Figures, ...]:
    """All figures of one role, a block a source, so that no block mixes sources."""
    blocks: dict[str, list[FigureLine]] = {}
    for figure in _figures(role, section)[:at_most]:
        blocks.setdefault(figure.source, []).append(_line((role.name,), figure, section, book))
    return tuple(Figures(tuple(rows)) for rows in blocks.values())


def shared_series(roles: Sequence[Role], section: Section) -> list[Series]:
    """The series in which every role has a figure: the first source that covers all, for each measure and level.

    Pay takes one source for all levels: what people report and what employers are surveyed for are not set side by side.
    """
    own = [{series_of(figure): figure for figure in _figures(role, section)} for role in roles]
    common = [series for series in own[0] if all(series in other for other in own[1:])]
    chosen: dict[tuple[str, Seniority | None], Series] = {}
    sources: dict[str, str] = {}
    for series in sorted(common, key=lambda series: series.level is not None):
        kind = _kind(series.measure)
        if sources.setdefault(kind, series.source) == series.source:
            chosen.setdefault((kind, series.level), series)
    return list(chosen.values())


def _kind(measure: Measure) -> str:
    """Salary and wage are two measures of pay: one comparison takes one of them."""
    return "pay" if measure in (Measure.SALARY, Measure.WAGE) else measure.value


def compared(
    roles: Sequence[Role], section: Section, book: CitationBook, *, at_most: int, verdict: bool
) -> tuple[Block, ...]:
    """The comparable figures of several roles, and each role's own where no source covers all of them.

    Roles that were counted in one occupation share one line. `verdict` adds which role is ahead.
    """
    blocks: list[Block] = []
    shared = shared_series(roles, section)[:at_most]
    for series in shared:
        rows = _merged(roles, series, section)
        blocks.append(Figures(tuple(_line(names, figure, section, book) for names, figure in rows)))
        if verdict and series == next(one for one in shared if one.measure == series.measure):
            blocks.append(_verdict(rows, book))
    if not shared and any(_figures(role, section) for role in roles):
        blocks.append(
            Notice("No one source covers all of these roles, so the figures below are not comparable.")
        )
        for role in roles:
            own = single(role, section, book, at_most=1)
            blocks += [Heading(role.name, 3), *own] if own else [Notice(f"No figure for {role.name}.")]
    return tuple(blocks)


def _merged(roles: Sequence[Role], series: Series, section: Section) -> list[tuple[tuple[str, ...], Figure]]:
    rows: dict[tuple[str, float], tuple[tuple[str, ...], Figure]] = {}
    for role in roles:
        figure = next(figure for figure in _figures(role, section) if series_of(figure) == series)
        key = (figure.occupation, figure.value)
        names, first = rows.get(key, ((), figure))
        # The weakest match of those who share the line is the honest one to show.
        weakest = max((first, figure), key=lambda one: list(Match).index(one.match))
        rows[key] = ((*names, role.name), weakest)
    return list(rows.values())


def _verdict(rows: Iterable[tuple[tuple[str, ...], Figure]], book: CitationBook) -> Block:
    ordered = sorted(rows, key=lambda row: -row[1].value)
    first = ordered[0][1]
    if len(ordered) == 1:
        return Notice(
            f"{_LABELS[first.measure]}: these roles are counted in one occupation, so this source cannot tell them apart."
        )
    if first.value == ordered[1][1].value:
        return Notice(f"{_LABELS[first.measure]}: the same for the first two.")
    ranking = ", then ".join(
        f"{' and '.join(names)} ({amount(figure.value, figure.unit)})" for names, figure in ordered
    )
    return Prose(Line(f"{_HIGHER[first.measure]}: {ranking}.", (book.cite(first.source, first.as_of),)))
