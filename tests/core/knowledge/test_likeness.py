"""Sentences that stand twice, and roles that share most of a section: the exact lines, and what is left alone."""

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_files import good, printed, write
from rapidfuzz import fuzz, utils

from bot.core.knowledge.files import read_files
from bot.core.knowledge.likeness import Sentence, equal_sentences, sentences
from bot.core.knowledge.load import load
from bot.core.knowledge.parts import read_parts
from bot.core.knowledge.problems import Report

SHIPPED = Path(__file__).parents[3] / "knowledge"
FACT = "source: editorial, as_of: 2026-11-23"
ADVICE = "say what is so for this role alone, or remove one"
EXPECTED = "expected 60% at most; say where they differ, or give a reason in alike.yaml"
QUERY = "Write a query that joins three tables and explains every row it drops."


def role(name: str, **sections: list[str]) -> str:
    lines = [f"id: {name}", f"name: {name}", "family: data", "sections:"]
    for section, facts in sections.items():
        lines += [f"  {section}:", *(f"    - {{{fact}, {FACT}}}" for fact in facts)]
    return "\n".join(lines) + "\n"


def says(*texts: str) -> list[str]:
    return [f'text: "{text}"' for text in texts]


def uses(*items: str) -> list[str]:
    return [f"item: {item}" for item in items]


def write_roles(directory: Path, *roles: str) -> None:
    """Roles `a`, `b`, ... on a base of two sections of statements, one of figures and two of items."""
    for letter, content in zip("abc", roles, strict=False):
        write(directory, f"roles/{letter}.yaml", content)
    kinds = {"definition": "statements", "interview": "statements", "salary": "figures"}
    kinds |= {"tools": "items", "industries": "items"}
    write(
        directory,
        "sections.yaml",
        "".join(
            f"{name}: {{title: T, kind: {kind}, order: 1, shelf_life: 60, cues: []}}\n"
            for name, kind in kinds.items()
        ),
    )
    write(
        directory,
        "sources.yaml",
        "editorial: {title: E, publisher: P, licence: L, published: 2026-11, editorial: true}\n",
    )
    for kind, letter in (("tools", "t"), ("industries", "i")):
        used = [f"{letter}{n}" for n in range(8) if any(f"item: {letter}{n}" in content for content in roles)]
        write(directory, f"items/{kind}.yaml", "".join(f"{n}: {{name: {n}, meaning: M.}}\n" for n in used))


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (QUERY, "stands in roles/a.yaml:7 too"),
        (
            "write a query that  explains every row it drops, and joins three tables",
            "stands in roles/a.yaml:7 too",
        ),
        (QUERY.replace("three tables", "three big tables"), "is 97 % that of roles/a.yaml:7"),
        (QUERY.replace("query", "queries").replace("joins", "join"), "is 96 % that of roles/a.yaml:7"),
    ],
)
def test_sentence_that_stands_in_another_role_is_named_at_the_second(
    second: str, said: str, tmp_path: Path
) -> None:
    write_roles(
        tmp_path,
        role("a", definition=says("An example.", QUERY)),
        role("b", definition=says("The second.", second)),
    )
    assert printed(tmp_path) == [f"roles/b.yaml:7:14: warning: the sentence {said}; {ADVICE}"]


def test_sentence_that_stands_in_three_places_is_named_twice_with_the_first(tmp_path: Path) -> None:
    write_roles(
        tmp_path,
        role("a", definition=says("An example.", QUERY), interview=says(QUERY)),
        role("b", definition=says("The other one.", QUERY)),
    )
    assert [line.partition(";")[0] for line in printed(tmp_path)] == [
        "roles/a.yaml:9:14: warning: the sentence stands in roles/a.yaml:7 too",
        "roles/b.yaml:7:14: warning: the sentence stands in roles/a.yaml:7 too",
    ]


def test_sentences_on_one_matter_in_other_words_are_left_alone(tmp_path: Path) -> None:
    write_roles(
        tmp_path,
        role("a", definition=says(QUERY)),
        role("b", definition=says("Join three tables in a query and say which rows are lost and why.")),
    )
    good(tmp_path)


def test_roles_that_share_most_of_a_section_are_named_at_the_later_one(tmp_path: Path) -> None:
    write_roles(
        tmp_path,
        role("a", tools=uses("t0", "t1", "t2", "t3", "t4")),
        role("b", definition=says("An example."), tools=uses("t5", "t3", "t2", "t1", "t4", "t6")),
        role("c", tools=uses("t0", "t1", "t2", "t6", "t7")),
    )
    assert printed(tmp_path) == [
        f"roles/b.yaml:7:3: warning: section `tools` shares 4 of 5 facts with role `a` (roles/a.yaml:5), {EXPECTED}"
    ]


