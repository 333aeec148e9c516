"""What several benchmarks measure with."""

import math
import random
import string


def interval(hits: int, total: int) -> tuple[float, float]:
    """The bounds within which a share lies with 95 % probability (Wilson, 1927)."""
    z, share = 1.96, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


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
