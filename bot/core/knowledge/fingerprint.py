"""What tells one state of a knowledge directory from another without understanding it."""

from pathlib import Path

from bot.core.knowledge.build import revision
from bot.core.knowledge.files import read_files
from bot.core.knowledge.problems import Report


def fingerprint(directory: Path) -> str | None:
    """The revision that a snapshot of the directory bears; None where a file cannot be read or does not belong."""
    report = Report()
    found = read_files(directory, report)
    return None if report.problems() else revision(found.files)
