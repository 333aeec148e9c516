"""Programs of the bot's own that run beside it, so that neither their time nor their memory is the bot's."""

import os
import sys
from pathlib import Path

SECRETS = frozenset({"DISCORD_TOKEN", "DATABASE_URL"})
SOURCES = Path(__file__).parents[1]


def command(module: str, *arguments: str) -> list[str]:
    """What starts a module as a program; the folder that the bot was started in is none to import from."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment(**more: str) -> dict[str, str]:
    """The environment of such a program: the bot's own without its secrets, and what is given beside it."""
    kept = {name: value for name, value in os.environ.items() if name not in SECRETS}
    paths = [str(SOURCES), *filter(None, [kept.get("PYTHONPATH")])]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), **more}
