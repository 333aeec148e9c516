"""Names of items with capitals that nobody guesses: PyTorch, PostgreSQL, Power BI."""

import re
from collections import defaultdict
from collections.abc import Iterator

from bot.core.knowledge.parts import Parts

NAME_AT_LEAST = 4  # letters and digits; a shorter name may be a word of another meaning

_WORD = re.compile(r"[^\W_]+")
# A capital inside a word, and an abbreviation beside another word; "SPSS" by itself is loud rather than odd.
_ODD_WORD = re.compile(r"[^\W_]*(?:[a-z][A-Z]|[A-Z]{2}[a-z])[^\W_]*")
_ABBREVIATION = re.compile(r"[A-Z]{2,}")


class Speller:
    """Knows the names of items that have unusual capitals."""

    def __init__(self, parts: Parts) -> None:
        self._names: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
        self._right = {item.name for _, _, _, item in parts.each_item()}
        for name in sorted(self._right):
            words = _WORD.findall(name)
            if len("".join(words)) < NAME_AT_LEAST or not any(_odd(word, len(words)) for word in words):
                continue
            # Not in a web address, a file's name or a command, whose capitals are their own.
            pattern = re.compile(
                r"(?<![\w./@`-])" + r"[\s-]?".join(map(re.escape, words)) + r"(?![\w/@`-]|\.\w)",
                re.IGNORECASE,
            )
            for count in range(1, len(words) + 1):
                self._names["".join(words[:count]).casefold()].append((name, pattern))

    def slips(self, text: str) -> Iterator[tuple[str, str]]:
        """What stands in the text and the name that it should be, for each name that is not written as it is."""
        if self._names.keys().isdisjoint(_WORD.findall(text.casefold())):
            return
        for word in _WORD.finditer(text):
            for name, pattern in self._names.get(word.group().casefold(), ()):
                found = pattern.match(text, word.start())
                if found is not None and found.group() not in self._right and not _same(found.group(), name):
                    yield found.group(), name


def _odd(word: str, words: int) -> bool:
    return bool(_ODD_WORD.fullmatch(word) or (words > 1 and _ABBREVIATION.fullmatch(word)))


def _same(written: str, name: str) -> bool:
    """Whether the words with unusual capitals are as in the name; the others may begin a sentence or not."""
    pairs = list(zip(_WORD.findall(written), _WORD.findall(name), strict=False))
    if len(pairs) < len(_WORD.findall(name)):
        return False
    return all(one == other for one, other in pairs if _odd(other, len(pairs)))
