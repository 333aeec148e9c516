"""The one way in: a directory of YAML files becomes a `Snapshot`, or a list of all that is wrong with it."""

from dataclasses import dataclass
from pathlib import Path

from bot.core.knowledge.build import build, revision
from bot.core.knowledge.files import read_files
from bot.core.knowledge.model import Snapshot
from bot.core.knowledge.names import check_names
from bot.core.knowledge.parts import read_parts
from bot.core.knowledge.problems import Problem, Report
from bot.core.knowledge.references import check_references


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a directory held. `snapshot` is `None` if a problem is an error; warnings do not stop it."""

    snapshot: Snapshot | None
    problems: tuple[Problem, ...]


def load(directory: Path) -> Loaded:
    """The directory's knowledge and all its problems, by file and line. Never raises, whatever is found there.

    Every part is optional. The files of problems are named relative to the directory, `.` being the directory.
    """
    report = Report()
    found = read_files(directory, report)
    parts = read_parts(found, report)
    check_names(parts, report)
    check_references(parts, report)
    problems = report.problems()
    if any(problem.severity == "error" for problem in problems):
        return Loaded(None, problems)
    return Loaded(build(parts, revision(found.files)), problems)
