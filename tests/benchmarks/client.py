"""The bot beside a bare discord.py bot, in one run: `python tests/benchmarks/client.py`.

The bare bot is the same client class with the same intents and an empty `on_message`. Three ratios are printed:
what it costs to ignore a message (median of interleaved rounds), the memory of a process that is ready to log in,
and the time from exec to the login call, less the time that the third-party imports alone take.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15
BATCHES = 20
BATCH = 250
STARTS = 7

GUILD, CHANNEL, ME, SOMEONE = 10, 20, 30, 40

_AT_LOGIN = """
import sys, time, os, resource
import discord
async def login(self, *args, **kwargs):
    at = time.time()
    if hasattr(self, "load_all"):
        await self.load_all("bot.exts")
    with open("/proc/self/statm") as statm:
        kept = int(statm.read().split()[1]) * resource.getpagesize()
    names = sorted({name.split(".")[0] for name in sys.modules} - set(sys.stdlib_module_names) - {"bot", "__main__"})
    print(at, kept, ",".join(name for name in names if name.isidentifier()), flush=True)
    os._exit(0)
discord.Client.login = login
"""
_OURS = _AT_LOGIN + "import bot.cli; sys.argv[1:] = ['run']; bot.cli.main()"
_BARE = (
    _AT_LOGIN
    + """
from discord.ext import commands
class Bare(commands.AutoShardedBot):
    async def on_message(self, message):
        pass
intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
Bare(command_prefix=commands.when_mentioned, intents=intents, max_messages=None).run("x", log_handler=None)
"""
)
_IMPORTS = """
import importlib, sys, time
for name in sys.argv[1].split(","):
    try:
        importlib.import_module(name)
    except ImportError:
        pass
print(time.time(), 0, "")
"""


def run(code: str, data: str, *arguments: str) -> tuple[float, int, str]:
    """Seconds from exec to the line that a program prints, its memory in bytes, and the modules that it had."""
    environment = {**os.environ, "DISCORD_TOKEN": "x", "DATA_DIR": data, "LOG_LEVEL": "ERROR"}
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, check=True
    )
    at, kept, names = (done.stdout.strip().split("\n")[-1] + " ").split(" ", 2)
    return float(at) - began, int(kept), names.strip()


def message(number: int) -> dict[str, object]:
    """A message of somebody to somebody in a channel that the bot has no business in."""
    return {
        "id": str(1_000 + number),
        "channel_id": str(CHANNEL),
        "guild_id": str(GUILD),
        "author": {"id": str(SOMEONE), "username": "someone", "discriminator": "0", "avatar": None},
        "content": "",
        "timestamp": "2026-11-23T12:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
        "components": [],
    }


async def cost(client: object) -> float:
    """Seconds for one ignored message, from the gateway's event to the end of its task."""
    state = client._connection
    payloads = [message(number) for number in range(BATCH)]
    began = time.perf_counter()
    for _ in range(BATCHES):
        for payload in payloads:
            state.parse_message_create(payload)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    return (time.perf_counter() - began) / (BATCHES * BATCH)


async def prepare(client: object) -> None:
    """Gives a client that never connects a user, a server and a channel."""
    import discord  # noqa: PLC0415 - the parent process measures children and needs no Discord

    await client._async_setup_hook()
    state = client._connection
    state.user = discord.ClientUser(
        state=state, data={"id": str(ME), "username": "bot", "discriminator": "0", "avatar": None}
    )
    state._add_guild_from_data(
        {
            "id": str(GUILD), "name": "g", "owner_id": "1", "roles": [{"id": str(GUILD), "name": "@everyone", "permissions": "0",
            "position": 0, "color": 0, "hoist": False, "managed": False, "mentionable": False}], "emojis": [], "features": [],
            "channels": [{"id": str(CHANNEL), "type": 0, "name": "c", "position": 0, "permission_overwrites": []}],
            "members": [], "threads": [], "voice_states": [], "presences": [], "stickers": [], "member_count": 2,
        }
    )  # fmt: skip


async def ignored() -> tuple[list[float], list[float]]:
    """Seconds a message, for the bot and for the bare one, a pair a round."""
    import discord  # noqa: PLC0415 - see prepare
    from discord.ext import commands  # noqa: PLC0415

    from bot.app import EXTENSIONS, Rolewise  # noqa: PLC0415
    from bot.library import Library, shipped_knowledge  # noqa: PLC0415
    from bot.settings import Settings  # noqa: PLC0415

    class Bare(commands.AutoShardedBot):
        async def on_message(self, message: discord.Message) -> None:
            pass

    ours = Rolewise(Settings(), Library.open(shipped_knowledge()), message_content=False, watch=False)
    bare = Bare(command_prefix=commands.when_mentioned, intents=ours.intents, max_messages=None)
    await ours.load_all(EXTENSIONS)
    for client in (ours, bare):
        await prepare(client)
        await cost(client)
    first: list[float] = []
    second: list[float] = []
    for turn in range(ROUNDS):
        pair = ((ours, first), (bare, second))
        for client, times in pair if turn % 2 else reversed(pair):
            times.append(await cost(client))
    return first, second


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parents[2]))
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
    ours, bare = asyncio.run(ignored())
    per_second = [1 / statistics.median(times) for times in (ours, bare)]
    ratio = statistics.median(one / other for one, other in zip(ours, bare, strict=True))
    print(
        f"messages ignored a second: {per_second[0]:,.0f}, bare {per_second[1]:,.0f}; cost ratio {ratio:.2f} (median of {ROUNDS})"
    )

    with tempfile.TemporaryDirectory() as kept:
        modules = run(_OURS, kept)[2]
        bare_starts = [run(_BARE, kept) for _ in range(STARTS)]
        imports = statistics.median(run(_IMPORTS, kept, modules)[0] for _ in range(STARTS))
        warm = [run(_OURS, kept) for _ in range(STARTS)]
    cold = []
    for _ in range(STARTS):
        with tempfile.TemporaryDirectory() as fresh:
            cold.append(run(_OURS, fresh))
    seconds, memory = (statistics.median(one[place] for one in bare_starts) for place in (0, 1))
    print(
        f"bare bot: login call after {seconds:.2f} s with {memory / 2**20:.1f} MiB; third-party imports alone {imports:.2f} s"
    )
    for name, starts in (("first start", cold), ("later starts", warm)):
        took, held = (statistics.median(one[place] for one in starts) for place in (0, 1))
        print(
            f"{name:12s} login call after {took:.2f} s, {took - imports:.2f} s less the imports; "
            f"{held / 2**20:.1f} MiB, {held / memory:.2f} times the bare bot"
        )


if __name__ == "__main__":
    main()
