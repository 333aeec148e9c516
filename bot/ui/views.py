"""Replies as Discord views: text, sources and controls, within Discord's limits."""

from collections.abc import Sequence

import discord

from bot.core.answers.model import Answer, Clarify, Option, Reply, Unknown
from bot.core.assistant import Assistant
from bot.core.knowledge.model import Role, Section, Snapshot
from bot.core.matching.question import Intent
from bot.ui import markdown
from bot.ui.charts import Picture
from bot.ui.controls import (
    CompareMenu,
    Control,
    DeleteButton,
    NotHelpfulButton,
    OptionButton,
    RoleMenu,
    SectionMenu,
    ShareButton,
)
from bot.ui.limits import (
    ACTION_ROW_BUTTONS,
    COMPARED_ROLES,
    RELATED,
    SELECT_OPTIONS,
    SOURCES_TEXT,
    TEXT_PARTS,
    VIEW_TEXT,
)
from bot.ui.plain import is_dated
from bot.ui.state import State

PICTURE = "chart.png"
ACCENT = discord.Colour(0x2A9D8F)
CUT_WITH_MENU = "-# Cut here to fit. Choose a section below to see all of it."
CUT = "-# Cut here to fit. Ask about fewer roles, or one section, to see all of it."
OPTIONS = 4
SWITCHABLE = frozenset({Intent.ROLE, Intent.COMPARE, Intent.CHOOSE, Intent.SETS})
NOTHING = "I have nothing to say to that."


def reply_view(
    reply: Reply,
    state: State,
    assistant: Assistant,
    picture: Picture | None = None,
    *,
    rated: bool = False,
) -> discord.ui.LayoutView:
    """A new view that shows the reply. `state` says whose it is and what its controls are about.

    A `picture` of the reply's chart is to be sent with the view as the attachment `PICTURE`. Under an answer that is
    `rated` one can say that it was no help.
    """
    match reply:
        case Answer():
            return _answer_view(reply, state, assistant, picture, rated=rated)
        case Clarify():
            return _options_view([markdown.title(reply.prompt)], reply.options, state, assistant.snapshot)
        case Unknown():
            return _options_view(_unknown_lines(reply), reply.near, state, assistant.snapshot)
        case _:
            return text_view([NOTHING])


def text_view(lines: Sequence[str], controls: Sequence[Control] = ()) -> discord.ui.LayoutView:
    """A view of lines of Markdown, cut visibly where they are too long, and a row of controls if there are any."""
    return page_view(fitted([list(lines)], VIEW_TEXT, CUT), [], [controls] if controls else [])


def _answer_view(
    answer: Answer, state: State, assistant: Assistant, picture: Picture | None, *, rated: bool
) -> discord.ui.LayoutView:
    rows = _answer_rows(answer, state, assistant, rated=rated)
    footer = _footer(answer, state)
    has_menu = any(isinstance(control, SectionMenu) for row in rows for control in row)
    room = VIEW_TEXT - len("\n".join(footer))
    remark = CUT_WITH_MENU if has_menu else CUT
    return page_view(fitted(_parts(answer), room, remark), footer, rows, picture)


def _answer_rows(answer: Answer, state: State, assistant: Assistant, *, rated: bool) -> list[list[Control]]:
    snapshot, subject = assistant.snapshot, answer.subject
    state = state.about(subject)
    rows: list[list[Control]] = []
    roles = [snapshot.roles[role] for role in answer.roles if role in snapshot.roles]
    if subject.intent in SWITCHABLE and roles:
        if sections := _sections_of(roles, snapshot):
            rows.append([SectionMenu.build(state, snapshot, sections, answer.shown)])
        if len(roles) < COMPARED_ROLES and (others := assistant.compare_with(subject.roles, SELECT_OPTIONS)):
            rows.append([CompareMenu.build(state, snapshot, others)])
    elif subject.intent is Intent.FIND and roles:
        rows.append([RoleMenu.build(state, snapshot, roles)])
    if offered := _offered(answer, state, assistant):
        rows.append(offered)
    last: list[Control] = [(ShareButton if state.private else DeleteButton).build(state, snapshot)]
    if rated:
        last.append(NotHelpfulButton.build(state, snapshot))
    return [*rows, last]


def _offered(answer: Answer, state: State, assistant: Assistant) -> list[Control]:
    """Buttons for related comparisons, and for the roles close to the one on show."""
    options = list(assistant.related(answer, RELATED))
    if (close := assistant.close_roles(answer)) is not None:
        options.append(close)
    return [
        OptionButton.build(state, assistant.snapshot, option, slot, quiet=True)
        for slot, option in enumerate(options)
    ]


def _sections_of(roles: Sequence[Role], snapshot: Snapshot) -> list[Section]:
    return [
        section for section in snapshot.ordered_sections() if any(role.facts(section.id) for role in roles)
    ]


