"""The first tables: servers, revisions and changes of their overlays, drafts, and missed questions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "servers",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("newest", sa.Integer, nullable=False),
        sa.Column("settings", sa.JSON),
    )
    op.create_table(
        "revisions",
        sa.Column("server", sa.BigInteger, sa.ForeignKey("servers.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("author", sa.BigInteger),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
    )
    op.create_index("ix_revisions_author", "revisions", ["author"])
    op.create_table(
        "changes",
        sa.Column("server", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("path", sa.String(200), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text),
        sa.ForeignKeyConstraint(
            ["server", "number"],
            ["revisions.server", "revisions.number"],
            ondelete="CASCADE",
            name="changes_revision",
        ),
    )
    op.create_index("changes_of_revision", "changes", ["server", "number"])
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("server", sa.BigInteger, sa.ForeignKey("servers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("author", sa.BigInteger, nullable=False),
        sa.Column("parent", sa.Integer, nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("drafts_of_server", "drafts", ["server"])
    op.create_index("ix_drafts_author", "drafts", ["author"])
    op.create_table(
        "missed",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("server", sa.BigInteger, sa.ForeignKey("servers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(20), nullable=False),
        sa.UniqueConstraint("server", "text", name="missed_text"),
        sqlite_autoincrement=True,
    )
