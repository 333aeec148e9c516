"""From a text that a moderator typed to what is published: forms, previews, and the buttons under them.

All that a button or form needs is in its `custom_id` and in the draft that this names, so that they work after a restart;
rights are checked at each step.
"""

import io
import logging
import re
from collections.abc import Mapping
from typing import Any, cast

import discord

from bot.app import Rolewise
from bot.core.knowledge.editing import round_trip
from bot.core.matching.tokens import key
from bot.editor import Trial, part_of
from bot.exts._reply import Interaction
from bot.exts._rights import require_editor
from bot.store import ConflictError, Draft, Revision, StoreError
from bot.ui.controls import Control
from bot.ui.editing import published_lines, trial_view
from bot.ui.failures import DraftGoneError, MissingRightError, report
from bot.ui.limits import MODAL_TITLE, TEXT_INPUT, shorten
from bot.ui.state import OutdatedControlError
from bot.ui.views import page_view, text_view

log = logging.getLogger(__name__)

EDIT_FORM = "k1m."
FAQ_FORM = "k1a"
TEXT, NOTE, QUESTIONS, ANSWER = "text", "note", "questions", "answer"
NOTE_LENGTH = 200
QUESTIONS_LENGTH = 3000
ANSWER_LENGTH = 2500
MEANWHILE = (
    "Revision {current} was published since you began (you began at {expected}). This is your change on top of it; nothing "
    "is published yet."
)
ENTRY_WORDS = 5
TYPED = "What you typed could not be kept: here it is."
TYPED_FILE = "typed.txt"


async def show_form(interaction: Interaction, draft: Draft) -> None:
    """Opens the form with the text of a draft of one part. It must be the first answer to the interaction."""
    (name, text), *_ = draft.changes.items()
    form = discord.ui.Modal(
        title=shorten(f"Edit {part_of(name)}", MODAL_TITLE), custom_id=EDIT_FORM + draft.id
    )
    text_input: discord.ui.TextInput[Any] = discord.ui.TextInput(
        style=discord.TextStyle.paragraph, custom_id=TEXT, default=text, required=False, max_length=TEXT_INPUT
    )
    described = "Empty takes your server's own version away, so that the base's counts again."
    form.add_item(discord.ui.Label(text="YAML", description=described, component=text_input))
    note: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=NOTE, default=draft.note, required=False, max_length=NOTE_LENGTH
    )
    form.add_item(discord.ui.Label(text="Why (stands in the history)", component=note))
    await interaction.response.send_modal(form)


async def open_faq_modal(interaction: Interaction, questions: str = "") -> None:
    """Opens the form for a new FAQ entry. It must be the first answer to the interaction."""
    form = discord.ui.Modal(title="New FAQ entry", custom_id=FAQ_FORM)
    asked: discord.ui.TextInput[Any] = discord.ui.TextInput(
        style=discord.TextStyle.paragraph,
        custom_id=QUESTIONS,
        default=questions[:QUESTIONS_LENGTH],
        max_length=QUESTIONS_LENGTH,
        placeholder="how do I get verified\nwhere do I get the member role",
    )
    form.add_item(
        discord.ui.Label(
            text="Questions", description="One a line, as people ask; three or more.", component=asked
        )
    )
    answer: discord.ui.TextInput[Any] = discord.ui.TextInput(
        style=discord.TextStyle.paragraph, custom_id=ANSWER, max_length=ANSWER_LENGTH
    )
    form.add_item(discord.ui.Label(text="Answer", component=answer))
    await interaction.response.send_modal(form)


async def submitted(interaction: Interaction) -> None:
    """Takes a form that was sent, if it is one of these."""
    data = cast("dict[str, Any]", interaction.data or {})
    custom_id = str(data.get("custom_id", ""))
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    if not custom_id.startswith(EDIT_FORM) and custom_id != FAQ_FORM:
        return
    values = dict(_values(data.get("components", [])))
    try:
        if custom_id == FAQ_FORM:
            await _entry_sent(interaction, values)
        else:
            await _part_sent(interaction, custom_id.removeprefix(EDIT_FORM), values)
    except StoreError as error:
        await report(interaction, error)
        await _give_back(interaction, values)
    except Exception as error:  # noqa: BLE001 - nothing that is raised here would reach any handler
        await report(interaction, error)


