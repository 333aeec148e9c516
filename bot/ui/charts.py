"""Charts of answers as pictures: drawn by a program of their own, kept in memory, with a text that says the same."""

import asyncio
import importlib.util
import json
import logging
from collections import OrderedDict
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot.core.answers.model import Answer, Band, Chart, Reply
from bot.programs import command, environment
from bot.ui.limits import MEDIA_DESCRIPTION, shorten

log = logging.getLogger(__name__)

KEPT = 64
"""Pictures kept in memory, some 80 KB each; the least recently shown go first."""
SECONDS = 20
"""Longer than any drawing takes, the very first of an installation included, which looks for fonts."""
LABEL_LENGTHS = (500, 60, 24)
HEAD_LENGTH = 120
PROGRAM = "bot.ui.drawing"


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a PNG, and what it shows in words."""

    png: bytes
    alt: str


class Charts:
    """Draws charts outside of this process and keeps them. Equal figures are one picture, whoever asks for them.

    `folder` is where matplotlib keeps what it knows of the fonts. Without matplotlib, the extra `charts`, there are
    no pictures.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: OrderedDict[Chart, Picture] = OrderedDict()
        self._drawing: dict[Chart, asyncio.Task[Picture | None]] = {}
        # One at a time: drawing takes a core, and the bot is to have the other.
        self._turn = asyncio.Semaphore(1)

    def at_hand(self, reply: Reply) -> bool:
        """Whether a reply can be shown at once: no picture is needed, none can be drawn, or it is drawn already."""
        chart = reply.chart if isinstance(reply, Answer) else None
        return chart is None or chart in self._kept or not is_installed()

    async def picture(self, reply: Reply) -> Picture | None:
        """The picture of a reply's chart; None where it has none, or where it could not be drawn."""
        chart = reply.chart if isinstance(reply, Answer) else None
        if chart is None or not is_installed():
            return None
        if chart in self._kept:
            self._kept.move_to_end(chart)
            return self._kept[chart]
        task = self._drawing.get(chart)
        if task is None:
            task = self._drawing[chart] = asyncio.create_task(self._draw(chart), name="chart")
            task.add_done_callback(lambda _: self._drawing.pop(chart, None))
        # Who stops waiting does not stop the drawing: others may wait for it.
        return await asyncio.shield(task)

    async def _draw(self, chart: Chart) -> Picture | None:
        async with self._turn:
            try:
                png = await self._run(chart)
            except (OSError, TimeoutError, ValueError) as error:
                log.warning("a chart could not be drawn: %s", str(error) or type(error).__name__)
                return None
        picture = self._kept[chart] = Picture(png, alt_text(chart))
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return picture

    async def _run(self, chart: Chart) -> bytes:
        process = await asyncio.create_subprocess_exec(
            *command(PROGRAM),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment(MPLCONFIGDIR=str(self._folder)),
        )
        try:
            async with asyncio.timeout(SECONDS):
                png, errors = await process.communicate(json.dumps(asdict(chart)).encode())
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode or not png:
            last = errors.decode(errors="replace").strip().rpartition("\n")[2]
            raise ValueError(f"{PROGRAM} ended with {process.returncode}: {last}")
        return png


def is_installed() -> bool:
    """Whether charts can be drawn here."""
    return importlib.util.find_spec("matplotlib") is not None


def alt_text(chart: Chart) -> str:
    """What a chart shows, in words and with every number, within Discord's limit for a picture's description."""
    head = f"{chart.title}: {chart.measure}" if chart.title else chart.measure
    tail = f" No such figure: {', '.join(chart.missing)}." if chart.missing else ""
    source = f" Source: {chart.source}, {chart.as_of}."
    text = f"{head}, {chart.basis}. {' '.join(map(_band, chart.bands))}{tail}{source}"
    # Names and occupations may be as long as their own limits: what is too long goes, and the numbers stay.
    for label in LABEL_LENGTHS:
        if len(text) <= MEDIA_DESCRIPTION:
            break
        bands = " ".join(
            _band(replace(band, label=shorten(band.label, label), measured_on="")) for band in chart.bands
        )
        text = f"{shorten(head, HEAD_LENGTH)}, {chart.basis}. {bands}{source}{tail}"
    return shorten(text, MEDIA_DESCRIPTION)


def _band(band: Band) -> str:
    middle = f", middle half {band.spread}" if band.spread else ""
    notes = "; ".join(filter(None, (band.cases, band.measured_on)))
    return f"{band.label}: {band.shown}{middle}{f' ({notes})' if notes else ''}."
