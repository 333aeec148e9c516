"""How sure the bot has to be before it answers, and how often it is wrong then, on messages it was not trained on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from bot.core.knowledge.model import Snapshot
from bot.core.matching.asking import ASKS, asked_examples, can_learn, fit_and_try
from bot.core.matching.head import ANSWERED, OVERHEARD
from bot.core.matching.signals import SignalReader
from bot.core.matching.training import Progress

EVERYDAY = "small talk"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of a sort of messages are answered."""

    sort: str
    answered: int
    total: int

    def __str__(self) -> str:
        low, high = interval(self.answered, self.total)
        share = f"{self.answered / self.total:6.1%}  ({low:.1%} to {high:.1%})"
        return f"{self.sort:24s}{share:26s}{self.answered} of {self.total}"


@dataclass(frozen=True, slots=True)
class Calibration:
    """The two thresholds with what passes each: questions, all talk, and each sort of talk."""

    thresholds: tuple[tuple[str, float, tuple[Rate, ...]], ...]

    def lines(self) -> Iterator[str]:
        """The table, a line at a time."""
        for name, margin, rates in self.thresholds:
            yield f"{name}: answered from margin {margin:+.3f}; share answered (95 % interval)"
            yield from (f"  {rate}" for rate in rates)


def interval(hits: int, total: int) -> tuple[float, float]:
    """The bounds within which a share lies with 95 % probability (Wilson, "Probable inference", 1927)."""
    z, share = 1.96, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


def calibrate(snapshot: Snapshot, on_progress: Progress | None = None) -> Calibration | None:
    """The thresholds for a snapshot's messages; None where it has no questions to learn from."""
    if not can_learn(snapshot):
        return None
    examples = asked_examples(snapshot, SignalReader(snapshot).read)
    head, scores = fit_and_try(examples, on_progress)
    sorts = [message.talk or "questions" for message in snapshot.messages]
    sorts += [EVERYDAY] * (len(examples) - len(sorts))
    asks = [ASKS in example.owners for example in examples]

    def rates(floor: float) -> tuple[Rate, ...]:
        def rate(name: str, chosen: Sequence[bool]) -> Rate:
            passed = [score >= floor for score, take in zip(scores, chosen, strict=True) if take]
            return Rate(name, sum(passed), len(passed))

        talk = sorted({sort for sort, asked in zip(sorts, asks, strict=True) if not asked})
        return (
            rate("questions", asks),
            rate("talk", [not one for one in asks]),
            *(rate(f"  {sort}", [one == sort for one in sorts]) for sort in talk),
        )

    return Calibration(
        (
            ("addressed", head.margins.answered, rates(ANSWERED)),
            ("overheard", head.margins.overheard, rates(OVERHEARD)),
        )
    )
