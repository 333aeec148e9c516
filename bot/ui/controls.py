"""The controls under an answer. All share one base class, keep nothing but their `custom_id`, and fail in one way."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Self, cast

import discord

from bot.core.answers.model import Option
from bot.core.assistant import Assistant
from bot.core.knowledge.model import Role, Section, SectionKind, Snapshot
from bot.core.matching.question import Intent, Subject
from bot.ui.delivery import post, replace_with
from bot.ui.failures import MissingRightError, report
from bot.ui.host import host_of
from bot.ui.limits import (
    BUTTON_LABEL,
    COMPARED_ROLES,
    OPTION_LABEL,
    SELECT_OPTIONS,
    shorten,
)
from bot.ui.notes import NOTED, NOTED_BEFORE
from bot.ui.rights import missing_to_post
from bot.ui.state import VERSION, OutdatedControlError, State, asker_of, decode, encode

OVERVIEW = "-"
MESSAGE_GONE = 10008
UNKNOWN_WEBHOOK = 10015
EDITING = "k1"
"""What the ids of the controls begin with that moderators use; they have a form of their own."""


class Control(discord.ui.DynamicItem[discord.ui.Item[Any]], template=re.compile(r"(?!)")):
    """A control whose state is in its `custom_id`. Subclasses say what `act` does with it.

    Building one from an id cannot fail; reading the id and acting on it can, and is answered as any command's
    errors are.
    """

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The control that was used."""
        del interaction, match
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Does what the control is for, or tells the user why not."""
        try:
            await self.act(interaction)
        except Exception as error:  # noqa: BLE001 - nothing that is raised here would reach any handler
            await report(interaction, error)

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """What the control does. One that this version does not know can only be too old."""
        del interaction
        raise OutdatedControlError(self.custom_id)

    async def read(self, interaction: discord.Interaction[Any]) -> tuple[State, Assistant]:
        """What the control remembers, checked against what the server knows now, and the core on that."""
        known = await host_of(interaction).assistant_in(interaction.guild_id)
        return decode(self.custom_id, known.snapshot), known


def _template(action: str) -> re.Pattern[str]:
    return re.compile(rf"{VERSION}{action}[\s\S]*")


class SectionMenu(Control, template=_template("s")):
    """Shows another section of the same roles, or the overview."""

    @classmethod
    def build(
        cls, state: State, snapshot: Snapshot, sections: Sequence[Section], shown: Sequence[str]
    ) -> Self:
        """The menu of sections, the one on show preselected when it is the only one."""
        options = [discord.SelectOption(label="Overview", value=OVERVIEW)] if state.subject.sections else []
        options += [
            discord.SelectOption(
                label=shorten(section.title, OPTION_LABEL),
                value=section.id,
                default=list(shown) == [section.id],
            )
            for section in sections[: SELECT_OPTIONS - len(options)]
        ]
        return cls(_menu("s", state, snapshot, "Choose a section…", options))

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the section chosen."""
        state, known = await self.read(interaction)
        snapshot = known.snapshot
        chosen = _chosen(interaction)
        sections = () if chosen == OVERVIEW else (_known(chosen, snapshot.sections),)
        subject = state.subject
        single = subject.intent is Intent.ROLE or len(subject.roles) == 1
        intent = Intent.ROLE if single else Intent.COMPARE
        if subject.intent is Intent.SETS and sections and snapshot.sections[chosen].kind is SectionKind.ITEMS:
            intent = Intent.SETS
        await _show(interaction, state.about(Subject(intent, subject.roles, sections)), known)


class CompareMenu(Control, template=_template("c")):
    """Adds a role to the answer, which makes it a comparison."""

    @classmethod
    def build(cls, state: State, snapshot: Snapshot, roles: Sequence[Role]) -> Self:
        """The menu of roles to compare with."""
        return cls(_menu("c", state, snapshot, "Compare with…", _role_options(roles)))

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the comparison with the role chosen."""
        state, known = await self.read(interaction)
        chosen = _known(_chosen(interaction), known.snapshot.roles)
        roles = tuple(dict.fromkeys((*state.subject.roles, chosen)))[:COMPARED_ROLES]
        subject = replace(state.subject, intent=Intent.COMPARE, roles=roles, items=(), common=False)
        await _show(interaction, state.about(subject), known)


class RoleMenu(Control, template=_template("r")):
    """Opens one of the roles that a look-up found."""

    @classmethod
    def build(cls, state: State, snapshot: Snapshot, roles: Sequence[Role]) -> Self:
        """The menu of the roles found."""
        return cls(_menu("r", state, snapshot, "Look at a role…", _role_options(roles)))

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the role chosen."""
        state, known = await self.read(interaction)
        chosen = _known(_chosen(interaction), known.snapshot.roles)
        await _show(interaction, state.about(Subject(Intent.ROLE, (chosen,))), known)


