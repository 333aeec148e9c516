"""Compiled knowledge on disk: the same as loading, used only for equal files and equal code, never in the way."""

import os
import pickle
import shutil

import pytest

import bot.snapshot_cache
from bot.core.knowledge.load import load
from bot.library import Library, shipped_knowledge
from bot.pickles import KEPT, Pickles
from bot.snapshot_cache import SnapshotCache


@pytest.fixture
def knowledge(small_knowledge, tmp_path):
    folder = shutil.copytree(small_knowledge, tmp_path / "knowledge")
    shutil.copy(shipped_knowledge() / "outside.yaml", folder)
    return folder


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


def test_what_is_kept_equals_what_is_loaded(knowledge, folder):
    first = SnapshotCache(folder).load(knowledge)
    (kept,) = folder.glob("*.pickle")
    assert (
        pickle.loads(kept.read_bytes())
        == first
        == SnapshotCache(folder).load(knowledge)
        == load(knowledge, advice=False)
    )


def test_what_is_kept_is_used_instead_of_loading(knowledge, folder, monkeypatch):
    SnapshotCache(folder).load(knowledge)
    monkeypatch.setattr(bot.snapshot_cache, "load", lambda *_, **__: pytest.fail("it was loaded again"))
    assert SnapshotCache(folder).load(knowledge).snapshot is not None


def test_an_edit_is_loaded(knowledge, folder):
    before = SnapshotCache(folder).load(knowledge).snapshot.revision
    path = knowledge / "outside.yaml"
    path.write_text(path.read_text() + "- lighthouse keeper\n")
    after = SnapshotCache(folder).load(knowledge).snapshot
    assert after.revision != before
    assert "lighthouse keeper" in after.outside


def test_problems_are_never_hidden_by_what_is_kept(knowledge, folder):
    SnapshotCache(folder).load(knowledge)
    path = knowledge / "outside.yaml"
    path.write_text("- [\n")
    broken = SnapshotCache(folder).load(knowledge)
    assert broken.snapshot is None
    assert broken.problems


def test_a_damaged_file_is_replaced(knowledge, folder):
    SnapshotCache(folder).load(knowledge)
    (kept,) = folder.glob("*.pickle")
    kept.write_bytes(b"no pickle")
    assert SnapshotCache(folder).load(knowledge) == load(knowledge, advice=False)
    assert kept.read_bytes() != b"no pickle"


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(knowledge, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert SnapshotCache(blocked / "cache").load(knowledge).snapshot is not None


def test_only_the_newest_states_are_kept(knowledge, folder):
    path = knowledge / "outside.yaml"
    for number in range(KEPT + 2):
        path.write_text(path.read_text() + f"- keeper {'x' * (number + 1)}\n")
        SnapshotCache(folder).load(knowledge)
    assert len(list(folder.iterdir())) == KEPT


def test_what_is_read_outlives_what_is_not(tmp_path):
    cache = Pickles(tmp_path, kept=2)
    for age, name in enumerate(("first", "second")):
        cache.keep(name, name)
        os.utime(tmp_path / f"{name}.pickle", (age, age))
    assert cache.read("first", str) == "first"
    cache.keep("third", "third")
    assert {path.stem for path in tmp_path.iterdir()} == {"first", "third"}


def test_a_library_with_a_cache_serves_what_one_without_does(small_knowledge, folder):
    Library.open(small_knowledge, folder)
    cached = Library.open(small_knowledge, folder)
    assert cached.assistant.snapshot == Library.open(small_knowledge).assistant.snapshot
