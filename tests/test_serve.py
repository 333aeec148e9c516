"""The bot in a process of its own against a Discord on loopback: how it starts, fails to start, and ends."""

import asyncio
import signal
import socket

import pytest
from loopback import DRIVER, MESSAGE_CONTENT, PATIENCE, PRIVATE, TOKEN, ended


async def identified(loopback):
    async with asyncio.timeout(PATIENCE):
        return await loopback.identified.get()


def said(errors):
    """What was said to the operator, without the log."""
    return [line for line in errors.splitlines() if not line[:4].isdigit()]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("arguments", [(), ("run",)])
async def test_signal_ends_a_running_bot_cleanly(number, arguments, loopback, start):
    process = await start(loopback.url, *arguments)
    intents = await identified(loopback)
    process.send_signal(number)
    code, _, errors = await ended(process)
    assert code == 0
    assert not intents & MESSAGE_CONTENT
    assert "Traceback" not in errors
    assert "told to end" in errors
    assert TOKEN not in errors


async def test_default_says_that_it_runs_because_there_is_a_token(loopback, start):
    process = await start(loopback.url)
    await identified(loopback)
    process.send_signal(signal.SIGTERM)
    _, out, _ = await ended(process)
    assert out.startswith("DISCORD_TOKEN is set: running the bot.")


async def test_debug_log_holds_neither_token_nor_messages(loopback, start):
    process = await start(loopback.url, "run", LOG_LEVEL="DEBUG")
    async with asyncio.timeout(PATIENCE):
        # The bot tells the number of the last event it was given.
        while await loopback.told.get() != 2:
            pass
    process.send_signal(signal.SIGTERM)
    _, out, errors = await ended(process)
    assert "INFO    discord" in errors
    assert TOKEN not in out + errors
    assert PRIVATE not in out + errors


async def test_intent_that_is_not_granted_is_one_sentence_and_it_starts_without(loopback, start):
    loopback.granted = False
    process = await start(loopback.url, "run", MESSAGE_CONTENT="on", ASK_CHANNELS="5")
    assert await identified(loopback) & MESSAGE_CONTENT
    assert not await identified(loopback) & MESSAGE_CONTENT
    process.send_signal(signal.SIGTERM)
    code, _, errors = await ended(process)
    assert code == 0
    (sentence,) = said(errors)
    assert sentence.startswith("MESSAGE_CONTENT is on, but the Message Content intent is not granted")


async def test_granted_intent_is_used(loopback, start):
    process = await start(loopback.url, "run", MESSAGE_CONTENT="on")
    assert await identified(loopback) & MESSAGE_CONTENT
    process.send_signal(signal.SIGTERM)
    code, _, errors = await ended(process)
    assert (code, said(errors)) == (0, [])


async def test_commands_are_registered_once(loopback, start):
    for _ in range(2):
        process = await start(loopback.url, "run")
        await identified(loopback)
        process.send_signal(signal.SIGTERM)
        await ended(process)
    assert len(loopback.synced) == 1


@pytest.mark.parametrize("command", ["run", "sync"])
class TestFailingStart:
    async def fails(self, process):
        code, out, errors = await ended(process)
        assert (code, out) == (1, "")
        assert "Traceback" not in errors
        assert TOKEN not in errors
        (sentence,) = said(errors)
        return sentence

    async def test_wrong_token_is_one_sentence(self, command, loopback, start):
        process = await start(loopback.url, command, DISCORD_TOKEN="wrong.token.value")
        assert (await self.fails(process)).startswith("Discord does not know this token")

    async def test_no_network_is_one_sentence(self, command, start):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            process = await start(f"http://127.0.0.1:{closed.getsockname()[1]}", command)
            assert (await self.fails(process)).startswith("Discord cannot be reached")

    async def test_name_that_does_not_resolve_is_one_sentence(self, command, start):
        process = await start("http://discord.invalid", command)
        assert (await self.fails(process)).startswith("Discord cannot be reached")

    async def test_failing_discord_is_one_sentence(self, command, loopback, start):
        loopback.status = 503
        process = await start(loopback.url, command)
        assert (await self.fails(process)).startswith("Discord refuses the start with error 503 (")

    async def test_broken_extension_is_named(self, command, loopback, start, tmp_path):
        (tmp_path / "more").mkdir()
        (tmp_path / "more" / "unlucky.py").write_text("raise LookupError('no luck today')\n")
        driver = DRIVER.replace("from bot", "import bot.exts\nbot.exts.__path__.append('more')\nfrom bot")
        process = await start(loopback.url, command, driver=driver)
        sentence = await self.fails(process)
        assert "bot.exts.unlucky failed to load: LookupError: no luck today" in sentence

    async def test_broken_knowledge_is_told_by_file_and_line(self, command, loopback, start, tmp_path):
        (tmp_path / "mine" / "faq").mkdir(parents=True)
        (tmp_path / "mine" / "faq" / "x.yaml").write_text("id: x\nanswr: y\n")
        process = await start(loopback.url, command, "--knowledge", "mine")
        code, _, errors = await ended(process)
        assert code == 1
        assert errors.startswith("mine/faq/x.yaml:")
        assert "Traceback" not in errors


async def test_signal_during_the_sign_in_ends_it(loopback, start):
    waiting = asyncio.Event()

    async def never(_path, _request):
        waiting.set()
        await asyncio.Event().wait()

    loopback._body = never
    process = await start(loopback.url, "run")
    async with asyncio.timeout(PATIENCE):
        await waiting.wait()
    process.send_signal(signal.SIGTERM)
    code, _, errors = await ended(process)
    assert code == 0
    assert "Traceback" not in errors


async def test_sync_registers_every_command_each_time(loopback, start):
    names = set()
    for _ in range(2):
        code, out, _ = await ended(await start(loopback.url, "sync"))
        assert code == 0
        assert "12 commands are registered" in out
        names = {command["name"] for command in loopback.synced[-1]}
    asking = {"ask", "compare", "role", "find", "salary", "jobs", "help", "about", "Answer this"}
    assert names == asking | {"knowledge", "settings", "privacy"}
    assert loopback.identified.empty()
