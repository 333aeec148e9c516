"""Roles that an unknown text may be a slip for: near enough on the keyboard, or not offered at all."""

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from bot.core.knowledge.model import Snapshot
from bot.core.matching.tokens import Token, key

NEAR = 86.0
"""Least `fuzz.ratio` between a window of the text and a role's name."""
_AT_MOST = 3
_SHORTEST = 6
_TOKENS_READ = 40
"""In a longer text nothing is looked for: who tells a story asks by more than a name with slips."""


class NearNames:
    """The names of a snapshot's roles, by their number of words, for comparing with windows as long."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._names: dict[int, dict[str, str]] = {}
        for role in snapshot.roles.values():
            for text in (role.name, *role.aliases):
                words = key(text)
                if sum(map(len, words)) >= _SHORTEST:
                    self._names.setdefault(len(words), {})[" ".join(words)] = role.id

    def roles(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """Roles whose name is nearly written somewhere in the text, nearest first."""
        words = [token.text for token in tokens] if len(tokens) <= _TOKENS_READ else []
        best: dict[str, float] = {}
        for size, names in self._names.items():
            windows = [" ".join(words[start : start + size]) for start in range(len(words) - size + 1)]
            if not windows:
                continue
            scores = cdist(windows, [*names], scorer=fuzz.ratio, score_cutoff=NEAR)
            roles = [*names.values()]
            for window, name in np.argwhere(scores):
                best[roles[name]] = max(best.get(roles[name], 0.0), float(scores[window, name]))
        return tuple(sorted(best, key=lambda role: -best[role])[:_AT_MOST])
