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
SHA256 = "a872d2ddd0ecde3f30b104808d8052c8e87705eab9b6ef918830c9290210170f"
"""Of the file. What was learned is kept by a digest of the code, which this makes change with the file."""
LENGTH = 235.93
"""How long the vectors are on average (the root of the mean of the squares)."""
FILE = Path(__file__).with_name("meanings.npy")


def table(words: int) -> np.dtype[np.void]:
    """The form of the file: the hashes of so many words as `ngrams.word_hash` gives them, sorted, then the vector of each.

    The hashes lie together, so that only those vectors that are asked for are ever read.
    """
    return np.dtype([("words", "<u4", (words,)), ("vectors", "i1", (words, DIMENSIONS))])


_MENDED = "install the package anew"


@cache
def _table() -> tuple[NDArray[np.uint32], NDArray[np.int8]]:
    """The hashes, and the vectors, which stay on the disk until they are asked for."""
    try:
        found = np.load(FILE, mmap_mode="r")
    except (OSError, ValueError, EOFError) as error:
        raise ValueError(f"{FILE} cannot be read ({error}); {_MENDED}") from error
    if found.shape or found.dtype.names is None or found.dtype != table(len(found["words"])):
        raise ValueError(f"{FILE} holds no vectors of words; {_MENDED}")
    return found["words"].view(np.ndarray), found["vectors"].view(np.ndarray)


def open_table() -> None:
    """Opens the file, once; raises ValueError where it is missing or damaged."""
    _table()


def known(hashes: NDArray[np.uint32]) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
    """Which of the hashes are of words that have a vector, and these vectors, whose lengths are 1 on average."""
    words, vectors = _table()
    places = words.searchsorted(hashes)
    found = words.take(places, mode="clip") == hashes
    return found, vectors[places[found]] * np.float32(1.0 / LENGTH)
