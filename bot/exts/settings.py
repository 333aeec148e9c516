"""/settings: what a server can set, on one private page of menus."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Self, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Rolewise
from bot.core.errors import RolewiseError
from bot.exts._reply import Interaction
from bot.exts._rights import require_manager
from bot.exts._trial import announce, show, wait
from bot.store import ServerSettings, StoreError
from bot.ui import server_settings as words
from bot.ui.controls import Control
from bot.ui.failures import RefusedSettingError
from bot.ui.limits import SELECT_OPTIONS
from bot.ui.markdown import small
from bot.ui.privacy import MISSED, deleted_line
from bot.ui.state import OutdatedControlError
from bot.ui.views import form_view

ACTION = "Changing the settings"
COOLDOWNS = ((3, 30), (5, 30), (10, 30), (20, 30), (3, 60), (5, 60), (10, 60), (5, 300))
LISTENED = (discord.ChannelType.text, discord.ChannelType.forum)
Change = Callable[[ServerSettings], ServerSettings]


class Setting(Control, template=re.compile(r"(?!)")):
    """The control of one setting. Subclasses say what it is to become."""

    async def act(self, interaction: Interaction) -> None:
        """Changes the setting, says so in the log channel, and shows the page as it is then."""
        server = require_manager(interaction, ACTION)
        servers = interaction.client.servers
        await wait(interaction)
        before = servers.settings(server)
        try:
            after = await servers.change_settings(server, self.change(interaction))
        except RolewiseError:
            # What was chosen must not stay on show as though it counted.
            await show_settings(interaction, server)
            raise
        await show_settings(interaction, server)
        if line := words.changed_line(interaction.user.id, before, after):
            places = {before.log_channel, after.log_channel} - {None}
            for place in places:
                await announce(interaction.client, server, [line], place)

    def change(self, interaction: Interaction) -> Change:
        """What the settings are to become. Raises RefusedSettingError, OutdatedControlError."""
        del interaction
        raise OutdatedControlError(self.custom_id)


class UnknownSetting(Setting, template=re.compile(r"k1s(?!(?:e|l|a|o|c|i[01]|d)\Z)[\s\S]*")):
    """A control of settings that this version does not know."""


class EditorsMenu(Setting, template=re.compile(r"k1se")):
    """Chooses the roles that may edit the knowledge."""

    @classmethod
    def build(cls, guild: discord.Guild | None, settings: ServerSettings) -> Self:
        """The menu, with the roles that are chosen."""
        known = [guild.get_role(one) for one in sorted(settings.editors)] if guild is not None else []
        menu: discord.ui.RoleSelect[Any] = discord.ui.RoleSelect(
            custom_id="k1se",
            placeholder="No role: only who manages the server",
            min_values=0,
            max_values=SELECT_OPTIONS,
            default_values=[role for role in known if role is not None][:SELECT_OPTIONS],
        )
        return cls(menu)

    def change(self, interaction: Interaction) -> Change:
        """Takes the roles chosen."""
        guild = _guild(interaction)
        chosen = frozenset(_chosen(interaction, self.custom_id))
        if guild.id in chosen or any(guild.get_role(one) is None for one in chosen):
            raise RefusedSettingError("Choose roles of this server; one for everyone is none of them.")
        return lambda kept: replace(kept, editors=chosen)


class LogChannelMenu(Setting, template=re.compile(r"k1sl")):
    """Chooses the log channel, or none."""

    @classmethod
    def build(cls, guild: discord.Guild | None, settings: ServerSettings) -> Self:
        """The menu, with the channel that is chosen."""
        wanted = [settings.log_channel] if settings.log_channel is not None else []
        menu = _channel_menu("k1sl", guild, wanted, [discord.ChannelType.text], 1)
        return cls(menu)

    def change(self, interaction: Interaction) -> Change:
        """Takes the channel, where the bot may write."""
        chosen = _chosen(interaction, self.custom_id)
        if len(chosen) > 1:
            raise OutdatedControlError(self.custom_id)
        for one in chosen:
            channel = _guild(interaction).get_channel(one)
            if not isinstance(channel, discord.TextChannel):
                raise RefusedSettingError("Choose a text channel of this server.")
            if not _may_write(channel):
                raise RefusedSettingError(
                    f"I may not write in #{channel.name}: give me View Channel and Send Messages there, or choose another."
                )
        return lambda kept: replace(kept, log_channel=chosen[0] if chosen else None)


class ChannelsMenu(Setting, template=re.compile(r"k1s[ao]")):
    """Chooses the channels that the bot listens to: ask channels or overheard ones."""

    @classmethod
    def build(cls, which: str, guild: discord.Guild | None, chosen: frozenset[int]) -> Self:
        """The menu; `which` is "a" for ask channels and "o" for overheard ones."""
        return cls(_channel_menu(f"k1s{which}", guild, sorted(chosen), LISTENED, SELECT_OPTIONS))

    def change(self, interaction: Interaction) -> Change:
        """Takes the channels; new ones only where the bot can read what is written there."""
        ask = self.custom_id == "k1sa"
        guild = _guild(interaction)
        chosen = frozenset(_chosen(interaction, self.custom_id))
        known = (guild.get_channel(one) for one in chosen)
        if not all(isinstance(one, discord.TextChannel | discord.ForumChannel) for one in known):
            raise RefusedSettingError("Choose text channels and forums of this server.")
        readable = interaction.client.reads_channels

        def change(kept: ServerSettings) -> ServerSettings:
            if not readable and chosen - (kept.ask_channels if ask else kept.overheard_channels):
                raise RefusedSettingError(words.NO_INTENT)
            return replace(kept, ask_channels=chosen) if ask else replace(kept, overheard_channels=chosen)

        return change


class CooldownMenu(Setting, template=re.compile(r"k1sc")):
    """Chooses how often a person may ask."""

    @classmethod
    def build(cls, settings: ServerSettings) -> Self:
        """The menu, with the cooldown that counts."""
        now = (settings.questions, settings.per_seconds)
        options = [
            discord.SelectOption(label=words.cooldown(*one), value=f"{one[0]}/{one[1]}", default=one == now)
            for one in dict.fromkeys((*COOLDOWNS, now))
        ]
        return cls(discord.ui.Select(custom_id="k1sc", options=options))

    def change(self, interaction: Interaction) -> Change:
        """Takes the cooldown chosen."""
        offered = {f"{questions}/{seconds}": (questions, seconds) for questions, seconds in COOLDOWNS}
        values = _values(interaction, self.custom_id)
        if len(values) != 1 or values[0] not in offered:
            raise OutdatedControlError(self.custom_id)
        questions, seconds = offered[values[0]]
        return lambda kept: replace(kept, questions=questions, per_seconds=seconds)


class InboxSwitch(Setting, template=re.compile(r"k1si[01]")):
    """Switches the inbox of missed questions on or off."""

    @classmethod
    def build(cls, settings: ServerSettings) -> Self:
        """The button that switches it to what it is not."""
        if settings.inbox:
            return cls(discord.ui.Button(label="Switch off", custom_id="k1si0"))
        style = discord.ButtonStyle.primary
        return cls(discord.ui.Button(label="Switch on", style=style, custom_id="k1si1"))

    def change(self, interaction: Interaction) -> Change:
        """Switches it."""
        del interaction
        on = self.custom_id.endswith("1")
        return lambda kept: replace(kept, inbox=on)


class DeleteKeptButton(Control, template=re.compile(r"k1sd")):
    """Deletes the questions that an inbox which is off still holds."""

    @classmethod
    def build(cls, number: int) -> Self:
        """The button; `number` of questions are kept."""
        label = f"Delete the {number} kept" if number != 1 else "Delete the one kept"
        return cls(discord.ui.Button(label=label, style=discord.ButtonStyle.danger, custom_id="k1sd"))

    async def act(self, interaction: Interaction) -> None:
        """Deletes them."""
        server = require_manager(interaction, ACTION)
        await wait(interaction)
        await interaction.client.servers.store.delete_missed(server)
        await show_settings(interaction, server)
        await announce(interaction.client, server, [deleted_line(interaction.user.id, MISSED)])


CONTROLS = (
    EditorsMenu,
    LogChannelMenu,
    ChannelsMenu,
    CooldownMenu,
    InboxSwitch,
    DeleteKeptButton,
    UnknownSetting,
)


class Settings(commands.Cog):
    """Shows what a server can set."""

    def __init__(self, bot: Rolewise) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Takes over the menus and buttons of the page."""
        self._bot.add_dynamic_items(*CONTROLS)

    @app_commands.command(description="Who may edit, where I listen, how often one may ask, the inbox")
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: Interaction) -> None:
        """Shows the page."""
        server = require_manager(interaction, ACTION)
        await wait(interaction)
        await show_settings(interaction, server)


