"""Trained heads, kept: training takes about a millisecond for each example question."""

import hashlib
from pathlib import Path

import bot.core.matching
from bot.core.knowledge.model import Snapshot
from bot.core.matching.faq import faq_examples
from bot.core.matching.fitting import Progress, fit
from bot.core.matching.head import Head
from bot.pickles import Pickles, code_of


class HeadCache:
    """Trained heads by what they were trained on: the last one in memory, others in a folder, where there is one."""

    def __init__(self, folder: Path | None) -> None:
        self._pickles = Pickles(folder) if folder is not None else None
        self._last: tuple[str, Head] | None = None

    def faq_head(self, snapshot: Snapshot, on_progress: Progress | None = None) -> Head | None:
        """The head for a snapshot's FAQ entries; None where it has none."""
        examples = faq_examples(snapshot)
        if not examples:
            return None
        total = hashlib.sha256()
        for example in examples:
            total.update(repr((example.words, example.owner, example.apart)).encode())
        name = f"faq-{total.hexdigest()[:16]}-{code_of([Path(bot.core.matching.__file__).parent])}"
        if self._last is not None and self._last[0] == name:
            return self._last[1]
        head = self._pickles.read(name, Head) if self._pickles is not None else None
        if head is None:
            head = fit(examples, on_progress)
            if self._pickles is not None:
                self._pickles.keep(name, head)
        self._last = (name, head)
        return head
