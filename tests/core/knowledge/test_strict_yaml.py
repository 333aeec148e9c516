"""What strict YAML accepts, what it makes of it, and where it says that things stand."""

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.knowledge import strict_yaml
from bot.core.knowledge.document import ALIASES_AT_MOST, DEPTH_AT_MOST, NODES_AT_MOST, Document, Value
from bot.core.knowledge.problems import Problem, Report
from bot.core.knowledge.strict_yaml import BYTES_AT_MOST, PARSER, Parser

PARSERS = (yaml.SafeLoader, yaml.CSafeLoader)

# Signs that mean something in YAML, so that random texts get past the first character.
YAMLISH = st.text(alphabet="ab01 \n\t:-[]{},'\"&*!|>%@`#?<~.\\\r\x00\x85\xa0\ud800\ufeff", max_size=80)
PIECES = [
    "a",
    "b: ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\n",
    "\n  ",
    "&x ",
    "*x ",
    "'",
    '"',
    "|\n",
    ">\n",
    "? ",
    ": ",
]
RARE_PIECES = [
    "!!int ",
    "!t ",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "%TAG ! x:y\n",
    "<<: ",
    "\\x41",
    "\\U00110000",
]
WORDS = st.lists(st.sampled_from(PIECES + RARE_PIECES), max_size=40).map("".join)


def read(text: str | bytes, parser: Parser = PARSER) -> Document | tuple[Problem, ...]:
    report = Report()
    document = strict_yaml.read(text, "f", report, parser)
    assert (document is None) == bool(report.problems())
    return document if document is not None else report.problems()


def value(text: str | bytes, parser: Parser = PARSER) -> Value:
    document = read(text, parser)
    assert isinstance(document, Document), document
    return document.data


def problems(text: str | bytes, parser: Parser = PARSER) -> list[str]:
    found = read(text, parser)
    assert not isinstance(found, Document), found.data
    return [str(problem) for problem in found]


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    "scalar",
    "no yes off R 3.10 1_000 12:30 2024-01-01 ~ null true 0x1F 1e3 .inf = 010 C++ C# 190:20:30 Norway".split(),
)
def test_every_scalar_stays_the_text_that_was_written(scalar: str, parser: Parser) -> None:
    assert value(f"key: {scalar}\nlist: [{scalar}]\n{scalar}: key\n", parser) == {
        "key": scalar,
        "list": [scalar],
        scalar: "key",
    }


@pytest.mark.parametrize("parser", PARSERS)
def test_empty_value_is_an_empty_text(parser: Parser) -> None:
    assert value("a:\nb: ''\nc: []\n", parser) == {"a": "", "b": "", "c": []}


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "\ufeff"])
def test_file_without_content_is_an_empty_text(text: str) -> None:
    assert value(text) == ""


def test_long_texts_are_folded_or_kept_as_yaml_says() -> None:
    assert value("a: >-\n  one\n  two\nb: |\n  one\n  two\nc: one\n  two\n") == {
        "a": "one two",
        "b": "one\ntwo\n",
        "c": "one two",
    }


def test_aliases_give_the_same_value_again() -> None:
    assert value("a: &x [1, {b: c}]\nd: *x\ne: &y text\n*y : *y\n") == {
        "a": ["1", {"b": "c"}],
        "d": ["1", {"b": "c"}],
        "e": "text",
        "text": "text",
    }


def test_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    assert value(b"\xef\xbb\xbfa: b\r\nc: d\r\n") == {"a": "b", "c": "d"}


@pytest.mark.parametrize("parser", PARSERS)
def test_every_value_and_key_has_its_place(parser: Parser) -> None:
    document = read("# comment\na:\n  - b\n  - {ü: d, e: [f]}\n", parser)
    assert isinstance(document, Document)
    assert document.place() == (2, 1)
    assert document.place(("a",)) == (3, 3)
    assert document.place(("a", 1)) == (4, 5)
    assert document.place(("a", 1, "e", 0)) == (4, 16)
    assert document.key_place(("a",)) == (2, 1)
    assert document.key_place(("a", 1, "e")) == (4, 12)


def test_place_of_what_is_missing_is_that_of_what_it_is_missing_in() -> None:
    document = read("a:\n  - b\n")
    assert isinstance(document, Document)
    assert document.place(("a", 7)) == (2, 3)
    assert document.place(("x", "y")) == (1, 1)
    assert document.key_place(("a", 0)) == (2, 5)
    assert document.key_place(("x",)) == (1, 1)
    assert document.key_place(()) == (1, 1)


