"""What a server can set, in words: the page with its settings, and what somebody has changed."""

from collections.abc import Iterable

from bot.store import ServerSettings
from bot.ui import markdown

HEAD = "## Settings of this server\nWhat you choose counts at once and is told in the log channel."
EDITORS = "### Editors\nRoles that may edit my knowledge here, besides those who manage the server."
LOG_CHANNEL = "### Log channel\nWhere I say who changed the knowledge or these settings."
ASK_CHANNELS = "### Ask channels\nEvery message there, in a thread or forum post too, is a question for me."
OVERHEARD_CHANNELS = (
    "### Overheard channels\nI read along and answer questions about data and AI roles, at most one a minute."
)
COOLDOWN = "### Cooldown\nHow often one person may ask."
INBOX = "### Inbox of missed questions"
KEPT = (
    "What I could not answer, or whose answer was called no help, is kept for `/knowledge inbox`: the words only, without "
    "author, names, links and long numbers, until 30 days after they were last asked; `/privacy` deletes them at any time."
)
NO_INTENT = (
    "I run without the Message Content intent, so that I cannot read along. Whoever runs me sets MESSAGE_CONTENT=on and "
    "grants the intent in Discord's developer portal."
)
NOBODY = "none"


def channels(ids: Iterable[int]) -> str:
    """The channels as links to them."""
    return ", ".join(f"<#{one}>" for one in sorted(ids)) or NOBODY


def roles(ids: Iterable[int]) -> str:
    """The roles by their names; nobody is pinged where mentions are off."""
    return ", ".join(f"<@&{one}>" for one in sorted(ids)) or NOBODY


def cooldown(questions: int, seconds: int) -> str:
    """A cooldown as it is offered."""
    return f"{questions} question{'s' if questions != 1 else ''} in {seconds} s"


def channel_notes(*, readable: bool, operators: Iterable[int], mute: Iterable[int]) -> list[str]:
    """What is to be known about channels that I listen to.

    `operators` are set in the bot's environment; in those of `mute` the bot lacks the right to write.
    """
    notes = [] if readable else [markdown.small(NO_INTENT)]
    if (fixed := channels(operators)) != NOBODY:
        notes.append(f"-# Set by whoever runs me, and not to be changed here: {fixed}")
    if (silent := channels(mute)) != NOBODY:
        notes.append(f"-# I may not write in {silent}, so that I stay silent there.")
    return notes


def inbox_lines(settings: ServerSettings, kept: int) -> list[str]:
    """Whether the inbox is on, how many questions it holds, and what it keeps."""
    number = f"{kept} question{'s are' if kept != 1 else ' is'} kept now."
    state = f"**On.** {number}" if settings.inbox else f"**Off.** {number if kept else 'Nothing is kept.'}"
    return [INBOX, f"{state} {'' if settings.inbox else 'Where it is on: '}{KEPT}"]


def changes(before: ServerSettings, after: ServerSettings) -> list[str]:
    """What was changed, one setting each, as it is now."""
    told = [
        ("editors", before.editors != after.editors, roles(after.editors)),
        ("log channel", before.log_channel != after.log_channel, _channel(after.log_channel)),
        ("ask channels", before.ask_channels != after.ask_channels, channels(after.ask_channels)),
        (
            "overheard channels",
            before.overheard_channels != after.overheard_channels,
            channels(after.overheard_channels),
        ),
        (
            "cooldown",
            (before.questions, before.per_seconds) != (after.questions, after.per_seconds),
            cooldown(after.questions, after.per_seconds),
        ),
        ("inbox", before.inbox != after.inbox, "on" if after.inbox else "off"),
    ]
    return [f"{name}: {value}" for name, changed, value in told if changed]


def changed_line(user: int, before: ServerSettings, after: ServerSettings) -> str:
    """Who changed what, in one line; "" where nothing was."""
    told = changes(before, after)
    return f"<@{user}> changed the settings. {'; '.join(told)}" if told else ""


def _channel(one: int | None) -> str:
    return channels([one] if one is not None else [])
