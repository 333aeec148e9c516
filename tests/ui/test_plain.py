"""Replies as plain text."""

from datetime import date

from bot.core.answers.model import (
    Answer,
    Bullets,
    Citation,
    Clarify,
    FigureLine,
    Figures,
    Heading,
    ItemSet,
    JobLine,
    Jobs,
    Line,
    Notice,
    Option,
    Prose,
    Silent,
    Unknown,
)
from bot.core.knowledge.model import AsOf
from bot.core.matching.question import Intent, Subject
from bot.ui.plain import render, thinned

ABOUT = Subject(Intent.ROLE, ("data-scientist",))
CITED = (
    Citation(1, "onet", "O*NET 29.3", AsOf(date(2025, 5, 1), "2025-05"), "https://example.org"),
    Citation(2, "jobs", "ai-jobs.net salaries", AsOf(date(2025, 1, 19), "2025-01-19")),
)


def answer(*blocks, citations=()):
    return Answer(ABOUT, "Data Scientist", blocks, citations, (), "r")


def test_answer_reads_from_top_to_bottom_with_marks_and_sources():
    text = render(
        answer(
            Heading("Skills"),
            Prose(Line("Mostly statistics.", (1,))),
            Heading("Core", 3),
            Bullets((Line("Python", (1, 2)), Line("SQL", stale=True)), more=4),
            ItemSet("Only here", (Line("R"), Line("SAS")), more=1),
            Notice("Levels differ."),
            citations=CITED,
        )
    )
    assert text.splitlines() == [
        "Data Scientist",
        "",
        "SKILLS",
        "Mostly statistics. [1]",
        "",
        "Core",
        "- Python [1][2]",
        "- SQL (dated)",
        "- and 4 more",
        "",
        "Only here: R, SAS, and 1 more",
        "",
        "Note: Levels differ.",
        "",
        "(dated): older than facts of its kind stay reliable.",
        "Sources: [1] O*NET 29.3, 2025-05; [2] ai-jobs.net salaries, 2025-01-19",
    ]


def test_figure_carries_everything_needed_to_believe_it():
    row = FigureLine(
        ("Data Scientist",),
        "Median salary",
        "$157,000",
        "$116,000 to $200,000",
        "US, 2024",
        "Statisticians",
        (2,),
    )
    assert (
        "- Data Scientist: Median salary $157,000 ($116,000 to $200,000; US, 2024; measured on Statisticians) [2]"
        in render(answer(Figures((row,))))
    )


def test_figure_without_details_has_no_empty_brackets():
    row = FigureLine((), "Growth", "34 %", "", "", "", ())
    assert "- Growth 34 %\n" in render(answer(Figures((row,)))) + "\n"


def test_question_back_lists_its_options():
    reply = Clarify("Which engineer?", (Option("Data Engineer", ABOUT), Option("AI Engineer", ABOUT)))
    assert render(reply) == "Which engineer?\n1. Data Engineer\n2. AI Engineer"


def test_unknown_names_what_may_be_meant_and_what_can_be_asked():
    reply = Unknown("I know nothing about nurses.", (Option("Data Scientist", ABOUT),), ("mle vs ds?",))
    shown = render(reply).splitlines()
    assert shown == [
        "I know nothing about nurses.",
        "Did you mean:",
        "1. Data Scientist",
        "You can ask:",
        "- mle vs ds?",
    ]


def test_silence_has_no_text():
    assert render(Silent("chatter")) == ""


def test_a_mark_stands_once_behind_the_names_in_a_row_that_it_holds_for():
    names = (Line("a", (1,)), Line("b", (1,)), Line("c", (2,)), Line("d", (1,)), Line("e", (1,)))
    assert [name.refs for name in thinned(names)] == [(), (1,), (2,), (), (1,)]
    assert thinned(()) == ()


def test_job_stands_on_a_line_with_its_address():
    row = JobLine("Data Engineer", "Acme", ("Berlin", "full-time"), "https://x.org/a")
    shown = render(Answer(ABOUT, "Featured jobs", (Jobs((row,), more=1),), (), (), "r"))
    assert "- Data Engineer, Acme (Berlin; full-time): https://x.org/a\n- and 1 more" in shown
