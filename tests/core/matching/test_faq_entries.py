"""FAQ entries against everything else that a text may be: roles, help, follow-ups, near misses."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from bot.core.answers.model import Answer, Clarify
from bot.core.assistant import Assistant
from bot.core.knowledge.model import FaqEntry, Snapshot
from bot.core.matching import meanings
from bot.core.matching.faq import fit_faq
from bot.core.matching.heads import Heads
from bot.core.matching.question import Context, Intent, Outcome

TODAY = date(2026, 11, 25)
EMPTY = MappingProxyType({})


def server(*entries: FaqEntry) -> Assistant:
    """An assistant on knowledge that has FAQ entries only."""
    return Assistant(
        Snapshot("r", EMPTY, EMPTY, EMPTY, EMPTY, MappingProxyType({entry.id: entry for entry in entries}))
    )


@pytest.fixture(scope="module")
def club() -> Assistant:
    return server(
        FaqEntry(
            "verify",
            ("how do I get verified here", "where do I verify my account", "get the verified role"),
            "A.",
        ),
        FaqEntry(
            "rules", ("where are the rules", "what are the rules of this server", "show me the rules"), "B."
        ),
        FaqEntry(
            "jobs", ("may I post a job advert", "where can I post jobs", "posting a vacancy here"), "C."
        ),
        FaqEntry("bye", ("thank you", "thanks a lot", "thanks for the help"), "D."),
        FaqEntry("menu", ("what can I ask you", "what can you do", "help"), "E."),
    )


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("how do i get verified", "verify"),
        ("where can I find the rules?", "rules"),
        ("can I post a job here", "jobs"),
        ("thanks a lot!", "bye"),
        ("what can i ask you", "menu"),
    ],
)
def test_an_entry_of_the_knowledge_is_found_and_beats_what_is_built_in(club, text, entry):
    reply = club.ask(text, today=TODAY)
    assert isinstance(reply, Answer)
    assert reply.subject.faq == entry
    assert reply.question.account.evidence[0].matched in club.snapshot.faq[entry].questions


@pytest.mark.parametrize(
    "text", ["who won the match", "is it going to rain", "asdf jkl", "my cat is asleep", ""]
)
def test_what_belongs_to_no_entry_is_not_answered(club, text):
    question = club.understand(text)
    assert question.outcome is not Outcome.ANSWER
    assert question.confidence < 0.55


def test_damaged_vectors_are_told_before_any_question(snapshot, assistant, tmp_path, monkeypatch):
    monkeypatch.setattr(meanings, "FILE", tmp_path / "gone.npy")
    meanings._table.cache_clear()
    try:
        with pytest.raises(ValueError, match="install the package anew"):
            Assistant(snapshot, assistant.heads)
    finally:
        monkeypatch.undo()
        meanings._table.cache_clear()


def test_what_may_be_meant_is_asked_back(assistant):
    texts = (
        "is my portfolio worth it",
        "recruiters and my github",
        "statistics book",
        "laptop or mentor",
        "host my cv",
    )
    replies = [assistant.ask(text, today=TODAY) for text in texts]
    offered = [reply for reply in replies if isinstance(reply, Clarify) and reply.options[0].subject.faq]
    assert offered
    for reply in offered:
        assert reply.prompt == (
            "Did you mean one of these?" if len(reply.options) > 1 else "Did you mean this?"
        )
        assert 1 <= len(reply.options) <= 4
        for option in reply.options:
            assert isinstance(assistant.show(option.subject, today=TODAY), Answer)


def test_a_question_about_a_role_is_no_entrys(assistant):
    for text in (
        "data scientist interview",
        "portfolio projects for a data scientist",
        "how much math do ML engineers need",
    ):
        assert assistant.ask(text, today=TODAY).subject.intent is not Intent.FAQ


def test_a_role_that_is_only_the_setting_leaves_the_question_to_an_entry(assistant):
    assert assistant.ask("best laptop for data science", today=TODAY).subject.faq == "laptop"


def test_a_follow_up_is_no_entrys(assistant):
    answer = assistant.ask("and the interviews?", today=TODAY, context=Context(("data-engineer",)))
    assert answer.subject.intent is Intent.ROLE


def test_more_entries_do_not_take_over_the_roles(snapshot, assistant):
    entry = FaqEntry(
        "salary-thread", ("where is the salary thread", "where do people share their salary"), "Here."
    )
    more = replace(snapshot, faq=MappingProxyType({**snapshot.faq, entry.id: entry}))
    assistant = Assistant(more, Heads(fit_faq(more), assistant.heads.asked))
    assert assistant.ask("data engineer salary", today=TODAY).subject.intent is Intent.ROLE
    assert assistant.ask("where is the salary thread", today=TODAY).subject.faq == "salary-thread"


def test_no_entry_is_looked_for_where_a_role_and_what_is_asked_of_it_are_sure(assistant, monkeypatch):
    """The likeness to entries is dear; it is found when the account is asked for, and only then."""
    looked = []
    faq = assistant._matcher._reader._faq
    find = type(faq).find
    monkeypatch.setattr(type(faq), "find", lambda self, words: looked.append(words) or find(self, words))
    question = assistant.understand("what does a data engineer earn?")
    assert question.subject.roles == ("data-engineer",)
    assert not looked
    assert question.account.candidates
    assert len(looked) == 1
