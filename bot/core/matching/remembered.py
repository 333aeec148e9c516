"""What functions of one argument gave before, for people write the same words over and over."""

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """Values by key; one that is not there is made, and when there are too many, all are forgotten.

    Nothing is noted of when a value was last asked for: that takes `functools.lru_cache` most of its time, for a word is
    looked up in half a dozen places, and what is noted lies far apart in memory.
    """

    def __init__(self, make: Callable[[Key], Value], at_most: int) -> None:
        super().__init__()
        self._make = make
        self._at_most = at_most

    def __missing__(self, key: Key) -> Value:
        value = self._make(key)
        if len(self) >= self._at_most:
            self.clear()
        self[key] = value
        return value


def remembered(at_most: int) -> Callable[[Callable[[Key], Value]], Callable[[Key], Value]]:
    """Makes a function remember what it gave for at most so many arguments."""

    def remembering(make: Callable[[Key], Value]) -> Callable[[Key], Value]:
        return Remembered(make, at_most).__getitem__

    return remembering
