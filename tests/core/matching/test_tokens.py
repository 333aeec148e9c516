"""How a text is read before anything is looked up in it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.matching.abridged import FIRST, LAST, LEFT, WHOLE
from bot.core.matching.tokens import LONGEST_WORD, TEXT_LIMIT, key, read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("C++ or C#?", ("c++", "or", "c#")),
        (".NET developer", (".net", "developer")),
        ("what's a DS", ("what", "is", "a", "ds")),
        ("master's degree", ("masters", "degree")),
        ("master\u2019s degree", ("masters", "degree")),
        ("doesn't use R", ("does", "not", "use", "r")),
        ("data visualisation", ("data", "visualization")),
        ("<@123456789> hi <:blob:99>", ("hi",)),
        ("see https://example.org/data-scientist now", ("see", "now")),
        ("```python\nimport pandas\n``` help", ("help",)),
        ("\uff24\uff33 vs MLE", ("ds", "vs", "mle")),
        ("", ()),
    ],
)
def test_text_is_cut_into_comparable_words(text, words):
    assert read(text).words == words


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("a b", ["", ""]),
        ("a. b", ["", "."]),
        ("a -> b", ["", ">"]),
        ("a \u2192 b", ["", ">"]),
        ("a/b", ["", "/"]),
        ("a, b", ["", ","]),
        ("a\nb", ["", "."]),
    ],
)
def test_what_stands_between_words_is_kept(text, gaps):
    assert [token.gap for token in read(text).tokens] == gaps


def test_tokens_keep_their_place_in_the_cleaned_text():
    reading = read("Is a Data  Scientist rich?")
    assert [reading.text[token.start : token.end] for token in reading.tokens] == [
        "Is",
        "a",
        "Data",
        "Scientist",
        "rich",
    ]


def test_of_a_long_text_the_first_and_the_last_words_are_read_in_their_places():
    text = " ".join(f"word{place}" for place in range(WHOLE * 2)) + " and `this` so?"
    reading = read(text)
    written = re.findall(r"\w+", text.replace("`this`", ""))
    assert [token.raw for token in reading.tokens] == written[:FIRST] + written[-LAST:]
    assert all(reading.text[token.start : token.end] == token.raw for token in reading.tokens)
    assert [token.gap for token in reading.tokens[FIRST - 2 : FIRST + 3]] == ["", "", ".", "", ""]
    assert read(" ".join(["word"] * WHOLE)).words == ("word",) * WHOLE


def test_between_them_the_sentences_are_read_that_ask_or_name_something():
    story = " ".join(["once"] * FIRST) + " upon a time. " + "It went on and on. " * 60
    told = (
        story + "Robots are fun. It went on. Who knows? " + "And on it went. " * 60 + "the end " * (LAST // 2)
    )
    between = read(told, {"robots"}).words[FIRST:-LAST]
    assert between == ("robots", "are", "fun", "who", "knows")


def test_of_those_that_name_something_the_last_ones_are_read():
    told = " Robot one. " * 200 + "Robot two. " * 20
    reading = read(" ".join(["once"] * FIRST) + told + "the end " * (LAST // 2), {"robot"})
    between = (LEFT - FIRST - LAST) // 2
    assert reading.words[FIRST:-LAST] == ("robot", "one") * (between - 20) + ("robot", "two") * 20
    assert LEFT - 4 < len(read("A robot goes on! " * WHOLE, {"robot"}).tokens) <= LEFT


def test_a_sentence_that_asks_is_read_before_those_that_name_something():
    told = " Who asks? " + "Robots tell what asks. " + "It went on. " * 20 + "Robots are told of. " * 100
    between = read(" ".join(["once"] * FIRST) + told + "the end " * (LAST // 2), {"robots"}).words[
        FIRST:-LAST
    ]
    assert between[:6] == ("who", "asks", "robots", "tell", "what", "asks")
    assert between[6:] == ("robots", "are", "told", "of") * (len(between[6:]) // 4)
    assert len(between) > LEFT - FIRST - LAST - 4


def test_of_a_text_with_hardly_a_space_the_first_and_the_last_words_are_read_too():
    written = [f"word{place}" for place in range(WHOLE * 2)]
    assert read("/".join(written)).words == (*written[:FIRST], *written[FIRST - WHOLE :])


def test_no_more_of_a_word_is_read_than_any_word_has():
    first, second = read("x" * 1_000 + " y").tokens
    assert (first.raw, first.text) == ("x" * LONGEST_WORD, "x" * LONGEST_WORD)
    assert (second.start, second.end) == (1_001, 1_002)


@pytest.mark.parametrize(
    ("text", "links", "words"),
    [
        ("see https://example.org/a?b=c now", 1, ("see", "now")),
        ("(HTTP://EXAMPLE.ORG", 1, ()),
        ("www.example.org, or http://a.b", 2, ("or",)),
        ("awww.nice of you", 0, ("awww", "nice", "of", "you")),
        ("the www is old", 0, ("the", "www", "is", "old")),
    ],
)
def test_links_are_taken_out_and_counted(text, links, words):
    reading = read(text)
    assert (reading.links, reading.words) == (links, words)


def test_a_text_is_read_up_to_the_limit_and_no_further():
    assert len(read("a " * TEXT_LIMIT).text) == TEXT_LIMIT
    assert len(read("\ufdfa" * TEXT_LIMIT).text) <= TEXT_LIMIT


@pytest.mark.parametrize(
    ("text", "shouted"), [("DS VS MLE PLEASE", True), ("MLE", False), ("DS vs MLE please", False)]
)
def test_a_text_in_capitals_is_told_from_an_abbreviation(text, shouted):
    assert read(text).shouted is shouted


def test_placeholders_stay_whole_in_cues():
    assert key("what's {role} salary") == ("what", "is", "{role}", "salary")


PIECES = [
    "data",
    "DevOps",
    "webdev",
    "dont",
    "visualisation",
    "C++",
    ".NET",
    "R&D",
    "caf\u00e9",
    "'s",
    ",",
    "/",
    " ",
    "  ",
    "\n",
    "x" * 61,
]


@given(name=st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_names_are_read_as_questions_are(name):
    assert key(name) == read(name).words


@given(text=st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_more_behind_a_text_does_not_change_how_it_is_read(text):
    """A text of at most `WHOLE` characters takes a shorter way."""
    longer = read(text + "." + " " * WHOLE)
    assert read(text).tokens == longer.tokens
