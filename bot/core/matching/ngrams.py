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
REMEMBERED = 4_096

Hashes = NDArray[np.uint32]
Ints = NDArray[np.int64]

PAIR, PIECE, SIGN = (np.uint32(sort << 30) for sort in (1, 2, 3))
"""From where on hashes are of pairs of words (with or without a word between), of pieces of words, of signs. Before, of words."""
_MIXED = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77)
"""Large odd numbers that spread what they multiply over all bits, as xxHash does (Collet, 2012)."""
_APART = np.uint32(0x5BD1E995)
"""Tells words with one between from those that follow each other."""


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
    once = dict.fromkeys(words)
    return Grams(
        _array([word_hash(word) for word in once]),
        distinct(pair_hashes(words)),
        piece_hashes([*once])[0],
        _array([sign_hash(sign) for sign in signs]),
    )


@lru_cache(REMEMBERED)
def word_hash(word: str) -> int:
    """The hash of a word."""
    return crc32(f"1{word}".encode()) >> 2


def pair_hashes(words: Sequence[str]) -> Hashes:
    """The hashes of the words that follow each other, then of those with one word between, as often as they are there."""
    hashes = _array([*map(word_hash, words)])
    before = hashes * _MIXED[0]
    before ^= before >> 15
    return _spread(np.concatenate([before[:-1] + hashes[1:], (before[:-2] ^ _APART) + hashes[2:]]), PAIR)


def distinct(hashes: Hashes) -> Hashes:
    """Each of the hashes once, sorted."""
    ordered = np.sort(hashes)
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def sign_hash(sign: str) -> int:
    """The hash of a sign."""
    return crc32(sign.encode()) >> 2 | int(SIGN)


def piece_hashes(words: Sequence[str]) -> tuple[Hashes, Ints]:
    """The hashes of the pieces of each word, the spaces at its ends among its letters, and of which word each is."""
    spelt = [f" {word} ".encode() for word in words]
    sizes = np.array([*map(len, spelt)], np.int64)
    letters = np.frombuffer(b"".join(spelt), np.uint8)
    after = np.zeros(len(letters) + LONGEST, np.uint32)
    after[: len(letters)] = letters
    # A row for each length: of each place the hash of so many letters from there on.
    hashes = np.empty((LONGEST - SHORTEST + 1, len(letters)), np.uint32)
    mixed = after[: len(letters)]
    for more in range(1, LONGEST):
        mixed = mixed * _MIXED[0] + after[more : len(letters) + more]
        hashes[more + 1 - SHORTEST] = mixed
    of = np.arange(len(words)).repeat(sizes)
    left = sizes.cumsum()[of] - np.arange(len(letters))
    within = left >= np.arange(SHORTEST, LONGEST + 1)[:, None]
    return _spread(hashes[within], PIECE), np.broadcast_to(of, hashes.shape)[within]


def _spread(hashes: Hashes, sort: np.uint32) -> Hashes:
    """Hashes of one sort of n-grams, made of sums: mixed, so that each bit counts for all."""
    hashes ^= hashes >> 15
    hashes *= _MIXED[1]
    hashes ^= hashes >> 13
    hashes >>= 2
    hashes |= sort
    return hashes


def _array(hashes: Sequence[int]) -> Hashes:
    return np.array(hashes, dtype=np.uint32)


def _pairs(words: Sequence[str]) -> list[str]:
    """What `pair_hashes` are the hashes of, as words."""
    return [*map(" ".join, pairwise(words)), *map(" ... ".join, zip(words, words[2:], strict=False))]


def labels(words: Sequence[str], signs: Sequence[str]) -> dict[int, str]:
    """What each n-gram of a text stands for: words as they are, pieces by a word that holds them, signs."""
    pieces, of = piece_hashes(words[::-1])
    told = {
        piece: f"{words[-1 - word]} (its letters)"
        for piece, word in zip(pieces.tolist(), of.tolist(), strict=True)
    }
    told |= {word_hash(word): word for word in words}
    told |= dict(zip(pair_hashes(words).tolist(), _pairs(words), strict=True))
    return told | {sign_hash(sign): f"[{sign}]" for sign in signs}