async def _give_back(interaction: Interaction, values: Mapping[str, str]) -> None:
    """Sends somebody what they typed, where it could not be kept for them."""
    typed = "\n\n".join(values[name] for name in (TEXT, QUESTIONS, ANSWER) if values.get(name))
    file = discord.File(io.BytesIO(typed.encode()), TYPED_FILE)
    try:
        await interaction.followup.send(TYPED, file=file, ephemeral=True)
    except discord.HTTPException as error:
        log.warning("what was typed could not be given back: %s", error)


async def show_trial(interaction: Interaction, trial: Trial, before: str = "") -> None:
    """Shows what a draft would do, privately, with the buttons to go on; `before` is said above it."""
    draft = trial.draft
    row: list[Control] = []
    if draft is not None:
        if trial.is_good:
            row.append(PublishButton.build(draft.id, wrong=any(change.wrong for change in trial.golden)))
        if _fits_form(draft):
            row.append(EditButton.build(draft.id))
        row.append(DiscardButton.build(draft.id))
    view = trial_view(trial, [row] if row else [], before)
    await show(interaction, view)


async def show(interaction: Interaction, view: discord.ui.LayoutView) -> None:
    """Shows a private page: in place of the one whose button was pressed, else anew."""
    nobody = discord.AllowedMentions.none()
    if interaction.response.is_done():
        await interaction.edit_original_response(view=view, allowed_mentions=nobody)
    elif interaction.message is not None:
        await interaction.response.edit_message(view=view, allowed_mentions=nobody)
    else:
        await interaction.response.send_message(view=view, ephemeral=True, allowed_mentions=nobody)


async def wait(interaction: Interaction) -> None:
    """Says that the answer takes a while."""
    if interaction.message is not None:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)


async def try_out(interaction: Interaction, draft: Draft, before: str = "") -> None:
    """Tries a draft out and shows what it would do."""
    bot = interaction.client
    await show_trial(interaction, await bot.editor.try_out(draft, bot.today()), before)


async def announce(bot: Rolewise, server: int, lines: list[str], place: int | None = None) -> None:
    """Says something in the server's log channel, or the one of `place`, where the bot may speak there."""
    channel_id = place if place is not None else bot.servers.settings(server).log_channel
    channel = bot.get_channel(channel_id) if channel_id is not None else None
    if not isinstance(channel, discord.abc.Messageable):
        return
    try:
        await channel.send(view=text_view(lines), allowed_mentions=discord.AllowedMentions.none())
    except discord.HTTPException as error:
        log.warning("nothing can be said in the log channel of server %d: %s", server, error)


async def published(interaction: Interaction, revision: Revision) -> None:
    """Tells the moderator and the log channel that a revision was published."""
    lines = published_lines(revision)
    undo = UndoButton.build(revision.number, revision.parent, "Undo")
    await show(interaction, page_view([lines], [], [[undo]]))
    await announce(interaction.client, revision.server, lines)


class PublishButton(Control, template=re.compile(r"k1p[\s\S]*")):
    """Publishes a draft."""

    @classmethod
    def build(cls, draft: str, *, wrong: bool) -> "PublishButton":
        """The button; `wrong` where golden questions would be answered wrongly."""
        style = discord.ButtonStyle.danger if wrong else discord.ButtonStyle.success
        label = "Publish anyway" if wrong else "Publish"
        return cls(discord.ui.Button(label=label, style=style, custom_id=f"k1p.{draft}"))

    async def act(self, interaction: Interaction) -> None:
        """Publishes, or shows the change on top of what somebody else has published since."""
        require_editor(interaction)
        bot = interaction.client
        draft = await draft_of(interaction, self.custom_id[4:])
        await wait(interaction)
        try:
            revision, found = await bot.editor.publish(draft)
        except ConflictError as conflict:
            renewed = await bot.editor.renewed(draft)
            said = MEANWHILE.format(current=conflict.current, expected=conflict.expected)
            await try_out(interaction, renewed, said)
            return
        await bot.inbox.forget_taught(revision.server, found)
        await published(interaction, revision)


class EditButton(Control, template=re.compile(r"k1e[\s\S]*")):
    """Opens the form again with the text that was typed."""

    @classmethod
    def build(cls, draft: str) -> "EditButton":
        """The button."""
        return cls(discord.ui.Button(label="Edit", custom_id=f"k1e.{draft}"))

    async def act(self, interaction: Interaction) -> None:
        """Opens the form."""
        require_editor(interaction)
        draft = await draft_of(interaction, self.custom_id[4:])
        if not _fits_form(draft):
            raise DraftGoneError
        await show_form(interaction, draft)


