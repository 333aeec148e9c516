"""The good directory as files."""

from pathlib import Path

import pytest
from knowledge_files import GOOD_FILES


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A directory that loads without a problem."""
    directory = tmp_path / "knowledge"
    for name, content in GOOD_FILES.items():
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return directory
