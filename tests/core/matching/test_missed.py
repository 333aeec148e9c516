"""Questions that are kept: nothing in them tells who asked, and those that ask the same are found together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.matching.missed import grouped, normalised


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("What does a NURSE earn?", "what does a nurse earn"),
        ("whats  a nurse's pay??", "what is a nurses pay"),
        ("<@123456789012345678> hi <#123456789012345678> salary <:pay:123456789012345678>", "hi salary"),
        ("ask jane.doe+jobs@mail.example.org about it", "ask about it"),
        ("see https://example.org/in/jane?x=1 or linkedin.com/in/jane-doe, ok", "see or ok"),
        ("write to @jane or jane#1234", "write to or"),
        ("call +49 (170) 123-45 67 or 5550123456 now", "call or now"),
        ("id 123456 but not 12345", "id but not 12345"),
        ("is c# or c++ better than k8s", "is c# or c++ better than k8s"),
        ("`password = hunter2` why", "why"),
        ("\ud800\0 ok", "ok"),
        ("?!… 😀", ""),
    ],
)
def test_what_is_kept_of_a_text(text, kept):
    assert normalised(text) == kept


def test_names_of_people_are_left_out_whole_and_in_the_genitive():
    names = ["Jane van Dyke", "jane", "Bob"]
    text = "Hi Bob, what does Jane van Dyke do? Is jane's pay good"
    assert normalised(text, names) == "hi what does do is pay good"
    assert normalised("bobbing for data", names) == "bobbing for data"


def test_a_name_that_is_no_word_takes_nothing_away():
    assert normalised("what is this", ["", "💥", "..."]) == "what is this"


@given(st.text())
def test_normalising_ends_and_is_stable(text):
    once = normalised(text)
    assert "@" not in once
    assert normalised(once) == once


def test_the_same_question_in_other_words_is_one_group():
    texts = [
        "how do i get verified",
        "what does a nurse earn",
        "how can i get verified here",
        "verified get how",
        "what does a vet earn",
        "where are the rules",
    ]
    assert grouped(texts) == ((0, 2, 3), (1,), (4,), (5,))


def test_questions_of_small_words_only_and_none_at_all_are_grouped():
    assert grouped(["what is it", "what is it", "who are you"]) == ((0, 1), (2,))
    assert grouped([]) == ()


@given(st.lists(st.text(alphabet="abc de"), max_size=12))
def test_each_text_is_in_one_group(texts):
    groups = grouped(texts)
    assert sorted(place for group in groups for place in group) == list(range(len(texts)))
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
