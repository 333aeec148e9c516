"""How well FAQ entries are told apart, and what is none of them: CLINC150 through the real command, and peers beside it.

    python tests/benchmarks/clinc.py --clinc PATH [--per-intent N] [--peers]

PATH (or the environment variable ROLEWISE_CLINC) is a JSON file with `train`, `val` and `oos_val`, each a list of [text,
intent] (Larson et al., "An Evaluation Dataset for Intent Classification and Out-of-Scope Prediction", EMNLP 2019; CC BY 3.0).
The training sentences become the example questions of one FAQ entry an intent; the validation questions are asked with
`ask --json --knowledge`, as they are and with one and two random edits of a letter each. Peers (the extra `benchmarks`) answer
the same questions in this process: rapidfuzz's extractOne, bm25s, and scikit-learn's LinearSVC on the same kinds of n-grams.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from measures import edited, interval

ROOT = Path(__file__).parents[2]
VARIABLE = "ROLEWISE_CLINC"
SEED = 20261125
PEER_QUESTIONS = 600
"""Questions that a peer is asked: some need a quarter of a minute for a thousand."""

Pairs = list[tuple[str, str]]


def knowledge(folder: Path, train: Pairs, per_intent: int) -> Pairs:
    """Writes the entries, and gives the sentences used."""
    by_intent = defaultdict(list)
    for text, intent in train:
        by_intent[intent.replace("_", "-")].append(text)
    (folder / "faq").mkdir(parents=True)
    # The file is sorted by wording within an intent: its first few sentences are nearly the same.
    dice = random.Random(SEED)
    taken = {intent: dice.sample(texts, min(per_intent, len(texts))) for intent, texts in by_intent.items()}
    for intent, texts in taken.items():
        entry = {"id": intent, "questions": texts, "answer": f"About {intent}."}
        (folder / "faq" / f"{intent}.yaml").write_text(json.dumps(entry), encoding="utf-8")
    return [(text, intent) for intent, texts in taken.items() for text in texts]


def ask(folder: Path, texts: list[str], data: Path) -> tuple[list[dict], float]:
    """The command's answers, and the seconds it took."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--json", "--knowledge", str(folder)],
        input="".join(f"{text}\n" for text in texts),
        capture_output=True,
        text=True,
        check=True,
        cwd=data,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DATA_DIR": str(data)},
    )
    return [json.loads(line) for line in done.stdout.splitlines()], time.perf_counter() - began


def area(inside: list[float], outside: list[float]) -> float:
    """The area under the ROC curve, ties counted half."""
    ranked = Counter(outside)
    below, total = {}, 0
    for value in sorted(set(inside) | set(outside)):
        below[value] = total + ranked[value] / 2
        total += ranked[value]
    return sum(below[value] for value in inside) / (len(inside) * len(outside))


def first(row: dict) -> str | None:
    return next((one["id"] for one in row["candidates"] if one["kind"] == "faq"), None)


