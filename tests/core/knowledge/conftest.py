"""The good directory as files."""

from pathlib import Path

import pytest
from knowledge_files import GOOD_FILES, write


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A directory that loads without a problem."""
    directory = tmp_path / "knowledge"
    for name, content in GOOD_FILES.items():
        write(directory, name, content)
    return directory
