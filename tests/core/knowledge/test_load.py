"""What a directory of knowledge becomes, and what is said of directories that are not as expected."""

import base64
import hashlib
import re
import shutil
import tempfile
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_files import good, printed, write

from bot.core.knowledge.digest import by_digest, digest
from bot.core.knowledge.load import load
from bot.core.knowledge.model import (
    Figure,
    ItemKind,
    ItemUse,
    Level,
    Match,
    Measure,
    SectionKind,
    Statement,
    Unit,
)

SHIPPED = Path(__file__).parents[3] / "knowledge"
HEAD = "id: {0}\nname: {0}\nfamily: data\nsections: {{}}\n"


def test_role_facts_become_values_with_their_types(knowledge: Path) -> None:
    role = good(knowledge).roles["data-analyst"]
    assert (role.name, role.abbreviations, role.nearest) == ("Data Analyst", ("DA",), ("data-scientist",))
    (definition,) = role.facts("definition")
    assert isinstance(definition, Statement)
    assert definition.about == ("statistics",)
    assert definition.as_of.text == "2026-11-23"
    first, second = role.facts("skills")
    assert isinstance(first, ItemUse)
    assert isinstance(second, ItemUse)
    assert (first.item, first.level, second.level) == ("statistics", Level.CORE, None)
    (wage,) = role.facts("salary")
    assert isinstance(wage, Figure)
    assert (wage.measure, wage.value, wage.low, wage.high) == (Measure.WAGE, 120230.0, 85660.0, 158880.0)
    assert (wage.unit, wage.match, wage.n, wage.level) == (Unit.USD_YEAR, Match.OWN, None, None)
    assert (wage.as_of.day.isoformat(), wage.as_of.text) == ("2025-05-01", "2025-05")
    assert role.facts("interview") == ()


def test_sections_know_their_place_in_the_file_and_in_answers(knowledge: Path) -> None:
    sections = good(knowledge).sections
    assert [section.bit for section in sections.values()] == [0, 1, 2, 3, 4]
    assert sections["salary"].kind is SectionKind.FIGURES
    assert (sections["salary"].shelf_life, sections["salary"].at_least) == (24, 0)
    assert sections["definition"].cues == ("definition", "what is {role}")


def test_items_sources_and_faq_keep_what_was_written(knowledge: Path) -> None:
    snapshot = good(knowledge)
    assert snapshot.items["r"].exact == ("R",)
    assert snapshot.items["kubernetes"].kind is ItemKind.TOOL
    assert snapshot.sources["onet-29-3"].url == "https://www.onetcenter.org/database.html"
    assert (snapshot.sources["editorial"].editorial, snapshot.sources["onet-29-3"].editorial) == (True, False)
    assert snapshot.faq["laptop"].questions == ("which laptop should I buy",)


def test_golden_questions_know_their_line_and_leave_open_what_is_left_out(knowledge: Path) -> None:
    first, second, third, _ = good(knowledge).golden
    assert (first.file, first.line, first.roles) == ("questions.yaml", 1, ("data-analyst", "data-scientist"))
    assert (second.line, second.faq, second.roles, second.intent) == (4, "laptop", None, None)
    assert (third.text, third.outcome) == ("no", "unknown")


def test_outside_titles_and_compared_pairs_are_in_order(knowledge: Path) -> None:
    snapshot = good(knowledge)
    assert snapshot.outside == ("Nurse", "Lawyer")
    assert snapshot.compared == (("data-analyst", "data-scientist"),)


def test_snapshot_cannot_be_changed(knowledge: Path) -> None:
    snapshot = good(knowledge)
    for mapping in (snapshot.roles, snapshot.sections, snapshot.items, snapshot.sources, snapshot.faq):
        with pytest.raises(TypeError):
            mapping["new"] = None  # type: ignore[index]
    with pytest.raises(TypeError):
        snapshot.roles["data-analyst"].sections["new"] = ()  # type: ignore[index]


def test_text_fields_keep_what_yaml_would_turn_into_something_else(tmp_path: Path) -> None:
    write(
        tmp_path, "items/tools.yaml", "r: {name: 3.10, aliases: [no, 1_000, ~, 12:30], meaning: 2024-01-01}\n"
    )
    item = good(tmp_path).items["r"]
    assert (item.name, item.aliases, item.meaning) == ("3.10", ("no", "1_000", "~", "12:30"), "2024-01-01")


