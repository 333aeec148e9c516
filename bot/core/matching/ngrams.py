"""Words as hashed n-grams: what a trained head sees of a text."""

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

LONGEST = 5
SHORTEST = 2
WORDS_READ = 400

Grams = tuple[list[int], list[int]]
"""Hashes of words, pairs of words and pairs with a word between; and hashes of pieces of words. With repetitions."""


def grams(words: Sequence[str]) -> Grams:
    """The n-grams of a text: 1-, 2- and skip-grams of words, 2- to 5-grams of the letters of each word."""
    words = words[:WORDS_READ]
    whole = [crc32(f"1{word}".encode()) for word in words]
    whole += [crc32(f"2{one} {other}".encode()) for one, other in pairwise(words)]
    whole += [crc32(f"3{one} {other}".encode()) for one, other in zip(words, words[2:], strict=False)]
    pieces: list[int] = []
    for word in words:
        letters = f" {word} ".encode()
        for size in range(SHORTEST, min(LONGEST, len(letters)) + 1):
            pieces += [crc32(letters[start : start + size]) for start in range(len(letters) - size + 1)]
    return whole, pieces
