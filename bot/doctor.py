"""What keeps the bot from working and how to mend it, one thing after the other."""

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord

from bot.app import EXTENSIONS, Rolewise
from bot.check import named
from bot.command_sync import not_as_registered, payload
from bot.core.knowledge.load import load
from bot.core.knowledge.problems import shown
from bot.library import Library
from bot.serve import StartError, explained, token_of
from bot.settings import Settings
from bot.store import ServerSettings, StoreError
from bot.store.looking import Looked, look_at
from bot.store.migrate import NEWEST
from bot.ui.rights import USED, lacking

PAGE = 200
"""Servers that Discord tells at once."""
NOT_SIGNED_IN = (None, "not looked at, for this takes a token that Discord knows.")
PORTAL = "in Discord's developer portal (Bot, Privileged Gateway Intents)"


@dataclass(frozen=True, slots=True)
class Case:
    """What is looked at: settings, the folder with the knowledge, and Discord, where no bot is brought online."""

    settings: Settings
    knowledge: Path
    client: discord.Client


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what is wrong with it. `well` is None where there is nothing to judge."""

    subject: str
    well: bool | None
    text: str


Judgement = tuple[bool | None, str]
Check = Callable[[Case], Awaitable[list[Judgement]]]


async def examine(settings: Settings, knowledge: Path) -> AsyncIterator[Finding]:
    """Looks at one thing after the other, on Discord too where the token is good; changes nothing there."""
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        case = Case(settings, knowledge, client)
        for subject, check in HERE.items():
            for well, text in await _found(check, case):
                yield Finding(subject, well, text)
        for subject, check in ON_DISCORD.items():
            for well, text in (
                await _found(check, case) if client.application is not None else [NOT_SIGNED_IN]
            ):
                yield Finding(subject, well, text)


async def _found(check: Check, case: Case) -> list[Judgement]:
    try:
        with explained():
            return await check(case)
    except StartError as error:
        return [(False, str(error))]


async def _data_folder(case: Case) -> list[Judgement]:
    folder = case.settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return [(True, f"{folder} can be written.")]
    except OSError as error:
        mend = "Give it to the user that runs the bot, or name another folder in DATA_DIR."
        return [(False, f"{folder} cannot be written ({error.strerror}). {mend}")]


async def _database(case: Case) -> list[Judgement]:
    try:
        looked = await _looked_at(case.settings)
    except StoreError as error:
        return [(False, str(error))]
    name = f"{looked.name[0].upper()}{looked.name[1:]}"
    if looked.is_current:
        return [(True, f"{name} can be read and written, and is at version {looked.version}.")]
    if looked.version is None:
        return [(None, f"{name} is not there yet, or empty. A start of the bot makes it.")]
    mend = (
        "Upgrade Rolewise."
        if looked.is_newer
        else "`python -m bot migrate`, or a start of the bot, brings it up to date."
    )
    return [
        (False, f"{name} is at version {looked.version}, and this version of Rolewise knows {NEWEST}. {mend}")
    ]


async def _looked_at(settings: Settings) -> Looked:
    url = settings.database_url.get_secret_value() if settings.database_url is not None else None
    return await look_at(url, settings.data_dir)


async def _knowledge(case: Case) -> list[Judgement]:
    loaded = load(case.knowledge, advice=False)
    snapshot = loaded.snapshot
    if snapshot is None:
        errors = [problem for problem in loaded.problems if problem.severity == "error"]
        first, *others = named(tuple(errors), str(case.knowledge))
        more = f" And {len(others)} more: `python -m bot check {case.knowledge}`." if others else ""
        return [(False, f"it has errors and is not served. {first}.{more}")]
    if not snapshot.roles and not snapshot.faq:
        return [(False, f"{case.knowledge} holds neither roles nor FAQ entries. Is KNOWLEDGE_DIR right?")]
    return [(True, f"{len(snapshot.roles)} roles and {len(snapshot.faq)} FAQ entries in {case.knowledge}.")]


async def _token(case: Case) -> list[Judgement]:
    await case.client.login(token_of(case.settings))
    return [(True, f"Discord knows it, as {shown(str(case.client.user))}.")]


async def _intent(case: Case) -> list[Judgement]:
    if not case.settings.message_content:
        if not _channels_of(case.settings):
            return [(True, "not needed, since MESSAGE_CONTENT is off.")]
        mend = f"Set MESSAGE_CONTENT=on, and grant the intent {PORTAL}."
        return [
            (False, f"MESSAGE_CONTENT is off, so ASK_CHANNELS and OVERHEARD_CHANNELS are ignored. {mend}")
        ]
    application = case.client.application
    flags = application.flags if application is not None else discord.ApplicationFlags()
    # Bots in few servers have the limited one.
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return [(True, "granted.")]
    return [(False, f"MESSAGE_CONTENT is on, but it is not granted. Grant it {PORTAL}, or set it to off.")]


async def _servers(case: Case) -> list[Judgement]:
    invite = discord.utils.oauth_url(
        case.client.application_id or 0, permissions=discord.Permissions(**dict.fromkeys(USED.values(), True))
    )
    found: list[Judgement] = []
    count = 0
    async for server in _servers_of(case.client):
        count += 1
        missing = lacking(discord.Permissions(int(server["permissions"])))
        if missing:
            mend = f"Allow it to the bot's role, or invite the bot once more: {invite}"
            found.append((False, f"{shown(server['name'])} does not allow {', '.join(missing)}. {mend}"))
    if not count:
        return [(None, f"the bot is in none yet. This invites it: {invite}")]
    if len(found) < count:
        found.append((True, f"{count - len(found)} of {count} allow all that the bot does."))
    return found


async def _servers_of(client: discord.Client) -> AsyncIterator[dict[str, Any]]:
    """The servers that the bot is in, as Discord tells them."""
    last = None
    while True:
        # The library's own server objects leave out the rights, which Discord tells here without a further request.
        page: list[Any] = await client.http.get_guilds(PAGE, after=last, with_counts=False)
        for server in page:
            yield server
        if len(page) < PAGE:
            return
        last = int(page[-1]["id"])


async def _set_by_servers(case: Case) -> list[Judgement]:
    try:
        settings = (await _looked_at(case.settings)).settings
    except StoreError:
        return [(None, "not looked at, for this takes the database.")]
    choosing = {
        server: kept
        for server, kept in settings.items()
        if kept.editors | kept.ask_channels | kept.overheard_channels or kept.log_channel
    }
    if not choosing:
        return [(None, "no server has chosen roles or channels in /settings.")]
    found: list[Judgement] = []
    there = 0
    async for server in _servers_of(case.client):
        number = int(server["id"])
        if number in choosing:
            there += 1
            found += await _gone(case.client, number, shown(server["name"]), choosing[number])
    if there and not found:
        found.append((True, f"the roles and channels that {there} chose in /settings are there."))
    if len(choosing) > there:
        found.append((None, f"{len(choosing) - there} that chose roles or channels have the bot no more."))
    return found


async def _gone(client: discord.Client, number: int, name: str, settings: ServerSettings) -> list[Judgement]:
    """What a server has set and that is there no more."""
    channels: list[Any] = await client.http.get_all_guild_channels(number)
    roles: list[Any] = await client.http.get_roles(number)
    known = {int(one["id"]) for one in (*channels, *roles)}
    log = {settings.log_channel} if settings.log_channel is not None else set()
    chosen = {
        "editors' role": settings.editors,
        "log channel": log,
        "ask channel": settings.ask_channels,
        "overheard channel": settings.overheard_channels,
    }
    return [
        (False, f"{name}: its {what} {one} is gone. Choose anew in /settings there.")
        for what, ids in chosen.items()
        for one in sorted(ids - known)
    ]


async def _channels(case: Case) -> list[Judgement]:
    numbers = sorted(_channels_of(case.settings))
    if not numbers:
        return [(None, "ASK_CHANNELS and OVERHEARD_CHANNELS name none.")]
    return [await _channel(case.client, number) for number in numbers]


async def _channel(client: discord.Client, number: int) -> tuple[bool, str]:
    mend = "Show it to the bot's role, or take the id out of ASK_CHANNELS and OVERHEARD_CHANNELS."
    try:
        channel = await client.fetch_channel(number)
    except (discord.NotFound, discord.Forbidden):
        return False, f"the bot sees no channel {number}. {mend}"
    if isinstance(channel, discord.abc.PrivateChannel) or client.user is None:
        return False, f"{number} is no channel of a server. {mend}"
    # What came alone knows no roles: the same channel out of its server does.
    server = await client.fetch_guild(channel.guild.id)
    own = await server.fetch_channel(channel.parent_id if isinstance(channel, discord.Thread) else number)
    missing = lacking(own.permissions_for(await server.fetch_member(client.user.id)))
    place = f"#{shown(channel.name)} ({number})"
    if missing:
        return False, f"{place} does not allow {', '.join(missing)}. Allow it to the bot's role there."
    return True, f"{place} allows all that the bot does."


async def _commands(case: Case) -> list[Judgement]:
    registered: list[Any] = await case.client.http.get_global_commands(case.client.application_id or 0)
    wanted = await _payload(case.settings)
    differing = not_as_registered(wanted, registered)
    if differing:
        names = ", ".join(differing)
        return [
            (False, f"registered otherwise than in this version: {names}. `python -m bot sync` mends it.")
        ]
    return [(True, f"all {len(wanted)} are registered.")]


async def _payload(settings: Settings) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="rolewise-") as nothing:
        # The commands are the same whatever is known, and that which is known may have errors.
        library = Library.open(Path(nothing))
        async with Rolewise(settings, library, message_content=False, watch=False) as bot:
            await bot.load_all(EXTENSIONS)
            return payload(bot.tree)


def _channels_of(settings: Settings) -> frozenset[int]:
    return settings.ask_channels | settings.overheard_channels


HERE: Mapping[str, Check] = {
    "data folder": _data_folder,
    "database": _database,
    "knowledge": _knowledge,
    "token": _token,
}
"""What is looked at first, in this order; that the bot can sign in is the last of it."""
ON_DISCORD: Mapping[str, Check] = {
    "Message Content intent": _intent,
    "servers": _servers,
    "channels": _channels,
    "settings of servers": _set_by_servers,
    "commands": _commands,
}
"""What only a bot that can sign in can look at."""
