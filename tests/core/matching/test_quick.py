"""The quick head: says what the head says, whatever it remembers."""

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from bot.core.matching import training
from bot.core.matching.fitting import NO_MARGINS, fit
from bot.core.matching.ngrams import grams
from bot.core.matching.quick import QuickHead
from bot.core.matching.training import Example, light_head, vocabulary_of

WORDS = "which roles use kafka and what does a data engineer earn in berlin today".split()
TEXTS = [
    (),
    ("kafka",),
    ("kafka", "kafka", "and", "kafka"),
    ("unheard", "of"),
    ("x" * 300, "a", "\N{SNOWMAN}"),
    tuple(WORDS),
    tuple(WORDS[::-1] * 30),
]
SIGNS = [(), ("asks at the end",), ("asks at the end", "length 3", "unheard of")]


def of_normal_weights():
    dice = np.random.default_rng(7)
    found = [grams(text, signs) for text in TEXTS[1:] for signs in SIGNS if "unheard" not in text]
    vocabulary = vocabulary_of(found)
    weights = dice.normal(size=(len(vocabulary), 4)).astype(np.float32)
    weights[dice.random(weights.shape) < 0.7] = 0.0
    return light_head(
        ("a", "b", "c", "d"), vocabulary, weights, dice.normal(size=4).astype(np.float32), NO_MARGINS
    )


@pytest.fixture(scope="module")
def head():
    return of_normal_weights()


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{len(text)} words")
@pytest.mark.parametrize("signs", SIGNS, ids=lambda signs: f"{len(signs)} signs")
def test_scores_as_the_head_does_the_first_time_and_again(head, text, signs):
    fast = QuickHead(head)
    expected = head.scores(grams(text, signs))
    assert fast.scores(text, signs) == pytest.approx(expected, abs=1e-5)
    assert fast.scores(text, signs) == pytest.approx(expected, abs=1e-5)


def test_forgets_before_it_remembers_too_much(head):
    fast = QuickHead(head, at_most=50)
    for start in range(0, 400, 7):
        text = tuple(f"word{place}" for place in range(start, start + 20))
        assert fast.scores(text) == pytest.approx(head.scores(grams(text)), abs=1e-5)
        assert len(fast._kept.places) <= 50


def test_scores_a_text_that_is_longer_than_what_it_may_remember(head):
    fast = QuickHead(head, at_most=5)
    for _ in range(2):
        assert fast.scores(WORDS) == pytest.approx(head.scores(grams(WORDS)), abs=1e-5)
    assert not fast._kept.places


def test_threads_that_ask_at_once_get_what_one_alone_gets(head):
    fast = QuickHead(head, at_most=50)
    asked = [tuple(f"word{place % 90}" for place in range(start, start + 20)) for start in range(0, 4_000, 7)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            told = [*threads.map(fast.scores, asked)]
    finally:
        sys.setswitchinterval(before)
    for text, scores in zip(asked, told, strict=True):
        assert scores == pytest.approx(head.scores(grams(text)), abs=1e-5)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{len(text)} words")
def test_scores_what_words_mean_as_the_head_does(text):
    meaning = fit([Example((*WORDS[:3], name), (name,)) for name in ("lobby", "shop", "kafka")])
    assert meaning.meanings is not None
    fast = QuickHead(meaning)
    for _ in range(2):
        assert fast.scores(text) == pytest.approx(meaning.scores(grams(text)), abs=1e-5)


def test_ranks_as_the_head_does():
    meaning = fit([Example((*WORDS[:3], name), (name,)) for name in ("lobby", "shop", "kafka")])
    fast = QuickHead(meaning)
    for text in TEXTS:
        told, expected = fast.rank(text, 2), meaning.rank(text, 2)
        assert [name for name, _ in told] == [name for name, _ in expected]
        assert [margin for _, margin in told] == pytest.approx([margin for _, margin in expected], abs=1e-5)


def test_a_head_of_many_classes_is_refused_and_says_the_same_as_one_of_few(head, monkeypatch):
    monkeypatch.setattr(training, "FEW", 3)
    many = of_normal_weights()
    with pytest.raises(TypeError, match="the weights of 4 classes do not lie in rows"):
        QuickHead(many)
    for text in TEXTS:
        assert many.scores(grams(text)) == pytest.approx(head.scores(grams(text)), abs=1e-5)
        for name in many.classes:
            assert dict(many.terms(grams(text), name)) == pytest.approx(dict(head.terms(grams(text), name)))
