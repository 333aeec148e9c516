"""What several benchmarks measure with."""

import random
import string
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.calibrate import interval


def rate(hits: int, total: int) -> str:
    """Hits of a total as percent, with the 95 % interval."""
    low, high = interval(hits, total)
    return f"{hits / total:6.1%}  ({low:.1%} to {high:.1%}; {hits} of {total})"


def edited(text: str, edits: int, dice: random.Random) -> str:
    """The text with letters left out, put in, changed or swapped at random places."""
    for _ in range(edits):
        place = dice.randrange(max(1, len(text) - 1))
        letter = dice.choice(string.ascii_lowercase)
        text = dice.choice(
            [
                text[:place] + text[place + 1 :],
                text[:place] + letter + text[place:],
                text[:place] + letter + text[place + 1 :],
                text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :],
            ]
        )
    return text
