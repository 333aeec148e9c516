"""The command line in processes of its own, as a user or a script meets it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FAQ = "id: verified\nquestions:\n  - how do I get verified here\nanswer: Ask a moderator.\n"


@pytest.fixture
def environment(tmp_path, data):
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "DATA_DIR": str(data),
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture
def rolewise(tmp_path, environment):
    """Runs `python -m bot` in an empty folder, and gives its exit code, output and errors."""

    def run(*arguments, given=b"", program=("-m", "bot"), **variables):
        return subprocess.run(
            [sys.executable, *program, *arguments],
            cwd=tmp_path,
            env={**environment, **variables},
            input=given,
            capture_output=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def small(tmp_path):
    """A knowledge folder that holds one FAQ entry."""
    folder = tmp_path / "small"
    (folder / "faq").mkdir(parents=True)
    (folder / "faq" / "verified.yaml").write_text(FAQ)
    return folder
