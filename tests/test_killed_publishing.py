"""A bot that is killed at any moment while it publishes: what serves after the restart is one revision, and whole."""

import asyncio
import multiprocessing
import random
import re
from datetime import date
from pathlib import Path

import pytest

from bot.core.answers.model import Answer
from bot.editor import Editor
from bot.library import Library
from bot.servers import Servers
from bot.store import Store
from bot.ui.difference import counts

SERVER, MOD = 5, 2
TODAY = date(2026, 11, 23)
ASKED = ("how do I get verified here", "which laptop should I buy", "what is a data scientist")


def edits_of(number):
    """What is published as a revision: three files that all say its number."""
    fact = f"Number {number} is said here."
    return {
        "faq/verified.yaml": f"answer: {fact}\n",
        "faq/laptop.yaml#answer": fact,
        "roles/data-scientist.yaml": f"sections:\n  definition: [{{text: {fact}, source: editorial, as_of: 2026-01}}]\n"
        f"# {'x' * 20_000}\n",
    }


def publish_for_ever(knowledge, cache, url, begun, published):
    async def main():
        data_dir = Path(cache)
        servers = Servers(
            Library.open(Path(knowledge), data_dir), data_dir, lambda: Store.open(url, data_dir)
        )
        await servers.look()
        editor = Editor(servers, counts)
        while True:
            number = servers.overlays.number(SERVER) + 1
            revision, _ = await editor.publish(await editor.open(SERVER, MOD, edits_of(number)))
            published.value = revision.number
            begun.set()

    asyncio.run(main())


async def served(library, cache, database):
    """The number that each answer says in a bot that starts now, and the numbers of the history."""
    servers = Servers(library, cache, database.open)
    await servers.look()
    assistant = await servers.overlays.assistant(SERVER)
    said = []
    for text in ASKED:
        reply = assistant.ask(text, today=TODAY)
        assert isinstance(reply, Answer)
        said += re.findall(r"Number (\d+) is said here", str(reply.blocks))
    history = await servers.store.history(SERVER, limit=10_000)
    number = servers.overlays.number(SERVER)
    await servers.close()
    database.opened.clear()
    return number, list(map(int, said)), [one.number for one in history]


async def kill_often(database, library, knowledge, learned, times):
    # A server that has the modules at hand: a bot without Discord starts in a moment.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bot.editor", "bot.ui.difference", "alembic.command"])
    dice = random.Random(1)
    newest = 0
    for _ in range(times):
        begun, published = context.Event(), context.RawValue("i", newest)
        arguments = (str(knowledge), str(learned), database.named, begun, published)
        bot = context.Process(target=publish_for_ever, args=arguments)
        bot.start()
        assert await asyncio.to_thread(begun.wait, 60)
        await asyncio.sleep(dice.random() * 0.1)
        bot.kill()
        await asyncio.to_thread(bot.join)
        number, said, history = await served(library, learned, database)
        # What was confirmed is there, and at most the one change that was on its way.
        assert number in {published.value, published.value + 1}
        assert number > newest
        assert said == [number] * len(ASKED)
        assert history == list(range(number, 0, -1))
        newest = number


@pytest.mark.timeout(300)
async def test_killed_bot_serves_the_old_revision_or_the_new_one_whole(
    database, tiny_library, tiny_knowledge, learned
):
    await kill_often(database, tiny_library, tiny_knowledge, learned, 10)


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_killed_bot_serves_the_old_revision_or_the_new_one_whole_100_times(
    database, tiny_library, tiny_knowledge, learned
):
    await kill_often(database, tiny_library, tiny_knowledge, learned, 100)
