"""Registers the commands with Discord, only when they differ from those registered before."""

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

log = logging.getLogger(__name__)

KEPT_IN = "commands.json"
SUPERSEDED = "dm_permission"
"""The field that `contexts` took the place of: Discord may leave it out."""


def payload(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """The global commands as they are sent to Discord, in a fixed order."""
    commands = [dict(command.to_dict(tree)) for command in tree.get_commands()]
    return sorted(commands, key=lambda command: (command["type"], command["name"]))


def fingerprint(commands: list[dict[str, Any]]) -> str:
    """A hash of a payload: equal commands, equal hash."""
    return hashlib.sha256(json.dumps(commands, sort_keys=True).encode()).hexdigest()


def not_as_registered(wanted: list[dict[str, Any]], registered: list[dict[str, Any]]) -> list[str]:
    """The names of the commands of a payload that Discord has otherwise or not at all, and of those it has besides."""
    known = {(command.get("type", 1), command["name"]): command for command in registered}
    differing = [
        command["name"]
        for command in wanted
        if not _holds(known.pop((command["type"], command["name"]), None), command)
    ]
    return sorted([*differing, *(name for _, name in known)])


def _holds(registered: object, wanted: object) -> bool:
    """Whether all that was sent stands in what Discord tells, which adds to it and leaves out what is empty."""
    if isinstance(wanted, dict):
        return isinstance(registered, dict) and all(
            _holds(registered.get(key), value) for key, value in wanted.items() if key != SUPERSEDED
        )
    if isinstance(wanted, list) and wanted:
        return (
            isinstance(registered, list)
            and len(registered) == len(wanted)
            and all(map(_holds, registered, wanted))
        )
    # Permissions are sent as a number and told as text.
    return str(registered) == str(wanted) if wanted else not registered


async def sync_commands(tree: app_commands.CommandTree[Any], data_dir: Path, *, always: bool = False) -> bool:
    """Registers the commands when their hash is not the one kept for the application; True when it did.

    Raises:
        discord.HTTPException: Discord did not take them.
    """
    client: discord.Client = tree.client
    application = str(client.application_id)
    wanted = fingerprint(payload(tree))
    kept = _read(data_dir)
    if not always and kept.get(application) == wanted:
        log.info("commands are unchanged, not synced")
        return False
    await tree.sync()
    _write(data_dir, {**kept, application: wanted})
    log.info("synced %d commands", len(tree.get_commands()))
    return True


def _read(data_dir: Path) -> dict[str, str]:
    try:
        kept = json.loads((data_dir / KEPT_IN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _write(data_dir: Path, kept: dict[str, str]) -> None:
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        (data_dir / KEPT_IN).write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        log.warning("commands will be synced again at the next start: cannot write %s: %s", data_dir, error)
