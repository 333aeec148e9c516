"""The golden questions of the shipped knowledge, and that a wrong one is found out."""

from dataclasses import replace
from datetime import date

from bot.core.assistant import Assistant
from bot.core.golden import check_golden
from bot.core.knowledge.model import GoldenQuestion


def test_every_golden_question_resolves_as_it_must(assistant, today):
    assert [str(problem) for problem in check_golden(assistant, today)] == []


def test_there_are_enough_golden_questions_for_every_role_and_section(snapshot):
    assert len(snapshot.golden) >= 300
    for role in snapshot.roles:
        assert sum(role in (question.roles or ()) for question in snapshot.golden) >= 5
    for section in snapshot.sections:
        assert sum(section in (question.sections or ()) for question in snapshot.golden) >= 15, section


def test_a_wrong_expectation_is_reported_at_its_line(snapshot):
    wrong = GoldenQuestion(
        "mle vs ds", "questions.yaml", 7, outcome="answer", intent="find", roles=("data-analyst",)
    )
    problems = check_golden(Assistant(replace(snapshot, golden=(wrong,))), date(2026, 11, 23))
    assert [str(problem) for problem in problems] == [
        (
            "questions.yaml:7:1: error: golden question `mle vs ds`: intent is compare, expected find; "
            "roles are machine-learning-engineer, data-scientist, expected data-analyst"
        )
    ]
