"""Words as hashed n-grams: what a trained head sees of a text.

The hash of a pair is the CRC-32 of both words with what stands between them: that of the first word is gone on with, so that
no pair has to be put together.
"""

from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.core.matching.remembered import remembered

LONGEST = 5
SHORTEST = 2
REMEMBERED = 4_096

Hashes = NDArray[np.uint32]

_PIECE, _SIGN = map(crc32, (b"piece ", b"sign "))
"""Where these hashes begin, so that no piece of a word and no sign is taken for a word."""


class Grams(NamedTuple):
    """The hashes of the n-grams of a text, by their sorts.

    Each word of a text is there once, however often it is said, and so are its pieces and each pair of words; words may
    have pieces in common.
    """

    words: Hashes
    pairs: Hashes
    pieces: Hashes
    signs: Hashes


def grams(words: Sequence[str], signs: Sequence[str] = ()) -> Grams:
    """The n-grams of a text: 1-, 2- and skip-grams of words, 2- to 5-grams of the letters of each word.

    `signs` are what else is known of it.
    """
    once = dict.fromkeys(words)
    return Grams(
        _array([*map(word_hash, once)]),
        _array(pair_hashes(words)),
        np.concatenate([_array([]), *map(piece_hashes, once)]),
        _array([*map(sign_hash, signs)]),
    )


def _array(hashes: Sequence[int]) -> Hashes:
    return np.array(hashes, np.uint32)


@remembered(REMEMBERED)
def word_hash(word: str) -> int:
    """The hash of a word, as `meanings.npy` has it."""
    return crc32(f"1{word}".encode()) >> 2


@remembered(REMEMBERED)
def _joins(word: str) -> tuple[bytes, int, int]:
    """A word as the second of a pair, and the hashes with which pairs begin: with the next word, with that after it."""
    return word.encode(), crc32(f"{word} ".encode()), crc32(f"{word} ... ".encode())


def pair_hashes(words: Sequence[str]) -> list[int]:
    """The hashes of the words that follow each other, and of those with one word between, each once."""
    if len(words) < 2:
        return []
    seconds, following, apart = zip(*map(_joins, words), strict=True)
    pairs = chain(map(crc32, seconds[1:], following), map(crc32, seconds[2:], apart))
    return [*dict.fromkeys(pairs)]


@remembered(REMEMBERED)
def sign_hash(sign: str) -> int:
    """The hash of a sign."""
    return crc32(sign.encode(), _SIGN)


@remembered(REMEMBERED)
def piece_hashes(word: str) -> Hashes:
    """The hashes of the pieces of a word, the spaces at its ends among its letters."""
    letters = f" {word} ".encode()
    pieces = [
        crc32(letters[start : start + size], _PIECE)
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(letters) - size + 1)
    ]
    return _array(pieces)


def labels(words: Sequence[str], signs: Sequence[str]) -> dict[int, str]:
    """What each n-gram of a text stands for: words as they are, pieces by a word that holds them, signs."""
    told = {
        piece: f"{word} (its letters)" for word in reversed(words) for piece in piece_hashes(word).tolist()
    }
    told |= {word_hash(word): word for word in words}
    pairs = [*map(" ".join, pairwise(words)), *map(" ... ".join, zip(words, words[2:], strict=False))]
    told |= {crc32(pair.encode()): pair for pair in pairs}
    return told | {sign_hash(sign): f"[{sign}]" for sign in signs}
