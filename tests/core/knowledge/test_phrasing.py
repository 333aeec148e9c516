"""One more example question in a server's own file of an FAQ entry."""

import pytest

from bot.core.knowledge.phrasing import with_question
from bot.core.knowledge.problems import Report
from bot.core.knowledge.strict_yaml import read

NEW = "which pc for school"


def data_of(text):
    """What the knowledge reads in a text, where nothing is wrong with it."""
    report = Report()
    document = read(text, "faq/a.yaml", report)
    assert document is not None, report
    return document.data


@pytest.mark.parametrize(
    ("own", "questions"),
    [
        (None, {"add": [NEW]}),
        ("answer: Buy any.\n", {"add": [NEW]}),
        ("questions: {add: [old one]}\n", {"add": ["old one", NEW]}),
        ("questions:\n  remove:\n    - out\n", {"remove": ["out"], "add": [NEW]}),
        (f"questions:\n  remove: [out, {NEW}]\n", {"remove": ["out"], "add": [NEW]}),
        ("id: a\nquestions:\n  - one\n  - two\nanswer: x\n", ["one", "two", NEW]),
        (f"questions: {{add: [{NEW}]}}\n", {"add": [NEW]}),
    ],
)
def test_the_question_comes_to_those_that_are_there(own, questions):
    assert data_of(with_question(own, NEW)) == questions


def test_comments_and_quotes_stay():
    own = "questions:\n  add:\n    - 'no'  # asked a lot\n"
    text = with_question(own, NEW)
    assert "'no' " in text
    assert "# asked a lot" in text


@pytest.mark.parametrize("odd", ["no", "2024", "null", "c# or c++", "- x", "a: b", "#1", "x" * 300])
def test_whatever_the_words_they_stay_text(odd):
    assert data_of(with_question(None, odd)) == {"add": [odd]}
