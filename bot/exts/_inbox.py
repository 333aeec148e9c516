"""The page of missed questions: those alike together, to be taught, made an FAQ entry of, or dismissed."""

import re
from collections.abc import Sequence
from typing import Any, cast

import discord

from bot.core.assistant import Assistant
from bot.core.errors import RolewiseError
from bot.core.knowledge.editing import Part, faq_part
from bot.core.knowledge.model import FaqEntry
from bot.core.knowledge.phrasing import with_question
from bot.editor import key_of
from bot.exts._reply import Interaction
from bot.exts._rights import require_editor
from bot.exts._trial import open_faq_modal, show, try_out, wait
from bot.inbox import Group
from bot.ui.controls import Control
from bot.ui.inbox import NO_ENTRIES, group_lines, inbox_lines, times
from bot.ui.limits import CHOICE_VALUE, OPTION_LABEL, SELECT_OPTIONS, shorten
from bot.ui.state import OutdatedControlError
from bot.ui.views import form_view

ACTION = "Reading the missed questions"
PAGE = 5
TAUGHT = "taught from the inbox"
FORM = re.compile(r"k1i(?P<action>[pctnd])(?P<number>[0-9]{1,10})", re.ASCII)


class SeenToError(RolewiseError):
    """A question is no longer in the inbox."""

    def __init__(self) -> None:
        super().__init__(
            "That question is no longer in the inbox: somebody has seen to it, or it was too old."
        )


class InboxControl(Control, template=re.compile(r"k1i[\s\S]*")):
    """A control of the page: its action and a number, of a page or a question, are in its `custom_id`."""

    @classmethod
    def button(
        cls,
        action: str,
        number: int,
        label: str,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        *,
        disabled: bool = False,
    ) -> Control:
        """A button: "p" shows a page, "n" makes a new FAQ entry of a question and "d" dismisses it."""
        custom_id = f"k1i{action}{number}"
        return cls(discord.ui.Button(label=label, style=style, disabled=disabled, custom_id=custom_id))

    @classmethod
    def menu(cls, action: str, number: int, placeholder: str, options: list[discord.SelectOption]) -> Control:
        """A menu: "c" chooses a question of a page, "t" the FAQ entry that a question is taught to."""
        return cls(
            discord.ui.Select(custom_id=f"k1i{action}{number}", placeholder=placeholder, options=options)
        )

    async def act(self, interaction: Interaction) -> None:
        """Does what the control is for, as long as its user is an editor."""
        server = require_editor(interaction, ACTION)
        form = FORM.fullmatch(self.custom_id)
        if form is None:
            raise OutdatedControlError(self.custom_id)
        number = int(form["number"])
        match form["action"]:
            case "p":
                await show_inbox(interaction, number)
            case "c":
                await _show_group(interaction, server, _value(interaction), number)
            case "t":
                await _teach(interaction, server, number)
            case "n":
                # The form has to be the first answer, so that nothing can be said before.
                texts = [one.text for one in (await _group(interaction, server, number)).questions]
                await open_faq_modal(interaction, "\n".join(texts))
            case _:
                await wait(interaction)
                group = await _group(interaction, server, number)
                await interaction.client.servers.store.forget_missed(server, group.ids)
                await show_inbox(interaction)


async def show_inbox(interaction: Interaction, page: int = 0) -> None:
    """Shows a page of the questions that the server missed.

    Raises:
        MissingRightError: the user is no editor.
        StoreError: the questions cannot be read.
    """
    server = require_editor(interaction, ACTION)
    bot = interaction.client
    if not interaction.response.is_done():
        await wait(interaction)
    groups = await bot.inbox.groups(server)
    pages = max(1, -(-len(groups) // PAGE))
    page = min(page, pages - 1)
    shown = groups[page * PAGE : (page + 1) * PAGE]
    lines = inbox_lines(shown, len(groups), page, pages, on=bot.inbox.is_on(server))
    fields: list[tuple[Sequence[str], Sequence[Control]]] = []
    if shown:
        fields.append(([], [InboxControl.menu("c", page, "Choose a question…", list(map(_option, shown)))]))
    if pages > 1:
        previous = InboxControl.button("p", max(page - 1, 0), "Previous", disabled=page == 0)
        following = InboxControl.button("p", page + 1, "Next", disabled=page == pages - 1)
        fields.append(([], [previous, following]))
    await show(interaction, form_view(lines, fields))


async def _show_group(interaction: Interaction, server: int, chosen: str, page: int) -> None:
    await wait(interaction)
    if not re.fullmatch(r"[0-9]{1,10}", chosen):
        raise OutdatedControlError(chosen)
    group = await _group(interaction, server, int(chosen))
    known = await interaction.client.assistant_in(server)
    number = group.first.id
    entries = [_entry_option(entry) for entry in _entries(known, group.first.text)]
    lines = group_lines(group)
    fields: list[tuple[Sequence[str], Sequence[Control]]] = []
    if entries:
        fields.append(([], [InboxControl.menu("t", number, "Teach it to an FAQ entry…", entries)]))
    else:
        lines.append(NO_ENTRIES)
    buttons = [
        InboxControl.button("n", number, "New FAQ entry", discord.ButtonStyle.primary),
        InboxControl.button("d", number, "Dismiss", discord.ButtonStyle.danger),
        InboxControl.button("p", page, "Back"),
    ]
    await show(interaction, form_view(lines, [*fields, ([], buttons)]))


async def _teach(interaction: Interaction, server: int, number: int) -> None:
    """Shows what it would do to make the question one of the entry chosen."""
    bot = interaction.client
    await wait(interaction)
    text = (await _group(interaction, server, number)).first.text
    entry = _value(interaction)
    if entry not in (await bot.assistant_in(server)).snapshot.faq:
        raise OutdatedControlError(entry)
    file = faq_part(entry).file
    questions = with_question(bot.servers.overlays.files(server).get(file), text)
    part = key_of(Part(file, ("questions",)))
    draft = await bot.editor.open(server, interaction.user.id, {part: questions}, TAUGHT)
    await try_out(interaction, draft)


async def _group(interaction: Interaction, server: int, number: int) -> Group:
    """The group that a question is in now. Raises SeenToError, StoreError."""
    for group in await interaction.client.inbox.groups(server):
        if number in group.ids:
            return group
    if interaction.response.is_done():
        await show_inbox(interaction)
    raise SeenToError


def _entries(known: Assistant, text: str) -> list[FaqEntry]:
    """The FAQ entries that fit in a menu: those most like the text first, then by their ids."""
    alike = [found.id for found in known.understand(text).account.candidates if found.kind == "faq"]
    ordered = dict.fromkeys([*alike, *sorted(known.snapshot.faq)])
    fitting = [known.snapshot.faq[one] for one in ordered if len(one) <= CHOICE_VALUE]
    return fitting[:SELECT_OPTIONS]


def _entry_option(entry: FaqEntry) -> discord.SelectOption:
    return discord.SelectOption(
        label=shorten(entry.questions[0], OPTION_LABEL),
        value=entry.id,
        description=shorten(entry.answer, OPTION_LABEL),
    )


def _option(group: Group) -> discord.SelectOption:
    return discord.SelectOption(
        label=shorten(group.first.text, OPTION_LABEL),
        value=str(group.first.id),
        description=f"asked {times(group.count)}",
    )


def _value(interaction: Interaction) -> str:
    values = cast("dict[str, Any]", interaction.data or {}).get("values")
    if isinstance(values, list) and len(values) == 1:
        return str(values[0])
    raise OutdatedControlError(str(values))
