"""Files that are made to exhaust the process are refused quickly and within little memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SECONDS_AT_MOST = 1.0
MEGABYTES_AT_MOST = 50

KB_512 = 512 * 1024
ROLE = "roles/x.yaml"
ROLE_HEAD = "id: x\nname: X\nfamily: data\nsections:\n  skills:\n"


def laughs() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 10)]
    return "\n".join(lines)


HOSTILE_FILES: dict[str, tuple[str, str | bytes, str]] = {
    # Newer libyaml refuses these by itself and further on, at its own limit.
    "open-brackets-200-KB": (ROLE, "[" * 200_000, "error: nested deeper"),
    "open-brackets-512-KB": (ROLE, "[" * KB_512, "error: nested deeper"),
    "open-braces": (ROLE, "{a: " * 100_000, "1:129: error: nested deeper"),
    "deep-block-mappings": (
        ROLE,
        "".join(" " * n + "a:\n" for n in range(1_000)),
        "33:33: error: nested deeper",
    ),
    "deep-block-lists": (ROLE, "- " * 200_000, "1:65: error: nested deeper"),
    "deep-keys": (ROLE, "? " * 200_000, "error: "),
    "33-levels": (ROLE, "[" * 33 + "]" * 33, "1:33: error: nested deeper"),
    "billion-laughs": ("items/tools.yaml", laughs(), "error: more than 50000 values (aliases expanded)"),
    "101-aliases": ("outside.yaml", "[&a x" + ", *a" * 101 + "]", "error: more than 100 aliases"),
    "alias-of-itself": (ROLE, "&a [*a]", "error: alias `*a` stands inside its own anchor"),
    "one-byte-too-many": (ROLE, "#" * (KB_512 + 1), "error: the file is larger than 512 KB"),
    "100-MB": (ROLE, b"a" * 100_000_000, "error: the file is larger than 512 KB"),
    "many-texts": ("outside.yaml", "[" + "a," * 250_000 + "]", "error: more than 50000 values"),
    "many-different-texts": (
        "outside.yaml",
        "[" + ",".join(map(str, range(80_000))) + "]",
        "error: more than 50000 values",
    ),
    "many-lines": ("questions.yaml", "- x\n" * 49_000, "1:1: error: more than 5000 faults"),
    "many-empty-mappings": ("questions.yaml", "- {}\n" * 49_000, "1:1: error: more than 5000 faults"),
    "many-unknown-keys": (
        ROLE,
        "".join(f"k{n}: v\n" for n in range(24_000)),
        "1:1: error: more than 5000 faults",
    ),
    "many-keys-twice": ("sources.yaml", "a: b\n" * 24_900, "24799 more problems in this file"),
    "many-unknown-items": (
        ROLE,
        ROLE_HEAD + "".join(f"  - {{item: i{n}, source: s{n}, as_of: 2025-05}}\n" for n in range(7_000)),
        "more problems in this file",
    ),
    "many-wrong-facts": (ROLE, ROLE_HEAD + "  - {a: b}\n" * 12_000, "1:1: error: more than 5000 faults"),
    "huge-text": (ROLE, "id: " + "x" * (KB_512 - 4), "expected at most 60"),
    "huge-key": (ROLE, "? " + "x" * (KB_512 - 6) + "\n: b", "error: unknown key `xxxxxx"),
    "huge-line-without-meaning": (ROLE, "x" * KB_512, "expected keys and values"),
    "huge-quote": (ROLE, '"' + "x\n" * 260_000, "1:1: error: the quote"),
    "huge-block": (
        "faq/x.yaml",
        "id: x\nquestions: [a]\nanswer: |\n" + " x\n" * 170_000,
        "expected at most 2500",
    ),
    "many-escapes": (ROLE, 'id: "' + "\\x41" * 130_000 + '"', "expected at most 60"),
    "many-line-ends": (ROLE, "\r" * KB_512, "1:1: error: nothing stands here"),
    "many-anchors": (ROLE, "&a " * 170_000, "error: "),
    "NUL-bytes": (ROLE, b"\0" * KB_512, "1:1: error: the control character U+0000"),
    "UTF-16": (ROLE, ("id: x\n" * 40_000).encode("utf-16"), "1:1: error: the file is UTF-16"),
    "not-UTF-8": (ROLE, b"id: x\n" * 80_000 + b"\xff", "80001:1: error: byte 0xFF is not UTF-8"),
    "code": (ROLE, "!!python/object/apply:os.system ['touch owned']", "error: a tag (`!...`)"),
}

# Prints the processor time and the growth of the process's peak while the directory is loaded. Linux keeps the
# peak of each program by itself; `getrusage` would carry over that of the process that started this one.
MEASURE = """
import json, sys, time
from pathlib import Path
from bot.core.knowledge.load import load

def peak():
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0])
    import resource
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used // 1024 if sys.platform == "darwin" else used

load(Path(sys.argv[1]))
before, start = peak(), time.process_time()
loaded = load(Path(sys.argv[2]))
print(json.dumps({
    "seconds": time.process_time() - start,
    "megabytes": (peak() - before) / 1024,
    "snapshot": loaded.snapshot is not None,
    "problems": [str(problem) for problem in loaded.problems],
}))
"""


@pytest.mark.parametrize("name", HOSTILE_FILES)
def test_hostile_file_is_refused_quickly_and_in_little_memory(
    name: str, knowledge: Path, tmp_path: Path
) -> None:
    file, content, expected = HOSTILE_FILES[name]
    hostile = tmp_path / "hostile" / file
    hostile.parent.mkdir(parents=True)
    hostile.write_bytes(content.encode() if isinstance(content, str) else content)
    arguments = [sys.executable, "-c", MEASURE, str(knowledge), str(tmp_path / "hostile")]
    root = Path(__file__).parents[3]
    done = subprocess.run(arguments, cwd=root, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout)
    assert not measured["snapshot"]
    assert any(expected in problem for problem in measured["problems"]), measured["problems"][:3]
    assert all(len(problem) < 400 for problem in measured["problems"])
    assert measured["seconds"] < SECONDS_AT_MOST
    assert measured["megabytes"] < MEGABYTES_AT_MOST
    assert not (root / "owned").exists()
    print(f"{name}: {measured['seconds']:.2f} s, {measured['megabytes']:.1f} MB")
