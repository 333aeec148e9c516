"""The log: lines on standard error, never with the text of a message or a token in them."""

import logging

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
OWN = "bot"
KNOWLEDGE = "bot.library"
OF_NO_USE = {
    "discord.client": "voice will NOT be supported",
    # SimCord looks at a client without intents when it is imported; the bot always asks for this one.
    "discord.state": "Guilds intent seems to be disabled",
}


def set_up_log(level: str, *, local: bool = False) -> None:
    """Sends records of at least `level` to standard error.

    Libraries stay at INFO or above: below it they write down whole events and requests, texts and tokens among them.
    With `local`, where the log shares a terminal with what is shown, INFO is left to edits of the knowledge.
    """
    wanted = logging.getLevelNamesMapping()[level]
    least = logging.WARNING if local else logging.INFO
    logging.basicConfig(level=max(wanted, least), format=FORMAT, force=True)
    logging.getLogger(OWN).setLevel(max(wanted, least) if wanted == logging.INFO else wanted)
    logging.getLogger(KNOWLEDGE).setLevel(wanted)
    logging.getLogger("watchfiles").setLevel(max(wanted, logging.WARNING))
    for name in OF_NO_USE:
        logging.getLogger(name).addFilter(_is_of_use)


def _is_of_use(record: logging.LogRecord) -> bool:
    return OF_NO_USE[record.name] not in str(record.msg)
