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
class LevelInRegionError(RolewiseError):
    """Pay by level of experience and by region at once, which no source tells.

    `level_source` and `region_source` are the titles of the sources that tell one of them; None where none does.
    """

    level: str
    region: str
    level_source: str | None
    region_source: str | None


@dataclass
class StaleSubjectError(RolewiseError):
    """A subject names ids that the present snapshot does not hold (an old button, a removed role)."""

    missing: tuple[str, ...]
