"""The one way in: a directory of YAML files becomes a `Snapshot`, or a list of all that is wrong with it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.core.knowledge.build import build, revision
from bot.core.knowledge.files import read_files
from bot.core.knowledge.model import Snapshot
from bot.core.knowledge.names import check_names
from bot.core.knowledge.parts import Parts, read_parts
from bot.core.knowledge.problems import Problem, Report
from bot.core.knowledge.quality import check_quality
from bot.core.knowledge.references import check_references
from bot.core.knowledge.staleness import check_age, check_jobs


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a directory held. `snapshot` is `None` if a problem is an error; warnings do not stop it."""

    snapshot: Snapshot | None
    problems: tuple[Problem, ...]


def load(directory: Path, *, advice: bool = True, today: date | None = None, stale: bool = False) -> Loaded:
    """The directory's knowledge and all its problems, by file and line. Never raises, whatever is found there.

    Every part is optional. The files of problems are named relative to the directory, `.` being the directory.

    Args:
        directory: where the files are.
        advice: whether what is valid but poor is a problem, too (warnings). Serving needs none of it.
        today: a date on which featured jobs that have expired are problems, too (warnings).
        stale: whether facts that are past their shelf life on that date are, too.
    """
    report = Report()
    found = read_files(directory, report)
    parts = read_parts(found, report)
    return loaded_from(parts, revision(found.files), report, advice=advice, today=today, stale=stale)


def loaded_from(
    parts: Parts,
    revision: str,
    report: Report,
    *,
    advice: bool = True,
    today: date | None = None,
    stale: bool = False,
) -> Loaded:
    """The parts checked against each other, and made a snapshot where nothing is wrong; options as for `load`."""
    check_names(parts, report)
    check_references(parts, report)
    if report.has_errors:
        return Loaded(None, report.problems())
    # Advice on style is for knowledge that can be read: before, it would hide what has to be mended first.
    if advice:
        check_quality(parts, report)
    if today is not None:
        check_jobs(parts, today, report)
        if stale:
            check_age(parts, today, report)
    return Loaded(build(parts, revision), report.problems())