def _parts(answer: Answer) -> list[list[str]]:
    parts: list[list[str]] = [[markdown.title(answer.title)]]
    for index, block in enumerate(answer.blocks):
        if index and markdown.is_section(block) and len(parts) < TEXT_PARTS:
            parts.append([])
        parts[-1] += markdown.block(block)
    return parts


def _footer(answer: Answer, state: State) -> list[str]:
    lines = [markdown.DATED_KEY] if is_dated(answer) else []
    if answer.citations:
        lines.append(markdown.sources(answer.citations, SOURCES_TEXT))
    if state.shared and not state.private:
        lines.append(f"-# Shared by <@{state.asker}>")
    return lines


def _unknown_lines(unknown: Unknown) -> list[str]:
    lines = [markdown.escape(unknown.text)]
    if unknown.near:
        lines.append(markdown.bold("Did you mean one of these?"))
    if unknown.examples:
        lines.append(markdown.bold("You can ask, for example:"))
        lines += map(markdown.bullet, unknown.examples)
    return lines


def _options_view(
    lines: list[str], options: tuple[Option, ...], state: State, snapshot: Snapshot
) -> discord.ui.LayoutView:
    buttons: list[Control] = [
        OptionButton.build(state, snapshot, option, slot) for slot, option in enumerate(options[:OPTIONS])
    ]
    if not state.private:
        buttons.append(DeleteButton.build(state, snapshot))
    return page_view(fitted([lines], VIEW_TEXT, CUT), [], [buttons] if buttons else [])


def answer_lines(answer: Answer) -> list[str]:
    """The answer as lines of Markdown, without sources and controls."""
    return [line for part in _parts(answer) for line in part]


def page_view(
    parts: Sequence[Sequence[str]],
    footer: Sequence[str],
    rows: Sequence[Sequence[Control]],
    picture: Picture | None = None,
) -> discord.ui.LayoutView:
    """A view of parts (lines of Markdown) with lines between them, a footer and rows of controls."""
    container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=ACCENT)
    shown = [text for part in parts if (text := "\n".join(part).strip())]
    items: list[discord.ui.Item[discord.ui.LayoutView]] = [
        discord.ui.TextDisplay(text) for text in shown or [NOTHING]
    ]
    if picture is not None:
        item = discord.MediaGalleryItem(f"attachment://{PICTURE}", description=picture.alt)
        items.append(discord.ui.MediaGallery(item))
    if text := "\n".join(footer).strip():
        items.append(discord.ui.TextDisplay(text))
    for index, part in enumerate(items):
        if index:
            container.add_item(discord.ui.Separator())
        container.add_item(part)
    for row in rows:
        container.add_item(discord.ui.ActionRow(*row[:ACTION_ROW_BUTTONS]))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(container)
    return view


def form_view(
    head: Sequence[str], fields: Sequence[tuple[Sequence[str], Sequence[Control]]]
) -> discord.ui.LayoutView:
    """A view of a head and fields one below the other: lines of Markdown and a row of controls, or one of both."""
    container: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(accent_colour=ACCENT)
    container.add_item(discord.ui.TextDisplay("\n".join(head)))
    for lines, controls in fields:
        if lines:
            container.add_item(discord.ui.TextDisplay("\n".join(lines)))
        if controls:
            container.add_item(discord.ui.ActionRow(*controls[:ACTION_ROW_BUTTONS]))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(container)
    return view


def fitted(parts: list[list[str]], room: int, remark: str) -> list[list[str]]:
    """The parts within `room` characters; where they are longer, cut at the end of a line, with the remark."""
    parts = [markdown.spaced(part) for part in parts]
    if sum(len("\n".join(part)) for part in parts) <= room:
        return parts
    room -= len(remark) + len("\n\n")
    kept: list[list[str]] = []
    for part in parts:
        kept.append([])
        for line in part:
            needed = len(line) + (1 if kept[-1] else 0)
            if needed > room:
                return _closed(kept, line, room, remark)
            kept[-1].append(line)
            room -= needed
    return kept


def _closed(kept: list[list[str]], line: str, room: int, remark: str) -> list[list[str]]:
    whole = [part for part in kept if part]
    if not whole or (len(whole) == 1 and all(map(markdown.is_heading, whole[0]))):
        kept[-1].append(_cut_line(line, room))
    while kept and (not kept[-1] or markdown.is_heading(kept[-1][-1])) and len(kept) > 1:
        if not kept[-1]:
            kept.pop()
        else:
            kept[-1].pop()
    kept[-1] = markdown.spaced([*kept[-1], remark])
    return kept


def _cut_line(line: str, room: int) -> str:
    shown = line[: max(room - 2, 0)]
    return f"{shown.rsplit(' ', 1)[0].rstrip(chr(92))}…"
