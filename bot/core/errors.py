"""What can go wrong in the core, as data: the one who shows an error writes its sentence."""

from dataclasses import dataclass


class RolewiseError(Exception):
    """Base of all errors that a caller of the core may want to catch."""


@dataclass
class UnknownNameError(RolewiseError):
    """`query` names no `kind` ("role", "section", "item") that is known; `suggestions` are ids close to it."""

    kind: str
    query: str
    suggestions: tuple[str, ...] = ()


@dataclass
class StaleSubjectError(RolewiseError):
    """A subject names ids that the present snapshot does not hold (an old button, a removed role)."""

    missing: tuple[str, ...]
