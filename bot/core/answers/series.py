"""Which figures may stand side by side: those that one source measured in one way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from bot.core.knowledge.model import PAY, Figure, Match, Measure, Role, Section, Seniority, Snapshot, Unit


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of the figures of pay that is asked for: one level of experience, or one region of the country."""

    level: Seniority | None = None
    region: str | None = None


WHOLE = Cut()
_LEVELS = (None, *Seniority)
_MEASURES = tuple(Measure)
_MATCHES = tuple(Match)


class Series(NamedTuple):
    """What makes two figures comparable: measure, source, region, period, level, unit and date are all the same."""

    measure: Measure
    source: str
    region: str
    period: str
    level: Seniority | None
    unit: Unit
    as_of: str


class Row(NamedTuple):
    """A figure and the roles it was measured for: several where one occupation stands for them all."""

    roles: tuple[Role, ...]
    figure: Figure


class SideBySide(NamedTuple):
    """The figures of several roles in one series, and the roles that have none there."""

    series: Series
    rows: tuple[Row, ...]
    missing: tuple[Role, ...]


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


def kind_of(measure: Measure) -> str:
    """Salary and wage are two measures of pay: one comparison takes one of them."""
    return "pay" if measure in PAY else measure


def figures_of(role: Role, section: Section, snapshot: Snapshot, cut: Cut = WHOLE) -> tuple[Figure, ...]:
    """A role's figures in a section: all of them, or of those on pay the part that is asked for."""
    own = tuple(fact for fact in role.facts(section.id) if isinstance(fact, Figure))
    if cut.region is not None:
        return tuple(
            replace(regional, match=figure.match)
            for figure in own
            if figure.measure is Measure.WAGE
            and (regional := snapshot.wages.get(figure.occupation, {}).get(cut.region)) is not None
        )
    if cut.level is not None:
        return tuple(figure for figure in own if figure.level is cut.level)
    return own


def known_part(roles: Sequence[Role], section: Section, snapshot: Snapshot, cut: Cut) -> Cut:
    """The cut where the roles have figures in it, and comparable ones where they are several; else the whole."""
    if cut == WHOLE:
        return WHOLE
    if len(roles) == 1:
        return cut if figures_of(roles[0], section, snapshot, cut) else WHOLE
    return cut if side_by_side(roles, section, snapshot, cut, at_most=1) else WHOLE


def side_by_side(
    roles: Sequence[Role],
    section: Section,
    snapshot: Snapshot,
    cut: Cut = WHOLE,
    *,
    at_most: int | None = None,
) -> tuple[SideBySide, ...]:
    """The series to compare the roles in, the leading one first, then its levels of experience; at most so many.

    Of each kind (pay, growth, ...) one source is taken: the first that has a figure for every role, else the one that
    has figures for most of them, two at least. Postings come before surveys of employers. The order of the roles makes
    no difference but to the order of the rows.
    """
    held = [
        {series_of(figure): figure for figure in figures_of(role, section, snapshot, cut)} for role in roles
    ]
    found = sorted({series for own in held for series in own}, key=_age, reverse=True)
    found.sort(key=_order)
    kinds: dict[str, list[Series]] = {}
    for series in found:
        kinds.setdefault(kind_of(series.measure), []).append(series)
    chosen = (one for of_kind in kinds.values() for one in _of_kind(of_kind, roles, held))
    return tuple(islice(chosen, at_most))


def _of_kind(
    found: Sequence[Series], roles: Sequence[Role], held: Sequence[dict[Series, Figure]]
) -> Iterator[SideBySide]:
    covered = {series: sum(series in own for own in held) for series in found}
    # What holds for all levels comes first in the order; levels lead only where there is nothing else.
    leading = [series for series in found if series.level is found[0].level]
    lead = min(leading, key=lambda series: (-covered[series], found.index(series)))
    if covered[lead] < min(2, len(roles)):
        return
    who = {number for number, own in enumerate(held) if lead in own}
    chosen = {lead.level: lead}
    for series in found:
        same = (series.measure, series.source, series.region) == (lead.measure, lead.source, lead.region)
        if same and all(series in held[number] for number in who):
            chosen.setdefault(series.level, series)
    for series in chosen.values():
        yield _compared(series, roles, held)


def _compared(series: Series, roles: Sequence[Role], held: Sequence[dict[Series, Figure]]) -> SideBySide:
    rows: dict[object, Row] = {}
    missing = []
    for role, own in zip(roles, held, strict=True):
        if series not in own:
            missing.append(role)
            continue
        figure = own[series]
        # All but the match is equal, the number of cases too: else the row would say of a role what was not measured for it.
        measured = (figure.occupation, figure.value, figure.low, figure.high, figure.n)
        first = rows.get(measured, Row((), figure))
        # The weakest match of those who share the row is the honest one to show.
        weakest = max((first.figure, figure), key=lambda one: _MATCHES.index(one.match))
        rows[measured] = Row((*first.roles, role), weakest)
    return SideBySide(series, tuple(rows.values()), tuple(missing))


def _age(series: Series) -> tuple[str, str]:
    """Years and dates as text sort by time."""
    return series.as_of, series.period


def _order(series: Series) -> tuple[int, int, str, str, str]:
    level, measure = _LEVELS.index(series.level), _MEASURES.index(series.measure)
    return level, measure, series.source, series.region, series.unit
