"""`init`: a copy of the base to edit."""

import os

import pytest

from bot.library import shipped_knowledge


def test_copy_holds_everything_is_clean_and_says_what_to_do_next(rolewise, tmp_path):
    done = rolewise("init", "mine")
    assert done.returncode == 0
    mine = tmp_path / "mine"
    assert f"KNOWLEDGE_DIR={mine}" in done.stdout.decode()
    base = shipped_knowledge()
    assert {f.relative_to(mine) for f in mine.rglob("*")} == {f.relative_to(base) for f in base.rglob("*")}
    assert all(os.access(file, os.W_OK) for file in mine.rglob("*"))
    assert rolewise("check", "mine").returncode == 0


def test_schemas_that_copied_files_name_are_there(rolewise, tmp_path):
    rolewise("init", "mine")
    named = 0
    for file in (tmp_path / "mine").rglob("*.yaml"):
        first = file.read_text().splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema="), file
        assert (file.parent / first.partition("=")[2]).resolve().is_file(), file
        named += 1
    assert named > 5


@pytest.mark.parametrize("name", ["full", "file"])
def test_what_is_there_is_left_alone(name, rolewise, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.yaml").write_text("mine")
    (tmp_path / "file").write_text("mine")
    done = rolewise("init", name)
    assert done.returncode == 1
    assert name in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    assert sorted(f.name for f in tmp_path.iterdir()) == ["file", "full"]
    assert [f.name for f in (tmp_path / "full").iterdir()] == ["mine.yaml"]


def test_empty_folder_and_folders_on_the_way_may_be_there_or_not(rolewise, tmp_path):
    (tmp_path / "empty").mkdir()
    assert rolewise("init", "empty").returncode == 0
    assert rolewise("init", "on/the/way").returncode == 0
    assert (tmp_path / "on" / "the" / "way" / "sections.yaml").is_file()


def test_setting_that_names_the_folder_to_be_made_is_no_hindrance(rolewise, tmp_path):
    assert rolewise("init", "mine", KNOWLEDGE_DIR=str(tmp_path / "mine")).returncode == 0
