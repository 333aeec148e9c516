"""What must survive a restart: servers' overlays, drafts, settings and missed questions, on SQLite or PostgreSQL."""

from bot.store.errors import ConflictError, StoreError, UnknownRevisionError, UnstorableTextError
from bot.store.model import Draft, Missed, Overlay, Revision, ServerSettings, Stored, Why
from bot.store.store import Store

__all__ = [
    "ConflictError",
    "Draft",
    "Missed",
    "Overlay",
    "Revision",
    "ServerSettings",
    "Store",
    "StoreError",
    "Stored",
    "UnknownRevisionError",
    "UnstorableTextError",
    "Why",
]
