"""The bot in a process of its own against a Discord on loopback: how it starts, fails to start, and ends."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from pathlib import Path

import pytest
from aiohttp import web

ROOT = Path(__file__).parents[1]
TOKEN = "loopback.token.value"
ME = {"id": "100", "username": "Rolewise", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION = {
    "id": "100",
    "name": "Rolewise",
    "description": "",
    "icon": None,
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "",
    "flags": 0,
    "owner": {**ME, "id": "1", "username": "owner"},
}
MESSAGE_CONTENT = 1 << 15
PRIVATE = "what does a nurse called Rosalind earn"
# From a bot, so that none is answered; it is written down all the same where events are.
MESSAGE = {
    "id": "7",
    "channel_id": "8",
    "author": {**ME, "id": "9"},
    "content": PRIVATE,
    "timestamp": "2026-11-24T00:00:00+00:00",
    "edited_timestamp": None,
    "type": 0,
    "mentions": [],
    "attachments": [],
    "embeds": [],
    "components": [],
    "pinned": False,
    "tts": False,
    "mention_everyone": False,
}
# Only the addresses differ from what an operator starts.
DRIVER = """
import sys
import discord
discord.http.Route.BASE = sys.argv.pop(1) + "/api/v10"
from bot.cli import main
main()
"""


def answer(value, status=200, headers=None):
    # discord.py takes for JSON only what says exactly so, without a charset.
    return web.Response(
        body=json.dumps(value).encode(),
        status=status,
        headers={"Content-Type": "application/json", **(headers or {})},
    )


class Loopback:
    """As much of Discord as a bot without servers meets. `granted` is whether it has the Message Content intent."""

    def __init__(self):
        self.granted = True
        self.status = 200
        self.identified = asyncio.Queue()
        self.told = asyncio.Queue()
        self.synced = []
        self.url = ""

    async def serve(self, request):
        path = request.path.removeprefix("/api/v10")
        if self.status != 200:
            return answer({"code": 0, "message": "it fails"}, status=self.status)
        if request.headers.get("Authorization") != f"Bot {TOKEN}":
            return answer({"code": 0, "message": "401: Unauthorized"}, status=401)
        return answer(await self._body(path, request), headers={"X-RateLimit-Limit": "50"})

    async def _body(self, path, request):
        if path == "/users/@me":
            return ME
        if path == "/oauth2/applications/@me":
            return APPLICATION
        if path == "/gateway/bot":
            limit = {"total": 9, "remaining": 9, "reset_after": 0, "max_concurrency": 1}
            return {
                "url": self.url.replace("http", "ws") + "/gateway",
                "shards": 1,
                "session_start_limit": limit,
            }
        assert path == "/applications/100/commands"
        self.synced.append(await request.json())
        extra = {"application_id": "100", "version": "1", "description": ""}
        return [
            {**one, **extra, "id": str(n), "type": one.get("type", 1)}
            for n, one in enumerate(self.synced[-1])
        ]

    async def gateway(self, request):
        socket_ = web.WebSocketResponse()
        await socket_.prepare(request)
        await socket_.send_json({"op": 10, "d": {"heartbeat_interval": 40000}, "s": None, "t": None})
        async for message in socket_:
            received = json.loads(message.data)
            if received["op"] == 1:
                await socket_.send_json({"op": 11})
                await self.told.put(received["d"])
            elif received["op"] == 2:
                await self.identified.put(received["d"]["intents"])
                if received["d"]["intents"] & MESSAGE_CONTENT and not self.granted:
                    await socket_.close(code=4014)
                    break
                await socket_.send_json({"op": 0, "t": "READY", "s": 1, "d": self._ready()})
                await socket_.send_json({"op": 0, "t": "MESSAGE_CREATE", "s": 2, "d": MESSAGE})
                await socket_.send_json({"op": 1})
        return socket_

    def _ready(self):
        return {
            "v": 10,
            "user": ME,
            "guilds": [],
            "session_id": "s",
            "resume_gateway_url": self.url.replace("http", "ws") + "/gateway",
            "application": {"id": "100", "flags": 0},
            "shard": [0, 1],
        }


@pytest.fixture
async def loopback():
    discord = Loopback()
    application = web.Application()
    application.router.add_get("/gateway", discord.gateway)
    application.router.add_route("*", "/api/v10/{rest:.*}", discord.serve)
    runner = web.AppRunner(application, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    discord.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield discord
    await runner.cleanup()


@pytest.fixture
async def start(tmp_path):
    """Starts the command line against an address; whatever is left of it is killed at the end."""
    started = []

    async def start(url, *arguments, driver=DRIVER, **variables):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", driver, url, *arguments),
            cwd=tmp_path,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "HOME": str(tmp_path),
                "DATA_DIR": str(tmp_path / "data"),
                "DISCORD_TOKEN": TOKEN,
                **variables,
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def ended(process):
    """Exit code, output and errors of a process that ends by itself."""
    async with asyncio.timeout(30):
        out, errors = await process.communicate()
    return process.returncode, out.decode(), errors.decode()


async def identified(loopback):
    async with asyncio.timeout(30):
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
    async with asyncio.timeout(30):
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
    async with asyncio.timeout(30):
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