def test_revision_depends_on_names_and_content_only(knowledge: Path, tmp_path: Path) -> None:
    first = good(knowledge).revision
    assert re.fullmatch(r"[0-9a-f]{16}", first)
    copy = shutil.copytree(knowledge, tmp_path / "elsewhere")
    assert good(copy).revision == first
    write(copy, ".hidden.yaml", "a: b")
    assert good(copy).revision == first
    outside = copy / "outside.yaml"
    outside.write_bytes(outside.read_bytes() + b"# a comment\n")
    assert good(copy).revision != first


@pytest.mark.parametrize("part", ["faq", "sections.yaml", "outside.yaml", "sources.yaml"])
def test_every_part_is_optional(part: str, knowledge: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    if (knowledge / part).is_dir():
        shutil.copytree(knowledge / part, alone / part)
        shutil.copy(knowledge / "sources.yaml", alone)
    else:
        shutil.copy(knowledge / part, alone)
    good(alone)


def test_faq_without_source_needs_no_other_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        "faq/verify.yaml",
        "id: verify\nquestions: [how do I get verified here]\nanswer: Ask a mod.\n",
    )
    assert good(tmp_path).faq["verify"].source is None


@pytest.mark.parametrize("name", ["outside.yaml", "questions.yaml", "items/degrees.yaml", "sources.yaml"])
def test_file_with_comments_only_is_an_empty_list_or_mapping(name: str, tmp_path: Path) -> None:
    write(tmp_path, name, "# nothing yet\n")
    good(tmp_path)


def test_roles_without_sections_file_name_each_missing_section(knowledge: Path) -> None:
    (knowledge / "sections.yaml").unlink()
    assert printed(knowledge) == [
        f"roles/data-analyst.yaml:{line}:3: error: unknown section `{name}`, there is none in sections.yaml; add it there"
        for line, name in ((9, "definition"), (14, "skills"), (17, "salary"))
    ]


def test_broken_file_does_not_make_its_ids_unknown_elsewhere(knowledge: Path) -> None:
    write(knowledge, "sections.yaml", "definition: [\n")
    write(knowledge, "roles/data-scientist.yaml", "id: [\n")
    write(knowledge, "items/skills.yaml", "statistics:\n\tname: x\n")
    files = {problem.file for problem in load(knowledge).problems}
    assert files == {"sections.yaml", "roles/data-scientist.yaml", "items/skills.yaml"}


def test_misnamed_file_is_reported_once_and_not_by_all_who_refer_to_it(knowledge: Path) -> None:
    (knowledge / "sections.yaml").rename(knowledge / "sections.yml")
    (knowledge / "items").rename(knowledge / "item")
    assert printed(knowledge) == [
        "item:1:1: error: unknown folder `item`, did you mean `items`?",
        "sections.yml:1:1: error: the name ends with `.yml`, expected `.yaml`; rename the file to `sections.yaml`",
    ]


def test_problems_of_all_files_are_sorted_and_dict_ready(knowledge: Path) -> None:
    write(knowledge, "sources.yaml", "a: {titel: x}\n")
    write(knowledge, "faq/laptop.yaml", "id: laptop\nquestions: []\nanswer: ''\n")
    problems = load(knowledge).problems
    assert list(problems) == sorted(problems)
    assert {problem.file for problem in problems} >= {"sources.yaml", "faq/laptop.yaml"}
    assert problems[0].as_dict() == {
        "file": "faq/laptop.yaml",
        "line": 2,
        "column": 12,
        "severity": "error",
        "text": "0 entries, expected at least 1; add some or remove the key",
    }


def test_many_problems_of_one_file_are_cut_with_their_number(knowledge: Path) -> None:
    titles = "".join(f"- {{roles: [data-analyst, x{index}], sites: 1}}\n" for index in range(150))
    write(knowledge, "compared.yaml", titles)
    lines = printed(knowledge)
    assert len(lines) == 101
    assert lines[99].startswith("compared.yaml:100:26: error: unknown role `x99`")
    assert lines[100] == (
        "compared.yaml:100:26: error: 50 more problems in this file are not listed; mend these first"
    )


