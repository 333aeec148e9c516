"""Short names for ids, as buttons carry them."""

import base64
import hashlib
from collections.abc import Iterable

DIGEST_LENGTH = 4


def digest(identifier: str) -> str:
    """Four base64url characters that stand for the id of a role, item or FAQ entry in a button's state."""
    return base64.urlsafe_b64encode(hashlib.sha256(identifier.encode()).digest()[:3]).decode()


def by_digest(identifiers: Iterable[str]) -> dict[str, str]:
    """The ids by their digest. Of ids that collide the first stays; loading refuses such knowledge."""
    found: dict[str, str] = {}
    for identifier in identifiers:
        found.setdefault(digest(identifier), identifier)
    return found
