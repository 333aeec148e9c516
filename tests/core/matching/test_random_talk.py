"""Strings that mean nothing: none raises, and none is answered where nobody asked."""

import random
import string
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.core.answers.model import Answer
from bot.core.matching.question import Manner

TODAY = date(2026, 11, 26)
SEEN = Path(__file__).parents[2] / "labelled" / "seen"
ALPHABETS = (
    string.printable,
    string.ascii_lowercase + "     ",
    "".join(map(chr, range(32, 0x2FF))),
    "\u200b\u202e\ufe0f🙂👩‍💻日本語العربية\x00\ud800",
    "?!.,;:/>-|`<@#&*_~ datamlengr",
)


def strings(count, dice):
    """Random strings, and talk of which every third character or more is another."""
    talk = [row["text"] for row in yaml.safe_load((SEEN / "near-misses.yaml").read_text(encoding="utf-8"))]
    for number in range(count):
        if number % 2:
            alphabet = dice.choice(ALPHABETS)
            yield "".join(dice.choice(alphabet) for _ in range(dice.randrange(200)))
        else:
            text, alphabet = dice.choice(talk), dice.choice(ALPHABETS)
            yield "".join(dice.choice(alphabet) if dice.random() < 0.4 else letter for letter in text)


def check(assistant, count):
    for text in strings(count, random.Random(20261126)):
        assistant.ask(text, today=TODAY)
        assert not isinstance(assistant.ask(text, today=TODAY, manner=Manner.OVERHEARD), Answer), text


def test_random_strings_raise_nothing_and_are_left_alone(assistant):
    check(assistant, 3_000)


@pytest.mark.long
@pytest.mark.timeout(3_600)
def test_a_hundred_thousand_random_strings_raise_nothing_and_are_left_alone(assistant):
    check(assistant, 100_000)
