"""Checking a knowledge directory: every problem, and every golden question that resolves to something else."""

import contextlib
import gc
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.core.assistant import Assistant
from bot.core.golden import Progress, check_golden
from bot.core.knowledge.load import load
from bot.core.knowledge.model import Snapshot
from bot.core.knowledge.problems import Problem
from bot.core.matching.heads import Heads

Learned = Callable[[Snapshot], Heads]
"""Gives the heads of a snapshot, trained now or before."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. Files are named as seen from where the check was called; counts are 0 where loading failed."""

    directory: str
    problems: tuple[Problem, ...]
    roles: int = 0
    facts: int = 0
    golden: int = 0

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many of the problems stop nothing."""
        return len(self.problems) - self.errors

    def as_json(self) -> str:
        """One JSON object, on one line."""
        return json.dumps(
            {
                "directory": self.directory,
                "errors": self.errors,
                "warnings": self.warnings,
                "roles": self.roles,
                "facts": self.facts,
                "golden": self.golden,
                "problems": [problem.as_dict() for problem in self.problems],
            }
        )

    def summary(self) -> str:
        """One line with the counts."""
        found = f"{_count(self.errors, 'error')}, {_count(self.warnings, 'warning')}"
        if not self.golden and self.errors:
            return f"{self.directory}: {found}; golden questions were not asked"
        held = f"{_count(self.roles, 'role')}, {_count(self.facts, 'fact')}, {_count(self.golden, 'golden question')}"
        return f"{self.directory}: {found} in {held}"


def check(
    directory: Path,
    shown: str,
    today: date,
    on_progress: Progress | None = None,
    *,
    heads: Learned,
    stale: bool = False,
) -> tuple[Checked, Assistant | None]:
    """All that is wrong with a directory's knowledge, with files named below `shown`; with `stale` old facts, too.

    With it comes the assistant that was asked the golden questions; None where the knowledge has errors.
    """
    with _nothing_collected():
        loaded = load(directory, today=today, stale=stale)
        if loaded.snapshot is None:
            return Checked(shown, named(loaded.problems, shown)), None
        snapshot = loaded.snapshot
        assistant = Assistant(snapshot, heads(snapshot))
        golden = check_golden(assistant, today, on_progress)
    facts = sum(len(found) for role in snapshot.roles.values() for found in role.sections.values())
    problems = tuple(sorted(named((*loaded.problems, *golden), shown)))
    return Checked(shown, problems, len(snapshot.roles), facts, len(snapshot.golden)), assistant


@contextlib.contextmanager
def _nothing_collected() -> Iterator[None]:
    """Leaves out the search for unreachable cycles: nearly all that a check makes it keeps to its end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def named(problems: tuple[Problem, ...], shown: str) -> tuple[Problem, ...]:
    """The problems with a path that an editor or a terminal can open."""
    base = Path(shown)
    return tuple(
        replace(problem, file=shown if problem.file == "." else str(base / problem.file))
        for problem in problems
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number != 1 else ''}"
