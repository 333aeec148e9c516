"""The log: lines on standard error, never with the text of a message or a token in them."""

import logging

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
QUIETEST = {
    # Below these levels the libraries write down whole events and requests, message texts and tokens among them.
    "discord": logging.INFO,
    "aiohttp": logging.INFO,
    "asyncio": logging.WARNING,
    "watchfiles": logging.WARNING,
}
OF_NO_USE = {
    "discord.client": "voice will NOT be supported",
    # SimCord looks at a client without intents when it is imported; the bot always asks for this one.
    "discord.state": "Guilds intent seems to be disabled",
}


def set_up_log(level: str) -> None:
    """Sends records of at least `level` to standard error, those of libraries not below what is safe to keep."""
    wanted = logging.getLevelNamesMapping()[level]
    logging.basicConfig(level=wanted, format=FORMAT, force=True)
    for name, least in QUIETEST.items():
        logging.getLogger(name).setLevel(max(wanted, least))
    for name, phrase in OF_NO_USE.items():
        logging.getLogger(name).addFilter(lambda record, phrase=phrase: phrase not in str(record.msg))
