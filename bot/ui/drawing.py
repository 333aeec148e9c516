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

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
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
    figure = Figure(figsize=(WIDTH / DPI, 1), dpi=DPI, facecolor=CARD)
    rows = list(_rows(chart, _Wrapper(figure)))
    height = math.ceil(2 * MARGIN + sum(row.height for row in rows))
    figure.set_size_inches(WIDTH / DPI, height / DPI)
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


class _Wrapper:
    """Breaks texts into lines that fit between the margins, by the width of their letters."""

    def __init__(self, figure: Figure) -> None:
        # matplotlib's stubs leave its renderers out.
        self._renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]

    def lines(self, text: str, size: int, colour: str = INK, *, bold: bool = False) -> Iterator[_Row]:
        """The text as rows."""
        font = FontProperties(size=size * 72 / DPI, weight="bold" if bold else "normal")
        line = ""
        for word in text.split():
            if line and self._width(f"{line} {word}", font) > WIDTH - 2 * MARGIN:
                yield _Row(size * LEADING, line, size, colour, bold)
                line = ""
            line = f"{line} {word}".strip()
            while self._width(line, font) > WIDTH - 2 * MARGIN:
                fitting = next(n for n in range(len(line) - 1, 0, -1) if self._fits(line[:n], font) or n == 1)
                yield _Row(size * LEADING, line[:fitting], size, colour, bold)
                line = line[fitting:]
        if line:
            yield _Row(size * LEADING, line, size, colour, bold)

    def _fits(self, text: str, font: FontProperties) -> bool:
        return self._width(text, font) <= WIDTH - 2 * MARGIN

    def _width(self, text: str, font: FontProperties) -> float:
        return float(self._renderer.get_text_width_height_descent(text, font, ismath=False)[0])


def _rows(chart: Chart, wrapper: _Wrapper) -> Iterator[_Row]:
    lines = wrapper.lines
    yield from lines(chart.title or chart.measure, TITLE, bold=True)
    yield from lines(f"{chart.measure}; {chart.basis}" if chart.title else chart.basis, SMALL, MUTED)
    for band in chart.bands:
        yield _Row(GAP)
        yield from lines(band.label, LABEL, bold=True)
        yield from lines(" \N{MIDDLE DOT} ".join(filter(None, (band.shown, band.spread))), VALUE)
        yield from lines("; ".join(filter(None, (band.cases, band.measured_on))), SMALL, MUTED)
        yield _Row(BAR_HEIGHT + 2 * BAR_MARGIN, band=band)
    # The scale's numbers stand in this gap.
    yield _Row(GAP + SMALL * LEADING)
    if chart.missing:
        yield from lines(f"No such figure: {', '.join(chart.missing)}.", SMALL, MUTED)
    for line in caption(chart):
        yield from lines(line, SMALL, MUTED)


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
    size = abs(value)
    number = f"{value / 1e6:g}M" if size >= 1e6 else f"{value / 1000:g}k" if size >= 1000 else f"{value:g}"
    return f"${number}" if unit is Unit.USD_YEAR else number


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(from_json(sys.stdin.buffer.read())))
