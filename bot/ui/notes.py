"""Short things the bot says about itself, as Markdown."""

SHORT_HELP = (
    "Ask me about data and AI roles: “**mle vs ds?**”, “**do I need a masters for data science**”, "
    "“**which roles use Kafka**”. `/help` shows more."
)
ANSWER_THIS = (
    "I cannot read the message you replied to. To have it answered, press and hold it (or right-click), "
    "then **Apps**, **Answer this**: only you see the answer, and you may share it."
)
HOW_TO_FOLLOW_UP = (
    "I could not read that reply. To follow up on an answer, mention me in your reply, as in “@{name} and the "
    "salary?”, or use the menus under the answer."
)
FOLLOW_UP = "You can follow up on that answer: write “**and the salary?**” or “**what about interviews?**” after my name."
OVERHEARD = (
    "-# I read along in this channel and answer questions about data and AI roles, at most one a minute. Not wanted? "
    "Who manages the server takes the channel out in `/settings`, and who runs me out of `OVERHEARD_CHANNELS`; an answer "
    "goes with its Delete button."
)
NOTED = "Thank you. I noted the question, without your name, for those who look after my answers here."
NOTED_BEFORE = "Thank you, you have told me so already."
THANKS = "👍"
WAIT = "⏳"


def how_to_follow_up(name: str) -> str:
    """How to follow up where Discord keeps the text of a reply from the bot; `name` is what it is called there."""
    return HOW_TO_FOLLOW_UP.format(name=name)


def pointer(url: str | None) -> str:
    """Where the same answer stands already."""
    return f"I answered that a moment ago: {url}" if url else "I am answering that just now."
