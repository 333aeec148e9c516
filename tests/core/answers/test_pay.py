"""Pay and outlook on the shipped knowledge: which source is taken, levels, regions, and what is drawn."""

from datetime import date

import pytest

from bot.core.answers.model import Answer, Figures, Notice
from bot.core.errors import LevelInRegionError, StaleSubjectError
from bot.core.knowledge.model import Seniority
from bot.core.matching.question import Intent, Subject

DS, MLE, DE, DA = "data-scientist", "machine-learning-engineer", "data-engineer", "data-analyst"
DBA, MLR = "database-administrator", "machine-learning-researcher"
TODAY = date(2026, 11, 25)


def pay(assistant, *roles, section="salary", **cut):
    intent = Intent.COMPARE if len(roles) > 1 else Intent.ROLE
    return assistant.show(Subject(intent, roles, (section,), **cut), today=TODAY)


def rows(answer):
    return [row for block in answer.blocks if isinstance(block, Figures) for row in block.rows]


def notices(answer):
    return " ".join(block.text for block in answer.blocks if isinstance(block, Notice))


def sources(answer):
    named = {citation.number: citation.source for citation in answer.citations}
    return {named[ref] for row in rows(answer) for ref in row.refs}


def test_postings_are_taken_where_every_role_has_a_cell(assistant):
    assert sources(pay(assistant, DS, MLE, DE)) == {"ai-jobs-2025-01"}


@pytest.mark.parametrize("lacking", [DBA, MLR])
def test_one_role_without_a_usable_cell_brings_the_survey_for_all(assistant, lacking):
    answer = pay(assistant, DS, MLE, lacking)
    assert sources(answer) == {"bls-oews-2025"}
    assert {name for row in rows(answer) for name in row.roles} == {
        assistant.snapshot.roles[role].name for role in (DS, MLE, lacking)
    }


def test_roles_that_share_an_occupation_are_one_figure_that_names_them(assistant):
    first = rows(pay(assistant, DS, DA, DBA))[0]
    assert first.roles == ("Data Scientist", "Data Analyst")
    assert "Data Scientists (15-2051)" in first.measured_on


def test_a_level_shows_that_level_of_every_role(assistant):
    answer = pay(assistant, DS, MLE, level=Seniority.SENIOR)
    assert answer.title == "Data Scientist vs. Machine Learning Engineer: Salary, senior level"
    assert [row.label for row in rows(answer)] == ["Median salary, senior level"] * 2


def test_a_level_that_one_role_lacks_names_that_role(assistant):
    answer = pay(assistant, DS, MLE, MLR, level=Seniority.ENTRY)
    assert {name for row in rows(answer) for name in row.roles} == {
        "Data Scientist",
        "Machine Learning Engineer",
    }
    assert "ai-jobs.net salaries has no such figure for: Machine Learning Researcher." in notices(answer)
    assert answer.chart.missing == ("Machine Learning Researcher",)


def test_a_level_that_no_role_has_shows_all_levels_and_says_so(assistant):
    answer = pay(assistant, MLR, level=Seniority.ENTRY)
    assert answer.title == "Machine Learning Researcher: Salary"
    assert "No usable figure for Machine Learning Researcher at entry level" in notices(answer)
    assert rows(answer)


def test_a_region_shows_the_survey_of_that_region(assistant, snapshot):
    answer = pay(assistant, DS, MLE, DE, region="Texas")
    assert sources(answer) == {"bls-oews-2025"}
    figure = snapshot.wages["Data Scientists (15-2051)"]["Texas"]
    first = rows(answer)[0]
    assert first.roles == ("Data Scientist", "Machine Learning Engineer")
    assert first.value == f"${figure.value:,.0f} a year"
    assert first.basis == "Texas, May 2025"
    assert answer.title.endswith(": Salary, Texas")


def test_a_region_without_a_figure_shows_the_country_and_says_so(assistant):
    answer = pay(assistant, DE, region="Wyoming")
    assert answer.title == "Data Engineer: Salary"
    assert "No usable figure for Data Engineer in Wyoming" in notices(answer)
    assert all(row.basis.startswith("US, ") for row in rows(answer))


def test_level_and_region_at_once_are_refused_with_the_reason(assistant):
    with pytest.raises(LevelInRegionError) as refused:
        pay(assistant, DS, level=Seniority.SENIOR, region="Texas")
    assert refused.value.level_source == "ai-jobs.net salaries"
    assert refused.value.region_source.startswith("BLS Occupational Employment")


def test_an_unknown_region_is_refused(assistant):
    with pytest.raises(StaleSubjectError):
        pay(assistant, DS, region="Atlantis")


def test_outlook_takes_one_source_and_merges_roles_the_same_way(assistant):
    answer = pay(assistant, DS, MLE, DBA, section="outlook")
    assert sources(answer) == {"bls-projections-2024-34"}
    assert rows(answer)[0].roles == ("Data Scientist", "Machine Learning Engineer")
    assert [band.label for band in answer.chart.bands] == [
        "Data Scientist and Machine Learning Engineer",
        "Database Administrator",
    ]
    assert [band.low for band in answer.chart.bands] == [None, None]


def test_the_chart_of_one_role_has_a_band_for_each_level(assistant):
    chart = pay(assistant, DS).chart
    assert chart.title == "Data Scientist"
    assert [band.label for band in chart.bands] == ["All levels", "Entry level", "Mid level", "Senior level"]
    assert [band.cases for band in chart.bands] == ["n = 8,212", "n = 356", "n = 2,800", "n = 4,939"]


def test_only_an_answer_about_figures_alone_has_a_chart(assistant):
    assert pay(assistant, DS, MLE, section="skills").chart is None
    both = assistant.show(Subject(Intent.COMPARE, (DS, MLE), ("salary", "skills")), today=TODAY)
    assert both.chart is None
    assert pay(assistant, DS, section="outlook").chart is None


@pytest.mark.parametrize(
    ("text", "level", "region", "title"),
    [
        ("senior data engineer salary", Seniority.SENIOR, None, "Data Engineer: Salary, senior level"),
        ("entry-level pay for a data analyst?", Seniority.ENTRY, None, "Data Analyst: Salary, entry level"),
        ("salary of a data scientist in california", None, "California", "Data Scientist: Salary, California"),
        ("what do data engineers earn in Washington DC", None, "District of Columbia", None),
        ("data scientist salary in west virginia", None, "West Virginia", None),
        ("how much does an ml engineer make in kansas city", None, None, "Machine Learning Engineer: Salary"),
        ("data analyst salary in ohio or texas", None, None, "Data Analyst: Salary"),
        ("mle vs ds salary in new york", None, "New York", None),
        ("do I need a masters for senior data scientist roles in texas", None, None, None),
    ],
)  # fmt: skip
def test_levels_and_regions_are_read_in_questions_on_pay(assistant, text, level, region, title):
    answer = assistant.ask(text, today=TODAY)
    assert isinstance(answer, Answer)
    assert (answer.subject.level, answer.subject.region) == (level, region)
    assert title is None or answer.title == title


def test_a_question_by_level_and_region_is_answered_for_the_region_and_says_what_is_left_out(assistant):
    answer = assistant.ask("entry level data analyst salary in texas", today=TODAY)
    assert (answer.subject.level, answer.subject.region) == (None, "Texas")
    assert "not for the entry level only" in notices(answer)


def test_a_follow_up_may_name_a_region_only(assistant):
    first = assistant.ask("data scientist salary", today=TODAY)
    answer = assistant.ask("and in texas?", today=TODAY, context=assistant.context(first))
    assert answer.title == "Data Scientist: Salary, Texas"
