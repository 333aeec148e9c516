"""The tables. Whatever belongs to a server goes with its row in `servers`, which is also the lock of its writers."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

PATH_LENGTH = 200
"""Characters of a path: it stands in an index, whose rows PostgreSQL limits to some 2,700 bytes."""

TEXT_LENGTH = 300
"""Characters of a missed question, for the same reason."""

DRAFT_ID_LENGTH = 16


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC. SQLite forgets the zone, and PostgreSQL answers in that of the connection."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The time in UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The time, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()


def _server() -> Column[int]:
    return Column("server", BigInteger, ForeignKey("servers.id", ondelete="CASCADE"), nullable=False)


servers = Table(
    "servers",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    # The number of the newest revision, 0 where there is none.
    Column("newest", Integer, nullable=False),
    Column("settings", JSON(none_as_null=True)),
)

revisions = Table(
    "revisions",
    metadata,
    Column("server", BigInteger, ForeignKey("servers.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("author", BigInteger, index=True),
    Column("at", Moment, nullable=False),
    Column("note", Text, nullable=False),
    Column("report", Text, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    # In this order, the newest change of each file is found in the index alone.
    Column("server", BigInteger, primary_key=True, autoincrement=False),
    Column("path", String(PATH_LENGTH), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    # None: the file was removed.
    Column("text", Text),
    ForeignKeyConstraint(
        ["server", "number"],
        ["revisions.server", "revisions.number"],
        ondelete="CASCADE",
        name="changes_revision",
    ),
    Index("changes_of_revision", "server", "number"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String(DRAFT_ID_LENGTH), primary_key=True),
    _server(),
    Column("author", BigInteger, nullable=False, index=True),
    Column("parent", Integer, nullable=False),
    Column("changes", JSON, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("drafts_of_server", "server"),
)

missed = Table(
    "missed",
    metadata,
    Column("id", Integer, primary_key=True),
    _server(),
    Column("text", String(TEXT_LENGTH), nullable=False),
    Column("count", Integer, nullable=False),
    Column("last", Moment, nullable=False),
    Column("why", String(20), nullable=False),
    UniqueConstraint("server", "text", name="missed_text"),
    # An id is in a menu that may be old: it must not come to mean another question.
    sqlite_autoincrement=True,
)