async def show_settings(interaction: Interaction, server: int) -> None:
    """Shows the page with all settings, in place of the one that was used."""
    bot = interaction.client
    settings, guild = bot.servers.settings(server), interaction.guild
    head, kept = [words.HEAD], 0
    try:
        kept = (await bot.servers.store.stored(server)).missed
    except StoreError as error:
        head.append(small(error.told))
    inbox: list[Control] = [InboxSwitch.build(settings)]
    if kept and not settings.inbox:
        inbox.append(DeleteKeptButton.build(kept))
    fields: list[tuple[Sequence[str], Sequence[Control]]] = [
        ([words.EDITORS], [EditorsMenu.build(guild, settings)]),
        ([words.LOG_CHANNEL], [LogChannelMenu.build(guild, settings)]),
        (
            [words.ASK_CHANNELS, *_notes(bot, guild, bot.settings.ask_channels, settings.ask_channels)],
            [ChannelsMenu.build("a", guild, settings.ask_channels)],
        ),
        (
            [
                words.OVERHEARD_CHANNELS,
                *_notes(bot, guild, bot.settings.overheard_channels, settings.overheard_channels),
            ],
            [ChannelsMenu.build("o", guild, settings.overheard_channels)],
        ),
        ([words.COOLDOWN], [CooldownMenu.build(settings)]),
        (words.inbox_lines(settings, kept), inbox),
    ]
    await show(interaction, form_view(head, fields))


