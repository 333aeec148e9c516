"""The one door to what is stored. Every call is one transaction: it happens as a whole or not at all."""

import contextlib
import dataclasses
import re
import secrets
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    null,
    select,
    text,
    true,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.address import Address, address_of
from bot.store.engine import WRITES, make_engine
from bot.store.errors import ConflictError, UnknownRevisionError, UnstorableTextError
from bot.store.failures import explained
from bot.store.migrate import bring_up_to_date
from bot.store.model import Changes, Draft, Missed, Overlay, Revision, ServerSettings, Stored, Why
from bot.store.tables import (
    DRAFT_ID_LENGTH,
    PATH_LENGTH,
    TEXT_LENGTH,
    changes,
    drafts,
    missed,
    revisions,
    servers,
)

ANSWER_SECONDS = 30
DRAFT_AGE = timedelta(days=1)
DRAFTS = 20
MISSED_AGE = timedelta(days=30)
MISSED_TEXTS = 500
LARGEST_NUMBER = 2**31 - 1
PART = 250

_DRAFT_ID = re.compile(rf"[\w-]{{1,{DRAFT_ID_LENGTH}}}", re.ASCII)

# Makes the server's row where there is none and locks it in either case, so that writers of a server take turns.
_LOCK = text(
    "INSERT INTO servers (id, newest) VALUES (:server, 0) "
    "ON CONFLICT (id) DO UPDATE SET newest = servers.newest RETURNING newest"
).bindparams(bindparam("server", type_=BigInteger))


