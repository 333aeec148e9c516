"""How commands speak to the one at the terminal: errors as sentences and exit codes, quiet ends, progress."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from bot.check import named
from bot.core.errors import RolewiseError, UnknownNameError
from bot.core.golden import Progress
from bot.git import HistoryError
from bot.library import KnowledgeError
from bot.settings import SettingsError

PROBLEMS = 1
UNUSABLE = 2
_MARKS = {True: ("✔", "ok", "green"), False: ("✘", "WRONG", "bold red"), None: ("-", "-", "dim")}


class UnusableError(RolewiseError):
    """An argument cannot be used; the message is the sentence for the user."""


def say(sentence: str) -> None:
    """Tells the user something that is no result."""
    typer.echo(sentence, err=True)


def tell(subject: str, text: str, *, well: bool | None) -> None:
    """Writes what was found about a subject, marked as right, wrong, or, where `well` is None, as neither."""
    from rich.console import Console  # noqa: PLC0415 - see progress
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False, soft_wrap=True)
    sign, word, style = _MARKS[well]
    try:
        sign.encode(console.encoding)
    except UnicodeEncodeError:
        sign = word
    console.print(Text.assemble((sign, style), " ", (subject, "bold"), f": {text}"))


def shown(directory: Path) -> str:
    """The directory as short as it can be named from here."""
    try:
        return str(directory.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(directory)


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Turns an error that is meant for the user into its sentence and an exit code."""
    try:
        yield
    except KnowledgeError as error:
        for problem in named(error.problems, shown(error.directory)):
            say(str(problem))
        say(f"{str(error)[:1].upper()}{str(error)[1:]}.")
        raise typer.Exit(PROBLEMS) from None
    except UnknownNameError as error:
        close = f" Did you mean {' or '.join(error.suggestions)}?" if error.suggestions else ""
        say(f"No {error.kind} is called “{error.query}”.{close}")
        raise typer.Exit(UNUSABLE) from None
    except RolewiseError as error:
        say(str(error))
        unusable = isinstance(error, SettingsError | UnusableError | HistoryError)
        raise typer.Exit(UNUSABLE if unusable else PROBLEMS) from None


@contextlib.contextmanager
def quiet_end() -> Iterator[None]:
    """Ends without a word when the reader of the output has left, or on Ctrl-C."""
    try:
        yield
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
    except BrokenPipeError:
        # What is still buffered must not raise again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


@contextlib.contextmanager
def progress(task: str) -> Iterator[Progress | None]:
    """A bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - a script needs no bar
    from rich.progress import Progress as Bar  # noqa: PLC0415

    with Bar(console=Console(stderr=True), transient=True) as bar:
        number = bar.add_task(task)
        yield lambda done, total: bar.update(number, completed=done, total=total)
