"""Pages for those who edit the knowledge: a preview before publishing, what was published, the history."""

from collections.abc import Iterable, Sequence

import discord

from bot.core.answers.model import Answer
from bot.core.golden import OutcomeChange
from bot.core.knowledge.problems import Problem
from bot.editor import Trial
from bot.store import Revision
from bot.ui import markdown
from bot.ui.controls import Control
from bot.ui.difference import difference_lines, outcome_lines
from bot.ui.limits import shorten
from bot.ui.views import answer_lines, fitted, page_view

PREVIEW_TEXT = 3800
ANSWER_TEXT = 900
DIFFERENCE_TEXT = 900
GOLDEN_TEXT = 700
PROBLEMS_SHOWN = 10
PROBLEM_TEXT = 300
CUT = "-# Cut here to fit."
NOTHING_THERE = "-# No answer."
NOBODY_SEES = "-# Nobody sees this yet. It is kept for a day."
FILES_SHOWN = 6
NOTE_TEXT = 120


def trial_view(trial: Trial, rows: Sequence[Sequence[Control]], before: str = "") -> discord.ui.LayoutView:
    """What a change would do, or what forbids it, with the controls to go on; `before` is said above it."""
    first = [[markdown.escape(before)]] if before else []
    if not trial.is_good:
        parts = [*first, _refused(trial.problems, trial.files)]
        return page_view(fitted(parts, PREVIEW_TEXT, CUT), [], rows)
    parts = [*first, [f"## Preview: {_files(trial.files)}", NOBODY_SEES]]
    if trial.shown is not None:
        parts += [
            ["### Before", *_answer(trial.shown.before)],
            ["### After", *_answer(trial.shown.after)],
        ]
    if trial.difference is not None and trial.before is not None and trial.after is not None:
        lines = difference_lines(trial.difference, trial.before.snapshot, trial.after.snapshot)
        parts.append(["### What changes", *_cut(lines, DIFFERENCE_TEXT)])
    parts.append(golden_lines(trial.golden))
    if trial.problems:
        parts.append(["### Warnings", *problem_lines(trial.problems)])
    return page_view(fitted(parts, PREVIEW_TEXT, CUT), [], rows)


def golden_lines(changes: Sequence[OutcomeChange]) -> list[str]:
    """How many golden questions resolve differently, and which."""
    if not changes:
        return ["-# All golden questions resolve as before."]
    wrong = sum(bool(change.wrong) for change in changes)
    head = f"### This changes the outcome of {len(changes)} golden question{'s' if len(changes) != 1 else ''}"
    told = [f"**{wrong} of them would be wrong.**"] if wrong else []
    ordered = sorted(changes, key=lambda change: not change.wrong)
    return [head, *told, *_cut(outcome_lines(ordered), GOLDEN_TEXT)]


def problem_lines(problems: Sequence[Problem]) -> list[str]:
    """The problems as `file:line:column: what is wrong`, the first ones."""
    ordered = sorted(problems, key=lambda problem: (problem.severity != "error", problem))
    lines = [markdown.bullet(shorten(str(problem), PROBLEM_TEXT)) for problem in ordered[:PROBLEMS_SHOWN]]
    if len(ordered) > PROBLEMS_SHOWN:
        lines.append(markdown.bullet(f"and {len(ordered) - PROBLEMS_SHOWN} more"))
    return lines


def published_lines(revision: Revision) -> list[str]:
    """That a revision was published, by whom, and what it changes."""
    note = [markdown.small(shorten(revision.note, NOTE_TEXT))] if revision.note else []
    return [
        f"## Knowledge revision {revision.number}: {_files(revision.files)}",
        f"Published by {_author(revision)}.",
        *([markdown.escape(revision.report)] if revision.report else []),
        *note,
    ]


def history_lines(revisions: Sequence[Revision]) -> list[str]:
    """Who changed what and when, the newest first."""
    if not revisions:
        return ["## History", "Nothing of this server's own has been published."]
    lines = ["## History"]
    for one in revisions:
        when = discord.utils.format_dt(one.at, "f")
        note = f": {markdown.inline(shorten(one.note, NOTE_TEXT))}" if one.note else ""
        lines.append(f"**{one.number}** {when} by {_author(one)}{note}\n-# {_files(one.files)}")
    return lines


def _author(revision: Revision) -> str:
    return f"<@{revision.author}>" if revision.author is not None else "somebody"


def _files(files: Sequence[str]) -> str:
    shown = ", ".join(markdown.inline(file) for file in files[:FILES_SHOWN])
    more = len(files) - FILES_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown or "nothing"


def _refused(problems: Sequence[Problem], files: Sequence[str]) -> list[str]:
    return [
        f"## This cannot be published: {_files(files)}",
        *problem_lines([problem for problem in problems if problem.severity == "error"]),
        "-# Your text is kept for a day: mend it and try again.",
    ]


def _answer(answer: Answer | None) -> list[str]:
    if answer is None:
        return [NOTHING_THERE]
    return _cut([line for line in answer_lines(answer) if line], ANSWER_TEXT)


def _cut(lines: Iterable[str], room: int) -> list[str]:
    """The first lines, as many as there is room for."""
    kept: list[str] = []
    for line in lines:
        # A heading of the page itself stands above: what is shown here is smaller.
        shown = line.replace("### ", "**", 1) + "**" if line.startswith("### ") else line
        shown = f"**{shown.removeprefix('## ')}**" if shown.startswith("## ") else shown
        if len(shown) + 1 > room:
            return [*kept, CUT]
        kept.append(shown)
        room -= len(shown) + 1
    return kept
