"""/knowledge: moderators change what the bot knows in their server, see what that does, publish it and undo it."""

import asyncio
import io
import re
import zipfile
from collections.abc import Mapping, Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Rolewise
from bot.core.assistant import Assistant
from bot.core.errors import UnknownNameError
from bot.core.golden import check_golden
from bot.core.knowledge.editing import faq_part, section_part
from bot.core.knowledge.files import ENDING, kind_of
from bot.core.knowledge.laid import FILES
from bot.core.knowledge.model import FaqEntry, Snapshot
from bot.core.knowledge.problems import Problem, Report, nearest
from bot.core.knowledge.strict_yaml import BYTES_AT_MOST, read
from bot.editor import key_of
from bot.exts import _options
from bot.exts._inbox import InboxControl, show_inbox
from bot.exts._reply import Interaction
from bot.exts._rights import require_editor
from bot.exts._trial import (
    TRIAL_CONTROLS,
    UndoButton,
    open_faq_modal,
    show,
    show_form,
    submitted,
    try_out,
    wait,
)
from bot.ui.about import problem_lines as base_problem_lines
from bot.ui.controls import Control
from bot.ui.editing import history_lines, problem_lines, trial_view
from bot.ui.failures import ArchiveError, ChooseOneError, NoSuchFileError, NotTextError, TooLargeError
from bot.ui.limits import CHOICE_VALUE, TEXT_INPUT
from bot.ui.state import OutdatedControlError
from bot.ui.views import page_view, text_view

PAGE = 10
Name = app_commands.Range[str, 1, CHOICE_VALUE]
TOO_LONG = "This part has {length:,} characters, more than a form takes. Edit the file and send it with `/knowledge upload`."
WHOLE = "everything.zip"


