"""What is said of knowledge that is valid but poor: the exact lines."""

from pathlib import Path

import pytest
from knowledge_files import GOOD_FILES, ROLE, good, printed, write

from bot.core.knowledge.load import load

FACT = "source: editorial, as_of: 2026-11-23"
DEFINITION = "definition: {title: What it is, kind: statements, order: 1, shelf_life: 60, "
CODER = "id: coder\nname: Coder\nfamily: data\nsections:\n"
SKILLS = "skills: {title: Skills, kind: items, order: 2, shelf_life: 36, "


def at_least(section: str, count: int) -> str:
    return GOOD_FILES["sections.yaml"].replace(section, f"{section}at_least: {count}, ")


@pytest.mark.parametrize("unused", ["{name: Ruby, meaning: M.}", "{name: C, exact: [C], meaning: M.}"])
def test_item_that_nothing_refers_to_is_named_at_its_key(unused: str, knowledge: Path) -> None:
    write(knowledge, "items/tools.yaml", GOOD_FILES["items/tools.yaml"] + f"x: {unused}\n")
    write(knowledge, "faq/vitamins.yaml", "id: vitamins\nquestions: [what is vitamin c]\nanswer: An acid.\n")
    assert printed(knowledge) == [
        "items/tools.yaml:4:1: warning: item `x` is used by no role, golden question or FAQ entry; use it or remove it"
    ]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("questions.yaml", "- {text: who uses ruby, items: [ruby]}\n"),
        ("faq/language.yaml", "id: language\nquestions: [which language]\nanswer: Not ruby.\n"),
        ("faq/ruby.yaml", "id: ruby\nquestions: [is Ruby dead]\nanswer: No.\n"),
        (
            "roles/coder.yaml",
            f"{CODER}  definition: [{{text: A Coder writes code., about: [ruby], {FACT}}}]\n",
        ),
        (
            "roles/coder.yaml",
            f"{CODER}  tools: [{{item: ruby, {FACT}}}]\n",
        ),
    ],
)
def test_item_is_used_by_golden_questions_faq_and_roles(file: str, content: str, knowledge: Path) -> None:
    write(knowledge, "items/tools.yaml", GOOD_FILES["items/tools.yaml"] + "ruby: {name: Ruby, meaning: M.}\n")
    write(knowledge, file, GOOD_FILES.get(file, "") + content)
    good(knowledge)


def test_items_without_roles_are_for_others_to_use(tmp_path: Path) -> None:
    write(tmp_path, "items/tools.yaml", "ruby: {name: Ruby, meaning: M.}\n")
    good(tmp_path)


def test_section_with_too_few_facts_is_named_at_the_section(knowledge: Path) -> None:
    write(knowledge, "sections.yaml", at_least(SKILLS, 3))
    assert printed(knowledge) == [
        "roles/data-analyst.yaml:14:3: warning: section `skills` has 2 facts, expected at least 3; add some",
        "roles/data-scientist.yaml:5:11: warning: there is no section `skills`, expected at least 3 facts; add it",
    ]


def test_section_that_is_missing_is_named_where_it_belongs(knowledge: Path) -> None:
    write(knowledge, "sections.yaml", at_least(DEFINITION, 1))
    assert printed(knowledge) == [
        "roles/data-scientist.yaml:5:11: warning: there is no section `definition`, expected at least 1 fact; add it"
    ]


def test_section_without_a_minimum_may_be_missing(knowledge: Path) -> None:
    assert good(knowledge).sections["definition"].at_least == 0


def test_minimum_is_kept_with_the_section(knowledge: Path) -> None:
    write(knowledge, "sections.yaml", at_least(DEFINITION, 1))
    snapshot = load(knowledge).snapshot
    assert snapshot is not None
    assert snapshot.sections["definition"].at_least == 1


def test_bullets_longer_than_140_characters_are_named(knowledge: Path) -> None:
    text, note = "A Data Analyst " + "x" * 126, "y" * 141
    content = (
        GOOD_FILES[ROLE]
        .replace("A Data Analyst answers questions with data.", text)
        .replace("level: core", f"level: core, note: {note}")
    )
    write(knowledge, ROLE, content)
    assert printed(knowledge) == [
        "roles/data-analyst.yaml:10:13: warning: 141 characters, expected 140 at most; shorten the text or split it",
        "roles/data-analyst.yaml:15:45: warning: 141 characters, expected 140 at most; shorten the text or split it",
    ]
    write(knowledge, ROLE, content.replace("x" * 126, "x" * 125).replace(note, note[:-1]))
    good(knowledge)


def test_nothing_poor_is_mentioned_while_there_are_errors(knowledge: Path) -> None:
    write(knowledge, "items/tools.yaml", GOOD_FILES["items/tools.yaml"] + "ruby: {name: Ruby, meaning: M.}\n")
    write(knowledge, "outside.yaml", "- Data Analyst\n")
    (line,) = printed(knowledge)
    assert line.startswith("outside.yaml:1:3: error: ")


def test_more_warnings_than_are_listed_stop_nothing(knowledge: Path) -> None:
    unused = "".join(f"tool-{n}: {{name: Tool {n}, meaning: M.}}\n" for n in range(130))
    write(knowledge, "items/tools.yaml", GOOD_FILES["items/tools.yaml"] + unused)
    loaded = load(knowledge)
    assert loaded.snapshot is not None
    assert len(loaded.problems) == 101
    assert str(loaded.problems[-1]) == (
        "items/tools.yaml:103:1: warning: 30 more problems in this file are not listed; mend these first"
    )
