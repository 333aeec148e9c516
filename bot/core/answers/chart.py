"""What of an answer's figures can be drawn: one measure of one source, a band for each role or level."""

from collections.abc import Sequence

from bot.core.answers.figures import LABELS, amount, measured_on, spread
from bot.core.answers.model import Band, Chart
from bot.core.answers.series import WHOLE, Cut, Row, figures_of, kind_of, series_of, side_by_side
from bot.core.knowledge.model import Figure, Role, Section, Snapshot

_ALL_LEVELS = "All levels"


def of_several(roles: Sequence[Role], section: Section, snapshot: Snapshot, cut: Cut = WHOLE) -> Chart | None:
    """The leading comparable figures of several roles; None where no source covers two of them."""
    leading = side_by_side(roles, section, snapshot, cut, at_most=1)
    if not leading:
        return None
    first = leading[0]
    figure = first.rows[0].figure
    measure = LABELS[figure.measure] + (f", {figure.level.value} level" if figure.level is not None else "")
    bands = [_band(" and ".join(role.name for role in row.roles), row) for row in first.rows]
    missing = tuple(role.name for role in first.missing)
    return _chart("", measure, figure, bands, snapshot, missing=missing)


def of_one(role: Role, section: Section, snapshot: Snapshot, cut: Cut = WHOLE) -> Chart | None:
    """A role's pay for everybody and by level, as its first source tells it; None where there is no range to draw."""
    figures = [figure for figure in figures_of(role, section, snapshot, cut) if figure.low is not None]
    if not figures:
        return None
    first = figures[0]
    alike = [figure for figure in figures if _is_drawn_with(figure, first)]
    levelled = any(figure.level is not None for figure in alike)
    bands = [_band(_level(figure) if levelled else role.name, Row((role,), figure)) for figure in alike]
    return _chart(role.name if levelled else "", LABELS[first.measure], first, bands, snapshot)


def _is_drawn_with(figure: Figure, first: Figure) -> bool:
    one, other = series_of(figure), series_of(first)
    return (kind_of(one.measure), one.source, one.region, one.period, one.unit) == (
        kind_of(other.measure),
        other.source,
        other.region,
        other.period,
        other.unit,
    )


def _level(figure: Figure) -> str:
    return f"{figure.level.value.capitalize()} level" if figure.level is not None else _ALL_LEVELS


def _band(label: str, row: Row) -> Band:
    figure = row.figure
    return Band(
        label=label,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        shown=amount(figure.value, figure.unit).removesuffix(" a year"),
        spread=spread(figure),
        cases=f"n = {figure.n:,}" if figure.n is not None else "",
        measured_on=measured_on(figure, row.roles),
    )


def _chart(
    title: str,
    measure: str,
    first: Figure,
    bands: Sequence[Band],
    snapshot: Snapshot,
    *,
    missing: tuple[str, ...] = (),
) -> Chart:
    source = snapshot.sources[first.source]
    return Chart(
        title=title,
        measure=f"{measure} a year" if first.unit.value.endswith("/year") else measure,
        unit=first.unit,
        basis=f"{first.region}, {first.period}",
        bands=tuple(bands),
        missing=missing,
        source=source.title,
        as_of=first.as_of.text,
    )
