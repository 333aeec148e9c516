"""How old a fact may become."""

from datetime import date
from functools import lru_cache


def months_between(day: date, today: date) -> int:
    """Whole months from `day` to `today`."""
    return (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)


@lru_cache(1_024)
def past_shelf_life(day: date, shelf_life: int, today: date) -> bool:
    """Whether what was so on `day` is older than `shelf_life` months."""
    return months_between(day, today) > shelf_life