class OptionButton(Control, template=_template("o")):
    """One way to go on: a reading of an unclear question, a role that may have been meant, a related comparison."""

    @classmethod
    def build(
        cls, state: State, snapshot: Snapshot, option: Option, slot: int, *, quiet: bool = False
    ) -> Self:
        """The button for an option; `slot` is its place, `quiet` one that an answer does not wait for."""
        style = discord.ButtonStyle.secondary if quiet else discord.ButtonStyle.primary
        return cls(
            discord.ui.Button(
                label=shorten(option.label, BUTTON_LABEL),
                style=style,
                custom_id=encode("o", state.about(option.subject), snapshot, slot=slot),
            )
        )

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the answer in place of what stands there."""
        await _show(interaction, *await self.read(interaction))


class DeleteButton(Control, template=_template("d")):
    """Takes an answer away: for the asker and for those who may manage messages."""

    @classmethod
    def build(cls, state: State, snapshot: Snapshot) -> Self:
        """The button."""
        return cls(discord.ui.Button(label="Delete", custom_id=encode("d", state, snapshot)))

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Deletes the answer, or says which right is missing."""
        moderates = interaction.guild_id is not None and interaction.permissions.manage_messages
        if interaction.user.id != asker_of(self.custom_id) and not moderates:
            raise MissingRightError("Deleting somebody else's answer", "Manage Messages")
        await interaction.response.defer()
        try:
            await interaction.delete_original_response()
        except discord.NotFound as gone:
            if gone.code not in {MESSAGE_GONE, UNKNOWN_WEBHOOK}:
                raise
        if interaction.message is not None:
            host_of(interaction).pacing.forget(interaction.message.id)


class ShareButton(Control, template=_template("p")):
    """Posts a private answer for everyone, once."""

    @classmethod
    def build(cls, state: State, snapshot: Snapshot) -> Self:
        """The button, or what remains of it once it was pressed."""
        return cls(
            discord.ui.Button(
                label="Shared" if state.shared else "Share",
                disabled=state.shared,
                style=discord.ButtonStyle.primary,
                custom_id=encode("p", state, snapshot),
            )
        )

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Posts the answer, unless it was posted before, and has the button say so."""
        host = host_of(interaction)
        state, known = await self.read(interaction)
        if right := missing_to_post(interaction):
            raise MissingRightError("Sharing an answer here", right)
        answer = known.show(state.subject, today=host.today())
        await interaction.response.defer()
        share = (interaction.message.id if interaction.message is not None else 0, self.custom_id)
        if not state.shared and host.shares.first(share):
            public = State(state.subject, interaction.user.id, shared=True)
            try:
                page = await host.present(answer, public, interaction.guild_id)
                await interaction.followup.send(view=page.view, files=page.files)
            except BaseException:
                host.shares.forget(share)
                raise
        marked = replace(state, private=True, shared=True)
        page = await host.present(answer, marked, interaction.guild_id)
        await interaction.edit_original_response(view=page.view, attachments=page.files)


class NotHelpfulButton(Control, template=_template("n")):
    """Has the question noted whose answer was no help, where the server keeps such questions."""

    @classmethod
    def build(cls, state: State, snapshot: Snapshot) -> Self:
        """The button."""
        return cls(discord.ui.Button(label="Not helpful", custom_id=encode("n", state, snapshot)))

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Notes the question, once for each person who says so."""
        asker_of(self.custom_id)
        if interaction.guild_id is None or interaction.message is None:
            raise OutdatedControlError(self.custom_id)
        await interaction.response.defer(ephemeral=True, thinking=True)
        noted = await host_of(interaction).inbox.unhelpful(
            interaction.guild_id, interaction.message.id, interaction.user.id
        )
        await interaction.edit_original_response(content=NOTED if noted else NOTED_BEFORE)


class OutdatedControl(Control, template=re.compile(rf"(?!{VERSION}[scrodpn]|{EDITING}[pedrhsiv])[\s\S]*")):
    """Any control that this version no longer, or not yet, knows."""


CONTROLS = (
    SectionMenu,
    CompareMenu,
    RoleMenu,
    OptionButton,
    DeleteButton,
    ShareButton,
    NotHelpfulButton,
    OutdatedControl,
)


async def _show(interaction: discord.Interaction[Any], state: State, known: Assistant) -> None:
    """Edits the answer for the one who asked; opens a private copy for anyone else."""
    host = host_of(interaction)
    own = interaction.user.id == state.asker
    if own:
        state = replace(state, shared=state.shared and not state.private)
    else:
        state = State(state.subject, interaction.user.id, private=True)
    reply = known.show(state.subject, today=host.today())
    if not own:
        await post(interaction, reply, state)
        return
    await replace_with(interaction, reply, state)
    if interaction.message is not None:
        host.pacing.forget(interaction.message.id)


def _menu(
    action: str, state: State, snapshot: Snapshot, placeholder: str, options: list[discord.SelectOption]
) -> discord.ui.Select[Any]:
    return discord.ui.Select(
        custom_id=encode(action, state, snapshot), placeholder=placeholder, options=options
    )


def _role_options(roles: Sequence[Role]) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(label=shorten(role.name, OPTION_LABEL), value=role.id)
        for role in roles[:SELECT_OPTIONS]
    ]


def _chosen(interaction: discord.Interaction[Any]) -> str:
    data = cast("dict[str, object]", interaction.data or {})
    values = data.get("values")
    if isinstance(values, list) and len(values) == 1 and isinstance(values[0], str):
        return values[0]
    raise OutdatedControlError(str(values))


def _known(name: str, known: Mapping[str, object]) -> str:
    if name in known:
        return name
    raise OutdatedControlError(name)
