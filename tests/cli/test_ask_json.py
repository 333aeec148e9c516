"""`ask --json`: a question a line in, a JSON object a line out."""

import json
import subprocess
import sys

import pytest

KEYS = [
    "question",
    "outcome",
    "intent",
    "roles",
    "sections",
    "items",
    "faq",
    "confidence",
    "text",
    "sources",
    "candidates",
]
MLE, DS, DE = "machine-learning-engineer", "data-scientist", "data-engineer"


def objects(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.split(b"\n")[:-1]]


def asked(rolewise, *questions, arguments=()):
    return objects(rolewise("ask", "--json", *arguments, given="\n".join(questions).encode()))


def test_one_object_a_line_in_order_with_exactly_the_documented_keys(rolewise):
    questions = [
        "mle vs ds",
        "which roles use kafka",
        "what does a nurse earn",
        "how do I become an engineer",
    ]
    found = asked(rolewise, *questions)
    assert [one["question"] for one in found] == questions
    assert all(list(one) == KEYS for one in found)
    assert [one["outcome"] for one in found] == ["answer", "answer", "unknown", "clarify"]
    assert [one["intent"] for one in found] == ["compare", "find", None, None]
    assert all(0 <= one["confidence"] <= 1 for one in found)
    assert all(one["text"] for one in found)
    for one in found:
        assert all(sorted(candidate) == ["id", "kind", "score"] for candidate in one["candidates"])
        assert all(0 <= candidate["score"] <= 1 for candidate in one["candidates"])


def test_roles_are_those_asked_found_or_offered(rolewise):
    compared, found, offered, unknown = asked(
        rolewise,
        "ds or mle?",
        "which roles use kafka",
        "how do I become an engineer",
        "what does a nurse earn",
    )
    assert compared["roles"] == [DS, MLE]
    assert DE in found["roles"]
    assert found["items"] == ["kafka"]
    assert {MLE, DE} <= set(offered["roles"])
    assert len(offered["roles"]) == len(set(offered["roles"]))
    assert unknown["roles"] == []


def test_path_to_a_role_names_the_aim_first(rolewise):
    (one,) = asked(rolewise, "data analyst -> data engineer, where do i start")
    assert one["roles"][0] == DE
    assert one["sections"][0] == "getting-started"


def test_answer_names_its_sources_and_sections(rolewise):
    (one,) = asked(rolewise, "who earns more, DS or MLE?")
    assert one["sections"][0] == "salary"
    assert one["sources"]
    assert one["text"].startswith("Data Scientist")


@pytest.mark.parametrize(
    ("given", "questions"),
    [
        (b"", []),
        (b"\n", [""]),
        (b"\n\n", ["", ""]),
        (b"mle vs ds", ["mle vs ds"]),
        (b"mle vs ds\r\nde\r\n", ["mle vs ds", "de"]),
        (b"\xef\xbb\xbfmle vs ds\n", ["mle vs ds"]),
        ("a\u2028b\u0085c\x0bd\x0ce\rf\n".encode(), ["a\u2028b\u0085c\x0bd\x0ce\rf"]),
    ],
)
def test_only_a_newline_ends_a_question(given, questions, rolewise):
    done = rolewise("ask", "--json", given=given)
    assert [one["question"] for one in objects(done)] == questions


def test_awkward_input_is_answered_like_any_other(rolewise):
    lines = [
        b"",
        "\U0001f600".encode() * 4000,
        b"\0\0mle\0vs\0ds",
        b"\xff\xfe\xfa",
        b"\xed\xa0\x80 lone surrogate",
        b"mle vs ds " * 30000,
        b"{[}]\"'\\",
        b"\x1b[31mred\x07",
        b"<@123> @everyone `x`",
    ]
    found = objects(rolewise("ask", "--json", given=b"\n".join(lines)))
    assert [one["question"] for one in found] == [line.decode("utf-8", "replace") for line in lines]
    assert [one["outcome"] for one in found][:2] == ["unknown", "unknown"]
    assert all(list(one) == KEYS for one in found)
    assert all(len(one["text"]) < 20000 for one in found)


def test_question_as_argument(rolewise):
    for arguments in (["mle vs ds"], ["mle", "vs", "ds"]):
        (one,) = objects(rolewise("ask", "--json", *arguments))
        assert one["question"] == "mle vs ds"
        assert one["roles"] == [MLE, DS]


def test_argument_that_is_no_utf8_is_answered(rolewise):
    (one,) = objects(rolewise("ask", "--json", b"mle vs ds \xff"))
    assert one["question"] == "mle vs ds \ufffd"


def test_empty_argument_is_a_question(rolewise):
    (one,) = objects(rolewise("ask", "--json", ""))
    assert (one["question"], one["outcome"]) == ("", "unknown")


def test_overheard_talk_is_met_with_silence(rolewise):
    small_talk, question = asked(
        rolewise,
        "the data arrived late again",
        "what is the difference between a data scientist and a data engineer?",
        arguments=["--overheard"],
    )
    assert (small_talk["outcome"], small_talk["roles"], small_talk["text"]) == ("silent", [], "")
    assert question["outcome"] == "answer"


def test_about_gives_the_roles_of_a_follow_up(rolewise):
    (one,) = asked(rolewise, "and the salary?", arguments=["--about", "mle, data scientist"])
    assert one["roles"] == [MLE, DS]
    assert one["sections"] == ["salary"]


def test_about_an_unknown_role_is_unusable(rolewise):
    done = rolewise("ask", "--json", "--about", "data sientistt,xyzzy", "salary?")
    assert done.returncode == 2
    assert b"No role is called" in done.stderr
    assert done.stdout == b""


def test_each_answer_is_there_before_the_next_question(tmp_path, environment):
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--json"],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        for question in ("mle vs ds", "", "which roles use kafka"):
            process.stdin.write(question.encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["question"] == question
        process.stdin.close()
        assert process.wait(30) == 0


def test_reader_that_leaves_ends_it_without_a_word(tmp_path, environment):
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--json"],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()
        try:
            process.stdin.write(b"mle vs ds\n" * 2000)
            process.stdin.close()
        except BrokenPipeError:
            process.stdin = None
        assert process.stderr.read() == b""
        assert process.wait(60) == 0
