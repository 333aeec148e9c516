"""What is said of a directory, and of what stands in it that is no knowledge file."""

import os
import shutil
from pathlib import Path

import pytest
from knowledge_files import good, printed, write

from bot.core.knowledge.load import load


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        ".git/config",
        "roles/.data.yaml.swp",
        "roles/data-analyst.yaml~",
        "roles/#data-analyst.yaml#",
        "faq/x.yaml.bak",
        "schema/role.schema.json",
        "roles/README.md",
    ],
)
def test_what_editors_leave_behind_is_ignored(name: str, knowledge: Path) -> None:
    write(knowledge, name, "{[")
    good(knowledge)


def test_missing_directory_is_a_problem(tmp_path: Path) -> None:
    assert printed(tmp_path / "nowhere") == [
        ".:1:1: error: there is no such folder, expected one; check its name, or whether it was just removed"
    ]


def test_file_in_place_of_the_directory_is_a_problem(tmp_path: Path) -> None:
    assert printed(write(tmp_path, "file", "")) == [".:1:1: error: this is a file, expected a folder"]


def test_directory_name_that_no_system_knows_is_a_problem() -> None:
    assert printed(Path("a\0b")) == [
        ".:1:1: error: the folder cannot be read: its name holds a null character"
    ]


def test_empty_directory_is_empty_knowledge_with_a_warning(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    assert loaded.snapshot is not None
    assert list(map(str, loaded.problems)) == [
        ".:1:1: warning: the folder holds no knowledge; expected roles, items, faq or sections.yaml"
    ]


def test_loop_of_links_and_link_to_nothing_are_problems(knowledge: Path) -> None:
    (knowledge / "roles/loop.yaml").symlink_to("loop.yaml")
    (knowledge / "roles/gone.yaml").symlink_to("nowhere.yaml")
    shutil.rmtree(knowledge / "faq")
    (knowledge / "faq").symlink_to("faq")
    lines = printed(knowledge)
    assert lines[0].startswith("faq:1:1: error: the folder cannot be read: too many")
    assert lines[1].startswith("roles/gone.yaml:1:1: error: there is no such file")
    assert lines[2].startswith("roles/loop.yaml:1:1: error: the file cannot be read: too many")
    assert len(lines) == 3


def test_link_to_a_folder_above_is_not_followed_for_ever(knowledge: Path) -> None:
    (knowledge / "roles/up").symlink_to(knowledge, target_is_directory=True)
    assert printed(knowledge) == ["roles/up:1:1: error: unknown folder `up`, expected files `<id>.yaml`"]


def test_folder_and_pipe_in_place_of_a_file_are_problems(knowledge: Path) -> None:
    (knowledge / "roles/folder.yaml").mkdir()
    os.mkfifo(knowledge / "roles/pipe.yaml")
    assert printed(knowledge) == [
        "roles/folder.yaml:1:1: error: this is a folder, expected a file",
        "roles/pipe.yaml:1:1: error: this is a special file, expected a file",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_and_folder_without_permission_are_problems(knowledge: Path) -> None:
    (knowledge / "roles/data-scientist.yaml").chmod(0)
    (knowledge / "faq").chmod(0)
    lines = printed(knowledge)
    (knowledge / "faq").chmod(0o755)
    assert lines == [
        "faq:1:1: error: no permission to read the folder; give it to the user that runs the bot",
        "roles/data-scientist.yaml:1:1: error: no permission to read the file; give it to the user that runs the bot",
    ]


def test_file_names_that_differ_by_capitals_are_a_problem(knowledge: Path) -> None:
    write(knowledge, "roles/Data-Analyst.yaml", "x")
    if (knowledge / "roles/data-analyst.yaml").read_bytes() == b"x":
        pytest.skip("the file system makes no difference itself")
    assert (
        "roles/data-analyst.yaml:1:1: error: the name differs from `Data-Analyst.yaml` by capitals only; "
        "rename or remove one"
    ) in printed(knowledge)


def test_file_name_with_odd_signs_is_shown_on_one_printable_line(knowledge: Path) -> None:
    write(knowledge, "roles/a\nb\x1b[31m.yaml", "id: a\n")
    lines = printed(knowledge)
    assert lines
    assert all(line.isprintable() and line.startswith("roles/a b") for line in lines)
