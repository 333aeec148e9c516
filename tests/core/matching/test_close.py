"""Words close to another: none that a closer look would find is passed over by its letters."""

import random
import string

import pytest
from rapidfuzz.distance import OSA

from bot.core.matching.close import CloseWords

WORDS = ("analyst", "analytics", "analysts", "scientist", "sciences", "engineer", "engineering", "ssssss")


@pytest.mark.parametrize(
    ("word", "slips", "closest"),
    [
        ("analyst", 0, ("analyst", 0)),
        ("anlayst", 1, ("analyst", 1)),
        ("analystss", 1, ("analysts", 1)),
        ("scinetisst", 2, ("scientist", 2)),
        ("scinetisst", 1, None),
        ("ssss", 2, ("ssssss", 2)),
        ("", 2, None),
    ],
)
def test_finds_the_closest_word_that_so_many_slips_make(word, slips, closest):
    assert CloseWords(WORDS).closest(word, slips) == closest


def test_a_tie_goes_to_the_first():
    assert CloseWords(("cart", "card")).closest("carx", 1) == ("cart", 1)
    assert CloseWords(("card", "cart")).closest("carx", 1) == ("card", 1)


def test_finds_what_comparing_with_every_word_finds():
    dice = random.Random(5)
    words = ["".join(dice.choices(string.ascii_lowercase[:9], k=dice.randrange(5, 9))) for _ in range(400)]
    close = CloseWords(words)
    for _ in range(400):
        word = "".join(dice.choices(string.ascii_lowercase[:9], k=dice.randrange(4, 10)))
        for slips in (1, 2):
            nearest = min((OSA.distance(word, other) for other in words), default=99)
            found = close.closest(word, slips)
            assert (found[1] if found else None) == (nearest if nearest <= slips else None)
