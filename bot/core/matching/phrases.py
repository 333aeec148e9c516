"""A set of phrases that finds itself in a sequence of words, in one walk from each word on."""

from collections.abc import Iterator, Sequence
from itertools import compress, count
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

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, tuple[Value, ...]]]:
        """The phrases in the words with what stands behind them, as (start, end, values): by their starts, then by their ends."""
        first = self._root.next
        following = [*words[1:], ""]
        # Few of a text's words open any, and few of those that do are followed by the next one.
        for start in compress(count(), map(first.__contains__, words)):
            node = first[words[start]]
            if node.values:
                yield start, start + 1, node.values
            if following[start] in node.next:
                longer: _Node[Value] | None = node.next[following[start]]
                end = start + 1
                while longer is not None:
                    end += 1
                    if longer.values:
                        yield start, end, longer.values
                    longer = longer.next.get(following[end - 1])

    def open_none_of(self, words: Sequence[str]) -> bool:
        """Whether none begins with any of the words; quicker than to find that none is there."""
        return self._root.next.keys().isdisjoint(words)

    def exact(self, words: Sequence[str]) -> tuple[Value, ...]:
        """The values of exactly these words."""
        node = self._root
        for word in words:
            found = node.next.get(word)
            if found is None:
                return ()
            node = found
        return node.values