def test_warning_does_not_stop_the_snapshot(knowledge: Path) -> None:
    write(knowledge, "notes.txt", "hello")
    loaded = load(knowledge)
    assert loaded.snapshot is not None
    assert [problem.severity for problem in loaded.problems] == ["warning"]


def test_roles_whose_digests_collide_are_refused(tmp_path: Path) -> None:
    first, second = colliding_ids()
    write(tmp_path, f"roles/{first}.yaml", HEAD.format(first))
    write(tmp_path, f"roles/{second}.yaml", HEAD.format(second))
    later, earlier = max(first, second), min(first, second)
    (line,) = printed(tmp_path)
    assert line.startswith(
        f"roles/{later}.yaml:1:5: error: role `{later}` has the same short name in buttons"
    )
    assert line.endswith(f" as `{earlier}`; rename one of them")


def test_role_and_item_may_share_a_digest(tmp_path: Path) -> None:
    first, second = colliding_ids()
    write(tmp_path, f"roles/{first}.yaml", HEAD.format(first))
    write(tmp_path, "items/tools.yaml", f"{second}: {{name: {second}, meaning: x}}\n")
    assert load(tmp_path).snapshot is not None


@pytest.mark.parametrize("field", ["fields", "weak_fields"])
@pytest.mark.parametrize(
    "item", ["{name: Deep learning, meaning: x}", "{name: X, aliases: [Deep-Learning], meaning: x}"]
)
def test_discipline_of_a_role_may_be_an_item_too(field: str, item: str, tmp_path: Path) -> None:
    write(tmp_path, "roles/x-role.yaml", HEAD.format("x-role") + f"{field}: [deep learning]\n")
    write(tmp_path, "items/skills.yaml", f"deep: {item}\n")
    assert load(tmp_path).snapshot is not None


def colliding_ids() -> tuple[str, str]:
    seen: dict[str, str] = {}
    for number in count():
        name = f"r{number}"
        other = seen.setdefault(digest(name), name)
        if other != name:
            return other, name
    raise AssertionError


@given(st.text())
def test_digest_is_the_first_bytes_of_sha256_in_four_url_safe_signs(name: str) -> None:
    if name.isprintable():
        assert re.fullmatch(r"[A-Za-z0-9_-]{4}", digest(name))
        assert base64.urlsafe_b64decode(digest(name)) == hashlib.sha256(name.encode()).digest()[:3]


def test_ids_are_found_by_their_digest() -> None:
    assert by_digest(["data-analyst", "python"]) == {
        digest("data-analyst"): "data-analyst",
        digest("python"): "python",
    }


def test_64_sections_are_accepted_and_65_refused(tmp_path: Path) -> None:
    section = "s{0}: {{title: S, kind: items, order: {0}, shelf_life: 1, cues: []}}\n"
    write(tmp_path, "sections.yaml", "".join(section.format(index) for index in range(64)))
    assert [found.bit for found in good(tmp_path).sections.values()] == list(range(64))
    write(tmp_path, "sections.yaml", "".join(section.format(index) for index in range(65)))
    assert printed(tmp_path) == ["sections.yaml:65:1: error: 65 sections, expected at most 64; remove some"]


@pytest.mark.parametrize(("length", "accepted"), [(60, True), (61, False)])
def test_id_is_60_characters_at_most(length: int, accepted: bool, tmp_path: Path) -> None:  # noqa: FBT001
    name = "x" * length
    write(tmp_path, f"roles/{name}.yaml", HEAD.format(name))
    assert (load(tmp_path).snapshot is not None) == accepted


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(file.relative_to(SHIPPED) for file in SHIPPED.rglob("*.yaml"))), st.data())
def test_shipped_file_cut_or_changed_anywhere_never_raises(file: Path, data: st.DataObject) -> None:
    content = (SHIPPED / file).read_bytes()
    place = data.draw(st.integers(0, len(content)))
    inserted = data.draw(
        st.binary(max_size=6) | st.sampled_from([b": ", b"- ", b"[", b"'", b"\n", b"\n  x: y\n"])
    )
    end = data.draw(st.integers(place, min(place + 40, len(content))))
    with tempfile.TemporaryDirectory() as directory:
        write(Path(directory), file.as_posix(), content[:place] + inserted + content[end:])
        loaded = load(Path(directory))
    assert loaded.snapshot is not None or loaded.problems
