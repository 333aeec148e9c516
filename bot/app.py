"""The Discord client: loads the extensions, drops messages that are not for it, and has one handler for errors."""

import asyncio
import contextlib
import importlib.util
import io
import logging
import pkgutil
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.command_sync import sync_commands
from bot.core.answers.model import Answer, Reply
from bot.core.assistant import Assistant
from bot.core.errors import RolewiseError
from bot.editor import Editor
from bot.inbox import Inbox
from bot.library import Library
from bot.servers import Servers
from bot.settings import Settings
from bot.ui.charts import Charts
from bot.ui.controls import CONTROLS
from bot.ui.difference import counts
from bot.ui.failures import report
from bot.ui.host import Page
from bot.ui.pacing import Once, Pacing
from bot.ui.state import State
from bot.ui.views import PICTURE, reply_view

log = logging.getLogger(__name__)

EXTENSIONS = "bot.exts"
MessageHandler = Callable[[discord.Message], Awaitable[None]]


class ExtensionStartError(RolewiseError):
    """An extension could not be loaded, so the bot does not start."""

    def __init__(self, extension: str, cause: BaseException) -> None:
        super().__init__(f"the extension {extension} failed to load: {type(cause).__name__}: {cause}")
        self.extension = extension


class Tree(app_commands.CommandTree["Rolewise"]):
    """The commands. Their errors end here, and are answered as those of the controls are."""

    async def on_error(
        self, interaction: discord.Interaction["Rolewise"], error: app_commands.AppCommandError, /
    ) -> None:
        """Tells the user what went wrong."""
        await report(interaction, error)


