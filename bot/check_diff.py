"""Checking a knowledge directory against what it held at a git revision, as Markdown for a pull request."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.check import Checked, Learned, check
from bot.core.assistant import Assistant
from bot.core.golden import OutcomeChange, Progress, changed_outcomes
from bot.core.knowledge.difference import Difference, difference
from bot.core.knowledge.load import Loaded, load
from bot.core.knowledge.model import Snapshot
from bot.core.knowledge.problems import Problem
from bot.git import folder_at
from bot.ui import markdown
from bot.ui.difference import counts, difference_lines, outcome_lines

COMMENT_LENGTH = 65_000
"""Characters of the Markdown; GitHub takes comments of 65,536."""
_CUT = "\n*{count} more lines are left out: a comment has no room for them.*"
_REFERENCE = re.compile(r"@|#(?=\d)")


@dataclass(frozen=True, slots=True)
class Compared:
    """Two states of a directory: the check of the newer one, and what changed where both can be read.

    `former` are the errors of the state at `revision`, empty where it could be read.
    """

    checked: Checked
    revision: str
    former: tuple[Problem, ...] = ()
    states: tuple[Snapshot, Snapshot] | None = None
    found: Difference | None = None
    outcomes: tuple[OutcomeChange, ...] = ()

    def markdown(self) -> str:
        """All that changed and all problems, within a comment's room. Texts of the knowledge are shown as they are."""
        lines = [_quieted(line) for line in self._lines()]
        kept, room = 0, COMMENT_LENGTH - len(_CUT) - 10
        for line in lines:
            room -= len(line) + 1
            if room < 0:
                break
            kept += 1
        cut = [_CUT.format(count=len(lines) - kept)] if kept < len(lines) else []
        return "\n".join([*lines[:kept], *cut])

    def _lines(self) -> Iterator[str]:
        since = f"the knowledge since {markdown.inline(self.revision)}"
        if self.found is None:
            yield f"The changes to {since} are not known: one of both states has errors."
        elif not self.found and not self.outcomes:
            yield f"No changes to {since}."
        else:
            yield from (f"## Changes to {since}", "")
            yield counts(self.found)
        yield from _section("Problems", self.checked.problems)
        yield from _section(f"Errors at {self.revision}", self.former)
        if self.outcomes:
            yield from ("", "### Golden questions that resolve differently")
            yield from outcome_lines(self.outcomes)
        if self.found and self.states is not None:
            yield from difference_lines(self.found, *self.states)


def compare(
    directory: Path,
    shown: str,
    revision: str,
    today: date,
    on_progress: Progress | None = None,
    *,
    heads: Learned,
    stale: bool = False,
) -> Compared:
    """Checks a directory as `check` does, and compares it with what it held at a git revision.

    Raises:
        HistoryError: that state cannot be had.
    """
    former = _at(directory, revision)
    checked, after = check(directory, shown, today, on_progress, heads=heads, stale=stale)
    errors = tuple(problem for problem in former.problems if problem.severity == "error")
    if former.snapshot is None or after is None:
        return Compared(checked, revision, errors)
    before = Assistant(former.snapshot, heads(former.snapshot))
    found = difference(before.snapshot, after.snapshot)
    # What is asked in both states, and what is asked no more: leaving out a question must not hide what it would show.
    added = {id(change.after) for change in found.golden.entries if change.before is None}
    dropped = [
        change.before for change in found.golden.entries if change.after is None and change.before is not None
    ]
    asked = [question for question in after.snapshot.golden if id(question) not in added] + dropped
    return Compared(
        checked,
        revision,
        states=(before.snapshot, after.snapshot),
        found=found,
        outcomes=changed_outcomes(before, after, asked, today, on_progress),
    )


def _at(directory: Path, revision: str) -> Loaded:
    with TemporaryDirectory(prefix="rolewise-") as folder:
        # A folder that was not there yet is an empty one: all is new.
        folder_at(directory, revision, Path(folder))
        return load(Path(folder), advice=False)


def _section(title: str, problems: tuple[Problem, ...]) -> Iterator[str]:
    if problems:
        yield from ("", f"### {markdown.escape(title)}")
        yield from (markdown.bullet(str(problem)) for problem in problems)


def _quieted(line: str) -> str:
    """A line without what GitHub reads beyond Markdown: mentions, numbers of issues, formulas, entities."""
    line = line.replace("&", "&amp;").replace("$", "\\$")
    return _REFERENCE.sub(f"\\g<0>{markdown.ZERO_WIDTH}", line)
