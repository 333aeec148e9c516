"""Charts: drawn outside of the bot, kept, and said in words with every number."""

import asyncio
import io
import re
import struct
import sys
import time
from datetime import date
from itertools import combinations

import pytest
from PIL import Image

from bot.core.answers.model import Answer, Band, Chart
from bot.core.knowledge.model import Seniority, Unit
from bot.core.matching.question import Intent, Subject
from bot.ui.charts import Charts, alt_text, is_installed
from bot.ui.drawing import CARD, WIDTH, draw
from bot.ui.limits import MEDIA_DESCRIPTION

TODAY = date(2026, 11, 25)
DS, MLE = "data-scientist", "machine-learning-engineer"


def answer_of(assistant, *roles, section="salary", **cut):
    intent = Intent.COMPARE if len(roles) > 1 else Intent.ROLE
    return assistant.show(Subject(intent, roles, (section,), **cut), today=TODAY)


def numbers(text):
    return set(re.findall(r"\d[\d,.]*\d|\d", text))


def numbers_of(chart):
    shown = [chart.basis, chart.as_of]
    for band in chart.bands:
        shown += [band.shown, band.spread, band.cases]
    return numbers(" ".join(shown))


def charts_of(assistant):
    roles = list(assistant.snapshot.roles)
    for section in ("salary", "outlook"):
        for size in (1, 2, 5):
            for start in range(0, len(roles) - size + 1, size):
                chart = answer_of(assistant, *roles[start : start + size], section=section).chart
                if chart is not None:
                    yield chart
    for level in Seniority:
        for pair in combinations(roles[:8], 2):
            yield answer_of(assistant, *pair, level=level).chart
    for region in list(assistant.snapshot.regions)[:10]:
        yield answer_of(assistant, DS, "data-engineer", region=region).chart


def test_alt_text_carries_every_number_and_fits(assistant):
    seen = 0
    for chart in filter(None, charts_of(assistant)):
        text = alt_text(chart)
        assert numbers_of(chart) <= numbers(text)
        assert all(band.label in text and band.measured_on in text for band in chart.bands)
        assert all(name in text for name in chart.missing)
        assert chart.source in text
        assert len(text) <= MEDIA_DESCRIPTION
        seen += 1
    assert seen > 50


def widest():
    """Five bands whose names, occupations and numbers are as long as they may be."""
    names = [f"{letter * 39} {letter * 40}" for letter in "ABCDE"]
    bands = tuple(
        Band(
            name, 1e9 + n, 1e9, 2e9, f"${1_111_111_111 + n:,}", f"${1_000_000_000 + n:,} to ${2_000_000_000 + n:,}",
            f"n = {9_999_990 + n:,}", "O" * 80,
        )
        for n, name in enumerate(names)
    )  # fmt: skip
    return Chart(
        "",
        "Median salary, executive level a year",
        Unit.USD_YEAR,
        "US, 2020-2025",
        bands,
        (),
        "S" * 80,
        "2025-01-19",
    )


def test_alt_text_of_the_longest_names_keeps_the_numbers():
    text = alt_text(widest())
    assert len(text) <= MEDIA_DESCRIPTION
    assert numbers_of(widest()) <= numbers(text)


def size_of(png):
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def test_picture_is_as_wide_as_a_phone_and_grows_with_its_bands(assistant):
    heights = []
    for roles in ([DS], [DS, MLE], ["ai-engineer", "data-analyst", DS, MLE, "database-administrator"]):
        chart = answer_of(assistant, *roles).chart
        width, height = size_of(draw(chart))
        assert width == WIDTH
        heights.append((len(chart.bands), height))
    assert [height for _, height in sorted(heights)] == sorted(height for _, height in heights)


def test_longest_names_stay_on_the_card():
    picture = Image.open(io.BytesIO(draw(widest()))).convert("RGB")
    card = tuple(int(CARD[place : place + 2], 16) for place in (1, 3, 5))
    edge = [picture.getpixel((x, y)) for x in (0, 10, WIDTH - 11, WIDTH - 1) for y in range(picture.height)]
    assert set(edge) == {card}


def test_letters_stand_out_from_the_card():
    # The card brings its own background, so that it reads alike on Discord's dark and light one: WCAG asks for 4.5.
    from bot.ui.drawing import INK, MUTED  # noqa: PLC0415 - beside what is checked

    def luminance(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    for letters in (INK, MUTED):
        assert (luminance(letters) + 0.05) / (luminance(CARD) + 0.05) > 4.5


def test_growth_is_drawn_from_zero_to_either_side(assistant):
    chart = answer_of(assistant, DS, "database-administrator", section="outlook").chart
    assert min(band.value for band in chart.bands) < 0 < max(band.value for band in chart.bands)
    assert size_of(draw(chart))[0] == WIDTH


@pytest.fixture
def charts(tmp_path):
    return Charts(tmp_path / "fonts")


async def test_the_same_figures_are_drawn_once_even_when_asked_for_at_once(assistant, charts, monkeypatch):
    started = []
    start = asyncio.create_subprocess_exec

    async def counted(*arguments, **options):
        started.append(arguments)
        return await start(*arguments, **options)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", counted)
    reply = answer_of(assistant, DS, MLE)
    assert not charts.at_hand(reply)
    first, second = await asyncio.gather(charts.picture(reply), charts.picture(reply))
    assert first is second
    assert charts.at_hand(reply)
    again = await charts.picture(answer_of(assistant, DS, MLE))
    assert again is first
    assert len(started) == 1
    assert size_of(first.png)[0] == WIDTH
    assert first.alt == alt_text(reply.chart)


async def test_who_stops_waiting_does_not_stop_the_drawing(assistant, charts):
    reply = answer_of(assistant, DS, MLE)
    waiting = asyncio.create_task(charts.picture(reply))
    await asyncio.sleep(0)
    waiting.cancel()
    assert await charts.picture(reply) is not None


async def test_the_loop_runs_on_while_a_chart_is_drawn(assistant, charts):
    gaps, last = [], time.perf_counter()
    task = asyncio.create_task(charts.picture(answer_of(assistant, DS)))
    while not task.done():
        await asyncio.sleep(0.005)
        now = time.perf_counter()
        gaps.append(now - last)
        last = now
    assert await task is not None
    # Discord's heartbeat is due every 41 seconds; drawing on the loop would stop it for most of the time it takes.
    assert sum(gaps) > 3 * max(gaps)


async def test_a_drawing_that_fails_leaves_the_answer_without_a_picture(
    assistant, charts, monkeypatch, caplog
):
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    assert await charts.picture(answer_of(assistant, DS)) is None
    assert "could not be drawn" in caplog.text
    monkeypatch.undo()
    assert await charts.picture(answer_of(assistant, DS)) is not None


async def test_nothing_is_drawn_without_the_extra(assistant, charts, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert not is_installed()
    reply = answer_of(assistant, DS)
    assert charts.at_hand(reply)
    assert await charts.picture(reply) is None


def test_answers_without_a_chart_are_at_hand(assistant, charts):
    assert charts.at_hand(answer_of(assistant, DS, section="skills"))
    assert isinstance(answer_of(assistant, DS, section="skills"), Answer)
