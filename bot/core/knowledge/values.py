"""The kinds of values in knowledge files: ids, names, sentences, dates, numbers, each with its limits.

The YAML reader hands over text for every scalar, so `no`, `R` and `3.10` stay what was written; only fields that
use a type of this module for numbers, dates or booleans become one.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Annotated

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    HttpUrl,
    StringConstraints,
    UrlConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from bot.core.knowledge.model import AsOf

NAME_LENGTH = 80
SENTENCE_LENGTH = 300
ANSWER_LENGTH = 2_500
QUESTION_LENGTH = 300
ATTRIBUTION_LENGTH = 1_000
GOLDEN_LENGTH = 6_000
NEAREST_AT_MOST = 10
LINK_LENGTH = 300
JOB_ROLES = 5

FIRST_YEAR = 1950
LAST_YEAR = 2100

# As many digits as a number is exact with; more are a slip, and very many would cost time to convert.
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_COUNT = re.compile(r"[0-9]{1,15}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")


def _as_of(text: object) -> AsOf:
    return _dated(text if isinstance(text, str) else "")


@lru_cache(1_000)
def _dated(text: str) -> AsOf:
    """Equal dates are one object: facts by the thousand have the same few."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError("is no date; expected year-month or year-month-day, as 2026-05 or 2026-05-15")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        found = date(year, month, day)
    except ValueError:
        raise ValueError("is no day of the calendar; expected one, as 2026-05-15") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"is out of range; expected a year from {FIRST_YEAR} to {LAST_YEAR}")
    return AsOf(found, match.group())


def _day(text: object) -> date:
    found = _as_of(text)
    if found.text.count("-") < 2:
        raise ValueError("is no full date; expected year-month-day, as 2026-05-15")
    return found.day


def _without_user(link: HttpUrl) -> HttpUrl:
    # "https://bank.example@evil.example" leads to the second name while people read the first.
    if link.username or link.password:
        raise ValueError("is an address with a user name in it; expected one without `@` before its path")
    return link


def _number(text: object) -> float:
    if not isinstance(text, str) or not _NUMBER.fullmatch(text):
        raise ValueError("is no number; expected digits and at most one point, as 157000 or 33.5")
    return float(text)


def _count(text: object) -> int:
    if not isinstance(text, str) or not _COUNT.fullmatch(text):
        raise ValueError("is no count; expected digits only, as 8212")
    return int(text)


def _flag(text: object) -> bool:
    if text not in ("true", "false"):
        raise ValueError("is neither true nor false; expected one of them")
    return text == "true"


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("is longer than a line; expected one line, as `>-` makes of several")
    return text


def _distinct(names: list[str]) -> list[str]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name.casefold() in seen:
            raise PydanticCustomError(
                "stands_twice", "`{name}` stands twice in the list", {"name": name, "index": index}
            )
        seen.add(name.casefold())
    return names


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=60)]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_LENGTH),
    AfterValidator(_one_line),
]
Sentence = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=SENTENCE_LENGTH),
    AfterValidator(_one_line),
]
Question = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=QUESTION_LENGTH),
    AfterValidator(_one_line),
]
Names = Annotated[list[Name], AfterValidator(_distinct)]
Slugs = Annotated[list[Slug], AfterValidator(_distinct)]
Day = Annotated[
    AsOf,
    BeforeValidator(_as_of),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2})?$", "examples": ["2026-05-15"]}),
]
Date = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "examples": ["2026-05-15"]}),
]
Link = Annotated[
    HttpUrl,
    UrlConstraints(allowed_schemes=["https"], max_length=LINK_LENGTH),
    AfterValidator(_without_user),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https://"}),
]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Number = Annotated[float, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Count = Annotated[
    int, BeforeValidator(_count), Field(ge=0), WithJsonSchema({"type": "integer", "minimum": 0})
]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