class DiscardButton(Control, template=re.compile(r"k1d[\s\S]*")):
    """Forgets a draft."""

    @classmethod
    def build(cls, draft: str) -> "DiscardButton":
        """The button."""
        return cls(discord.ui.Button(label="Discard", custom_id=f"k1d.{draft}"))

    async def act(self, interaction: Interaction) -> None:
        """Forgets it."""
        require_editor(interaction)
        draft = await draft_of(interaction, self.custom_id[4:])
        await interaction.client.servers.store.drop_draft(draft.id)
        await show(interaction, text_view(["Discarded. Nothing was changed."]))


class UndoButton(Control, template=re.compile(r"k1r[\s\S]*")):
    """Goes back from a revision to another one."""

    @classmethod
    def build(cls, newest: int, to: int, label: str) -> "UndoButton":
        """The button."""
        button = discord.ui.Button[Any](
            label=label, style=discord.ButtonStyle.danger, custom_id=f"k1r.{newest}.{to}"
        )
        return cls(button)

    async def act(self, interaction: Interaction) -> None:
        """Goes back, unless something else was published since."""
        server = require_editor(interaction)
        numbers = re.fullmatch(r"k1r\.(\d{1,9})\.(\d{1,9})", self.custom_id, re.ASCII)
        if numbers is None:
            raise OutdatedControlError(self.custom_id)
        newest, to = map(int, numbers.groups())
        await wait(interaction)
        bot = interaction.client
        revision = await bot.editor.roll_back(server, newest, to, author=interaction.user.id)
        await published(interaction, revision)


TRIAL_CONTROLS = (PublishButton, EditButton, DiscardButton, UndoButton)


async def draft_of(interaction: Interaction, draft_id: str) -> Draft:
    """The user's own draft in the server of the interaction. Raises DraftGoneError, MissingRightError, StoreError."""
    draft = await interaction.client.servers.store.draft(draft_id)
    if draft is None or draft.server != interaction.guild_id:
        raise DraftGoneError
    if draft.author != interaction.user.id:
        raise MissingRightError("Going on with a draft", "being its author")
    return draft


async def _part_sent(interaction: Interaction, draft_id: str, values: Mapping[str, str]) -> None:
    require_editor(interaction)
    bot = interaction.client
    old = await draft_of(interaction, draft_id)
    await wait(interaction)
    (name, _), *_ = old.changes.items()
    text = values.get(TEXT, "")
    # What was typed is kept before anything else is done with it, under the revision that it was made on.
    draft = await bot.servers.store.keep_draft(
        old.server, old.author, old.parent, {name: text}, values.get(NOTE, "")[:NOTE_LENGTH]
    )
    await bot.servers.store.drop_draft(old.id)
    await try_out(interaction, draft)


async def _entry_sent(interaction: Interaction, values: Mapping[str, str]) -> None:
    server = require_editor(interaction)
    bot = interaction.client
    await wait(interaction)
    known = await bot.assistant_in(server)
    questions = [line.strip(" -\t") for line in values.get(QUESTIONS, "").splitlines() if line.strip(" -\t")]
    entry = new_entry_id(questions, known.snapshot.faq)
    text = _entry_text(entry, questions, values.get(ANSWER, ""))
    draft = await bot.editor.open(server, interaction.user.id, {f"faq/{entry}.yaml": text})
    await try_out(interaction, draft)


def new_entry_id(questions: list[str], taken: Mapping[str, object]) -> str:
    """An id for a new FAQ entry, made of the words of its first question."""
    words = [re.sub(r"[^a-z0-9]", "", word) for word in key(questions[0])] if questions else []
    entry = "-".join([word for word in words if word][:ENTRY_WORDS])[:40].strip("-") or "entry"
    number = 1
    while (name := entry if number == 1 else f"{entry}-{number}") in taken:
        number += 1
    return name


def _entry_text(entry: str, questions: list[str], answer: str) -> str:
    out = io.StringIO()
    round_trip().dump(
        {"id": entry, "questions": questions, "answer": answer.replace("\r\n", "\n").strip()}, out
    )
    return out.getvalue()


def _fits_form(draft: Draft) -> bool:
    texts = list(draft.changes.values())
    return len(texts) == 1 and texts[0] is not None and len(texts[0]) <= TEXT_INPUT


def _values(components: Any) -> Any:  # noqa: ANN401 - as Discord sends it
    """What was typed into each field of a form, by the field's id."""
    for component in components if isinstance(components, list) else []:
        if not isinstance(component, dict):
            continue
        if isinstance(component.get("value"), str):
            yield str(component.get("custom_id", "")), component["value"]
        inner = component.get("component")
        yield from _values([inner] if inner is not None else component.get("components", []))
