"""What common English words mean, as vectors: words that are used alike point the same way.

With few example questions, a text often words what it asks for in words that none of them has; the vectors tell which of
their words these are near. `meanings.npy` is made by `tests/benchmarks/meanings.py` from the sentence encoder all-MiniLM-L6-v2
(sentence-transformers; Apache License 2.0, https://www.apache.org/licenses/LICENSE-2.0), which is not needed to run: of each
word that the encoder knows by itself its vector, by principal components reduced to `DIMENSIONS` numbers of eight bits. It is
a modified form of that work.
"""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 128
SHA256 = "2b2a835fc9fd47f5ae30694a624d02460530e386520df5e8096c4b3255a6783d"
"""Of the file. What was learned is kept by a digest of the code, which this makes change with the file."""
LENGTH = 235.93
"""How long the vectors are on average (the root of the mean of the squares)."""
FILE = Path(__file__).with_name("meanings.npy")
ROW = np.dtype([("word", "<u4"), ("vector", "i1", (DIMENSIONS,))])
"""The hash of a word as `ngrams.grams` has it, by which the rows are sorted, and its vector."""

_MENDED = "install the package anew"


@cache
def _table() -> tuple[NDArray[np.uint32], NDArray[np.int8]]:
    """The hashes, and the vectors, which stay on the disk until they are asked for."""
    try:
        rows = np.load(FILE, mmap_mode="r")
    except (OSError, ValueError, EOFError) as error:
        raise ValueError(f"{FILE} cannot be read ({error}); {_MENDED}") from error
    if rows.dtype != ROW or rows.ndim != 1 or not len(rows):
        raise ValueError(f"{FILE} holds no vectors of words; {_MENDED}")
    return np.ascontiguousarray(rows["word"]), rows["vector"].view(np.ndarray)


def open_table() -> None:
    """Opens the file, once; raises ValueError where it is missing or damaged."""
    _table()


def known(hashes: NDArray[np.uint32]) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
    """Which of the hashes are of words that have a vector, and these vectors, whose lengths are 1 on average."""
    words, vectors = _table()
    places = words.searchsorted(hashes)
    found = words.take(places, mode="clip") == hashes
    return found, vectors[places[found]] * np.float32(1.0 / LENGTH)
