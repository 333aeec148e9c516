"""How long understanding and composing take: `python tests/benchmarks/answers.py`.

Asks the shipped golden questions and the labelled questions of `seen`, of up to 200 characters each, and posts of 4,000
characters, which are labelled messages of `seen` one after another. Each round of new ones begins with an assistant that has read
some messages of the knowledge, as a running bot has, and none of these texts. Three times are told: of each text the quickest of all rounds, which
says most of the code and least of what else the machine does meanwhile; of each the median of them, what it takes as a rule;
and every single time. In the same run, as yardsticks: what rapidfuzz takes to find the nearest of all names and cues, and a
loop that only counts, about as long, whose times differ by what the machine does.
Then the median over lines of ordinary talk that are overheard and neither ask nor name anything, and the slowest of texts
made to be slow.
"""

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rapidfuzz import fuzz
from rapidfuzz.process import extractOne
from understanding import labelled

from bot.core.assistant import Assistant
from bot.core.knowledge.load import load
from bot.core.knowledge.model import Snapshot
from bot.core.matching.faq import everyday
from bot.core.matching.question import Manner
from bot.core.matching.remembered import Remembered
from bot.core.matching.understand import UNASKED
from bot.library import settle

ROUNDS = 8
ROUNDS_OF_POSTS = 6
ROUNDS_OF_PEERS = 3
ROUNDS_OF_TALK = 30
ANSWERED_BEFORE = 1_500
SHORT = 200
LONG = 4_000
POSTS = 500
COUNTED = 25_000
COUNTED_FOR_POSTS = 250_000
SEED = 20261127
TODAY = date(2026, 11, 23)

Call = Callable[[], object]


