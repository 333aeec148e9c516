"""The inbox of missed questions in words."""

from collections.abc import Sequence

from discord.utils import format_dt

from bot.inbox import Group
from bot.ui.markdown import bold, bullet, inline

HEAD = "## Missed questions"
EMPTY = "Nothing is here: no question was missed, or all were seen to."
OFF = "-# The inbox is off, so that nothing new comes here: `/settings` switches it on."
CHOOSE = "-# Choose a question to teach me its answer, or to dismiss it."
ALIKE_SHOWN = 8
NO_ENTRIES = "-# There is no FAQ entry yet that it could be taught to."


def inbox_lines(groups: Sequence[Group], total: int, page: int, pages: int, *, on: bool) -> list[str]:
    """One page of the inbox; `total` is how many groups there are on all."""
    head = f"{HEAD} ({total}, page {page + 1} of {pages})" if pages > 1 else HEAD
    lines = [head, *map(_line, groups)] if groups else [head, EMPTY]
    return lines + ([CHOOSE] if groups else []) + ([] if on else [OFF])


def group_lines(group: Group) -> list[str]:
    """A group by itself, with the questions that are in it."""
    others = group.questions[1 : ALIKE_SHOWN + 1]
    more = len(group.questions) - 1 - len(others)
    lines = [f"## {inline(group.first.text)}", _told(group)]
    if others:
        lines += [bold("Asked in other words"), *(bullet(one.text) for one in others)]
    if more:
        lines.append(bullet(f"and {more} more"))
    return lines


def times(count: int) -> str:
    """How often something was asked."""
    return "once" if count == 1 else f"{count} times"


def _line(group: Group) -> str:
    alike = len(group.questions) - 1
    return f"- {bold(group.first.text)}: {_told(group)}{f' {alike} in other words.' if alike else ''}"


def _told(group: Group) -> str:
    last = format_dt(max(one.last for one in group.questions), "R")
    unhelpful = any(one.why == "not helpful" for one in group.questions)
    return f"asked {times(group.count)}, last {last}.{' My answer was called no help.' if unhelpful else ''}"
