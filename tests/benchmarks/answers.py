"""How long understanding and composing take: `python tests/benchmarks/answers.py`.

Prints the 50th and 99th percentile over the shipped golden questions of up to 200 characters, each asked in turn for
some rounds, so that the caches hold what they would in a busy server and no more; over posts of 4,000 characters, which are
labelled messages of `seen` one after another, each post asked once; and the median over lines of ordinary talk that are
overheard and neither ask nor name anything.
"""

import gc
import random
import statistics
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from understanding import labelled

from bot.core.assistant import Assistant
from bot.core.knowledge.load import load
from bot.core.matching.faq import everyday
from bot.core.matching.question import Manner
from bot.core.matching.understand import UNASKED

ROUNDS = 30
SHORT = 200
LONG = 4_000
POSTS = 500
SEED = 20261127


def percentile(times: list[float], share: float) -> float:
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


def main() -> None:
    started = time.perf_counter()
    snapshot = load(Path(__file__).parents[2] / "knowledge").snapshot
    if snapshot is None:
        sys.exit("the shipped knowledge does not load")
    loaded = time.perf_counter()
    assistant = Assistant(snapshot)
    built = time.perf_counter()
    # As the bot does at its start.
    gc.freeze()
    today = date(2026, 11, 23)
    questions = [
        (golden.text, Manner.OVERHEARD if golden.overheard else Manner.ADDRESSED)
        for golden in snapshot.golden
        if len(golden.text) <= SHORT
    ]
    understand: list[float] = []
    both: list[float] = []
    for _ in range(ROUNDS):
        for text, manner in questions:
            begin = time.perf_counter()
            assistant.understand(text, manner=manner)
            understood = time.perf_counter()
            assistant.ask(text, today=today, manner=manner)
            understand.append(understood - begin)
            both.append(time.perf_counter() - understood)
    print(
        f"{len(questions)} questions of up to {SHORT} characters, {ROUNDS} rounds, Python {sys.version.split()[0]}"
    )
    print(f"load knowledge   {(loaded - started) * 1_000:8.1f} ms")
    print(f"build assistant  {(built - loaded) * 1_000:8.1f} ms")
    for name, times in (("understand", understand), ("understand + compose", both)):
        print(f"{name:21s} p50 {percentile(times, 0.5):6.3f} ms   p99 {percentile(times, 0.99):6.3f} ms")

    long: list[float] = []
    for post in posts():
        begin = time.perf_counter()
        assistant.ask(post, today=today)
        long.append(time.perf_counter() - begin)
    print(
        f"{POSTS} posts of {LONG:,} characters   p50 {percentile(long, 0.5):6.3f} ms   p99 {percentile(long, 0.99):6.3f} ms"
    )

    passed: list[float] = []
    for line in (" ".join(words) for words in everyday()):
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            question = assistant.understand(line, manner=Manner.OVERHEARD)
            if question.reason == UNASKED:
                passed.append(time.perf_counter() - begin)
    print(
        f"overheard talk that asks and names nothing, {len(passed) // ROUNDS} lines   "
        f"median {statistics.median(passed) * 1_000_000:.1f} us"
    )

    slowest = 0.0
    for text in HOSTILE:
        begin = time.perf_counter()
        assistant.ask(text, today=today)
        slowest = max(slowest, time.perf_counter() - begin)
    print(f"slowest of {len(HOSTILE)} texts of 6,000 characters made to be slow: {slowest * 1_000:.0f} ms")


if __name__ == "__main__":
    main()
