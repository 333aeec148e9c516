"""A set of phrases that finds itself in a sequence of words, in one walk from each word on."""

from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


_NO_WORDS: dict[str, Any] = {}
"""Follow most nodes: they share it, since there are thousands. Nothing is ever put in."""


class _Node(Generic[Value]):
    __slots__ = ("next", "values")

    def __init__(self) -> None:
        self.next: dict[str, _Node[Value]] = _NO_WORDS
        self.values: tuple[Value, ...] = ()


class Phrases(Generic[Value]):
    """Phrases (tuples of words) and the values that stand behind each: a trie over words."""

    def __init__(self) -> None:
        self._root: _Node[Value] = _Node()

    def add(self, words: Sequence[str], value: Value) -> None:
        """Let `words` mean `value` too; an empty phrase means nothing."""
        if not words:
            return
        node = self._root
        for word in words:
            if node.next is _NO_WORDS:
                node.next = {}
            node = node.next.setdefault(word, _Node())
        if value not in node.values:
            node.values = (*node.values, value)

    def starts(self, words: Sequence[str]) -> list[int]:
        """The places at which a phrase may begin: few of a text's words open any."""
        first = self._root.next
        return [place for place, word in enumerate(words) if word in first]

    def at(
        self, words: Sequence[str], start: int, stop: int | None = None
    ) -> Iterator[tuple[int, tuple[Value, ...]]]:
        """The phrases that begin at `start`, shortest first, as (end, values); none reaches past `stop`."""
        node = self._root
        for place in range(start, len(words) if stop is None else stop):
            found = node.next.get(words[place])
            if found is None:
                return
            node = found
            if node.values:
                yield place + 1, node.values

    def exact(self, words: Sequence[str]) -> tuple[Value, ...]:
        """The values of exactly these words."""
        node = self._root
        for word in words:
            found = node.next.get(word)
            if found is None:
                return ()
            node = found
        return node.values