def _notes(
    bot: Rolewise, guild: discord.Guild | None, operators: frozenset[int], own: frozenset[int]
) -> list[str]:
    found = {one: guild.get_channel(one) for one in operators | own} if guild is not None else {}
    mute = [one for one, channel in found.items() if channel is not None and not _may_write(channel)]
    fixed = [one for one in operators if found.get(one) is not None]
    return words.channel_notes(readable=bot.reads_channels, operators=fixed, mute=mute)


def _channel_menu(
    custom_id: str,
    guild: discord.Guild | None,
    chosen: Sequence[int],
    kinds: Sequence[discord.ChannelType],
    at_most: int,
) -> discord.ui.ChannelSelect[Any]:
    known = [guild.get_channel(one) for one in chosen] if guild is not None else []
    return discord.ui.ChannelSelect(
        custom_id=custom_id,
        placeholder="No channel",
        channel_types=list(kinds),
        min_values=0,
        max_values=at_most,
        default_values=[channel for channel in known if channel is not None][:at_most],
    )


def _may_write(channel: discord.abc.GuildChannel) -> bool:
    rights = channel.permissions_for(channel.guild.me)
    # In a forum, one writes in its posts.
    forum = isinstance(channel, discord.ForumChannel)
    return rights.view_channel and (rights.send_messages_in_threads if forum else rights.send_messages)


def _guild(interaction: Interaction) -> discord.Guild:
    if interaction.guild is None:
        raise OutdatedControlError("a server's")
    return interaction.guild


def _values(interaction: Interaction, custom_id: str) -> list[str]:
    """The values chosen in a menu, as Discord sent them."""
    data = cast("dict[str, object]", interaction.data or {})
    values = data.get("values")
    if not isinstance(values, list) or len(values) > SELECT_OPTIONS:
        raise OutdatedControlError(custom_id)
    return [str(value) for value in values]


def _chosen(interaction: Interaction, custom_id: str) -> list[int]:
    """The ids chosen in a menu of roles or channels."""
    values = _values(interaction, custom_id)
    if not all(re.fullmatch(r"[0-9]{1,20}", value) for value in values):
        raise OutdatedControlError(custom_id)
    return [int(value) for value in values]


async def setup(bot: Rolewise) -> None:
    """Adds the command."""
    await bot.add_cog(Settings(bot))