def test_shared_sentences_count_as_shared_facts(tmp_path: Path) -> None:
    write_roles(
        tmp_path,
        role("a", interview=says("An example.", QUERY)),
        role("b", interview=says(QUERY)),
    )
    assert printed(tmp_path) == [
        f"roles/b.yaml:5:3: warning: section `interview` shares 1 of 1 facts with role `a` (roles/a.yaml:5), {EXPECTED}",
        f"roles/b.yaml:6:14: warning: the sentence stands in roles/a.yaml:7 too; {ADVICE}",
    ]


def test_industries_and_figures_may_be_shared(tmp_path: Path) -> None:
    figure = (
        "measure: wage, value: 1, unit: USD/year, region: US, period: 2025, occupation: O, match: nearest"
    )
    shared = {"industries": uses("i0", "i1", "i2"), "salary": [figure]}
    write_roles(tmp_path, role("a", **shared), role("b", **shared))
    good(tmp_path)


def test_pair_with_a_reason_may_share_a_section_and_its_sentences(tmp_path: Path) -> None:
    shared = {"tools": uses("t0", "t1"), "interview": says(QUERY)}
    write_roles(tmp_path, role("a", **shared), role("b", **shared))
    write(
        tmp_path,
        "alike.yaml",
        "- {roles: [b, a], section: tools, reason: One stack.}\n"
        "- {roles: [a, b], section: interview, reason: One test.}\n",
    )
    good(tmp_path)


def test_pair_with_a_reason_is_allowed_in_that_section_only(tmp_path: Path) -> None:
    shared = {"tools": uses("t0", "t1"), "interview": says(QUERY)}
    write_roles(tmp_path, role("a", **shared), role("b", **shared))
    write(tmp_path, "alike.yaml", "- {roles: [b, a], section: tools, reason: One stack.}\n")
    assert [line.partition(" shares")[0].partition(" in ")[0] for line in printed(tmp_path)] == [
        "roles/b.yaml:8:3: warning: section `interview`",
        "roles/b.yaml:9:14: warning: the sentence stands",
    ]


def test_entry_that_is_not_needed_any_more_is_named(tmp_path: Path) -> None:
    write_roles(tmp_path, role("a", tools=uses("t0")), role("b", tools=uses("t1")))
    write(tmp_path, "alike.yaml", "- {roles: [b, a], section: tools, reason: One stack.}\n")
    assert printed(tmp_path) == [
        "alike.yaml:1:3: warning: a and b are not alike in `tools`; remove the entry"
    ]


@cache
def shipped_sentences() -> list[Sentence]:
    return sentences(read_parts(read_files(SHIPPED, Report()), Report()).roles)


def all_pairs(texts: list[str]) -> set[tuple[int, int]]:
    """What comparing every sentence with every other finds."""
    normal = [utils.default_process(text) for text in texts]
    return {
        (first, second)
        for second in range(len(texts))
        for first in range(second)
        if fuzz.token_sort_ratio(normal[first], normal[second]) >= 90
    }


def test_no_equal_pair_is_missed_among_the_shipped_sentences_and_edited_ones() -> None:
    found = shipped_sentences()[:700]
    changed = random.Random(7)
    texts = []
    for sentence in found:
        words = sentence.words.split()
        for _ in range(2):
            spot = changed.randrange(len(words))
            words[spot] = changed.choice((words[spot] + "s", "new", words[spot][:-1] or "x"))
        texts.append(" ".join(sorted(words)))
    edited = [
        Sentence(len(found) + one.number, one.part, one.section, one.index, text, stems(text))
        for one, text in zip(found, texts, strict=True)
    ]
    compared = [*found, *edited]
    expected = all_pairs([one.words for one in compared])
    assert len(expected) > 300
    assert {(one.number, other.number) for one, other, _ in equal_sentences(compared)} == expected


def stems(text: str) -> frozenset[str]:
    return frozenset(word[:4] for word in text.split())


@settings(deadline=None)
@given(st.lists(st.text(alphabet="ab é?-{", max_size=8), max_size=6))
def test_any_texts_can_be_compared(texts: list[str]) -> None:
    one = shipped_sentences()[0]
    found = [
        Sentence(number, one.part, one.section, 0, text, stems(text)) for number, text in enumerate(texts)
    ]
    assert all(first.number < second.number for first, second, _ in equal_sentences(found))


def test_shipped_roles_are_told_apart() -> None:
    assert [problem for problem in load(SHIPPED).problems if problem.severity == "warning"] == []
