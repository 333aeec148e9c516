"""Trained heads, kept: training takes about a millisecond for each example."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import bot.core.matching
from bot.core.knowledge.model import Snapshot
from bot.core.matching.asking import can_learn, fit_asked, learned_from
from bot.core.matching.faq import faq_examples, faq_learned_from
from bot.core.matching.fitting import fit
from bot.core.matching.head import Head, Margins
from bot.core.matching.heads import Heads, asked_examples_of
from bot.core.matching.training import Progress
from bot.pickles import Pickles, code_of

FAQ, ASKED = "faq", "asked"
KEPT = 8
"""For the base and a few others that are tried or checked: two each, 4.5 MB together."""


class HeadCache:
    """Trained heads by what they were trained on: the last ones in memory, others below a folder, where there is one.

    The folder keeps the `kept` that were used last.
    """

    def __init__(self, folder: Path | None, kept: int = KEPT) -> None:
        self._pickles = Pickles(folder / "heads", kept) if folder is not None else None
        self._last: dict[str, tuple[str, Head]] = {}

    def holds(self, snapshot: Snapshot) -> bool:
        """Whether nothing has to be trained for a snapshot."""
        return all(
            (sort in self._last and self._last[sort][0] == name)
            or (self._pickles is not None and self._pickles.holds(name))
            for sort, name in _names(snapshot).items()
        )

    def heads(self, snapshot: Snapshot, on_progress: Progress | None = None) -> Heads:
        """The heads for a snapshot; `on_progress` is told how far the training of each is, where it is not kept."""
        return Heads(
            faq=self.faq(snapshot, on_progress),
            asked=self._head(
                ASKED, _names(snapshot), lambda: fit_asked(asked_examples_of(snapshot), on_progress)
            ),
        )

    def faq(self, snapshot: Snapshot, on_progress: Progress | None = None) -> Head | None:
        """The head of a snapshot's FAQ entries; None where it has none."""
        return self._head(FAQ, _names(snapshot), lambda: fit(faq_examples(snapshot), on_progress))

    def faq_like(self, snapshot: Snapshot, margins: Margins) -> Head | None:
        """The head of a snapshot's FAQ entries with the thresholds of another one, for about the same entries."""
        names = {sort: f"{name}-{_digest(margins)}" for sort, name in _names(snapshot).items()}
        return self._head(FAQ, names, lambda: fit(faq_examples(snapshot), margins=margins))

    def _head(self, sort: str, names: Mapping[str, str], train: Callable[[], Head]) -> Head | None:
        name = names.get(sort)
        if name is None:
            return None
        last = self._last.get(sort)
        if last is not None and last[0] == name:
            return last[1]
        head = self._pickles.read(name, Head) if self._pickles is not None else None
        if head is None:
            head = train()
            if self._pickles is not None:
                self._pickles.keep(name, head)
        self._last[sort] = (name, head)
        return head


def _names(snapshot: Snapshot) -> dict[str, str]:
    """What the heads that a snapshot has are called: by what they are trained on, whose `repr` tells it from any other."""
    origins: dict[str, object] = {}
    if snapshot.faq:
        origins[FAQ] = faq_learned_from(snapshot)
    if can_learn(snapshot):
        origins[ASKED] = learned_from(snapshot)
    code = code_of([Path(bot.core.matching.__file__).parent])
    return {sort: f"{sort}-{_digest(origin)}-{code}" for sort, origin in origins.items()}


def _digest(origin: object) -> str:
    return hashlib.sha256(repr(origin).encode()).hexdigest()[:16]
