"""Text in Discord's Markdown: shown letter by letter, with citations and marks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers.model import (
    Bullets,
    Citation,
    FigureLine,
    Figures,
    Heading,
    ItemSet,
    JobLine,
    Jobs,
    Line,
    Notice,
    Prose,
)
from bot.core.knowledge.model import AsOf
from bot.ui import markdown
from bot.ui.limits import shorten

AS_OF = AsOf(date(2025, 5, 1), "2025-05")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("C++ and C#", "C++ and C#"),
        ("O*NET_29", r"O\*NET\_29"),
        ("<@123> <#5> </ask:1> <:x:1>", r"\<@123\> \<#5\> \</ask:1\> \<:x:1\>"),
        ("[click](http://evil)", r"\[click\](http://evil)"),
        ("||spoiler|| `code`", r"\|\|spoiler\|\| \`code\`"),
        ("# heading", r"\# heading"),
        ("-# small", r"\-# small"),
        ("- item", r"\- item"),
        ("1. first", r"1\. first"),
        ("> quote", r"\> quote"),
        ("two\nlines\r\n# of text", "two lines # of text"),
        ("@everyone @here", "@\u200beveryone @\u200bhere"),
    ],
)
def test_escaped_text_is_shown_letter_by_letter(text, shown):
    assert markdown.escape(text) == shown


@given(st.text(max_size=300))
def test_escaped_text_stays_on_one_line_and_opens_no_markup(text):
    shown = markdown.escape(text)
    assert "\n" not in shown
    without = shown.replace("\\\\", "")
    for sign in "*_~`|[]<>":
        assert without.count(sign) == without.count(f"\\{sign}")


def test_line_raises_its_citations_and_marks_what_is_dated():
    assert markdown.line(Line("Uses Python", (1, 12), stale=True)) == "Uses Python *(dated)*\u202f¹\u202f¹²"
    assert markdown.line(Line("Uses Python")) == "Uses Python"


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        (Heading("Skills"), ["### Skills"]),
        (Heading("Data Scientist", 3), ["**Data Scientist**"]),
        (Prose(Line("One.", (2,))), ["One.\u202f²"]),
        (Bullets((Line("One."), Line("Two.")), more=3), ["- One.", "- Two.", "- and 3 more"]),
        (
            ItemSet("Only Data Scientist", (Line("R"), Line("SAS", (1,)))),
            ["**Only Data Scientist**: R, SAS\u202f¹"],
        ),
        (ItemSet("Shared", (Line("SQL"),), more=2), ["**Shared**: SQL, and 2 more"]),
        (Notice("No figure."), ["-# Note: No figure."]),
    ],
)
def test_blocks(block, lines):
    assert markdown.block(block) == lines


def test_figure_names_whose_it_is_its_basis_and_the_occupation():
    row = FigureLine(
        roles=("Data Scientist",),
        label="Median salary",
        value="$157,000",
        spread="$116,000 to $200,000 (middle half)",
        basis="US, 2024, n = 8,212",
        measured_on="Statisticians (15-2041), nearest occupation",
        refs=(3,),
        stale=True,
    )
    (shown,) = markdown.block(Figures((row,)))
    assert shown == (
        "- **Data Scientist**: Median salary **$157,000**, $116,000 to $200,000 (middle half) "
        "(US, 2024, n = 8,212; measured on Statisticians (15-2041), nearest occupation) *(dated)*\u202f³"
    )


def citations(count):
    return tuple(
        Citation(n, f"s{n}", f"Source number {n}", AS_OF, f"https://example.org/{n}")
        for n in range(1, count + 1)
    )


def test_sources_line_links_numbers_and_dates():
    assert (
        markdown.sources(citations(1), 500)
        == "-# Sources: ¹\u202f[Source number 1](<https://example.org/1>), 2025-05"
    )


@pytest.mark.parametrize("limit", range(60, 700, 7))
def test_sources_line_is_cut_visibly_at_its_limit(limit):
    whole = markdown.sources(citations(8), 10_000)
    shown = markdown.sources(citations(8), limit)
    assert len(shown) <= limit
    assert shown == whole if len(whole) <= limit else "more: /about" in shown


def test_sources_line_at_its_limit_is_whole_and_one_past_it_is_cut():
    whole = markdown.sources(citations(8), 10_000)
    assert markdown.sources(citations(8), len(whole)) == whole
    assert markdown.sources(citations(8), len(whole) - 1).endswith("and 1 more: /about")


def test_a_list_does_not_swallow_the_line_after_it():
    assert markdown.spaced(["**A**", "- a", "- b", "**B**", "text"]) == [
        "**A**",
        "- a",
        "- b",
        "",
        "**B**",
        "text",
    ]
    assert markdown.spaced([]) == []


def test_link_cannot_be_broken_out_of():
    assert markdown.link("a]b", "https://x.org/a(b) c") == r"[a\]b](<https://x.org/a%28b%29%20c>)"
    assert markdown.link("a", None) == "a"


def test_shorten_cuts_visibly_one_past_the_limit():
    assert shorten("x" * 10, 10) == "x" * 10
    assert shorten("x" * 11, 10) == "x" * 9 + "…"


def test_spacing_lines_twice_changes_nothing():
    once = markdown.spaced(["- a", "b", "- c", "", "d"])
    assert once == ["- a", "", "b", "- c", "", "d"]
    assert markdown.spaced(once) == once


def test_job_is_a_link_that_no_name_can_break():
    row = JobLine(
        "Data [Engineer](https://evil)",
        "**Acme** @everyone",
        ("Berlin", "posted 2026-11-25"),
        "https://x.org/(a)",
    )
    assert markdown.block(Jobs((row,), more=2)) == [
        "- **[Data \\[Engineer\\](https://evil)](<https://x.org/%28a%29>)**, \\*\\*Acme\\*\\* @\u200beveryone (Berlin; posted 2026-11-25)",
        "- and 2 more",
    ]
