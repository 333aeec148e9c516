"""Where the database is: what `DATABASE_URL` names, or a file in the data folder."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.errors import StoreError

FILE = "rolewise.sqlite3"
POSTGRESQL = {"postgres", "postgresql", "postgresql+psycopg"}

UNUSABLE = (
    "The setting DATABASE_URL cannot be used: expected postgresql://user:password@host:port/name or sqlite:///path "
    "(characters such as @ and / within a password are written as %40 and %2F; the value is not shown here)."
)


@dataclass(frozen=True, slots=True)
class Address:
    """How the engine reaches the database, and what sentences call it: without user and password."""

    url: URL
    name: str
    file: Path | None = None


def address_of(url: str | None, data_dir: Path) -> Address:
    """The database that a URL names, or the one in the data folder.

    Raises:
        StoreError: the URL cannot be used.
    """
    if url is None:
        return _file(data_dir / FILE)
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # Their messages repeat parts of the URL.
        raise StoreError(UNUSABLE) from None
    if parsed.drivername in POSTGRESQL and "@" not in (parsed.host or ""):
        place = f"{parsed.host or parsed.query.get('host') or 'this machine'}/{parsed.database or ''}"
        return Address(parsed.set(drivername="postgresql+psycopg"), f"the PostgreSQL database {place}")
    if parsed.drivername == "sqlite" and not parsed.host and not parsed.query:
        path = parsed.database
        # A database in memory survives nothing.
        if path and not path.startswith((":", "file:")):
            return _file(Path(path).expanduser())
    raise StoreError(UNUSABLE)


def _file(path: Path) -> Address:
    path = path.absolute()
    # Only `migrate` makes the file: one that vanished under a running bot must not come back empty.
    url = URL.create("sqlite+aiosqlite", database=path.as_uri(), query={"mode": "rw", "uri": "true"})
    return Address(url, f"the SQLite file {path}", path)
