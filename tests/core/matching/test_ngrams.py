"""N-grams: which ones a text has, and that none is taken for another."""

from itertools import product

import pytest

from bot.core.matching.ngrams import LONGEST, SHORTEST, grams, labels, pair_hashes, piece_hashes

LETTERS = "abcdefghij"


def test_pairs_differ_by_their_order_and_by_whether_a_word_stands_between():
    follows, between = pair_hashes(("one", "two")), pair_hashes(("one", "x", "two"))
    assert len(follows) == 1
    assert len(between) == 3
    assert follows != pair_hashes(("two", "one"))
    assert follows[0] != between[2]
    assert between[2] == pair_hashes(("one", "y", "two"))[2]
    assert pair_hashes(("one",)) == pair_hashes(()) == []


def test_pairs_and_pieces_hardly_ever_meet():
    words = ["".join(letters) for letters in product(LETTERS, repeat=3)]
    pairs = pair_hashes(words * 3)
    assert len(pairs) == len(set(pairs)) >= len(words) * 2 - 2
    pieces = {f" {word} "[start : start + size] for word in words for size, start in _places(5)}
    assert len({piece for word in words for piece in piece_hashes(word).tolist()}) >= len(pieces) - 2


def _places(letters: int):
    return (
        (size, start) for size in range(SHORTEST, LONGEST + 1) for start in range(max(0, letters - size + 1))
    )


@pytest.mark.parametrize("word", ["a", "be", "scientist", "\N{SNOWMAN}", "über", ""])
def test_a_word_has_all_of_its_pieces(word):
    assert len(piece_hashes(word)) == len([*_places(len(f" {word} ".encode()))])


def test_pieces_that_words_have_in_common_are_equal():
    ending, plural = (set(piece_hashes(word).tolist()) for word in ("analyst", "catalyst"))
    assert len(ending & plural) >= len([*_places(len("alyst "))])


def test_a_pair_that_is_said_twice_is_there_once():
    assert len(pair_hashes(("no",) * 3)) == 2
    assert pair_hashes(("no",) * 9) == pair_hashes(("no",) * 3)


def test_every_n_gram_of_a_text_is_told_by_what_it_stands_for():
    words, signs = ("what", "does", "a", "data", "engineer", "do"), ("asks at the end",)
    told = labels(words, signs)
    assert {hashed for sort in grams(words, signs) for hashed in sort.tolist()} == told.keys()
    assert {"what", "what does", "what ... a", "data (its letters)", "[asks at the end]"} <= set(
        told.values()
    )
