"""How well questions are understood and everything else is left alone: `python tests/benchmarks/understanding.py`.

The messages stand in `tests/labelled/`. Those of `held` were written without sight of the bot, of the phrases that it is
trained on and of the other parts, and are never read, only counted; so were those of `blind`, later, by four more hands:
titles, chat, posts, and a mixture. Those of `mixed`, in the shares in which people ask what, and of `long`, posts of 260 words and more,
were written last and only counted. Those of `seen` and `fresh` may be looked at while the bot is improved, so their rates say how well it fits them;
so may those of `stories`, posts that tell of several jobs, the hardest that there are. Rates come with their 95 % interval (Wilson, 1927).
"""

import argparse
import random
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from measures import edited, rate

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.core.answers.model import Answer, Reply
from bot.core.assistant import Assistant
from bot.core.matching.question import Intent, Manner
from bot.library import Library, shipped_knowledge

LABELLED = Path(__file__).parents[1] / "labelled"
SEEN = ("seen", "fresh", "stories")
PARTS = (*SEEN, "held", "blind", "mixed", "long")
SEED = 20261126
TODAY = date(2026, 11, 26)
OVERVIEW = ("definition", "responsibilities")
"""What an answer shows that names no section."""


class Labelled(NamedTuple):
    """A message, the roles that it is about (each a set of equally right ones) and the sections that answer it."""

    text: str
    roles: tuple[frozenset[str], ...] = ()
    sections: tuple[str, ...] = ()
    kind: str = ""


def labelled(part: str, name: str) -> list[Labelled]:
    """The messages of a file; none where the part has no such file."""
    path = LABELLED / part / f"{name}.yaml"
    rows: list[Any] = yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader) if path.exists() else []
    return [
        Labelled(row)
        if isinstance(row, str)
        else Labelled(
            row["text"],
            tuple(frozenset(role.split("|")) for role in row.get("roles", ())),
            tuple(row.get("sections", ())),
            row.get("kind", ""),
        )
        for row in rows
    ]


def roles_right(reply: Reply, asked: Labelled) -> bool:
    """Whether an answer is about the role asked about, or about all of them where several were."""
    if not isinstance(reply, Answer) or not reply.subject.roles:
        return False
    if len(asked.roles) == 1:
        return reply.subject.roles[0] in asked.roles[0]
    return all(not right.isdisjoint(reply.subject.roles) for right in asked.roles)


def section_right(reply: Reply, asked: Labelled) -> bool:
    """Whether one of the first two sections shown is one of those wanted."""
    if not isinstance(reply, Answer) or reply.subject.intent is Intent.FAQ:
        return False
    shown = reply.subject.sections[:2] or OVERVIEW
    return not asked.sections or not set(asked.sections).isdisjoint(shown)


class Bot:
    """The shipped assistant, asked both ways."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def addressed(self, text: str) -> Reply:
        return self._assistant.ask(text, today=TODAY)

    def overheard(self, text: str) -> Reply:
        return self._assistant.ask(text, today=TODAY, manner=Manner.OVERHEARD)


def show(name: str, hits: Iterable[bool]) -> None:
    """Prints a rate, where there is anything to rate."""
    results = list(hits)
    if results:
        print(f"  {name:58s}{rate(sum(results), len(results))}")


def score(part: str, bot: Bot) -> None:
    """Prints all rates of a part."""
    questions = labelled(part, "questions")
    near, outside, chat = (labelled(part, name) for name in ("near-misses", "outside", "chat"))
    print(
        f"{part}: {len(questions)} questions, {len(near)} near misses, {len(outside)} outside, {len(chat)} chat"
    )
    replies = [(bot.addressed(one.text), one) for one in questions]
    show("addressed: role right", (roles_right(*pair) for pair in replies))
    show(
        "addressed: role and one of the first two sections right",
        (roles_right(*pair) and section_right(*pair) for pair in replies),
    )
    dice = random.Random(SEED)
    show(
        "addressed, two typos a message: role right",
        (roles_right(bot.addressed(edited(one.text, 2, dice)), one) for one in questions),
    )
    show(
        "addressed: career outside answered", (isinstance(bot.addressed(one.text), Answer) for one in outside)
    )
    show("addressed: near miss answered", (isinstance(bot.addressed(one.text), Answer) for one in near))
    show("overheard: question answered", (isinstance(bot.overheard(one.text), Answer) for one in questions))
    show("overheard: near miss answered", (isinstance(bot.overheard(one.text), Answer) for one in near))
    show(
        "overheard: career outside answered", (isinstance(bot.overheard(one.text), Answer) for one in outside)
    )
    show("overheard: ordinary chat answered", (isinstance(bot.overheard(one.text), Answer) for one in chat))


def misses(bot: Bot) -> None:
    """Prints what the seen parts have wrong, a line each."""
    for one in (one for part in SEEN for one in labelled(part, "questions")):
        reply = bot.addressed(one.text)
        quiet = bot.overheard(one.text)
        if not (roles_right(reply, one) and section_right(reply, one)):
            given = (
                (*reply.subject.roles, *reply.subject.sections)
                if isinstance(reply, Answer)
                else type(reply).__name__
            )
            print(f"wrong    {given} for {[*map(sorted, one.roles)]} {one.sections}: {one.text}")
        if not isinstance(quiet, Answer):
            print(f"silent   {quiet.question.reason if quiet.question else ''}: {one.text}")
    for one in (one for part in SEEN for one in labelled(part, "near-misses")):
        if isinstance(quiet := bot.overheard(one.text), Answer):
            print(f"answered {one.kind} {quiet.question.confidence if quiet.question else ''}: {one.text}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", action="store_true", help="list what is wrong in the seen parts, instead")
    parser.add_argument(
        "parts",
        nargs="*",
        default=PARTS,
        metavar="PART",
        help="seen, fresh, stories, held, blind, mixed, long (default: all)",
    )
    given = parser.parse_args(arguments)
    bot = Bot(Library.open(shipped_knowledge()).assistant)
    if given.misses:
        misses(bot)
        return
    for part in given.parts:
        score(part, bot)


if __name__ == "__main__":
    main()
