"""What can go wrong with what is stored."""

from dataclasses import dataclass

from bot.core.errors import RolewiseError


class StoreError(RolewiseError):
    """The database cannot be used now; the message says what is wrong and how to mend it, without the password.

    `told` is what of it anybody may read: it does not say where the database is.
    """

    def __init__(self, text: str, told: str | None = None) -> None:
        super().__init__(text)
        self.told = told or text


@dataclass
class ConflictError(RolewiseError):
    """A change was made to revision `expected` of a server's overlay, but `current` is the newest by now."""

    server: int
    expected: int
    current: int

    def __str__(self) -> str:
        return f"The newest revision is {self.current} by now, and the change was made to revision {self.expected}."


@dataclass
class UnknownRevisionError(RolewiseError):
    """The server's overlay has no revision of that number."""

    server: int
    number: int

    def __str__(self) -> str:
        return f"There is no revision {self.number}."


@dataclass
class UnstorableTextError(RolewiseError):
    """A text holds what no database keeps unchanged, or a path is too long; `what` names the text, `why` the reason."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what} cannot be stored: {self.why}."
