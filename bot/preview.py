"""The local page: the real bot in a simulated Discord, without an account and without a token."""

import asyncio
import contextlib
import os
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import available_timezones

import discord
import simcord
from pydantic import SecretStr
from simcord import Env, MemberActor, SetupError
from simcord.builders import ChannelHandle

from bot.app import Rolewise
from bot.core.errors import RolewiseError
from bot.library import Library
from bot.servers import kept_servers
from bot.settings import Settings
from bot.stopping import told_to_end
from bot.ui.welcome import welcome_view

PORT = 8765
PORTS_TRIED = 20
TICK_SECONDS = 1.0
NAME = "Rolewise"
SETTLE_SECONDS = 60
SERVER = "Data careers"
CHANNEL = "ask-rolewise"
ASKER = "you"
MODERATOR = "moderator"


class PreviewUnavailableError(RolewiseError):
    """The page cannot be served; the message says why."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is being served: its address, and whether the wanted port was free."""

    url: str
    port: int
    wanted: int | None


@dataclass(frozen=True, slots=True)
class _World:
    channel: ChannelHandle
    viewers: tuple[MemberActor, ...]


async def serve_page(
    settings: Settings,
    library: Library,
    *,
    port: int | None,
    announce: Callable[[Page], None],
) -> None:
    """Serves the page until Ctrl-C, a signal to end or the page's own end button; `announce` gets its address.

    Raises:
        PreviewUnavailableError: the page cannot be served.
    """
    # SimCord starts with a client that has no channel yet; the bot that knows its ask channel takes its place.
    placeholder = discord.Client(intents=discord.Intents.default())
    try:
        # Every page is of a server made anew, so what is edited there is forgotten with it.
        with told_to_end() as stop, TemporaryDirectory(prefix="rolewise-") as folder:
            kept = SecretStr(f"sqlite:///{Path(folder) / 'preview.sqlite3'}")
            settings = settings.model_copy(update={"database_url": kept})
            async with simcord.run(placeholder, check_errors=False) as env:
                world = await _furnish(env, settings, library)
                async with _page(env, world, port) as served, _running(env, library):
                    announce(served.page)
                    await _until(served.closed, stop)
    except SetupError as error:
        raise PreviewUnavailableError(str(error)) from error


async def _furnish(env: Env, settings: Settings, library: Library) -> _World:
    """A server with an ask channel, two people, the bot, and its welcome."""
    await env.advance_time(max(_lag(env), 0.0))
    # What is learned from an edit takes seconds on a busy machine; the page calls an action that takes longer uncertain.
    env.settle_timeout = SETTLE_SECONDS
    guild = env.create_guild(SERVER)
    channel = guild.create_text_channel(CHANNEL)
    moderators = guild.create_role(
        "Moderators", permissions=discord.Permissions(manage_messages=True, manage_guild=True)
    )
    viewers = (
        guild.add_member(env.create_user(ASKER)),
        guild.add_member(env.create_user(MODERATOR), roles=[moderators]),
    )
    own = settings.model_copy(
        update={"ask_channels": frozenset({channel.id}), "overheard_channels": frozenset[int]()}
    )
    # The knowledge is watched from outside: SimCord would wait for the bot's watch to come to rest.
    bot = Rolewise(
        own,
        library,
        message_content=True,
        shard_count=1,
        watch=False,
        always_sync=True,
        servers=kept_servers(own, library),
    )
    await env.restart_bot(bot)
    if bot.user is not None:
        await bot.user.edit(username=NAME)
    place = bot.get_channel(channel.id)
    if isinstance(place, discord.TextChannel):
        await place.send(view=welcome_view(library.assistant.snapshot))
    return _World(channel, viewers)


@dataclass(frozen=True, slots=True)
class _Served:
    page: Page
    closed: asyncio.Task[None]


@contextlib.asynccontextmanager
async def _page(env: Env, world: _World, port: int | None) -> AsyncIterator[_Served]:
    wanted = PORT if port is None else port
    for tried in _ports(wanted):
        async with contextlib.AsyncExitStack() as stack:
            try:
                preview = await stack.enter_async_context(
                    env.preview(
                        world.channel,
                        viewers=world.viewers,
                        layout="channel",
                        timezone=_timezone(),
                        port=tried,
                    )
                )
            except SetupError as error:
                if not isinstance(error.__cause__, OSError):
                    raise
                continue
            closed = asyncio.create_task(preview.wait_closed())
            url = preview.url
            bound = int(url.split(":")[2].split("/")[0])
            try:
                yield _Served(Page(url, bound, wanted or None), closed)
            finally:
                closed.cancel()
            return
    raise PreviewUnavailableError(f"no free port was found on this machine, from {wanted} on")


def _timezone() -> str:
    """The machine's time zone by its name, which the page shows times in; UTC where it has none."""
    named = os.environ.get("TZ") or os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    return named if named in available_timezones() else "UTC"


def _ports(wanted: int) -> Iterator[int | None]:
    """Ports to try: the wanted one, those after it, at last whichever is free."""
    if wanted:
        yield from range(wanted, min(wanted + PORTS_TRIED, 65536))
    yield None


@contextlib.asynccontextmanager
async def _running(env: Env, library: Library) -> AsyncIterator[None]:
    """Time passes and edited knowledge is taken over meanwhile."""
    stop = asyncio.Event()
    tasks = [
        asyncio.create_task(_pass_time(env), name="time"),
        asyncio.create_task(library.watch(stop), name="knowledge"),
    ]
    try:
        yield
    finally:
        stop.set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pass_time(env: Env) -> None:
    """Keeps the simulated clock at the real one; otherwise it stands still, and no cooldown ever ends."""
    while True:
        await asyncio.sleep(TICK_SECONDS)
        # `env.advance_time` is an operation of its own: a click that arrives meanwhile would be refused, for good.
        # Nothing in the bot waits for simulated time, so setting the clock is all that is needed.
        env.backend.clock.advance(max(_lag(env), 0.0))


def _lag(env: Env) -> float:
    """By how many seconds the simulated clock is behind."""
    return (datetime.now(UTC) - env.now()).total_seconds()


async def _until(closed: asyncio.Task[None], stop: asyncio.Event) -> None:
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({closed, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()


def open_browser(url: str) -> bool:
    """Opens the address where there is a browser with a screen; whether it did."""
    screen = sys.platform in {"darwin", "win32"} or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    )
    # Without a screen a text browser would take over the terminal.
    return screen and webbrowser.open(url)
