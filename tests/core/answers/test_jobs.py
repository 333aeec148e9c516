"""Featured jobs: with their roles, for as long as they are open, newest first."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from bot.core.answers.jobs import BESIDE_A_ROLE, LISTED, pay
from bot.core.answers.model import Answer, Heading, Jobs, Notice
from bot.core.assistant import Assistant
from bot.core.knowledge.model import Employment, Job, PayRange, Seniority
from bot.core.matching.question import Intent, Manner, Outcome, Subject

TODAY = date(2026, 11, 25)
DE = "data-engineer"


def job(number, role=DE, posted=TODAY, expires=TODAY):
    return Job(
        f"job-{number}", f"Job {number}", "Acme", "Berlin", Employment.FULL_TIME, (role,),
        "https://jobs.example.com/1", posted, expires, Seniority.SENIOR, PayRange(70_000, 90_000, "EUR", "year"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def featuring(snapshot, assistant):
    """An assistant on the shipped knowledge with featured jobs."""

    def feature(*jobs):
        whole = replace(snapshot, jobs=MappingProxyType({one.id: one for one in jobs}))
        return Assistant(whole, assistant.heads)

    return feature


def titles(answer):
    return [row.title for block in answer.blocks if isinstance(block, Jobs) for row in block.rows]


def test_jobs_stand_under_an_answer_about_their_role_and_no_other(featuring):
    assistant = featuring(job(1), job(2, role="data-analyst"))
    for sections in ((), ("salary",), ("interview",)):
        answer = assistant.show(Subject(Intent.ROLE, (DE,), sections), today=TODAY)
        assert titles(answer) == ["Job 1"]
        assert answer.blocks[-2] == Heading("Featured jobs")
    both = assistant.show(Subject(Intent.COMPARE, (DE, "data-analyst")), today=TODAY)
    assert titles(both) == []


def test_at_most_three_stand_under_an_answer_and_the_rest_is_counted(featuring):
    assistant = featuring(*(job(number) for number in range(5)))
    block = assistant.show(Subject(Intent.ROLE, (DE,)), today=TODAY).blocks[-1]
    assert (len(block.rows), block.more) == (BESIDE_A_ROLE, 2)


def test_a_job_vanishes_by_itself_the_day_after_it_expires(featuring):
    assistant = featuring(job(1, posted=TODAY, expires=TODAY + timedelta(days=2)))
    shown = [
        titles(assistant.show(Subject(Intent.ROLE, (DE,)), today=TODAY + timedelta(days=days)))
        for days in (-1, 0, 2, 3)
    ]
    assert shown == [[], ["Job 1"], ["Job 1"], []]


def test_the_list_is_newest_first_and_cut_visibly(featuring):
    jobs = [job(number, posted=TODAY - timedelta(days=number)) for number in range(LISTED + 2)]
    block = featuring(*jobs[::-1]).show(Subject(Intent.JOBS), today=TODAY).blocks[0]
    assert [row.title for row in block.rows] == [f"Job {number}" for number in range(LISTED)]
    assert block.more == 2


def test_the_list_of_a_role_holds_its_jobs_only_or_says_there_is_none(featuring):
    assistant = featuring(job(1), job(2, role="data-analyst"))
    assert titles(assistant.show(Subject(Intent.JOBS, (DE,)), today=TODAY)) == ["Job 1"]
    empty = assistant.show(Subject(Intent.JOBS, ("statistician",)), today=TODAY)
    assert empty.blocks == (Notice("No job as Statistician is featured at the moment."),)


def test_a_job_says_where_what_level_what_pay_and_since_when(featuring):
    row = featuring(job(1)).show(Subject(Intent.JOBS), today=TODAY).blocks[0].rows[0]
    assert row.company == "Acme"
    assert row.details == (
        "Berlin",
        "full-time",
        "senior level",
        "\u20ac70,000 to \u20ac90,000 a year",
        "posted 2026-11-25",
    )


@pytest.mark.parametrize(
    ("offered", "shown"),
    [
        (PayRange(70_000, 90_000, "USD", "year"), "$70,000 to $90,000 a year"),
        (PayRange(25.5, 25.5, "GBP", "hour"), "\u00a325.50 an hour"),
        (PayRange(60_000, 80_000, "CHF", "year"), "CHF 60,000 to CHF 80,000 a year"),
    ],
)
def test_pay_names_its_currency_and_period(offered, shown):
    assert pay(offered) == shown


@pytest.mark.parametrize(
    "text", ["any data engineer jobs?", "show me jobs for data engineers", "featured jobs"]
)
def test_questions_for_jobs_are_answered_where_any_are_featured(featuring, text):
    answer = featuring(job(1)).ask(text, today=TODAY)
    assert isinstance(answer, Answer)
    assert answer.subject.intent is Intent.JOBS
    assert titles(answer) == ["Job 1"]


@pytest.mark.parametrize(
    "text",
    ["which jobs use kafka", "is the job market for data engineers bad", "data engineer job description"],
)
def test_questions_about_jobs_in_general_are_not_for_featured_ones(featuring, text):
    answer = featuring(job(1)).ask(text, today=TODAY)
    assert answer.subject.intent is not Intent.JOBS


def test_overheard_talk_of_jobs_is_left_alone(featuring):
    assistant = featuring(job(1))
    question = assistant.understand("any data engineer jobs?", manner=Manner.OVERHEARD)
    assert question.outcome is Outcome.SILENT
