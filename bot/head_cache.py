"""Trained heads, kept: training takes about a millisecond for each example."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import bot.core.matching
from bot.core.knowledge.model import Snapshot
from bot.core.matching.asking import can_learn, fit_asked, learned_from
from bot.core.matching.faq import faq_examples
from bot.core.matching.fitting import fit
from bot.core.matching.head import Head
from bot.core.matching.heads import Heads, asked_examples_of
from bot.core.matching.training import Progress
from bot.pickles import KEPT, Pickles, code_of


class HeadCache:
    """Trained heads by what they were trained on: the last ones in memory, others in a folder, where there is one.

    The folder keeps the `kept` newest.
    """

    def __init__(self, folder: Path | None, kept: int = KEPT) -> None:
        self._pickles = Pickles(folder, kept) if folder is not None else None
        self._last: dict[str, tuple[str, Head]] = {}

    def heads(self, snapshot: Snapshot, on_progress: Progress | None = None) -> Heads:
        """The heads for a snapshot; `on_progress` is told how far the training of each is, where it is not kept."""
        return Heads(
            faq=self.faq(snapshot, on_progress),
            asked=self._head(
                "asked",
                learned_from(snapshot),
                lambda: fit_asked(asked_examples_of(snapshot), on_progress),
            )
            if can_learn(snapshot)
            else None,
        )

    def faq(self, snapshot: Snapshot, on_progress: Progress | None = None) -> Head | None:
        """The head of a snapshot's FAQ entries; None where it has none."""
        examples = faq_examples(snapshot)
        return self._head("faq", examples, lambda: fit(examples, on_progress)) if examples else None

    def _head(self, sort: str, origin: object, train: Callable[[], Head]) -> Head:
        """The head that was trained on `origin`, whose `repr` tells it from any other."""
        total = hashlib.sha256(repr(origin).encode()).hexdigest()
        name = f"{sort}-{total[:16]}-{code_of([Path(bot.core.matching.__file__).parent])}"
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
