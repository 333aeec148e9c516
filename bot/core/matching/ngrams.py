"""Words as hashed n-grams: what a trained head sees of a text."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

LONGEST = 5
SHORTEST = 2
WORDS_READ = 200
"""Of a longer text the first and the last words are read: posts begin with the story and end with the question."""
FIRST = 60
ORDINARY = 20
"""Letters; the pieces of a longer word are not kept for the next text: hardly any has it, and it may be endless."""

Grams = tuple[NDArray[np.uint32], ...]
"""Hashes of words, pairs of words and pairs with a word between; of pieces of words; of signs. With repetitions."""


def grams(words: Sequence[str], signs: Sequence[str] | None = None) -> Grams:
    """The n-grams of a text: 1-, 2- and skip-grams of words, 2- to 5-grams of the letters of each word.

    `signs` are what else is known of it; a head is trained either with or without them.
    """
    words = _read(words)
    whole = [crc32(f"1{word}".encode()) for word in words]
    whole += [crc32(f"2{one} {other}".encode()) for one, other in pairwise(words)]
    whole += [crc32(f"3{one} {other}".encode()) for one, other in zip(words, words[2:], strict=False)]
    pieces = [_kept_pieces(word) if len(word) <= ORDINARY else _pieces(word) for word in words]
    found = _hashes(whole), np.concatenate(pieces) if pieces else _hashes(())
    return found if signs is None else (*found, _hashes([crc32(sign.encode()) for sign in signs]))


def single(found: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Of the first sort of n-grams the words by themselves: of n words n stand first, then n - 1 pairs and n - 2 with a gap."""
    return found[: len(found) // 3 + 1]


def _hashes(found: Sequence[int]) -> NDArray[np.uint32]:
    return np.array(found, dtype=np.uint32)


def _pieces(word: str) -> NDArray[np.uint32]:
    letters = f" {word} ".encode()
    return _hashes(
        [
            crc32(letters[start : start + size])
            for size in range(SHORTEST, min(LONGEST, len(letters)) + 1)
            for start in range(len(letters) - size + 1)
        ]
    )


_kept_pieces = lru_cache(4_096)(_pieces)


def _read(words: Sequence[str]) -> Sequence[str]:
    return (*words[:FIRST], *words[FIRST - WORDS_READ :]) if len(words) > WORDS_READ else words


def labels(words: Sequence[str], signs: Sequence[str]) -> tuple[dict[int, str], ...]:
    """What each hash of a text stands for, by block: words as they are, pieces by a word that holds them, signs."""
    words = _read(words)
    whole = {crc32(f"1{word}".encode()): word for word in words}
    whole |= {crc32(f"2{one} {other}".encode()): f"{one} {other}" for one, other in pairwise(words)}
    whole |= {
        crc32(f"3{one} {other}".encode()): f"{one} ... {other}"
        for one, other in zip(words, words[2:], strict=False)
    }
    pieces: dict[int, str] = {}
    for word in words:
        for piece in _pieces(word).tolist():
            pieces.setdefault(piece, word)
    return whole, pieces, {crc32(sign.encode()): f"[{sign}]" for sign in signs}
