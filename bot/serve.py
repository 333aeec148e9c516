"""Running the bot on Discord: start, signals, and one clear sentence for each way that a start can fail."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator

import discord

from bot.app import ExtensionStartError, Rolewise
from bot.command_sync import sync_commands
from bot.core.errors import RolewiseError
from bot.library import Library
from bot.servers import kept_servers
from bot.settings import Settings
from bot.stopping import told_to_end

log = logging.getLogger(__name__)

CLOSING_SECONDS = 10
UNSET = (
    "DISCORD_TOKEN is not set: put the bot's token there, or into .env (.env.example shows how). "
    "Without a token, `python -m bot preview` shows the bot on a local page."
)
REFUSED = "Discord does not know this token: copy it anew from the developer portal (Bot, Reset Token) to DISCORD_TOKEN."
UNREACHABLE = "Discord cannot be reached ({reason}): check this machine's network, and start again."
DISCORD_FAILS = "Discord refuses the start with error {status} ({reason}): try again in a while."
GATEWAY_CLOSED = (
    "Discord closed the connection for good, with code {code}: see the log above, then start again."
)
INTENT_MISSING = (
    "MESSAGE_CONTENT is on, but the Message Content intent is not granted in Discord's developer portal "
    "(Bot, Privileged Gateway Intents): starting without it, so ask and overheard channels stay quiet."
)


class StartError(RolewiseError):
    """The bot cannot run; the message is the sentence for the operator."""


def token_of(settings: Settings) -> str:
    """The bot's token.

    Raises:
        StartError: none is set.
    """
    if settings.discord_token is None:
        raise StartError(UNSET)
    return settings.discord_token.get_secret_value()


async def serve(settings: Settings, library: Library, say: Callable[[str], None]) -> None:
    """Runs the bot until it is told to end by a signal; `say` gets what the operator should know meanwhile.

    Raises:
        StartError: it cannot start.
    """
    token = token_of(settings)
    with told_to_end() as stop:
        if settings.message_content:
            try:
                await _run(_bot(settings, library, message_content=True), token, stop)
            except discord.PrivilegedIntentsRequired:
                # A client that was refused cannot be used again: its intents are fixed.
                say(INTENT_MISSING)
            else:
                return
        await _run(_bot(settings, library, message_content=False), token, stop)


async def register(settings: Settings, library: Library) -> int:
    """Registers the slash commands with Discord, changed or not; how many there are.

    Raises:
        StartError: Discord cannot be reached or refuses.
    """
    token = token_of(settings)
    with explained():
        async with Rolewise(settings, library, message_content=False, watch=False) as bot:
            await bot.login(token)
            await sync_commands(bot.tree, settings.data_dir, always=True)
            return len(bot.tree.get_commands())


def _bot(settings: Settings, library: Library, *, message_content: bool) -> Rolewise:
    return Rolewise(
        settings, library, message_content=message_content, servers=kept_servers(settings, library)
    )


async def _run(bot: Rolewise, token: str, stop: asyncio.Event) -> None:
    with explained():
        running = asyncio.create_task(bot.start(token), name="discord")
        stopping = asyncio.create_task(stop.wait(), name="signals")
        try:
            await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                await running
                return
            log.info("told to end: leaving Discord")
        finally:
            stopping.cancel()
            await _close(bot, running)
        log.info("closed")


async def _close(bot: Rolewise, running: asyncio.Task[None]) -> None:
    try:
        async with asyncio.timeout(CLOSING_SECONDS):
            await bot.close()
    except TimeoutError:
        log.warning("Discord did not say goodbye within %d seconds", CLOSING_SECONDS)
    # Still pending where the end came while it was signing in.
    if not running.done():
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await running


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Turns what can fail at a start into a `StartError` with its sentence."""
    try:
        yield
    except discord.LoginFailure:
        raise StartError(REFUSED) from None
    except ExtensionStartError as error:
        log.debug("an extension failed", exc_info=error)
        raise StartError(f"The bot does not start: {error}.") from error
    except discord.HTTPException as error:
        reason = str(error.text or error.response.reason).strip()[:200]
        raise StartError(DISCORD_FAILS.format(status=error.status, reason=reason)) from None
    except discord.GatewayNotFound:
        raise StartError(UNREACHABLE.format(reason="it names no gateway")) from None
    except discord.ConnectionClosed as error:
        raise StartError(GATEWAY_CLOSED.format(code=error.code)) from None
    except OSError as error:
        reason = error.strerror or str(error) or "no answer in time"
        raise StartError(UNREACHABLE.format(reason=reason)) from None
