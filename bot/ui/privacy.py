"""What is stored of a server, in words."""

from bot.store import ServerSettings, Stored

HEAD = "## What I keep of this server"
EVERYTHING = (
    "## Delete everything of this server?\nIts own knowledge with the whole history, drafts, settings and missed questions. I "
    "answer from the base again, and listen in no channel that was set here. This cannot be undone: `/knowledge download` "
    "saves the knowledge first."
)
IN_MEMORY = (
    "-# Where the inbox is on, the question of an answer is in memory until I am restarted. Messages in the log channel are "
    "the server's own."
)
MISSED = "the missed questions that were kept"
ALL = "everything that was kept of this server"
DELETED = "## Deleted\nNothing is kept of this server any more."


def stored_lines(stored: Stored, settings: ServerSettings) -> list[str]:
    """How much is kept of which kind, and for how long."""
    inbox = "on" if settings.inbox else "off"
    own = "its own" if stored.settings else "none, so that the defaults count"
    kinds = {
        f"**{stored.revisions}** published revisions of its own knowledge, with time, note and the id of the author": (
            "until they are deleted, or the author anonymises them"
        ),
        f"**{stored.drafts}** drafts of changes, with the id of the author": "for a day",
        f"**{stored.missed}** missed questions, their words only, without author and names": (
            f"until 30 days after they were last asked (the inbox is {inbox}: `/settings`)"
        ),
        f"Settings: {own}": "until they are deleted",
    }
    return [HEAD, *(f"- {kind}: {how_long}" for kind, how_long in kinds.items()), IN_MEMORY]


def deleted_line(user: int, what: str) -> str:
    """Who deleted what, in one line."""
    return f"<@{user}> deleted {what}."


def anonymised(number: int) -> str:
    """That a person's id was taken off their edits."""
    if not number:
        return "Nothing that I keep carries your id."
    edits = "1 edit or draft" if number == 1 else f"{number} edits and drafts"
    return (
        f"{edits} carried your id, and {'does' if number == 1 else 'do'} not any more: published edits stay without it, drafts "
        "are deleted. What I said in log channels stays: those messages are their servers'."
    )
