"""Answer, clarify, unknown or silent: when the bot speaks, and when it does not."""

import pytest

from bot.core.answers.model import Unknown
from bot.core.matching.head import ANSWERED, OFFERED
from bot.core.matching.question import Context, Intent, Manner, Outcome

UNSURE = [
    f"{before} data engineer {behind}"
    for before in ("the", "our", "another", "some", "my", "one", "this", "their")
    for behind in ("again today", "knows", "joined us", "said so", "likes tea", "is late", "at work", "mess")
]
"""Talk to the bot that names a role and asks nothing plainly: whatever it has learned, some of it is between the thresholds."""


@pytest.mark.parametrize(
    "text",
    [
        "the data arrived late again",
        "We are hiring a senior data scientist in Berlin, apply here: https://example.org",
        "Top 10 skills for a data scientist in 2026",
        "just got my first job as a data analyst!!",
        "Tableau vs Power BI?",
        "R or Python?",
        "my model.fit raises an error, any machine learning engineer around?",
        "check out my new blog post: data engineer vs data scientist",
        "#datascience what skills do data scientists need",
        "what degree is it outside today",
        "the cron job of the data engineer failed, how do I restart it",
        "DE is my favourite country code",
        "as a nurse or a data analyst, who earns more?",
        "No/ d(wn a;ai^?",
        "so AI is it",
    ],
)
def test_plain_talk_is_left_alone(assistant, text):
    assert assistant.understand(text, manner=Manner.OVERHEARD).outcome is Outcome.SILENT


@pytest.mark.parametrize(
    "text",
    [
        "how much does a data scientist earn?",
        "what skills do I need to become a data engineer?",
        "what's the difference between a data analyst and a data scientist?",
        "do I need a masters to be a machine learning engineer?",
        "mle vs ds?",
        "how is the DS pay?",
    ],
)
def test_a_plain_question_is_answered_even_when_overheard(assistant, text):
    assert assistant.understand(text, manner=Manner.OVERHEARD).outcome is Outcome.ANSWER


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\x00",
        "?!",
        "\U0001f600" * 4_000,
        "what does a nurse earn",
        "Tableau vs Power BI",
        "thanks!",
    ],
)
def test_what_is_not_known_is_unknown(assistant, text, today):
    reply = assistant.ask(text, today=today)
    assert isinstance(reply, Unknown)
    assert reply.examples


def test_unknown_offers_a_role_only_for_a_slip_of_the_keyboard(assistant, today):
    assert assistant.ask("what does a nurse earn", today=today).near == ()
    assert assistant.ask("i like trains", today=today).near == ()


def test_a_tool_contest_offers_to_look_the_tools_up(assistant, today):
    reply = assistant.ask("Tableau vs Power BI", today=today)
    assert [option.subject.intent for option in reply.near] == [Intent.FIND, Intent.FIND]


@pytest.mark.parametrize(
    ("text", "context", "roles", "sections"),
    [
        ("and the salary?", Context(("data-scientist",)), ("data-scientist",), ("salary",)),
        (
            "what about data engineers?",
            Context(("data-scientist",), ("salary",)),
            ("data-engineer",),
            ("salary",),
        ),
        (
            "do they need a phd",
            Context(("data-scientist", "data-analyst")),
            ("data-scientist", "data-analyst"),
            ("education",),
        ),
    ],
)
def test_a_follow_up_leans_on_the_answer_before(assistant, text, context, roles, sections):
    subject = assistant.understand(text, context=context).subject
    assert subject is not None
    assert subject.roles == roles
    assert subject.sections == sections


def test_a_role_that_may_be_asked_about_is_offered_to_who_asks_the_bot_alone(assistant, today):
    unsure = [
        (text, question)
        for text in UNSURE
        if OFFERED <= (question := assistant.understand(text)).confidence < ANSWERED
    ]
    assert unsure
    for text, question in unsure:
        assert question.outcome is Outcome.CLARIFY
        assert [choice.roles for choice in question.choices] == [("data-engineer",)]
        assert assistant.ask(text, today=today).prompt == "Did you mean this?"
        assert assistant.understand(text, manner=Manner.OVERHEARD).outcome is Outcome.SILENT


def test_a_section_without_a_role_is_asked_back(assistant):
    question = assistant.understand("and the salary?")
    assert question.outcome is Outcome.CLARIFY
    assert all(choice.sections == ("salary",) for choice in question.choices)


def test_context_of_a_role_that_is_gone_is_ignored(assistant):
    assert (
        assistant.understand("and the salary?", context=Context(("no-such-role",))).outcome
        is not Outcome.ANSWER
    )


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("is BI being replaced by AI copilots?", ("business-intelligence-analyst",)),
        ("what tools are used by analytics people, still excel?", ("data-analyst",)),
        ("is prompt engineering needs any degree, i am BA english literature", ("prompt-engineer",)),
        ("What is a data manager? My sister claims to be one and changes the subject.", ("data-manager",)),
        ("what does a product manager for AI earn", ("ai-product-manager",)),
    ],
)
def test_what_stands_around_a_name_does_not_hide_it(assistant, text, roles):
    question = assistant.understand(text)
    assert question.outcome is Outcome.ANSWER
    assert question.subject.roles == roles


def test_a_job_of_a_machine_is_no_question_for_roles(assistant):
    assert assistant.understand("the etl job is red again").outcome is not Outcome.ANSWER
