"""N-grams: which ones a text has, and that none is taken for another."""

from itertools import product

import pytest

from bot.core.matching.ngrams import LONGEST, SHORTEST, grams, labels, pair_hashes, piece_hashes

LETTERS = "abcdefghij"


def test_pairs_differ_by_their_order_and_by_whether_a_word_stands_between():
    follows, between = pair_hashes(("one", "two")), pair_hashes(("one", "x", "two"))
    assert len(follows) == 1
    assert len(between) == 3
    assert follows[0] != pair_hashes(("two", "one"))[0]
    assert follows[0] != between[2]
    assert between[2] == pair_hashes(("one", "y", "two"))[2]
    assert not len(pair_hashes(("one",)))
    assert not len(pair_hashes(()))


def test_pairs_and_pieces_hardly_ever_meet():
    words = ["".join(letters) for letters in product(LETTERS, repeat=3)]
    pairs = pair_hashes(words * 3)
    distinct = len(words) * 2
    assert len(set(pairs.tolist())) >= distinct - 2
    pieces = {f" {word} "[start : start + size] for word in words for size, start in _places(5)}
    found, _ = piece_hashes(words)
    assert len(set(found.tolist())) >= len(pieces) - 2


def _places(letters: int):
    return (
        (size, start) for size in range(SHORTEST, LONGEST + 1) for start in range(max(0, letters - size + 1))
    )


@pytest.mark.parametrize(
    "words", [("a",), ("to", "be"), ("scientist", "data", "data"), ("\N{SNOWMAN}", "über")]
)
def test_each_word_has_all_of_its_pieces_wherever_it_stands(words):
    found, of = piece_hashes(words)
    for place, word in enumerate(words):
        own = found[of == place].tolist()
        alone, only = piece_hashes((word,))
        assert sorted(own) == sorted(alone.tolist())
        assert len(own) == len([*_places(len(f" {word} ".encode()))])
        assert not only.any()


def test_pieces_that_words_have_in_common_are_equal():
    ending, plural = (set(piece_hashes((word,))[0].tolist()) for word in ("analyst", "catalyst"))
    shared = {f"{word} "[start : start + size] for word in ("alyst",) for size, start in _places(6)}
    assert len(ending & plural) >= len(shared)


def test_no_word_has_no_piece():
    found, of = piece_hashes(())
    assert not len(found)
    assert not len(of)


def test_every_n_gram_of_a_text_is_told_by_what_it_stands_for():
    words, signs = ("what", "does", "a", "data", "engineer", "do"), ("asks at the end",)
    told = labels(words, signs)
    assert {hashed for sort in grams(words, signs) for hashed in sort.tolist()} == told.keys()
    assert {"what", "what does", "what ... a", "data (its letters)", "[asks at the end]"} <= set(
        told.values()
    )
