"""As much of Discord as a bot in a process of its own meets, over real sockets on loopback."""

import asyncio
import contextlib
import json
import os
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
LIMITED = 1 << 19
"""The application's flag that a bot in few servers gets for the same intent."""
PRIVATE = "what does a nurse called Rosalind earn"
FAQ = "id: verified\nquestions: [how do I get verified here]\nanswer: Ask a moderator.\n"
PATIENCE = 60
"""Seconds that a busy machine may take to start a process."""
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


def as_told(command):
    """A command as Discord tells it: with what it adds, and without what is empty."""
    told = {key: value for key, value in command.items() if value and key != "dm_permission"}
    told["options"] = [
        {key: value for key, value in option.items() if value} for option in told.pop("options", [])
    ]
    return {
        **told,
        "id": "1",
        "application_id": "100",
        "version": "1",
        "nsfw": False,
        "name_localizations": None,
    }


class Loopback:
    """Discord. `granted` is whether the bot has the Message Content intent, `servers` are what it is in.

    `held` are further things by the path they are read at, `refused` paths that it forbids. What it tells of commands
    is what was registered last.
    """

    def __init__(self):
        self.granted = True
        self.servers = []
        self.held = {}
        self.refused = set()
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
        if path in self.refused:
            return answer({"code": 50001, "message": "Missing Access"}, status=403)
        body = await self._body(path, request)
        if body is None:
            return answer({"code": 10003, "message": "Unknown Channel"}, status=404)
        return answer(body, headers={"X-RateLimit-Limit": "50"})

    async def _body(self, path, request):
        if path == "/users/@me":
            return ME
        if path == "/oauth2/applications/@me":
            return {**APPLICATION, "flags": LIMITED if self.granted else 0}
        if path == "/gateway/bot":
            limit = {"total": 9, "remaining": 9, "reset_after": 0, "max_concurrency": 1}
            return {
                "url": self.url.replace("http", "ws") + "/gateway",
                "shards": 1,
                "session_start_limit": limit,
            }
        if path == "/users/@me/guilds":
            after, limit = int(request.query.get("after", 0)), int(request.query["limit"])
            return [server for server in self.servers if int(server["id"]) > after][:limit]
        if path in self.held or path.startswith("/channels/"):
            return self.held.get(path)
        assert path == "/applications/100/commands"
        if request.method == "GET":
            return [as_told(command) for command in self.synced[-1]] if self.synced else []
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
    """Starts the command line against an address; whatever is left of it is killed at the end.

    It knows one FAQ entry, so that no start has to learn for seconds.
    """
    started = []
    (tmp_path / "known" / "faq").mkdir(parents=True)
    (tmp_path / "known" / "faq" / "verified.yaml").write_text(FAQ)

    async def start(url, *arguments, driver=DRIVER, **variables):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", driver, url, *arguments),
            cwd=tmp_path,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "HOME": str(tmp_path),
                "DATA_DIR": str(tmp_path / "data"),
                "KNOWLEDGE_DIR": "known",
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
    async with asyncio.timeout(PATIENCE):
        out, errors = await process.communicate()
    return process.returncode, out.decode(), errors.decode()