def percentile(times: Sequence[float], share: float) -> float:
    """A percentile of times in seconds, in milliseconds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1_000


HOSTILE = (
    "data science and " * 400,
    "ds or " * 1_000,
    "engineer/" * 700,
    "xqzt " * 1_200,
    "`" * 6_000,
    "python vs " * 600,
)


def posts() -> list[str]:
    """Posts of the length that Discord allows at most."""
    messages = [one.text for name in ("questions", "near-misses") for one in labelled("seen", name)]
    dice = random.Random(SEED)
    made = []
    for _ in range(POSTS):
        post = ""
        while len(post) < LONG:
            post += dice.choice(messages) + dice.choice((" ", "\n", "\n\n"))
        made.append(post[:LONG])
    return made


def in_turn(calls: Callable[[], Sequence[Call]], rounds: int) -> list[tuple[float, ...]]:
    """The times of each call in seconds; each round makes all of them, after what `calls` does to get ready."""
    times = []
    for _ in range(rounds):
        took = []
        for call in calls():
            begin = time.perf_counter()
            call()
            took.append(time.perf_counter() - begin)
        times.append(took)
    return [*zip(*times, strict=True)]


def heading(title: str) -> None:
    """Prints what the lines of `report` are about, and their columns."""
    print(f"\n{title}; p50 and p99 in ms")
    print(f"{'':33s} {'quickest of each':15s}    {'median of each':15s}    all times")


def report(name: str, times: Sequence[Sequence[float]]) -> None:
    """Prints the percentiles of the quickest time of each call, of its median, and over all times."""
    told = [
        f"{percentile(some, 0.5):7.3f} {percentile(some, 0.99):7.3f}"
        for some in (
            [*map(min, times)],
            [*map(statistics.median, times)],
            [one for each in times for one in each],
        )
    ]
    print(f"{name:33s} " + "    ".join(told))


def count(to: int) -> None:
    """What takes equally long each time, if the machine lets it."""
    for _ in range(to):
        pass


def names_and_cues(snapshot: Snapshot) -> list[str]:
    """What a bot without an index of its own would compare each question with."""
    names = [name for role in snapshot.roles.values() for name in (role.name, *role.aliases, *role.fields)]
    return names + [cue for section in snapshot.sections.values() for cue in section.cues]


def forget() -> None:
    """Empties what modules remember of words, which all assistants have in common."""
    for name, module in [*sys.modules.items()]:
        for value in [*vars(module).values()] if name.startswith("bot.core.") else ():
            if isinstance(kept := getattr(value, "__self__", None), Remembered):
                kept.clear()
            elif hasattr(value, "cache_clear"):
                value.cache_clear()


def running(trained: Assistant, before: Sequence[str]) -> Assistant:
    """An assistant that was asked what came before, and remembers nothing else."""
    forget()
    fresh = Assistant(trained.snapshot, trained.heads)
    for text in before:
        fresh.understand(text)
    gc.collect()
    settle()
    return fresh


def time_questions(trained: Assistant, before: Sequence[str]) -> None:
    """Prints what questions take that are new to the bot, what they take again, and what the yardsticks do."""
    asked = [
        (golden.text, Manner.OVERHEARD if golden.overheard else Manner.ADDRESSED)
        for golden in trained.snapshot.golden
    ]
    asked += [(one.text, Manner.ADDRESSED) for one in labelled("seen", "questions")]
    questions = [(text, manner) for text, manner in asked if len(text) <= SHORT]

    def understanding(assistant: Assistant) -> list[Call]:
        return [partial(assistant.understand, text, manner=manner) for text, manner in questions]

    def asking(assistant: Assistant) -> list[Call]:
        return [partial(assistant.ask, text, today=TODAY, manner=manner) for text, manner in questions]

    heading(
        f"{len(questions)} questions of up to {SHORT} characters, {ROUNDS} rounds, Python {sys.version.split()[0]}"
    )
    report("understand, new", in_turn(lambda: understanding(running(trained, before)), ROUNDS))
    report("understand + compose, new", in_turn(lambda: asking(running(trained, before)), ROUNDS))
    once = running(trained, [*before, *(text for text, _ in questions)])
    report("understand, asked before", in_turn(lambda: understanding(once), ROUNDS))
    report("understand + compose", in_turn(lambda: asking(once), ROUNDS))
    known = names_and_cues(trained.snapshot)
    for scorer in (fuzz.WRatio, fuzz.token_sort_ratio):
        peers = [partial(extractOne, text, known, scorer=scorer) for text, _ in questions]
        report(f"rapidfuzz {scorer.__name__}, {len(known):,}", in_turn(partial(list, peers), ROUNDS_OF_PEERS))
    report(f"count to {COUNTED:,}", in_turn(lambda: [partial(count, COUNTED)] * len(questions), ROUNDS))


def time_posts(trained: Assistant, before: Sequence[str]) -> None:
    """Prints what long posts take, and a loop that only counts."""
    long = posts()

    def asking() -> list[Call]:
        assistant = running(trained, before)
        return [partial(assistant.ask, post, today=TODAY) for post in long]

    heading(f"{POSTS} posts of {LONG:,} characters, {ROUNDS_OF_POSTS} rounds")
    report("understand + compose, new", in_turn(asking, ROUNDS_OF_POSTS))
    report(
        f"count to {COUNTED_FOR_POSTS:,}",
        in_turn(lambda: [partial(count, COUNTED_FOR_POSTS)] * POSTS, ROUNDS_OF_POSTS),
    )


def time_talk(assistant: Assistant) -> None:
    """Prints what overheard talk takes that is passed over."""
    passed: list[float] = []
    for line in (" ".join(words) for words in everyday()):
        for _ in range(ROUNDS_OF_TALK):
            begin = time.perf_counter()
            question = assistant.understand(line, manner=Manner.OVERHEARD)
            if question.reason == UNASKED:
                passed.append(time.perf_counter() - begin)
    print(
        f"overheard talk that asks and names nothing, {len(passed) // ROUNDS_OF_TALK} lines   "
        f"median {statistics.median(passed) * 1_000_000:.1f} us"
    )


def main() -> None:
    started = time.perf_counter()
    snapshot = load(Path(__file__).parents[2] / "knowledge").snapshot
    if snapshot is None:
        sys.exit("the shipped knowledge does not load")
    loaded = time.perf_counter()
    trained = Assistant(snapshot)
    built = time.perf_counter()
    print(f"load knowledge   {(loaded - started) * 1_000:8.1f} ms")
    print(f"build assistant  {(built - loaded) * 1_000:8.1f} ms")
    before = random.Random(SEED).sample([one.text for one in snapshot.messages], ANSWERED_BEFORE)
    time_questions(trained, before)
    time_posts(trained, before)
    time_talk(trained)
    slow = [partial(trained.ask, text, today=TODAY) for text in HOSTILE]
    slowest = max(min(times) for times in in_turn(lambda: slow, ROUNDS_OF_PEERS))
    print(f"slowest of {len(HOSTILE)} texts of 6,000 characters made to be slow: {slowest * 1_000:.0f} ms")


if __name__ == "__main__":
    main()
