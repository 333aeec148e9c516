"""Draws a chart as a PNG. A program of its own, so that neither its time nor its memory is the bot's.

    python -m bot.ui.drawing < chart.json > chart.png

matplotlib comes with the extra `charts`. The picture is a card of its own colours, which reads on Discord's dark and
light background alike, and its letters are large enough for a phone, where it is shown about 330 points wide.
"""

import io
import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.ticker import MaxNLocator

from bot.core.answers.model import Band, Chart
from bot.core.knowledge.model import Unit

WIDTH = 720
"""Pixels; twice what a phone shows, so that letters stay sharp."""
MARGIN = 36
DPI = 100
CARD, INK, MUTED, GRID, BAR, MEDIAN = "#20242b", "#f4f5f7", "#c3c8d1", "#414854", "#2a9d8f", "#ffffff"
TITLE, LABEL, VALUE, SMALL = 30, 27, 27, 24
"""Heights of letters in pixels."""
TITLE_COLUMNS, LABEL_COLUMNS, SMALL_COLUMNS = 34, 37, 46
LEADING = 1.3
BAR_HEIGHT, BAR_MARGIN = 30, 9
GAP = 26


def from_json(text: bytes) -> Chart:
    """The chart whose fields a JSON object gives by name."""
    values = json.loads(text)
    values["bands"] = tuple(Band(**band) for band in values["bands"])
    values["missing"] = tuple(values["missing"])
    values["unit"] = Unit(values["unit"])
    return Chart(**values)


def draw(chart: Chart) -> bytes:
    """The chart as a PNG, `WIDTH` pixels wide and as high as its bands need."""
    rows = list(_rows(chart))
    height = math.ceil(2 * MARGIN + sum(row.height for row in rows))
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=CARD)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    scale = _Scale.of(chart)
    top, last_bar = float(MARGIN), None
    for row in rows:
        if row.band is not None:
            _bar(axes, row.band, top, scale)
            last_bar = top + row.height
        elif row.text:
            axes.text(
                MARGIN, top, row.text, fontsize=row.size * 72 / DPI, color=row.colour, va="top",
                fontweight="bold" if row.bold else "normal", parse_math=False,
            )  # fmt: skip
        top += row.height
    if last_bar is not None:
        _ticks(axes, scale, chart.unit, last_bar)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DPI)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of text, a bar, or a gap (neither)."""

    height: float
    text: str = ""
    size: int = SMALL
    colour: str = INK
    bold: bool = False
    band: Band | None = None


def _lines(text: str, size: int, columns: int, colour: str = INK, *, bold: bool = False) -> Iterator[_Row]:
    for line in wrap(text, columns):
        yield _Row(size * LEADING, line, size, colour, bold)


def _rows(chart: Chart) -> Iterator[_Row]:
    yield from _lines(chart.title or chart.measure, TITLE, TITLE_COLUMNS, bold=True)
    basis = f"{chart.measure}; {chart.basis}" if chart.title else chart.basis
    yield from _lines(basis, SMALL, SMALL_COLUMNS, MUTED)
    for band in chart.bands:
        yield _Row(GAP)
        yield from _lines(band.label, LABEL, LABEL_COLUMNS, bold=True)
        spread = f"   {band.spread}" if band.spread else ""
        yield from _lines(f"{band.shown}{spread}", VALUE, LABEL_COLUMNS)
        note = "; ".join(filter(None, (band.cases, band.measured_on)))
        yield from _lines(note, SMALL, SMALL_COLUMNS, MUTED)
        yield _Row(BAR_HEIGHT + 2 * BAR_MARGIN, band=band)
    # The scale's numbers stand in this gap.
    yield _Row(GAP + SMALL * LEADING)
    if chart.missing:
        yield from _lines(f"No such figure: {', '.join(chart.missing)}.", SMALL, SMALL_COLUMNS, MUTED)
    for line in caption(chart):
        yield from _lines(line, SMALL, SMALL_COLUMNS, MUTED)


def caption(chart: Chart) -> Sequence[str]:
    """What the bars mean, and where the figures come from."""
    ranged = any(band.spread for band in chart.bands)
    meaning = ("Bar: 25th to 75th percentile, cut off there.", "Line: median.") if ranged else ()
    return (*meaning, f"Source: {chart.source}, {chart.as_of}.")


@dataclass(frozen=True, slots=True)
class _Scale:
    """From values to pixels."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @classmethod
    def of(cls, chart: Chart) -> "_Scale":
        ends = [end for band in chart.bands for end in (band.value, band.low, band.high) if end is not None]
        if any(band.low is None for band in chart.bands):
            ends.append(0.0)
        low, high = min(ends), max(ends)
        ticks = MaxNLocator(4).tick_values(low, high if high > low else low + 1)
        return cls(float(ticks[0]), float(ticks[-1]), tuple(map(float, ticks)))

    def at(self, value: float) -> float:
        """Where a value stands from the left edge."""
        inner = MARGIN + 34
        return inner + (value - self.low) / (self.high - self.low) * (WIDTH - 2 * inner)


def _bar(axes: Axes, band: Band, top: float, scale: _Scale) -> None:
    low = band.low if band.low is not None else min(0.0, band.value)
    high = band.high if band.high is not None else max(0.0, band.value)
    left, right = scale.at(low), scale.at(high)
    shape = FancyBboxPatch(
        (left, top + BAR_MARGIN), max(right - left, 3), BAR_HEIGHT, boxstyle="round,pad=0,rounding_size=5",
        facecolor=BAR, edgecolor="none", zorder=2,
    )  # fmt: skip
    axes.add_patch(shape)
    bottom = top + BAR_HEIGHT + 2 * BAR_MARGIN
    for place in map(scale.at, scale.ticks):
        axes.plot([place, place], [top, bottom], color=GRID, linewidth=1.4, zorder=1)
    if band.low is not None:
        middle = scale.at(band.value)
        axes.plot([middle, middle], [top + 3, bottom - 3], color=MEDIAN, linewidth=4, zorder=3)


def _ticks(axes: Axes, scale: _Scale, unit: Unit, top: float) -> None:
    for tick in scale.ticks:
        axes.text(
            scale.at(tick), top + SMALL, _tick(tick, unit), fontsize=SMALL * 72 / DPI, color=MUTED,
            ha="center", va="center", parse_math=False,
        )  # fmt: skip


def _tick(value: float, unit: Unit) -> str:
    if unit is Unit.PERCENT:
        return f"{value:g} %"
    number = f"{value / 1000:,g}k" if abs(value) >= 1000 else f"{value:,g}"
    return f"${number}" if unit is Unit.USD_YEAR else number


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(from_json(sys.stdin.buffer.read())))
