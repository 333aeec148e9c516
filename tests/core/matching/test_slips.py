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


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("how do people becomequants", "quantitative-analyst"),
        ("explainodata governance as a job", "data-governance-specialist"),
        ("what firms hirexdata scientists", "data-scientist"),
        ("sysadmin who wantd evops skills", "devops-engineer"),
        ("is isdataviz a good job", "data-visualization-specialist"),
        ("what skills for MLpjobs", "machine-learning-engineer"),
        ("how to move toNLP", "nlp-engineer"),
    ],
)
def test_names_run_into_the_words_beside_them_are_found(assistant, text, role):
    assert role in [mention.name.id for mention in assistant._matcher._reader.read(text).found]


@pytest.mark.parametrize(
    "text", ["czvil engineer skills", "blcckchain devloper salary", "supply chain managersukills", "zur QMLk"]
)
def test_no_name_is_made_of_other_jobs_and_other_letters(assistant, text):
    assert all(mention.outside for mention in assistant._matcher._reader.read(text).found)


def test_a_programmer_is_no_ai_programmer(assistant):
    assert mended(assistant, "become a prograwmmer") == "become a programmer"


def test_a_long_text_of_slips_is_read_in_time(assistant):
    """Only so many odd words are looked at: the work does not grow with the text."""
    speller = assistant._matcher.lexicon.speller
    asked = []
    looked_up = speller._name
    speller._name = lambda joined: asked.append(joined) or looked_up(joined)
    try:
        mended(assistant, "dtaa scientst " * 400)
    finally:
        speller._name = looked_up
    assert 0 < len(asked) < 100


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("a career in deep lerinng", "a career in deep learning"),
        ("data nacyst day", "data analyst day"),
        ("software dev or data sicence", "software developer or data science"),
        ("how to statr", "how to start"),
    ],
)
def test_slips_are_put_right_where_they_fit_best(assistant, text, right):
    assert mended(assistant, text) == right


def test_names_around_a_slip_are_looked_up_once(assistant):
    """What many write is compared once: the second time nothing is searched."""
    names = assistant._matcher.lexicon.speller._name.__self__
    mended(assistant, "qqdata scientst")
    before = [*names.items()]
    mended(assistant, "qqdata scientst")
    assert before
    assert [*names.items()] == before
