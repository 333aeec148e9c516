"""The golden questions of the shipped knowledge, and that a wrong one is found out."""

from dataclasses import replace
from datetime import date

from bot.core.assistant import Assistant
from bot.core.golden import changed_outcomes, check_golden
from bot.core.knowledge.model import GoldenQuestion
from bot.core.matching.heads import Heads
from bot.core.matching.question import Intent, Outcome


def test_every_golden_question_resolves_as_it_must(assistant, today):
    assert [str(problem) for problem in check_golden(assistant, today)] == []


def test_there_are_enough_golden_questions_for_every_role_and_section(snapshot):
    assert len(snapshot.golden) >= 300
    for role in snapshot.roles:
        assert sum(role in (question.roles or ()) for question in snapshot.golden) >= 5
    for section in snapshot.sections:
        assert sum(section in (question.sections or ()) for question in snapshot.golden) >= 15, section


def test_a_wrong_expectation_is_reported_at_its_line(snapshot, assistant):
    wrong = GoldenQuestion(
        "mle vs ds", "questions.yaml", 7, outcome="answer", intent="find", roles=("data-analyst",)
    )
    problems = check_golden(
        Assistant(replace(snapshot, golden=(wrong,)), assistant.heads), date(2026, 11, 23)
    )
    assert [str(problem) for problem in problems] == [
        (
            "questions.yaml:7:1: error: golden question `mle vs ds`: intent is compare, expected find; "
            "roles are machine-learning-engineer, data-scientist, expected data-analyst"
        )
    ]


def test_questions_that_resolve_differently_are_told_with_what_is_wrong_now(snapshot, today):
    heads = Heads(None, None)
    role = snapshot.roles["machine-learning-engineer"]
    nameless = replace(role, abbreviations=(), aliases=())
    edited = replace(snapshot, roles={**snapshot.roles, role.id: nameless})
    expected = ("machine-learning-engineer", "data-scientist")
    asked = [
        GoldenQuestion("which roles use kafka", "questions.yaml", 1),
        GoldenQuestion("mle vs data scientist", "questions.yaml", 2, outcome="answer", roles=expected),
        GoldenQuestion("data engineer vs data scientist", "questions.yaml", 3),
    ]
    (changed,) = changed_outcomes(Assistant(snapshot, heads), Assistant(edited, heads), asked, today)
    assert changed.question is asked[1]
    assert (changed.before.outcome, changed.before.roles) == (Outcome.ANSWER, expected)
    assert changed.before.subjects[0].intent is Intent.COMPARE
    assert changed.after.roles != expected
    assert changed.wrong


def test_a_look_up_that_finds_another_role_is_another_outcome(snapshot, today):
    heads = Heads(None, None)
    asked = [GoldenQuestion("which roles use kafka", "questions.yaml", 1)]
    before = Assistant(snapshot, heads)
    (first, *_) = before.ask(asked[0].text, today=today).roles
    empty = replace(snapshot.roles[first], sections={})
    after = Assistant(replace(snapshot, roles={**snapshot.roles, first: empty}), heads)
    (changed,) = changed_outcomes(before, after, asked, today)
    assert first in changed.before.roles
    assert first not in changed.after.roles