@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
class KnowledgeGroup(
    commands.GroupCog,
    group_name="knowledge",
    group_description="What I know in this server: edit, publish, undo",
):
    """Edits the server's own knowledge."""

    def __init__(self, bot: Rolewise) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Takes over the buttons and forms of editing."""
        self._bot.add_dynamic_items(*TRIAL_CONTROLS, OlderButton, InboxControl)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Takes the forms that were sent, also those opened before a restart."""
        await submitted(interaction)

    @app_commands.command(description="Edit a section of a role, or an FAQ entry")
    @app_commands.describe(role="The role", section="The section of the role", faq="Or the FAQ entry")
    @app_commands.autocomplete(role=_options.roles, section=_options.sections, faq=_options.faq)
    async def edit(
        self,
        interaction: Interaction,
        role: Name | None = None,
        section: Name | None = None,
        faq: Name | None = None,
    ) -> None:
        """Opens a form with the part's present text."""
        server = require_editor(interaction)
        bot = interaction.client
        known = await bot.assistant_in(server)
        if faq is not None and role is None and section is None:
            part = faq_part(_entry(known, faq).id)
        elif faq is None and role is not None and section is not None:
            part = section_part(known.role(role).id, known.section(section).id)
        else:
            raise ChooseOneError("a role and its section, or an FAQ entry")
        text = await bot.editor.text(server, part)
        if len(text) > TEXT_INPUT:
            name = part.file
            whole = await self._file(server, name)
            await interaction.response.send_message(
                TOO_LONG.format(length=len(text)), file=_attached(name, whole), ephemeral=True
            )
            return
        draft = await bot.editor.open(server, interaction.user.id, {key_of(part): text})
        await show_form(interaction, draft)

    @app_commands.command(name="add-faq", description="Add an FAQ entry: questions and their answer")
    async def add_faq(self, interaction: Interaction) -> None:
        """Opens a form for a new entry."""
        require_editor(interaction)
        await open_faq_modal(interaction)

    @app_commands.command(description="Send YAML files that change what I know here")
    @app_commands.describe(
        file="A YAML file, named like the one it changes", file_b="Another", file_c="Another", file_d="Another",
        file_e="Another", note="Why; it stands in the history",
    )  # fmt: skip
    async def upload(  # noqa: PLR0917 - Discord has no lists: each file is an option
        self,
        interaction: Interaction,
        file: discord.Attachment,
        file_b: discord.Attachment | None = None,
        file_c: discord.Attachment | None = None,
        file_d: discord.Attachment | None = None,
        file_e: discord.Attachment | None = None,
        note: app_commands.Range[str, 1, 200] | None = None,
    ) -> None:
        """Tries the files out together."""
        server = require_editor(interaction)
        bot = interaction.client
        files = [one for one in (file, file_b, file_c, file_d, file_e) if one is not None]
        # What is too large is refused by what Discord says of it, before anything is read.
        for one in files:
            if one.size > BYTES_AT_MOST:
                raise TooLargeError(one.filename, BYTES_AT_MOST // 1024)
        await wait(interaction)
        known = await bot.assistant_in(server)
        edits: dict[str, str | None] = {}
        for one in files:
            content = await one.read()
            if len(content) > BYTES_AT_MOST:
                raise TooLargeError(one.filename, BYTES_AT_MOST // 1024)
            text = _decoded(one.filename, content)
            # What the name does not tell is looked for in the content, which may take a second to read.
            path = await asyncio.to_thread(path_of, one.filename, text, known.snapshot)
            if path in edits:
                raise ChooseOneError(f"one file for {path}")
            edits[path] = text
        draft = await bot.editor.open(server, interaction.user.id, edits, note or "")
        await try_out(interaction, draft)

    @app_commands.command(description="Get a file of this server's knowledge, or all of them as a zip")
    @app_commands.describe(file="The file; without it, all of them")
    @app_commands.autocomplete(file=_options.files)
    async def download(self, interaction: Interaction, file: Name | None = None) -> None:
        """Sends the file or the zip, privately."""
        server = require_editor(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        if file is not None:
            sent = _attached(file, await self._file(server, file))
        else:
            base = await self._bot.servers.overlays.base()
            own = self._bot.servers.overlays.files(server)
            names = sorted(base.files)
            packed = await asyncio.to_thread(_zip, own, {name: base.text(name) or "" for name in names})
            sent = discord.File(io.BytesIO(packed), WHOLE)
        await interaction.edit_original_response(attachments=[sent])

    @app_commands.command(description="Look for what is wrong with this server's knowledge")
    async def check(self, interaction: Interaction) -> None:
        """Shows the problems of the overlay as it stands, and its golden questions that resolve wrongly."""
        server = require_editor(interaction)
        bot = interaction.client
        await wait(interaction)
        overlays = bot.servers.overlays
        own = overlays.files(server)
        loaded = await overlays.check(own)
        known = await bot.assistant_in(server)
        golden = await asyncio.to_thread(check_golden, known, bot.today())
        problems = [
            problem for problem in loaded.problems if problem.severity == "error" or problem.file in own
        ]
        lines = _checked(len(own), [*problems, *golden])
        if bot.is_owned_by(interaction.user.id):
            lines += base_problem_lines(bot.library.problems)
        await show(interaction, text_view(lines))

    @app_commands.command(description="Who changed what, and when")
    async def history(self, interaction: Interaction) -> None:
        """Shows the newest revisions."""
        server = require_editor(interaction)
        await _show_history(interaction, server, None)

    @app_commands.command(description="Go back to an earlier revision; see first what that changes")
    @app_commands.describe(
        revision="The number of the revision, as /knowledge history shows it; 0 is the base alone"
    )
    async def rollback(
        self, interaction: Interaction, revision: app_commands.Range[int, 0, 2**31 - 1]
    ) -> None:
        """Shows what going back would change, with the button that does it."""
        server = require_editor(interaction)
        bot = interaction.client
        await wait(interaction)
        trial = await bot.editor.try_back(server, revision, bot.today())
        newest = bot.servers.overlays.number(server)
        button = UndoButton.build(newest, revision, f"Go back to revision {revision}")
        await show(interaction, trial_view(trial, [[button]]))

    @app_commands.command(description="Questions that I could not answer: teach me, or dismiss them")
    async def inbox(self, interaction: Interaction) -> None:
        """Shows the questions that were missed."""
        await show_inbox(interaction)

    async def _file(self, server: int, path: str) -> str:
        """The server's own file of that path, else the base's."""
        own = self._bot.servers.overlays.files(server).get(path)
        if own is not None:
            return own
        text = (await self._bot.servers.overlays.base()).text(path)
        if text is None:
            raise NoSuchFileError(path, FILES)
        return text


class OlderButton(Control, template=re.compile(r"k1h[\s\S]*")):
    """Turns the pages of the history; the number is that before which the page begins, 0 for the newest page."""

    @classmethod
    def build(cls, before: int, label: str, *, disabled: bool = False) -> "OlderButton":
        """The button."""
        return cls(discord.ui.Button(label=label, disabled=disabled, custom_id=f"k1h.{before}"))

    async def act(self, interaction: Interaction) -> None:
        """Shows the page."""
        server = require_editor(interaction)
        number = re.fullmatch(r"k1h\.(\d{1,9})", self.custom_id, re.ASCII)
        if number is None:
            raise OutdatedControlError(self.custom_id)
        await _show_history(interaction, server, int(number[1]) or None)


async def _show_history(interaction: Interaction, server: int, before: int | None) -> None:
    found = await interaction.client.servers.store.history(server, before=before, limit=PAGE)
    newest = interaction.client.servers.overlays.number(server)
    oldest = found[-1].number if found else 1
    newer = oldest + 2 * PAGE
    row: list[Control] = [
        OlderButton.build(
            newer if newer <= newest else 0, "Newer", disabled=before is None or before > newest
        ),
        OlderButton.build(oldest, "Older", disabled=oldest <= 1),
    ]
    await show(interaction, page_view([history_lines(found)], [], [row] if newest > PAGE else []))


def path_of(name: str, text: str, snapshot: Snapshot) -> str:
    """The path that a sent file has in a server's knowledge, by its name, else by what it holds.

    Raises:
        NoSuchFileError: it is none.
    """
    # Discord has no folders in the names of files: what was downloaded is named roles_data-scientist.yaml.
    folder, _, rest = name.partition("_")
    places = [name, f"{folder}/{rest}", *(f"{folder}/{name}" for folder in ("roles", "faq", "items"))]
    stem = name.removesuffix(ENDING)
    known = {"roles": snapshot.roles, "faq": snapshot.faq}
    for path in places:
        kind = kind_of(path)
        above, _, _ = path.partition("/")
        # A new id could be a role's or an entry's: that is for its content to tell.
        if kind is not None and (path != f"{above}/{name}" or above not in known or stem in known[above]):
            return path
    document = read(text, name, Report())
    keys = document.data.keys() if document is not None and isinstance(document.data, dict) else ()
    guess = (
        "faq"
        if {"questions", "answer"} & set(keys)
        else "roles"
        if {"sections", "name", "family"} & set(keys)
        else ""
    )
    path = f"{guess}/{name}"
    if not guess or kind_of(path) is None:
        raise NoSuchFileError(name, FILES)
    return path


def _entry(known: Assistant, wanted: str) -> FaqEntry:
    entries = known.snapshot.faq
    if wanted.strip() in entries:
        return entries[wanted.strip()]
    near = nearest(wanted.strip(), entries)
    raise UnknownNameError("FAQ entry", wanted.strip(), (near,) if near else ())


def _decoded(name: str, content: bytes) -> str:
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise ArchiveError(name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTextError(name, error.start) from None
    if b"\0" in content:
        raise NotTextError(name, content.index(b"\0"))
    return text


def _attached(path: str, text: str) -> discord.File:
    return discord.File(io.BytesIO(text.encode()), path.replace("/", "_"))


def _zip(own: Mapping[str, str], base: Mapping[str, str]) -> bytes:
    """The server's own files, and below `base/` those that they are laid over."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in own.items():
            archive.writestr(path, text)
        for path, text in base.items():
            archive.writestr(f"base/{path}", text)
    return packed.getvalue()


def _checked(files: int, problems: Sequence[Problem]) -> list[str]:
    head = f"This server has {files} file{'s' if files != 1 else ''} of its own."
    if not problems:
        return [
            "## Knowledge of this server",
            head,
            "Nothing is wrong with them, and all golden questions resolve as they must.",
        ]
    return ["## Knowledge of this server", head, *problem_lines(problems)]


async def setup(bot: Rolewise) -> None:
    """Adds the commands."""
    await bot.add_cog(KnowledgeGroup(bot))