def test_fault_behind_an_alias_is_placed_where_it_was_written() -> None:
    document = read("a: &x\n  b: c\nd: *x\n")
    assert isinstance(document, Document)
    assert document.place(("d",)) == (3, 4)
    assert document.place(("d", "b")) == (2, 6)
    assert document.key_place(("d", "b")) == (2, 3)


def test_all_keys_that_stand_twice_are_reported_at_their_second_place() -> None:
    assert problems("a: 1\nb: {c: 1, c: 2}\na: 2\n") == [
        "f:2:11: error: key `c` stands twice, first in line 2; remove one",
        "f:3:1: error: key `a` stands twice, first in line 1; remove one",
    ]


def test_limits_hold_at_their_number_and_refuse_one_more() -> None:
    deep = "[" * DEPTH_AT_MOST + "]" * DEPTH_AT_MOST
    assert isinstance(read(deep), Document)
    assert problems(f"[{deep}]") == ["f:1:33: error: nested deeper than 32 levels, expected a flatter file"]

    aliases = "a: &x 1\nb: [" + ", ".join(["*x"] * ALIASES_AT_MOST)
    assert isinstance(read(aliases + "]"), Document)
    assert "more than 100 aliases" in problems(aliases + ", *x]")[0]

    values = "[" + "a," * (NODES_AT_MOST - 1)
    assert isinstance(read(values + "]"), Document)
    assert "more than 50000 values" in problems(values + "a]")[0]

    text = "a: " + "x" * (BYTES_AT_MOST - 3)
    assert isinstance(read(text), Document)
    assert problems(text + "x") == [
        "f:1:1: error: the file is larger than 512 KB, expected less; shorten or split it"
    ]


def test_depth_and_number_count_aliases_as_if_written_out() -> None:
    half = "[" * 20 + "]" * 20
    assert problems(f"a: &x {half}\nb: {'[' * 15}*x{']' * 15}\n") == [
        "f:2:19: error: nested deeper than 32 levels through `*x`, expected a flatter file"
    ]
    many = "[" + "a," * 30_000 + "]"
    assert problems(f"a: &x {many}\nb: *x\n") == [
        "f:2:4: error: more than 50000 values (aliases expanded), expected fewer; split the file"
    ]


@pytest.mark.parametrize("text", ["a: \ud800\n", "a: \ufeffb\n", "a: b\x85c\n", "a: b\u2028c\n"])
def test_signs_that_no_editor_shows_are_refused_with_their_code(text: str) -> None:
    assert "(U+" in problems(text)[0] or "character U+" in problems(text)[0]


@settings(max_examples=400, deadline=None)
@given(st.one_of(YAMLISH, WORDS, st.text(max_size=200)), st.sampled_from(PARSERS))
@example('"\\UFFFFFFFF"', yaml.SafeLoader)
@example("%YAML " + "9" * 5_000 + ".1\n---\n", yaml.SafeLoader)
def test_any_text_gives_a_document_or_problems(text: str, parser: Parser) -> None:
    found = read(text, parser)
    if isinstance(found, Document):
        assert_plain(found.data)
    else:
        assert found
        assert all(problem.line >= 1 and problem.column >= 1 for problem in found)
        assert all("\n" not in str(problem) for problem in found)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=200), YAMLISH.map(lambda text: text.encode("utf-16", "surrogatepass"))))
def test_any_bytes_give_a_document_or_problems(content: bytes) -> None:
    found = read(content)
    assert isinstance(found, Document) or found


@settings(max_examples=200, deadline=None)
@given(st.one_of(YAMLISH, WORDS))
def test_both_parsers_accept_the_same_and_read_the_same(text: str) -> None:
    found = [read(text, parser) for parser in PARSERS]
    if all(isinstance(each, Document) for each in found):
        assert found[0].data == found[1].data


def assert_plain(data: Value) -> None:
    if isinstance(data, dict):
        assert all(isinstance(key, str) for key in data)
        for entry in data.values():
            assert_plain(entry)
    elif isinstance(data, list):
        for entry in data:
            assert_plain(entry)
    else:
        assert isinstance(data, str)
