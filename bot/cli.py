"""The command line: the one place where settings, knowledge and clock are made and passed on."""

import asyncio
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import __version__, ask, calibrate, check, check_diff, own_copy
from bot.core.knowledge.load import load
from bot.core.matching.question import Context, Manner
from bot.head_cache import HeadCache
from bot.library import Library, settle, shipped_knowledge
from bot.settings import Settings, SettingsError
from bot.terminal import PROBLEMS, UnusableError, progress, quiet_end, say, shown, tell, told

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    help="Answers career questions about data and AI roles, on Discord and here. Without a command: run when "
    "DISCORD_TOKEN is set, else preview.",
)
Knowledge = Annotated[
    Path | None,
    typer.Option(
        "--knowledge", metavar="DIR", help="Knowledge to use in place of the shipped base (KNOWLEDGE_DIR)."
    ),
]


def main() -> None:
    """Runs the command that the arguments name."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character shows a substitute.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()


@app.callback(invoke_without_command=True)
def default(
    context: typer.Context,
    *,
    knowledge: Knowledge = None,
    version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False,
) -> None:
    """Runs the bot when a token is set, else the preview."""
    if version:
        typer.echo(f"rolewise {__version__}")
        raise typer.Exit
    context.obj = knowledge
    if context.invoked_subcommand is not None:
        return
    with told():
        has_token = Settings.read().discord_token is not None
    if has_token:
        typer.echo("DISCORD_TOKEN is set: running the bot. (`preview` shows it on a local page.)")
        run(context, knowledge)
    else:
        typer.echo(
            "DISCORD_TOKEN is not set: showing the bot on a local page. (With a token it runs on Discord.)"
        )
        preview(context, knowledge=knowledge)


@app.command()
def run(context: typer.Context, knowledge: Knowledge = None) -> None:
    """Run the bot on Discord."""
    from bot import serve  # noqa: PLC0415 - Discord takes a second to import, and asking needs none of it
    from bot.logs import set_up_log  # noqa: PLC0415

    with told():
        settings = Settings.read()
        set_up_log(settings.log_level)
        serve.token_of(settings)
        asyncio.run(serve.serve(settings, _library(context, knowledge, settings), say))


@app.command()
def sync(context: typer.Context, knowledge: Knowledge = None) -> None:
    """Register the slash commands with Discord now."""
    from bot import serve  # noqa: PLC0415 - see run
    from bot.logs import set_up_log  # noqa: PLC0415

    with told():
        settings = Settings.read()
        set_up_log(settings.log_level)
        serve.token_of(settings)
        count = asyncio.run(serve.register(settings, _library(context, knowledge, settings)))
        typer.echo(f"{count} commands are registered.")


@app.command("doctor")
def doctor_(context: typer.Context, knowledge: Knowledge = None) -> None:
    """Say what keeps the bot from working, and how to mend it: 0 all is well, 1 something is wrong."""
    from bot import doctor  # noqa: PLC0415 - see run
    from bot.logs import set_up_log  # noqa: PLC0415

    async def examine(settings: Settings, directory: Path) -> bool:
        well = True
        async for finding in doctor.examine(settings, directory):
            tell(finding.subject, finding.text, well=finding.well)
            well &= finding.well is not False
        return well

    set_up_log("CRITICAL")
    with quiet_end():
        try:
            settings = Settings.read()
        except SettingsError as error:
            tell("settings", str(error), well=False)
            raise typer.Exit(PROBLEMS) from None
        directory = knowledge or context.obj or settings.knowledge_dir or shipped_knowledge()
        if not asyncio.run(examine(settings, directory)):
            raise typer.Exit(PROBLEMS)


@app.command()
def preview(
    context: typer.Context,
    *,
    knowledge: Knowledge = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port of the page; 0 takes any that is free.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page where there is a browser.")] = True,
) -> None:
    """Show the real bot on a local page, without an account or a token."""
    from bot.logs import set_up_log  # noqa: PLC0415 - see run

    with told():
        settings = Settings.read()
        set_up_log(settings.log_level, local=True)
        library = _library(context, knowledge, settings)
        why = _show_page(settings, library, port, browser=browser)
        if why is None:
            return
        say(f"The page cannot be shown: {why}. Asking here instead.")
        _ask_here(ask.Asker(library, _today))


@app.command("ask")
def ask_(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT]", help="The question; without it, a conversation.")
    ] = None,
    *,
    knowledge: Knowledge = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="A question a line in, a JSON object a line out.")
    ] = False,
    overheard: Annotated[
        bool, typer.Option("--overheard", help="Ask as plain talk that the bot overhears.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Tell what in the TEXT led to the answer.")] = False,
    about: Annotated[
        str | None, typer.Option(metavar="ROLE[,ROLE]", help="The roles that the question follows up on.")
    ] = None,
) -> None:
    """Ask in the terminal."""
    with told(), quiet_end():
        library = _library(context, knowledge, None)
        manner = Manner.OVERHEARD if overheard else Manner.ADDRESSED
        asker = ask.Asker(library, _today, manner, _context(library, about))
        # A question that is not in quotes arrives as its words.
        text = ask.readable(" ".join(words)) if words else None
        if why and (as_json or text is None):
            raise UnusableError(
                "--why tells a person the reasons for one TEXT: put the question behind it, without --json."
            )
        if not as_json:
            _ask_here(asker) if text is None else ask.answer_once(asker, text, sys.stdout, why=why)
        elif text is None:
            ask.answer_lines(asker, sys.stdin.buffer, sys.stdout)
        else:
            ask.answer_json(asker, text, sys.stdout)


@app.command("check")
def check_(
    context: typer.Context,
    directory: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="The knowledge to check.")] = None,
    *,
    knowledge: Knowledge = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of lines.")] = False,
    stale: Annotated[
        bool, typer.Option("--stale", help="List facts that are past their shelf life, too.")
    ] = False,
    diff: Annotated[
        str | None,
        typer.Option("--diff", metavar="REV", help="Show, as Markdown, what changed since a git revision."),
    ] = None,
) -> None:
    """Validate knowledge and ask its golden questions: 0 clean, 1 problems, 2 unusable arguments."""
    with told(), quiet_end():
        if diff is not None and as_json:
            raise UnusableError("--diff prints Markdown: leave out --json.")
        given = directory or knowledge or context.obj
        place = _directory(context, given, None)
        named = str(given or shown(place))
        heads = _kept_heads().heads
        with progress("Golden questions") as on_progress:
            if diff is None:
                checked, _ = check.check(place, named, _today(), on_progress, heads=heads, stale=stale)
                lines = [str(problem) for problem in checked.problems]
            else:
                compared = check_diff.compare(
                    place, named, diff, _today(), on_progress, heads=heads, stale=stale
                )
                checked, lines = compared.checked, [compared.markdown()]
        if as_json:
            typer.echo(checked.as_json())
        else:
            for line in lines:
                typer.echo(line)
            typer.echo(checked.summary(), err=True)
        if checked.problems:
            raise typer.Exit(PROBLEMS)


@app.command("calibrate")
def calibrate_(context: typer.Context, knowledge: Knowledge = None) -> None:
    """Show how sure the bot has to be to answer, and how often it is wrong then, on messages it did not learn from."""
    with told(), quiet_end():
        place = _directory(context, knowledge, None)
        snapshot = load(place, advice=False).snapshot
        if snapshot is None:
            raise UnusableError(f"the knowledge in {place} has errors; see `check`")
        with progress("Learning without a part of the messages") as on_progress:
            found = calibrate.calibrate(snapshot, on_progress)
        if found is None:
            raise UnusableError(f"{place} has no questions to learn from in messages/")
        for line in found.lines():
            typer.echo(line)


@app.command()
def init(
    context: typer.Context,
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is new or empty.")],
    knowledge: Knowledge = None,
) -> None:
    """Copy the base to a folder of your own, to be edited."""
    with told():
        count = own_copy.copy_knowledge(knowledge or context.obj or shipped_knowledge(), directory)
        typer.echo(
            f"Copied {count} files to {directory}. Edit them, and check them with:\n"
            f"  python -m bot check {directory}\n"
            f"To serve them, put this into .env or the environment:\n"
            f"  KNOWLEDGE_DIR={directory.resolve()}\n"
            f"A running bot takes over each good edit at once."
        )


@app.command()
def migrate() -> None:
    """Make the database (DATABASE_URL), or bring it up to date; a start does so by itself."""
    from bot.store.migrate import migrate  # noqa: PLC0415 - asking needs no database

    with told():
        settings = Settings.read()
        url = settings.database_url.get_secret_value() if settings.database_url else None
        done = asyncio.run(migrate(url, settings.data_dir))
        if done.found == done.now:
            typer.echo(f"Up to date, at version {done.now}: {done.name}")
        else:
            typer.echo(f"Migrated from {done.found or 'nothing'} to version {done.now}: {done.name}")


def _show_page(settings: Settings, library: Library, port: int | None, *, browser: bool) -> str | None:
    """Serves the page until it is ended; the reason where it cannot be shown."""
    try:
        from bot import preview as page  # noqa: PLC0415 - an extra, which may not be installed
    except ImportError as error:
        if (error.name or "").startswith("bot"):
            raise
        why = (
            f"{error.name} is not installed"
            if isinstance(error, ModuleNotFoundError)
            else str(error).rstrip(".")
        )
        return f"{why}; install the extra with `pip install 'rolewise[preview]'`"

    def announce(served: page.Page) -> None:
        if served.wanted is not None and served.wanted != served.port:
            say(f"Port {served.wanted} is taken, so the page has another.")
        typer.echo(f"The page is at {served.url}\nCtrl-C ends it.")
        sys.stdout.flush()
        if browser:
            page.open_browser(served.url)

    try:
        asyncio.run(page.serve_page(settings, library, port=port, announce=announce))
    except page.PreviewUnavailableError as error:
        return str(error).rstrip(".")
    return None


def _ask_here(asker: ask.Asker) -> None:
    if sys.stdin.isatty():
        typer.echo(ask.GREETING)
    ask.converse(asker, ask.typed_lines(), sys.stdout)


def _directory(context: typer.Context, given: Path | None, settings: Settings | None) -> Path:
    """The knowledge directory that is meant: the argument, else the setting, else the base."""
    directory = given or context.obj
    if directory is None:
        directory = (settings or Settings.read()).knowledge_dir or shipped_knowledge()
    try:
        usable = directory.is_dir()
    except (OSError, ValueError):
        usable = False
    if not usable:
        what = "is not a folder" if os.path.lexists(directory) else "does not exist"
        raise UnusableError(f"The knowledge folder {directory} {what}.")
    return Path(directory)


def _library(context: typer.Context, knowledge: Path | None, settings: Settings | None) -> Library:
    settings = settings or Settings.read()
    with progress("Learning the FAQ entries") as on_progress:
        library = Library.open(_directory(context, knowledge, settings), settings.cache, on_progress)
    settle()
    return library


def _kept_heads() -> HeadCache:
    """What was learned before: a check after an edit of facts learns nothing anew. It needs no good settings."""
    try:
        return HeadCache(Settings.read().cache)
    except SettingsError:
        return HeadCache(None)


def _context(library: Library, about: str | None) -> Context | None:
    if about is None:
        return None
    names = [name for name in about.split(",") if name.strip()]
    return Context(tuple(library.assistant.role(name).id for name in names))


def _today() -> date:
    return datetime.now(UTC).date()
