"""For every kind of broken file, the exact lines that are printed for it."""

from pathlib import Path

import pytest
from broken_jobs_and_wages import BROKEN_JOBS_AND_WAGES
from broken_messages import BROKEN_MESSAGES
from broken_names import BROKEN_NAMES
from broken_references import BROKEN_REFERENCES
from broken_shapes import BROKEN_SHAPES
from broken_syntax import BROKEN_SYNTAX
from broken_values import BROKEN_VALUES
from knowledge_files import Broken

from bot.core.knowledge.load import load

BROKEN_FILES = (
    *BROKEN_SYNTAX,
    *BROKEN_SHAPES,
    *BROKEN_VALUES,
    *BROKEN_REFERENCES,
    *BROKEN_NAMES,
    *BROKEN_JOBS_AND_WAGES,
    *BROKEN_MESSAGES,
)


def test_directory_before_it_is_broken_loads_without_a_problem(knowledge: Path) -> None:
    loaded = load(knowledge)
    assert loaded.problems == ()
    assert loaded.snapshot is not None


@pytest.mark.parametrize("broken", BROKEN_FILES, ids=lambda broken: broken.name.replace(" ", "-"))
def test_broken_file_prints_exactly(broken: Broken, knowledge: Path) -> None:
    broken.write(knowledge)
    loaded = load(knowledge)
    assert tuple(map(str, loaded.problems)) == broken.printed
    errors = any(problem.severity == "error" for problem in loaded.problems)
    assert (loaded.snapshot is None) == errors