class Store:
    """Overlays, drafts, settings and missed questions of all servers.

    Any number of processes may use the same database. Every method that meets a database which cannot be used raises
    `StoreError`, and works again when that is mended; one that is given a text which no database keeps unchanged (with
    a NUL character, or half a surrogate pair) raises `UnstorableTextError`. Either way nothing is half-written. Where the
    connection is lost while a change is being confirmed, the change may have been made.
    """

    def __init__(self, engine: AsyncEngine, address: Address, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**{WRITES: True})
        self._address = address
        self._clock = clock

    @classmethod
    async def open(
        cls, url: str | None, data_dir: Path, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> Self:
        """Connects to the database that `url` names, or to a file in `data_dir`; makes and migrates it where needed.

        Several processes may open it at once. `close` it in the same event loop.

        Raises:
            StoreError: the URL cannot be used, or the database cannot.
        """
        address = address_of(url, data_dir)
        async with explained(address, None):
            engine = make_engine(address)
            try:
                await bring_up_to_date(engine, address)
            except BaseException:
                await engine.dispose()
                raise
        return cls(engine, address, clock)

    async def close(self) -> None:
        """Gives the connections back."""
        await self._engine.dispose()

    async def ping(self) -> None:
        """Returns where the database can be reached and read.

        Raises:
            StoreError: it cannot.
        """
        async with self._reading() as connection:
            await connection.execute(select(servers.c.id).limit(1))

    # Overlays

    async def newest(self) -> dict[int, Overlay]:
        """The newest overlay of every server that has published, by server."""
        numbers: dict[int, int] = {}
        files: dict[int, dict[str, str]] = {}
        async with self._reading() as connection:
            rows = await connection.stream(_overlays(servers.c.newest > 0, true()))
            # In parts, between which the loop runs other tasks.
            async for part in rows.partitions(PART):
                for row in part:
                    if row.path is None:
                        numbers[row.id] = row.newest
                    else:
                        files.setdefault(row.id, {})[row.path] = row.text
        return {server: Overlay(number, files.get(server, {})) for server, number in numbers.items()}

    async def numbers(self) -> dict[int, tuple[int, datetime]]:
        """Number and time of the newest revision of every server that has published, by server.

        Where everything of a server was deleted, its numbers begin anew: the time tells the two apart.
        """
        newest = select(servers.c.id, revisions.c.number, revisions.c.at).join(
            revisions, (revisions.c.server == servers.c.id) & (revisions.c.number == servers.c.newest)
        )
        async with self._reading() as connection:
            return {row.id: (row.number, row.at) for row in await connection.execute(newest)}

    async def overlay(self, server: int, number: int | None = None) -> Overlay:
        """The overlay as of a revision, the newest where none is named; 0 is the empty one.

        Raises:
            UnknownRevisionError: there is no such revision.
        """
        async with self._reading() as connection:
            newest, files = await _overlay(connection, server, number)
        if number is not None and not 0 <= number <= newest:
            raise UnknownRevisionError(server, number)
        return Overlay(newest if number is None else number, files)

    async def publish(
        self,
        server: int,
        parent: int,
        changes: Changes,
        *,
        author: int | None,
        note: str = "",
        report: str = "",
    ) -> Revision:
        """Makes a new revision out of revision `parent`. Texts are kept as they are, to the last space.

        Raises:
            ConflictError: `parent` is not the newest revision (0: none yet), so that the change may undo another's.
        """
        _check_texts(changes, note=note, report=report)
        async with self._writing() as connection:
            await _take_turn(connection, server, parent)
            revision = self._revision(server, parent, changes, author=author, note=note, report=report)
            await _append(connection, revision, changes)
        return revision

    async def history(
        self, server: int, *, before: int | None = None, limit: int = 10
    ) -> tuple[Revision, ...]:
        """Up to `limit` revisions, the newest first: those with numbers below `before`, where that is given."""
        below = LARGEST_NUMBER if before is None else max(0, min(before, LARGEST_NUMBER))
        page = (
            select(revisions)
            .where(revisions.c.server == server, revisions.c.number < below)
            .order_by(revisions.c.number.desc())
            .limit(limit)
            .subquery()
        )
        paths = select(page, changes.c.path).outerjoin(
            changes, (changes.c.server == page.c.server) & (changes.c.number == page.c.number)
        )
        async with self._reading() as connection:
            rows = (await connection.execute(paths)).all()
        found: dict[int, Row[Any]] = {}
        files: dict[int, list[str]] = {}
        for row in rows:
            found[row.number] = row
            files.setdefault(row.number, []).extend([] if row.path is None else [row.path])
        return tuple(
            Revision(
                server,
                number,
                number - 1,
                row.author,
                row.at,
                row.note,
                row.report,
                tuple(sorted(files[number])),
            )
            for number, row in sorted(found.items(), reverse=True)
        )

    async def roll_back(
        self,
        server: int,
        parent: int,
        to: int,
        *,
        author: int | None,
        note: str = "",
        report: str = "",
    ) -> Revision:
        """Makes a new revision whose files are those of revision `to`, byte for byte; 0 leaves none.

        Raises:
            ConflictError: `parent` is not the newest revision.
            UnknownRevisionError: there is no revision `to`.
        """
        _check_texts({}, note=note, report=report)
        async with self._writing() as connection:
            await _take_turn(connection, server, parent)
            if not 0 <= to <= parent:
                raise UnknownRevisionError(server, to)
            _, now = await _overlay(connection, server, parent)
            _, then = await _overlay(connection, server, to)
            back = {path: then.get(path) for path in now | then if now.get(path) != then.get(path)}
            revision = self._revision(server, parent, back, author=author, note=note, report=report)
            await _append(connection, revision, back)
        return revision

    def _revision(
        self, server: int, parent: int, changed: Changes, *, author: int | None, note: str, report: str
    ) -> Revision:
        at = self._clock().astimezone(UTC)
        return Revision(server, parent + 1, parent, author, at, note, report, tuple(sorted(changed)))

    # Drafts

    async def keep_draft(
        self, server: int, author: int, parent: int, changes: Changes, note: str = ""
    ) -> Draft:
        """Keeps a change for a day, under an id that cannot be guessed; of an author's many in a server, the newest 20."""
        _check_texts(changes, note=note)
        draft = Draft(
            secrets.token_urlsafe(9),
            server,
            author,
            parent,
            dict(changes),
            note,
            self._clock().astimezone(UTC),
        )
        async with self._writing() as connection:
            await _locked(connection, server)
            # Whoever sends files all day long does not fill the disk.
            theirs = (drafts.c.server == server) & (drafts.c.author == author)
            newest = (
                select(drafts.c.id)
                .where(theirs)
                .order_by(drafts.c.at.desc(), drafts.c.id.desc())
                .limit(DRAFTS - 1)
            )
            await connection.execute(delete(drafts).where(theirs, drafts.c.id.not_in(newest)))
            await connection.execute(insert(drafts).values(dataclasses.asdict(draft)))
        return draft

    async def draft(self, draft_id: str) -> Draft | None:
        """The draft of that id, if it is not forgotten."""
        if not _DRAFT_ID.fullmatch(draft_id):
            return None
        wanted = select(drafts).where(drafts.c.id == draft_id, drafts.c.at > self._clock() - DRAFT_AGE)
        async with self._reading() as connection:
            row = (await connection.execute(wanted)).mappings().one_or_none()
        return None if row is None else Draft(**row)

    async def drop_draft(self, draft_id: str) -> None:
        """Forgets a draft, if it is there."""
        if _DRAFT_ID.fullmatch(draft_id):
            async with self._writing() as connection:
                await connection.execute(delete(drafts).where(drafts.c.id == draft_id))

    # Settings

    async def all_settings(self) -> dict[int, ServerSettings]:
        """The settings of every server that has some of its own."""
        async with self._reading() as connection:
            rows = await connection.execute(
                select(servers.c.id, servers.c.settings).where(servers.c.settings.is_not(None))
            )
            return {server: _settings(kept) for server, kept in rows}

    async def settings(self, server: int) -> ServerSettings:
        """A server's settings, the defaults where it has none of its own."""
        async with self._reading() as connection:
            return _settings(await connection.scalar(_settings_of(server)))

    async def change_settings(
        self, server: int, change: Callable[[ServerSettings], ServerSettings]
    ) -> ServerSettings:
        """Replaces a server's settings by what `change` makes of them; what it raises leaves them as they are."""
        async with self._writing() as connection:
            await _locked(connection, server)
            changed = change(_settings(await connection.scalar(_settings_of(server))))
            kept = {
                name: sorted(value) if isinstance(value, frozenset) else value
                for name, value in dataclasses.asdict(changed).items()
            }
            await connection.execute(update(servers).where(servers.c.id == server).values(settings=kept))
        return changed

    # Missed questions

    async def note_missed(self, server: int, text: str, why: Why) -> None:
        """Counts a question up, or keeps its first 300 characters; beyond 500 texts the rarest and oldest goes."""
        text = text[:TEXT_LENGTH]
        _check_text("The question", text)
        now = self._clock()
        of_server = missed.c.server == server
        async with self._writing() as connection:
            await _locked(connection, server)
            await connection.execute(delete(missed).where(of_server, missed.c.last <= now - MISSED_AGE))
            counted = await connection.execute(
                update(missed)
                .where(of_server, missed.c.text == text)
                .values(count=missed.c.count + 1, last=now, why=why)
            )
            if counted.rowcount:
                return
            best = (
                select(missed.c.id)
                .where(of_server)
                .order_by(missed.c.count.desc(), missed.c.last.desc(), missed.c.id.desc())
                .limit(MISSED_TEXTS - 1)
            )
            await connection.execute(delete(missed).where(of_server, missed.c.id.not_in(best)))
            await connection.execute(
                insert(missed).values(server=server, text=text, count=1, last=now, why=why)
            )

    async def missed(self, server: int, limit: int = 200) -> tuple[Missed, ...]:
        """Questions of the last 30 days, the most frequent first, then the newest."""
        wanted = (
            select(missed)
            .where(missed.c.server == server, missed.c.last > self._clock() - MISSED_AGE)
            .order_by(missed.c.count.desc(), missed.c.last.desc(), missed.c.id.desc())
            .limit(limit)
        )
        async with self._reading() as connection:
            rows = (await connection.execute(wanted)).mappings().all()
        return tuple(Missed(**row) for row in rows)

    async def forget_missed(self, server: int, ids: Collection[int]) -> None:
        """Forgets those of a server's missed questions."""
        known = [one for one in ids if 0 < one <= LARGEST_NUMBER]
        async with self._writing() as connection:
            await connection.execute(delete(missed).where(missed.c.server == server, missed.c.id.in_(known)))

    async def tidy(self) -> None:
        """Deletes drafts older than a day and missed questions older than 30 days. Meant to be called daily."""
        now = self._clock()
        async with self._writing() as connection:
            await connection.execute(delete(drafts).where(drafts.c.at <= now - DRAFT_AGE))
            await connection.execute(delete(missed).where(missed.c.last <= now - MISSED_AGE))

    # Privacy

    async def stored(self, server: int) -> Stored:
        """How much is stored of a server."""
        counts = [
            select(func.count()).where(table.c.server == server).scalar_subquery()
            for table in (revisions, drafts, missed)
        ]
        async with self._reading() as connection:
            row = (await connection.execute(select(*counts, _settings_of(server).scalar_subquery()))).one()
        return Stored(*row[:3], settings=row[3] is not None)

    async def delete_server(self, server: int) -> None:
        """Deletes everything of a server: its overlay with the history, drafts, settings and missed questions."""
        async with self._writing() as connection:
            await connection.execute(delete(servers).where(servers.c.id == server))

    async def delete_missed(self, server: int) -> None:
        """Deletes a server's missed questions."""
        async with self._writing() as connection:
            await connection.execute(delete(missed).where(missed.c.server == server))

    async def anonymise(self, author: int, server: int | None = None) -> int:
        """Takes a person's id off all revisions, or those of one server, and deletes their drafts; how many of both."""
        async with self._writing() as connection:
            touched = 0
            # In the order in which `delete_server` comes to these tables: two that go the other way wait for each other.
            for table, statement in (
                (revisions, update(revisions).values(author=None)),
                (drafts, delete(drafts)),
            ):
                theirs = statement.where(table.c.author == author)
                here = theirs if server is None else theirs.where(table.c.server == server)
                touched += (await connection.execute(here)).rowcount
        return touched

    @contextlib.asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        async with explained(self._address, ANSWER_SECONDS), self._engine.connect() as connection:
            yield connection

    @contextlib.asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        async with explained(self._address, ANSWER_SECONDS), self._writer.begin() as connection:
            yield connection


async def _locked(connection: AsyncConnection, server: int) -> int:
    """Holds the server's row until the transaction ends; the number of its newest revision."""
    newest: int = (await connection.execute(_LOCK, {"server": server})).scalar_one()
    return newest


async def _take_turn(connection: AsyncConnection, server: int, parent: int) -> None:
    """Holds the server's row, of which `parent` must be the newest revision.

    Raises:
        ConflictError: it is not.
    """
    newest = await _locked(connection, server)
    if parent != newest:
        raise ConflictError(server, parent, newest)


async def _append(connection: AsyncConnection, revision: Revision, changed: Changes) -> None:
    of_revision = {"server": revision.server, "number": revision.number}
    await connection.execute(
        insert(revisions).values(
            **of_revision,
            author=revision.author,
            at=revision.at,
            note=revision.note,
            report=revision.report,
        )
    )
    if changed:
        rows = [{**of_revision, "path": path, "text": content} for path, content in changed.items()]
        await connection.execute(insert(changes), rows)
    await connection.execute(
        update(servers).where(servers.c.id == revision.server).values(newest=revision.number)
    )


async def _overlay(
    connection: AsyncConnection, server: int, number: int | None
) -> tuple[int, dict[str, str]]:
    """The number of a server's newest revision, and its files as of a revision, the newest where none is named."""
    among = changes.c.server == server
    if number is not None:
        among &= changes.c.number <= max(0, min(number, LARGEST_NUMBER))
    newest, files = 0, {}
    for row in await connection.execute(_overlays(servers.c.id == server, among)):
        if row.path is None:
            newest = row.newest
        else:
            files[row.path] = row.text
    return newest, files


def _overlays(of_servers: ColumnElement[bool], among: ColumnElement[bool]) -> CompoundSelect[Any]:
    """A row with its newest number for each server, and one with path and text for each file after the changes meant.

    One statement, so that it sees one moment; no join of the two, of whose size PostgreSQL has no idea.
    """
    last = (
        select(changes.c.server, changes.c.path, func.max(changes.c.number).label("number"))
        .where(among)
        .group_by(changes.c.server, changes.c.path)
        .subquery()
    )
    files = (
        select(changes.c.server, literal_column("0"), changes.c.path, changes.c.text)
        .join(
            last,
            (changes.c.server == last.c.server)
            & (changes.c.path == last.c.path)
            & (changes.c.number == last.c.number),
        )
        .where(changes.c.text.is_not(None))
    )
    numbers = select(servers.c.id, servers.c.newest, null().label("path"), null().label("text"))
    return union_all(numbers.where(of_servers), files)


def _settings_of(server: int) -> Select[Any]:
    return select(servers.c.settings).where(servers.c.id == server)


def _settings(kept: Mapping[str, Any] | None) -> ServerSettings:
    """Settings as they were kept, by this version of the bot or by one that knows more or fewer of them."""
    defaults = ServerSettings()
    known: dict[str, Any] = {
        name: frozenset(value) if isinstance(getattr(defaults, name), frozenset) else value
        for name, value in (kept or {}).items()
        if hasattr(defaults, name)
    }
    return dataclasses.replace(defaults, **known)


def _check_texts(changed: Changes, **texts: str) -> None:
    for name, content in texts.items():
        _check_text(f"The {name}", content)
    for path, new in changed.items():
        _check_text("The path", path)
        if len(path) > PATH_LENGTH:
            raise UnstorableTextError("The path", f"it is longer than {PATH_LENGTH} characters")
        _check_text(path, new or "")


def _check_text(what: str, content: str) -> None:
    if "\0" in content:
        raise UnstorableTextError(what, "it has a NUL character")
    # Half a surrogate pair, which JSON can bring along, is no character.
    if not content.isascii() and any("\ud800" <= letter <= "\udfff" for letter in content):
        raise UnstorableTextError(what, "it has half a surrogate pair, which is no character")
