"""What a database says when it fails, as a `StoreError` that says what is wrong and how to mend it."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.core.errors import RolewiseError
from bot.store.address import Address
from bot.store.errors import StoreError

_FULL = "its disk is full: free some space, then try again"
_TOLD = "The database cannot be used just now: {reason}."
_TOLD_NOTHING = "The database cannot be used just now. Whoever runs me finds the reason in my log."
_UNMIGRATED = "its tables are missing or old: run `python -m bot migrate`"

# By the beginning of what the driver calls the error: SQLite's name, PostgreSQL's SQLSTATE.
_REASONS = {
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": "it may not be written: give the bot's user the right to write the file and its folder",
    "SQLITE_PERM": "it may not be opened: give the bot's user the right to read and write it",
    "SQLITE_CANTOPEN": "it is gone or may not be opened: bring the file and its folder back, writable by the bot's user",
    "SQLITE_BUSY": "another process keeps it locked: end that process, or try again in a moment",
    "SQLITE_LOCKED": "another process keeps it locked: end that process, or try again in a moment",
    "SQLITE_IOERR": "its disk fails: see that the disk is there and has room, then try again",
    "SQLITE_CORRUPT": "it is damaged: put a good copy in its place",
    "SQLITE_NOTADB": "it is no database: name another file, or put a good copy in its place",
    "53100": _FULL,
    "42501": "the user has not the rights: grant it the right to create and use tables",
    "42P01": _UNMIGRATED,
    "42703": _UNMIGRATED,
    "25006": "it is read-only now: see to the server, then try again",
    "40P01": "two changes waited for each other: try again",
    "57P": "the server is stopping or starting: try again in a moment",
}


@contextlib.asynccontextmanager
async def explained(address: Address, seconds: float | None) -> AsyncIterator[None]:
    """Turns every failure of the database within, and an answer that takes longer than `seconds`, into a `StoreError`."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except RolewiseError:
        raise
    except TimeoutError as error:
        raise _cannot(address, "it does not answer: see that it is running, then try again") from error
    except SQLAlchemyError as error:
        reason = _reason(error)
        if reason is None:
            raise _cannot(address, _driver_says(error), known=False) from error
        raise _cannot(address, reason) from error
    except ImportError as error:
        reason = "its driver is not installed: `pip install 'rolewise[postgres]'`"
        raise _cannot(address, reason) from error
    except OSError as error:
        reason = f"{error.strerror or error}: see that it can be reached, then try again"
        raise _cannot(address, reason, known=False) from error


def _cannot(address: Address, reason: str, *, known: bool = True) -> StoreError:
    """The error; a reason that is not `known` is a driver's, and may name the place."""
    text = f"{address.name[0].upper()}{address.name[1:]} cannot be used: {reason}."
    return StoreError(text, _TOLD.format(reason=reason) if known else _TOLD_NOTHING)


def _reason(error: SQLAlchemyError) -> str | None:
    """What is wrong, by the beginning of what the driver calls it; None where it is none of these."""
    original = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None) or ""
    if isinstance(original, sqlite3.Error) and str(original).startswith("no such"):
        return _UNMIGRATED
    return next((reason for beginning, reason in _REASONS.items() if name.startswith(beginning)), None)


def _driver_says(error: SQLAlchemyError) -> str:
    original = error.orig if isinstance(error, DBAPIError) else error
    said = (str(original).strip() or type(original).__name__).splitlines()[0].rstrip(".")
    return f"{said}: see that it is running and DATABASE_URL is right, then try again"
