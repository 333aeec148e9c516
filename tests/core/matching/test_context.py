"""Slips in questions to FAQ entries, put right by the words beside them."""

import pytest

from bot.core.matching.context import ContextSpeller
from bot.core.matching.tokens import key

TEXTS = (
    "how do I get verified here",
    "where do I verify my account",
    "how much is the ticket",
    "who is the host tonight",
    "can I bring the cat",
    "park the car at the hall",
    "the car is at the door",
)
KNOWN = frozenset({"kafka", "cast", "an"})


@pytest.fixture(scope="module")
def speller() -> ContextSpeller:
    return ContextSpeller((key(text) for text in TEXTS), lambda word: word.isalpha() and word not in KNOWN)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hwo do i get vreified", "how do i get verified"),
        ("the caz is at the door", "the car is at the door"),
        ("can i bring the caz", "can i bring the cat"),
        ("whi is the host", "who is the host"),
        ("howdo i get verified", "how do i get verified"),
        ("where doxi verify", "where do i verify"),
        ("my akkount", "my account"),
    ],
)
def test_a_slip_becomes_what_fits_between_its_neighbours(speller, written, meant):
    assert " ".join(speller.mend(written.split())) == meant


@pytest.mark.parametrize(
    "text", ["how much is kafka", "bring the cast", "an 2024 c++", "entirely different mumbling", ""]
)
def test_what_is_known_or_like_nothing_stays(speller, text):
    assert " ".join(speller.mend(text.split())) == text


def test_a_text_full_of_slips_is_left_after_some(speller):
    mended = speller.mend(["tha"] * 1_000)
    assert len(mended) == 1_000
    assert 0 < mended.count("the") < 100
    assert speller.mend(["x" * 5_000]) == ("x" * 5_000,)


def test_without_texts_nothing_changes():
    assert ContextSpeller((), str.isalpha).mend(("hwo", "aer", "you")) == ("hwo", "aer", "you")
