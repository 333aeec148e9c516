"""How much an FAQ may hold: `python tests/benchmarks/phrases.py [--phrases 100000] [--each 50]`.

Makes a knowledge of as many example questions as are asked for, of invented words, the same ones each time. Prints how long a
first start takes, which learns them; the time and memory of a later start, in a process of its own; how long an answer takes
then, over one further wording of each entry; and how long an edit takes to be served, while the former state answers.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from answers import percentile

from bot.core.matching.question import Manner
from bot.library import Library

ROOT = Path(__file__).parents[2]
SEED = 20261127
SYLLABLES = [
    start + middle
    for start in "b d f g k l m n p r s t v z br st tr pl".split()
    for middle in "a e i o u ai ou er in or".split()
]
WORDS = 6_000
TOPIC = 5
"""Words that an entry is about; a wording takes three of four from these."""
FRAMES = (
    "how do i {} the {} {}",
    "where can i find the {} {}",
    "what is the {} of {}",
    "can somebody {} my {} for {}",
    "is there a {} {} here",
    "my {} does not {} any more, what now",
    "who is in charge of {} and {}",
    "when does the {} {} start",
    "please explain {} {}",
    "do we have {} for the {}",
    "which {} should i use with {}",
)
ASKED = 2_000
_READY = """
import resource, sys, time
from pathlib import Path
began = time.perf_counter()
from bot.library import Library
library = Library.open(Path(sys.argv[1]), Path(sys.argv[2]))
took = time.perf_counter() - began
with open("/proc/self/statm") as statm:
    print(took, int(statm.read().split()[1]) * resource.getpagesize())
"""


def vocabulary(dice: random.Random) -> list[str]:
    found: set[str] = set()
    while len(found) < WORDS:
        found.add("".join(dice.choices(SYLLABLES, k=dice.choice((2, 2, 3)))))
    return sorted(found)


def wordings(count: int, words: list[str], taken: set[str], dice: random.Random) -> list[str]:
    """As many questions of one new entry, none of them in `taken`, to which they are added."""
    topic = dice.sample(words, TOPIC)
    found: list[str] = []
    while len(found) < count:
        frame = dice.choice(FRAMES)
        fill = [dice.choice(topic if dice.random() < 0.75 else words) for _ in range(frame.count("{}"))]
        text = frame.format(*fill)
        if len({*fill}) == len(fill) and text not in taken:
            taken.add(text)
            found.append(text)
    return found


def generate(folder: Path, phrases: int, each: int) -> list[tuple[str, str]]:
    """Writes the knowledge, and gives a further wording of each entry with the entry's id."""
    dice = random.Random(SEED)
    words, taken = vocabulary(dice), set()
    (folder / "faq").mkdir(parents=True)
    further = []
    for number in range(phrases // each):
        name = f"entry-{number}"
        last, *questions = wordings(each + 1, words, taken, dice)
        entry = {"id": name, "questions": questions, "answer": f"About {name}."}
        (folder / "faq" / f"{name}.yaml").write_text(json.dumps(entry), encoding="utf-8")
        further.append((last, name))
    return further


def later_start(folder: Path, cache: Path) -> tuple[float, float]:
    """Seconds and MiB of a process that finds everything kept."""
    done = subprocess.run(
        [sys.executable, "-c", _READY, str(folder), str(cache)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, kept = done.stdout.split()
    return float(seconds), int(kept) / 2**20


def answers(library: Library, asked: list[tuple[str, str]]) -> None:
    times, right, wrong = [], 0, 0
    for text, name in asked:
        began = time.perf_counter()
        question = library.assistant.understand(text, manner=Manner.ADDRESSED)
        times.append(time.perf_counter() - began)
        given = question.subject.faq if question.subject is not None else None
        right += given == name
        wrong += given not in (None, name)
    print(f"understand         p50 {percentile(times, 0.5):.2f} ms, p99 {percentile(times, 0.99):.2f} ms")
    print(f"further wordings   {right / len(asked):.1%} answered rightly, {wrong / len(asked):.1%} wrongly")


def edit(library: Library, asked: list[tuple[str, str]]) -> None:
    """Edits an entry, and asks on while it is learned."""
    path = library.directory / "faq" / "entry-0.yaml"
    entry = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**entry, "questions": entry["questions"][1:]}), encoding="utf-8")
    former, served = library.assistant, 0
    began = time.perf_counter()
    reload = threading.Thread(target=library.reload)
    reload.start()
    times = []
    while reload.is_alive():
        text, _ = asked[served % len(asked)]
        at = time.perf_counter()
        same = library.assistant is former
        library.assistant.understand(text)
        served += same
        times.append(time.perf_counter() - at)
        time.sleep(0.02)
    reload.join()
    assert library.assistant is not former
    print(
        f"an edit is served  after {time.perf_counter() - began:.1f} s; meanwhile the former state answered "
        f"{served} questions, p50 {percentile(times, 0.5):.2f} ms, p99 {percentile(times, 0.99):.2f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--phrases", type=int, default=15_000, help="example questions (default: 15000)")
    parser.add_argument("--each", type=int, default=50, help="of them in an entry (default: 50)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place) / "knowledge", Path(place) / "cache"
        further = generate(folder, given.phrases, given.each)
        print(f"{len(further)} entries of {given.each} example questions")
        began = time.perf_counter()
        library = Library.open(folder, cache)
        print(f"first start        {time.perf_counter() - began:.1f} s")
        seconds, memory = later_start(folder, cache)
        print(f"later start        {seconds:.2f} s, imports included; {memory:.0f} MiB")
        answers(library, further[:ASKED])
        edit(library, further)


if __name__ == "__main__":
    main()