class Rolewise(commands.AutoShardedBot):
    """The bot. Everything it works with is passed in; `today`, cooldowns and shelf lives follow `clock`.

    `message_content` is whether the privileged intent is to be requested: without it the ask and overheard channels
    of the settings are refused. `watch` reloads the knowledge when its files change. `always_sync` registers the
    commands at each start. `servers` are what servers have of their own; without them, nothing is kept.
    """

    def __init__(
        self,
        settings: Settings,
        library: Library,
        *,
        message_content: bool,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        shard_count: int | None = None,
        watch: bool = True,
        always_sync: bool = False,
        servers: Servers | None = None,
    ) -> None:
        intents = discord.Intents(
            guilds=True, guild_messages=True, dm_messages=True, message_content=message_content
        )
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            max_messages=None,
            shard_count=shard_count,
        )
        self.settings = settings
        self.library = library
        self.servers = servers or Servers(library, settings.cache)
        self.editor = Editor(self.servers, counts)
        self.inbox = Inbox(self.servers)
        self.clock = clock
        self.pacing = Pacing(clock)
        self.shares = Once()
        self.charts = Charts(settings.data_dir / "matplotlib")
        self.message_handler: MessageHandler | None = None
        self._watch = watch
        self._always_sync = always_sync
        self._watching: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()
        self.reads_channels = message_content
        if not message_content:
            self._refuse_channels()

    async def assistant_in(self, server: int | None) -> Assistant:
        """The core on what a server knows now; without one, on the base."""
        return await self.servers.overlays.assistant(server)

    def today(self) -> date:
        """The date that facts are measured against."""
        return self.clock().date()

    def wait(self, user: int, server: int | None) -> float:
        """Counts a question of the user; seconds until the next is allowed when there were too many, else 0."""
        limit = self.servers.settings(server)
        per = timedelta(seconds=limit.per_seconds)
        return self.pacing.wait(user, server, questions=limit.questions, per=per)

    async def present(self, reply: Reply, state: State, server: int | None, *, pictured: bool = True) -> Page:
        """The reply with its controls, ready to be sent; unless `pictured`, without the picture of its chart."""
        picture = await self.charts.picture(reply) if pictured else None
        files = [discord.File(io.BytesIO(picture.png), PICTURE)] if picture is not None else []
        # Only of what was asked in words can be kept that the answer was no help.
        rated = isinstance(reply, Answer) and reply.question is not None and self.inbox.is_on(server)
        view = reply_view(reply, state, await self.assistant_in(server), picture, rated=rated)
        return Page(view, files)

    def is_owned_by(self, user: int) -> bool:
        """Whether the user is one of the bot's owners: those of the settings, else those of the application."""
        if self.settings.owner_ids:
            return user in self.settings.owner_ids
        application = self.application
        if application is None:
            return False
        team = application.team
        return user in {member.id for member in team.members} if team else user == application.owner.id

    def hears(self, message: discord.Message) -> bool:
        """Whether the message stands in an ask or overheard channel, one of its threads or posts."""
        return self.is_asked_in(message) or _stands_in(
            message, self.settings.overheard_channels, self.servers.overheard_channels
        )

    def is_asked_in(self, message: discord.Message) -> bool:
        """Whether the message stands in a channel where every message is for the bot."""
        return _stands_in(message, self.settings.ask_channels, self.servers.ask_channels)

    async def on_message(self, message: discord.Message, /) -> None:
        """Hands over what may be for the bot. The first lines drop the rest: they run for every message there is."""
        if (
            message.guild is not None
            and not message.mentions
            and message.reference is None
            and not (self.reads_channels and self.hears(message))
        ):
            return
        if message.author.bot or self.message_handler is None or not self._concerns_me(message):
            return
        await self.message_handler(message)

    def _concerns_me(self, message: discord.Message) -> bool:
        if message.guild is None or any(user == self.user for user in message.mentions):
            return True
        if message.reference is not None:
            referenced = message.reference.resolved
            if isinstance(referenced, discord.Message) and referenced.author == self.user:
                return True
        return self.reads_channels and self.hears(message)

    async def setup_hook(self) -> None:
        """Loads the extensions and controls, registers the commands if they changed, watches the knowledge.

        Raises:
            ExtensionStartError: an extension does not load.
        """
        await self.servers.look()
        self._look_at_servers.start()
        await self.load_all(EXTENSIONS)
        self.add_dynamic_items(*CONTROLS)
        try:
            await sync_commands(self.tree, self.settings.data_dir, always=self._always_sync)
        except discord.HTTPException as error:
            log.warning("the commands could not be registered, the former ones stay: %s", error)
        if self._watch:
            self.start_watching()

    @tasks.loop(seconds=60)
    async def _look_at_servers(self) -> None:
        """Takes over what other processes have published, and reaches a database again that was gone."""
        # The start has looked already.
        if self._look_at_servers.current_loop:
            await self.servers.look()

    def start_watching(self) -> None:
        """Reloads the knowledge when its files change, until the bot is closed."""
        self._watching = asyncio.create_task(self.library.watch(self._stop), name="knowledge")
        self._watching.add_done_callback(_log_end)

    async def load_all(self, package: str) -> None:
        """Loads every extension of a package; modules with a leading underscore are none."""
        for name in extensions(package):
            try:
                await self.load_extension(name)
            except commands.ExtensionError as error:
                raise ExtensionStartError(name, getattr(error, "original", None) or error) from error

    async def close(self) -> None:
        """Stops watching the knowledge and leaves Discord."""
        self._stop.set()
        if self._watching is not None:
            self._watching.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await self._watching
            self._watching = None
        # A look that is under way gives its connection back before the database is closed.
        looking = self._look_at_servers.get_task()
        self._look_at_servers.cancel()
        if looking is not None:
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await looking
        await self.inbox.close()
        await self.servers.close()
        await super().close()

    def _refuse_channels(self) -> None:
        for setting, channels in (
            ("ASK_CHANNELS", self.settings.ask_channels),
            ("OVERHEARD_CHANNELS", self.settings.overheard_channels),
        ):
            if channels:
                log.warning(
                    "%s is ignored (%s): without the Message Content intent no text arrives from these channels. "
                    "Set MESSAGE_CONTENT=on and grant the intent in Discord's developer portal",
                    setting,
                    ", ".join(map(str, sorted(channels))),
                )


def _stands_in(message: discord.Message, *channels: frozenset[int]) -> bool:
    channel = message.channel
    parent = getattr(channel, "parent_id", None)
    return any(channel.id in some or parent in some for some in channels)


def extensions(package: str) -> list[str]:
    """The names of a package's extensions, sorted."""
    spec = importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec is not None else None
    found = pkgutil.walk_packages(places or [], prefix=f"{package}.")
    return sorted(
        m.name for m in found if not m.ispkg and not any(p.startswith("_") for p in m.name.split("."))
    )


def _log_end(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("the knowledge is no longer watched for changes", exc_info=error)
