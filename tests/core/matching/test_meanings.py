"""What words mean: the file of vectors is whole, and words that are used alike are near each other."""

import hashlib

import numpy as np
import pytest

from bot.core.matching import meanings
from bot.core.matching.ngrams import grams, word_hash


def vectors(*words):
    found, known = meanings.known(grams(words).words)
    assert found.all()
    return known / np.linalg.norm(known, axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("one", "near", "far"),
    [
        ("money", "cash", "song"),
        ("dog", "puppy", "password"),
        ("doctor", "physician", "guitar"),
        ("rain", "storm", "salary"),
        ("buy", "purchase", "sing"),
    ],
)
def test_words_that_are_used_alike_are_near_each_other(one, near, far):
    this, alike, other = vectors(one, near, far)
    assert this @ alike > this @ other + 0.2


def test_what_is_no_word_has_no_vector_and_the_others_keep_their_order():
    hashes = grams(("money", "qqxz", "cash")).words
    found, known = meanings.known(hashes)
    assert found.tolist() == [True, False, True]
    assert np.array_equal(known[1], meanings.known(hashes[2:])[1][0])
    assert not meanings.known(hashes[:0])[0].size


def test_the_file_is_the_one_that_the_code_names():
    # Else heads that were learned with another file would be taken from the cache.
    assert hashlib.sha256(meanings.FILE.read_bytes()).hexdigest() == meanings.SHA256


def test_the_file_is_sorted_and_its_vectors_are_as_long_as_is_said():
    kept = np.load(meanings.FILE)
    assert (np.diff(kept["words"].astype(np.int64)) > 0).all()
    lengths = np.linalg.norm(kept["vectors"].astype(float), axis=1)
    assert np.sqrt((lengths**2).mean()) == pytest.approx(meanings.LENGTH, abs=0.01)
    assert lengths.min() > 0


@pytest.mark.parametrize("damage", ["gone", "empty", "cut off", "something else", "other numbers"])
def test_a_damaged_file_is_named(damage, tmp_path, monkeypatch):
    file = tmp_path / "meanings.npy"
    whole = meanings.FILE.read_bytes()
    if damage == "other numbers":
        np.save(file, np.arange(9))
    elif damage != "gone":
        file.write_bytes(
            {"empty": b"", "cut off": whole[:-1000], "something else": b"version https://"}[damage]
        )
    monkeypatch.setattr(meanings, "FILE", file)
    with pytest.raises(ValueError, match=r"meanings\.npy .*install the package anew"):
        meanings._table.__wrapped__()


@pytest.mark.parametrize("number", [0, 1, 2, 3, 7])
def test_the_n_grams_of_each_sort_lie_apart_and_a_word_said_twice_is_there_once(number):
    words = [f"word{place}" for place in range(number)]
    found = grams(words + words, ["a sign", "word1", "word1 word2"])
    assert found.words.tolist() == [word_hash(word) for word in words]
    assert len(found.pairs) == min(2, number) * number
    sorts = [set(sort.tolist()) for sort in found]
    assert len(set().union(*sorts)) == sum(map(len, sorts))
