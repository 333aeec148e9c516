"""The page about the bot: where its facts come from, under which licence, and what it does with messages."""

from collections.abc import Sequence

from bot.core.knowledge.model import Snapshot, Source
from bot.core.knowledge.problems import Problem
from bot.ui import markdown

SHOWN_PROBLEMS = 15
PRIVACY = (
    "I answer from files on the machine I run on. No question leaves my process, no language model is used, and by default "
    "no message text is stored. What I need to keep in mind for a minute (who asked how often, which answer stands "
    "where) is in memory only and gone after a restart. The controls under an answer hold its subject and the id of "
    "the one who asked."
)
KEPT = (
    "Kept are what a server has set, and its own knowledge, with the id of who made which edit; an edit that was not published "
    "goes after a day. Only where who manages the server has switched on the inbox of missed questions, I also keep the words of "
    "questions that I could not answer, or whose answer was called no help: without author, names, links and long numbers, "
    "until 30 days after they were last asked. There, the question of an answer is in memory until I am restarted. Who "
    "manages the server sees and deletes what is kept with /privacy."
)
ANONYMISE = (
    "“Anonymise my edits” takes your id off the edits that you made, in all servers, and deletes your drafts."
)


def about_lines(snapshot: Snapshot, version: str, *, keeps: bool) -> list[str]:
    """Lines of Markdown: what the bot is, its licence, privacy, its sources with their attribution.

    `keeps` is whether it has a database.
    """
    roles, facts = (
        len(snapshot.roles),
        sum(len(f) for r in snapshot.roles.values() for f in r.sections.values()),
    )
    lines = [
        markdown.title(f"Rolewise {version}"),
        markdown.escape(
            f"I answer career questions about {roles} data and AI roles from {facts} facts, each with its source and date."
        ),
        markdown.small(f"Knowledge revision {snapshot.revision}. Software: MIT licence."),
        "### Privacy",
        markdown.escape(PRIVACY),
    ]
    if keeps:
        lines += [markdown.escape(KEPT), markdown.escape(ANONYMISE)]
    lines.append("### Sources")
    return lines + [line for source in snapshot.sources.values() for line in _source(source)]


def problem_lines(problems: Sequence[Problem]) -> list[str]:
    """Lines of Markdown for the bot's owner: what is wrong with the knowledge files, if anything."""
    if not problems:
        return ["### Knowledge", "The knowledge files have no problems."]
    head = f"{len(problems)} problem{'s' if len(problems) != 1 else ''} in the knowledge files."
    if any(problem.severity == "error" for problem in problems):
        head += " The last good state keeps serving."
    shown = (markdown.bullet(str(problem)) for problem in problems[:SHOWN_PROBLEMS])
    lines = ["### Knowledge", markdown.escape(head), *shown]
    if len(problems) > SHOWN_PROBLEMS:
        lines.append(markdown.bullet(f"and {len(problems) - SHOWN_PROBLEMS} more: run `check`"))
    return lines


def _source(source: Source) -> list[str]:
    name = markdown.link(source.title, source.url)
    facts = f"{source.publisher}, {source.licence}, {source.published.text}"
    lines = [f"- {name}: {markdown.escape(facts)}"]
    if source.attribution:
        lines.append(markdown.small(source.attribution))
    return lines