def measure(val: Pairs, strange: list[str], folder: Path, data: Path) -> None:
    wanted = [intent for _, intent in val]
    _, learning = ask(folder, ["hello"], data)
    rows, seconds = ask(folder, [*(text for text, _ in val), *strange], data)
    inside, outside = rows[: len(val)], rows[len(val) :]
    hits = [first(row) == want for row, want in zip(inside, wanted, strict=True)]
    given = [row["faq"] if row["outcome"] == "answer" else None for row in inside]
    floor = sorted(row["confidence"] for row in outside)[int(0.6 * len(outside))]
    kept = sum(hit and row["confidence"] >= floor for hit, row in zip(hits, inside, strict=True))
    figures = {
        "accuracy of the first candidate": (sum(hits), len(val)),
        "in scope right at out-of-scope recall 60": (kept, len(val)),
        "answered rightly as shipped": (sum(g == w for g, w in zip(given, wanted, strict=True)), len(val)),
        "answered wrongly as shipped": (
            sum(g not in (None, w) for g, w in zip(given, wanted, strict=True)),
            len(val),
        ),
        "out of scope not answered": (
            sum(row["outcome"] != "answer" or row["faq"] is None for row in outside),
            len(outside),
        ),
    }
    dice = random.Random(SEED)
    for edits in (1, 2):
        mangled, _ = ask(folder, [edited(text, edits, dice) for text, _ in val], data)
        right = sum(first(row) == want for row, want in zip(mangled, wanted, strict=True))
        figures[f"accuracy with {edits} edit{'s' if edits > 1 else ''}"] = right, len(val)
    for name, (count, total) in figures.items():
        low, high = interval(count, total)
        print(f"  {name:42s}{100 * count / total:6.1f}  ({100 * low:.1f} to {100 * high:.1f})")
    curve = area([r["confidence"] for r in inside], [r["confidence"] for r in outside])
    print(f"  {'area under the curve':42s}{100 * curve:6.1f}")
    print(
        f"  learning, the first time {learning:.1f} s; then {1000 * seconds / len(rows):.2f} ms a question, start included"
    )


def peers(train: Pairs, val: Pairs) -> None:
    """Prints each peer's accuracy and median time on some of the questions."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - peers are imported where they are measured

    texts, owners = [text for text, _ in train], [intent for _, intent in train]
    asked = random.Random(SEED).sample(val, min(PEER_QUESTIONS, len(val)))

    def report(name, answer) -> None:
        times, hits = [], 0
        for text, intent in asked:
            began = time.perf_counter()
            found = answer(text)
            times.append(time.perf_counter() - began)
            hits += found == intent
        print(f"  {name:42s}{100 * hits / len(asked):6.1f}   {1000 * sorted(times)[len(times) // 2]:.2f} ms")

    for scorer in (fuzz.WRatio, fuzz.token_sort_ratio):
        report(
            f"rapidfuzz {scorer.__name__}",
            lambda text, s=scorer: owners[process.extractOne(text, texts, scorer=s)[2]],
        )
    try:
        import bm25s  # noqa: PLC0415
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
        from sklearn.pipeline import make_pipeline, make_union  # noqa: PLC0415
        from sklearn.svm import LinearSVC  # noqa: PLC0415
    except ImportError as missing:
        print(f"  {missing.name} is not installed: the extra `benchmarks` brings it")
        return
    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)

    def nearest(text: str) -> str:
        places, _ = index.retrieve(bm25s.tokenize([text], show_progress=False), k=10, show_progress=False)
        return Counter(owners[place] for place in places[0]).most_common(1)[0][0]

    report("bm25s, 10 nearest", nearest)
    model = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        ),
        LinearSVC(),
    ).fit(texts, owners)
    report("scikit-learn LinearSVC", lambda text: model.predict([text])[0])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clinc", type=Path, default=os.environ.get(VARIABLE), help="the JSON file")
    parser.add_argument("--per-intent", type=int, default=100, help="example questions an entry")
    parser.add_argument("--peers", action="store_true", help="measure the peers, too")
    given = parser.parse_args()
    if given.clinc is None:
        parser.error(f"name the data with --clinc or {VARIABLE}")
    read = json.loads(Path(given.clinc).read_text(encoding="utf-8"))
    val = [(text, intent.replace("_", "-")) for text, intent in read["val"]]
    strange = [one if isinstance(one, str) else one[0] for one in read["oos_val"]]
    with tempfile.TemporaryDirectory() as place:
        folder, data = Path(place) / "knowledge", Path(place) / "data"
        data.mkdir()
        train = knowledge(folder, read["train"], given.per_intent)
        print(
            f"{len(train)} example questions, {len(val)} questions in scope, {len(strange)} out of scope; percent"
        )
        measure(val, strange, folder, data)
        if given.peers:
            print("peers: accuracy, median time of a question")
            peers(train, val)


if __name__ == "__main__":
    main()
