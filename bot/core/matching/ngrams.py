"""Words as hashed n-grams: what a trained head sees of a text."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

LONGEST = 5
SHORTEST = 2
ORDINARY = 20
"""Letters; the pieces of a longer word are not kept for the next text: hardly any has it, and it may be endless."""
REMEMBERED = 4_096

Hashes = NDArray[np.uint32]

PAIR, PIECE, SIGN = (np.uint32(sort << 30) for sort in (1, 2, 3))
"""From where on hashes are of pairs of words (with or without a word between), of pieces of words, of signs. Before, of words."""


class Grams(NamedTuple):
    """The hashes of the n-grams of a text, by their sorts: their two highest bits say of which sort each is.

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
    distinct = dict.fromkeys(words)
    return Grams(
        _array([word_hash(word) for word in distinct]),
        _array([pair_hash(pair) for pair in dict.fromkeys(pairs_of(words))]),
        np.concatenate([_array(()), *map(pieces_of, distinct)]),
        _array([sign_hash(sign) for sign in signs]),
    )


def word_hash(word: str) -> int:
    """The hash of a word."""
    return crc32(f"1{word}".encode()) >> 2


def pair_hash(pair: str) -> int:
    """The hash of a pair of words, worded as `pairs_of` does."""
    return crc32(f"2{pair}".encode()) >> 2 | int(PAIR)


def sign_hash(sign: str) -> int:
    """The hash of a sign."""
    return crc32(sign.encode()) >> 2 | int(SIGN)


def pairs_of(words: Sequence[str]) -> list[str]:
    """The words that follow each other, "one other", and those with one between, "one ... other"."""
    return [*map(" ".join, pairwise(words)), *map(" ... ".join, zip(words, words[2:], strict=False))]


def pieces_of(word: str) -> Hashes:
    """The hashes of the pieces of a word, the spaces at its ends among its letters."""
    return _kept_pieces(word) if len(word) <= ORDINARY else _pieces(word)


def _pieces(word: str) -> Hashes:
    letters = f" {word} ".encode()
    found = _array(
        [
            crc32(letters[start : start + size])
            for size in range(SHORTEST, min(LONGEST, len(letters)) + 1)
            for start in range(len(letters) - size + 1)
        ]
    )
    found >>= 2
    found |= PIECE
    return found


_kept_pieces = lru_cache(REMEMBERED)(_pieces)


def _array(hashes: Sequence[int]) -> Hashes:
    return np.array(hashes, dtype=np.uint32)


def labels(words: Sequence[str], signs: Sequence[str]) -> dict[int, str]:
    """What each n-gram of a text stands for: words as they are, pieces by a word that holds them, signs."""
    told = {piece: f"{word} (its letters)" for word in words[::-1] for piece in pieces_of(word).tolist()}
    told |= {word_hash(word): word for word in words}
    told |= {pair_hash(pair): pair for pair in pairs_of(words)}
    return told | {sign_hash(sign): f"[{sign}]" for sign in signs}
