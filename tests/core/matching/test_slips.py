"""Slips of the keyboard in names: in short words, over spaces, and in words that are joined."""

import pytest

from bot.core.matching.tokens import read


def mended(assistant, text):
    return " ".join(token.text for token in assistant._matcher.lexicon.speller.mend(read(text).tokens))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("learn adta science", "learn data science"),
        ("rompt engineer", "prompt engineer"),
        ("hqw to start in dat ascience", "data science"),
        ("senior daat engineer", "senior data engineer"),
        ("into data sciencewith zero", "into data science with zero"),
    ],
)
def test_names_are_put_right(assistant, text, meant):
    assert meant in mended(assistant, text)


@pytest.mark.parametrize(
    "text",
    [
        "a data engineer",
        "at a startup or a software house",
        "the date of the science fair",
        "we ate at the engineering canteen",
        "xqz wvk plm",
    ],
)
def test_other_words_are_left_alone(assistant, text):
    assert mended(assistant, text) == text


def test_a_long_text_of_slips_is_read_in_time(assistant):
    """Only so many odd words are looked at: the work does not grow with the text."""
    speller = assistant._matcher.lexicon.speller
    asked = []
    looked_up = speller._name
    speller._name = lambda joined: asked.append(joined) or looked_up(joined)
    try:
        mended(assistant, "dtaa scientst " * 400)
    finally:
        del speller._name
    assert 0 < len(asked) < 100
