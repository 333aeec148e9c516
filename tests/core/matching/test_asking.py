"""Questions told from talk, and the sections that answer them, by a head that was trained on messages."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from bot.core.answers.model import Answer, Silent
from bot.core.assistant import Assistant
from bot.core.knowledge.model import Message, Messages
from bot.core.matching.asking import (
    ASKS,
    asked_examples,
    because,
    fit_asked,
    signs_of,
    weighed,
    words_of,
)
from bot.core.matching.head import ANSWERED, OVERHEARD, Margins
from bot.core.matching.ngrams import grams
from bot.core.matching.question import Manner, Outcome
from bot.core.matching.quick import QuickHead
from bot.core.matching.signals import SignalReader
from bot.core.matching.training import light_head, vocabulary_of

TODAY = date(2026, 11, 26)
DS, DE = "data-scientist", "data-engineer"


@pytest.fixture(scope="module")
def reader(snapshot):
    return SignalReader(snapshot)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("data engineer salary in 2026", ("{role}", "salary", "in", "{number}")),
        ("is machine learning saturated", ("is", "{field}", "saturated")),
        ("nurse to data scientist", ("{job}", "to", "{role}")),
        ("do I need Kafka or a masters", ("do", "i", "need", "{tools}", "or", "{degrees}")),
        ("", ()),
    ],
)
def test_names_are_replaced_by_what_they_are(reader, text, words):
    assert words_of(reader.read(text)) == words


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("will AI take all the data analyst jobs?", "outlook"),
        ("is a bootcamp enough for data science", "education"),
        ("roadmap for ML in 2026", "getting-started"),
        ("how stressful is life as a data engineer", "day-to-day"),
        ("data scientist interview prep, where do I start?", "interview"),
    ],
)
def test_paraphrases_are_answered_even_when_overheard(assistant, text, section):
    reply = assistant.ask(text, today=TODAY, manner=Manner.OVERHEARD)
    assert isinstance(reply, Answer)
    assert section in reply.subject.sections[:2]


@pytest.mark.parametrize(
    "text",
    [
        "We are hiring a senior data engineer in Berlin, apply until Friday",
        "just signed my first contract as a data analyst, thank you all!!",
        "our data scientists keep renaming the columns again",
        "my pandas merge returns NaN although both keys are strings, I am a data scientist and lost",
        "what do I get my data engineer girlfriend for her birthday?",
        "Tableau or Power BI for our analysts' sales dashboards?",
        "Top 10 skills every data scientist needs in 2026",
    ],
)
def test_talk_that_names_a_role_is_left_alone(assistant, text):
    assert isinstance(assistant.ask(text, today=TODAY, manner=Manner.OVERHEARD), Silent)


def test_more_messages_of_a_sort_are_learned(snapshot):
    """What is taken for talk becomes a question when messages like it are added."""
    text = "zorble the data engineer"
    wordings = ("zorble a data scientist", "please zorble the ML engineer", "can you zorble an analyst role")
    added = tuple(Message(one, ("salary",)) for one in wordings * 4)
    assistant = Assistant(replace(snapshot, messages=Messages.of((*snapshot.messages[::10], *added))))
    reply = assistant.ask(text, today=TODAY)
    assert isinstance(reply, Answer)
    assert reply.subject.sections[0] == "salary"


def test_a_story_asks_about_the_role_that_its_question_names(assistant):
    text = (
        "I have been a data analyst at a bank for four years. Most of my day is SQL and Excel, and my manager is kind "
        "but has no budget. Last month I did a course with Airflow and Docker and I liked it a lot. "
        "What should I learn to become a data engineer, and is a certificate worth it?"
    )
    reply = assistant.ask(text, today=TODAY)
    assert isinstance(reply, Answer)
    assert reply.subject.roles[0] == DE


def test_hardly_any_talk_passes_the_threshold_for_overheard_messages(snapshot, assistant, reader):
    head = assistant.heads.asked
    assert head.margins.offered < head.margins.answered < head.margins.overheard
    talk = [one for one in snapshot.messages if one.sections is None][::3]
    quick = QuickHead(head)
    scores = [weighed(reader.read(one.text), quick).asked for one in talk]
    assert sum(score >= OVERHEARD for score in scores) / len(talk) < 0.01
    assert ASKS in head.classes


@pytest.mark.parametrize(
    "text",
    [
        "will AI replace data analysts?",
        "our DE broke it again lol",
        "#hiring: ML engineer",
        " ".join(f"word{number}" for number in range(500)) + " so what does a data analyst earn?",
    ],
)
def test_the_reasons_for_a_margin_add_up_to_it(assistant, reader, text):
    head = assistant.heads.asked
    signals = reader.read(text)
    words = words_of(signals)
    found = grams(words, signs_of(signals, words))
    place = head.classes.index(ASKS)
    told = because(signals, head, ASKS, 10_000)
    assert sum(share for _, share in told) + head.bias[place] == pytest.approx(
        head.scores(found)[place], abs=1e-4
    )
    assert [abs(share) for _, share in told] == sorted((abs(share) for _, share in told), reverse=True)


def test_training_tells_how_far_it_is(snapshot, reader):
    told = []
    fit_asked(
        asked_examples(replace(snapshot, messages=snapshot.messages[::40]), reader.read),
        lambda *at: told.append(at),
    )
    assert told
    assert all(0 <= done <= total for done, total in told)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_knowledge_without_messages_reads_questions_by_their_cues(snapshot):
    assistant = Assistant(replace(snapshot, messages=Messages()))
    question = assistant.understand("what does a data scientist earn")
    assert question.outcome is Outcome.ANSWER
    assert question.subject.sections == ("salary",)
    assert question.confidence >= ANSWERED


@pytest.mark.parametrize(
    "text", ["good morning all", "the soup was cold", "brb", "", "   ", "🙂", "new record: 12 km"]
)
def test_small_talk_is_passed_over_at_a_glance(assistant, text):
    reply = assistant.ask(text, today=TODAY, manner=Manner.OVERHEARD)
    assert isinstance(reply, Silent)
    assert reply.question.account.candidates == ()


@pytest.mark.parametrize("text", ["data engineer", "data science", "mle vs ds"])
def test_a_name_alone_asks_for_no_section(assistant, text):
    assert assistant.understand(text).subject.sections == ()


@pytest.mark.parametrize(
    "text",
    [
        "What sets an AI architect apart from a data architect? To me they look like one person.",
        "data analyst n business analyst, can sb tell me how they differ",
        "cannot make up my mind: research engineer or research scientist",
        "should I become a data analyst or a data scientist?",
        "Should I study data science or software engineering",
        "MLOps engineer vs devops engineer, is there any real difference these days",
    ],
)
def test_who_compares_roles_and_asks_for_no_section_gets_an_overview(assistant, text):
    subject = assistant.understand(text).subject
    assert len(subject.roles) == 2
    assert subject.sections == ()


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("data engineer or data scientist, who takes home more money", "salary"),
        ("ML engineer or data engineer, which one will still be around in ten years", "outlook"),
        ("do hospitals hire statisticians or only bioinformaticians", "industries"),
    ],
)
def test_who_compares_roles_in_one_respect_gets_that(assistant, text, section):
    assert assistant.understand(text).subject.sections[0] == section


def test_three_sections_are_shown_where_cues_ask_for_them(assistant):
    sections = assistant.understand("what do data engineers actually do").subject.sections
    assert set(sections) == {"definition", "responsibilities", "day-to-day"}


def test_of_several_sections_the_likeliest_comes_first_and_what_is_asked_for_outright_before_it(
    snapshot, reader
):
    """Sections far above the threshold keep their order, and no further one is as sure as can be."""
    sections = sorted(snapshot.sections)
    bias = np.array([1.0, *(place / 10 for place in range(len(sections)))], np.float32)
    nothing = vocabulary_of([grams(())])
    # A head that learned nothing but how common each section is.
    head = light_head(
        (ASKS, *sections), nothing, np.zeros((0, len(bias)), np.float32), bias, Margins(-0.3, 0.0, 0.3)
    )
    plain = weighed(reader.read("whatever about a data engineer"), QuickHead(head))
    assert [name for name, _ in plain.wanted][:2] == sections[:-3:-1]
    named = weighed(reader.read("skills and education of a data engineer"), QuickHead(head))
    assert [name for name, _ in named.wanted][:2] == ["skills", "education"]
    assert all(score <= 1.0 for _, score in named.wanted)
