"""Words as hashed n-grams: what a trained head sees of a text."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

LONGEST = 5
SHORTEST = 2
ORDINARY = 20
"""Letters; the pieces of a longer word are not kept for the next text: hardly any has it, and it may be endless."""

Grams = NDArray[np.uint32]
"""Hashes of n-grams, with repetitions. The two highest bits say of which sort each is, so that the sorts lie in order."""

PAIR, PIECE, SIGN = (np.uint32(sort << 30) for sort in (1, 2, 3))
"""From where on hashes are of pairs of words (with or without a word between), of pieces of words, of signs. Before, of words."""


def grams(words: Sequence[str], signs: Sequence[str] = ()) -> Grams:
    """The n-grams of a text: 1-, 2- and skip-grams of words, 2- to 5-grams of the letters of each word.

    `signs` are what else is known of it.
    """
    hashes = [crc32(f"1{word}".encode()) for word in words]
    hashes += [crc32(f"2{one} {other}".encode()) for one, other in pairwise(words)]
    hashes += [crc32(f"3{one} {other}".encode()) for one, other in zip(words, words[2:], strict=False)]
    whole = _hashes(hashes)
    whole[len(words) :] |= PAIR
    pieces = [_kept_pieces(word) if len(word) <= ORDINARY else _pieces(word) for word in words]
    return np.concatenate([whole, *pieces, _hashes([crc32(sign.encode()) for sign in signs]) | SIGN])


def _hashes(found: Sequence[int]) -> Grams:
    hashes = np.array(found, dtype=np.uint32)
    hashes >>= 2
    return hashes


def _pieces(word: str) -> Grams:
    letters = f" {word} ".encode()
    found = [
        crc32(letters[start : start + size])
        for size in range(SHORTEST, min(LONGEST, len(letters)) + 1)
        for start in range(len(letters) - size + 1)
    ]
    return _hashes(found) | PIECE


_kept_pieces = lru_cache(4_096)(_pieces)


def labels(words: Sequence[str], signs: Sequence[str]) -> dict[int, str]:
    """What each n-gram of a text stands for: words as they are, pieces by a word that holds them, signs."""
    pieces = {piece: f"{word} (its letters)" for word in words[::-1] for piece in _pieces(word).tolist()}
    whole = [*words, *map(" ".join, pairwise(words)), *map(" ... ".join, zip(words, words[2:], strict=False))]
    found = grams(words, signs)
    told = dict(zip(found[: len(whole)].tolist(), whole, strict=True))
    return (
        told
        | pieces
        | dict(zip(found[len(found) - len(signs) :].tolist(), (f"[{sign}]" for sign in signs), strict=True))
    )
