"""What the bot says when it comes to a channel where every question is for it."""

import discord

from bot.core.answers.help import examples
from bot.core.knowledge.model import Snapshot
from bot.ui import markdown
from bot.ui.views import text_view

TITLE = "Ask me about data and AI roles"
HOW = (
    "Every message here is for me: write in your own words, and use the menus under an answer for more. "
    "My answers come from sourced facts, and each names its source and date."
)
CHAT_EXAMPLES = (
    "whats the difference between an mle and a data scientist",
    "do I need a masters for data science",
)
COMMANDS = "Slash commands work too: /ask, /compare, /role, /find, /salary, /jobs, /help, /about."


def welcome_view(snapshot: Snapshot) -> discord.ui.LayoutView:
    """A short welcome with questions to try."""
    named = CHAT_EXAMPLES if {"machine-learning-engineer", "data-scientist"} <= set(snapshot.roles) else ()
    return text_view(
        [
            markdown.title(TITLE),
            markdown.escape(HOW),
            markdown.bold("For example:"),
            *map(markdown.bullet, (*named, *examples(snapshot))),
            markdown.small(COMMANDS),
        ]
    )
