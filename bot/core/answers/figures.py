"""Figures as answers show them: with unit, spread, region, period, number of cases and occupation."""

from collections.abc import Sequence

from bot.core.answers.citations import CitationBook
from bot.core.answers.model import Block, FigureLine, Figures, Heading, Line, Notice, Prose
from bot.core.answers.series import WHOLE, Cut, Row, SideBySide, figures_of, kind_of, side_by_side
from bot.core.knowledge.model import Figure, Match, Measure, Role, Section, Snapshot, Unit

LABELS = {
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


def amount(value: float, unit: Unit) -> str:
    """A number with its unit, ready to show."""
    whole = f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    if unit is Unit.USD_YEAR:
        return f"${whole} a year"
    if unit is Unit.PERCENT:
        return f"{value:+.1f} %"
    return f"{whole} a year" if unit is Unit.JOBS_YEAR else whole


def spread(figure: Figure) -> str:
    """The range of the middle half, ready to show; empty where it is not known."""
    if figure.low is None or figure.high is None:
        return ""
    low, high = (amount(end, figure.unit).removesuffix(" a year") for end in (figure.low, figure.high))
    return f"{low} to {high}"


def measured_on(figure: Figure, roles: Sequence[Role]) -> str:
    """The occupation that a figure was measured on and how it relates to the roles; empty where it is their own."""
    # A figure of the role's own title need not repeat the title beside it.
    if figure.match is Match.OWN and [role.name for role in roles] == [figure.occupation]:
        return ""
    remark = _MATCHES[figure.match]
    return f"{figure.occupation}, {remark}" if remark else figure.occupation


def _line(row: Row, section: Section, book: CitationBook) -> FigureLine:
    figure = row.figure
    label = LABELS[figure.measure]
    if figure.level is not None:
        label += f", {figure.level.value} level"
    middle = spread(figure)
    basis = f"{figure.region}, {figure.period}" + (f", n = {figure.n:,}" if figure.n is not None else "")
    return FigureLine(
        tuple(role.name for role in row.roles), label, amount(figure.value, figure.unit),
        f"middle half {middle}" if middle else "", basis, measured_on(figure, row.roles),
        (book.cite(figure.source, figure.as_of),), book.stale(figure, section),
    )  # fmt: skip


def single(
    role: Role, section: Section, snapshot: Snapshot, book: CitationBook, *, at_most: int, cut: Cut = WHOLE
) -> tuple[Block, ...]:
    """All figures of one role, a block a source, so that no block mixes sources."""
    blocks: dict[str, list[FigureLine]] = {}
    for figure in figures_of(role, section, snapshot, cut)[:at_most]:
        blocks.setdefault(figure.source, []).append(_line(Row((role,), figure), section, book))
    return tuple(Figures(tuple(rows)) for rows in blocks.values())


def compared(
    roles: Sequence[Role],
    section: Section,
    snapshot: Snapshot,
    book: CitationBook,
    *,
    at_most: int,
    verdict: bool,
    cut: Cut = WHOLE,
) -> tuple[Block, ...]:
    """The comparable figures of several roles, and each role's own where no source covers two of them."""
    shared = comparable(roles, section, snapshot, book, at_most=at_most, verdict=verdict, cut=cut)
    if shared or not any(figures_of(role, section, snapshot) for role in roles):
        return shared
    blocks: list[Block] = [
        Notice("No one source covers these roles, so the figures below are not comparable.")
    ]
    for role in roles:
        own = single(role, section, snapshot, book, at_most=1)
        blocks += [Heading(role.name, 3), *own] if own else [Notice(f"No figure for {role.name}.")]
    return tuple(blocks)


def comparable(
    roles: Sequence[Role],
    section: Section,
    snapshot: Snapshot,
    book: CitationBook,
    *,
    at_most: int,
    verdict: bool,
    cut: Cut = WHOLE,
) -> tuple[Block, ...]:
    """The comparable figures of several roles; nothing where no source covers two of them.

    Roles that were counted in one occupation share one line. `verdict` adds which role is ahead.
    """
    blocks: list[Block] = []
    told: set[str] = set()
    for one in side_by_side(roles, section, snapshot, cut, at_most=at_most):
        blocks.append(Figures(tuple(_line(row, section, book) for row in one.rows)))
        kind = kind_of(one.series.measure)
        if kind not in told:
            told.add(kind)
            blocks += _remarks(one, snapshot, book, verdict=verdict)
    return tuple(blocks)


def uncut(cut: Cut, roles: Sequence[Role]) -> Notice:
    """Says that the part asked for is not known, so that the whole is shown."""
    figures = (
        f"comparable figures for {' and '.join(role.name for role in roles)}"
        if len(roles) > 1
        else (f"usable figure for {roles[0].name}")
    )
    if cut.region is not None:
        return Notice(f"No {figures} in {cut.region}: this is for the whole country.")
    level = cut.level.value if cut.level is not None else ""
    return Notice(f"No {figures} at {level} level: this is for all levels.")


def _remarks(one: SideBySide, snapshot: Snapshot, book: CitationBook, *, verdict: bool) -> list[Block]:
    remarks: list[Block] = []
    if verdict:
        remarks.append(_verdict(one, book))
    if one.missing:
        names = ", ".join(role.name for role in one.missing)
        remarks.append(
            Notice(f"{snapshot.sources[one.series.source].title} has no such figure for: {names}.")
        )
    return remarks


def _verdict(one: SideBySide, book: CitationBook) -> Block:
    ordered = sorted(one.rows, key=lambda row: -row.figure.value)
    first = ordered[0].figure
    if len(ordered) == 1:
        return Notice(
            f"{LABELS[first.measure]}: these roles are counted in one occupation, so this source cannot tell them apart."
        )
    if first.value == ordered[1].figure.value:
        return Notice(f"{LABELS[first.measure]}: the same for the first two.")
    ranking = ", then ".join(
        f"{' and '.join(role.name for role in row.roles)} ({amount(row.figure.value, row.figure.unit)})"
        for row in ordered
    )
    return Prose(Line(f"{_HIGHER[first.measure]}: {ranking}.", (book.cite(first.source, first.as_of),)))
