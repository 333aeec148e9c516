"""The shape of the house: what may import what, and that importing does nothing."""

import ast
import os
import pkgutil
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import bot

ROOT = Path(__file__).parents[1]
OUTSIDE_THE_CORE = (
    "discord",
    "sqlalchemy",
    "aiohttp",
    "simcord",
    "typer",
    "rich",
    "watchfiles",
    "pydantic_settings",
)
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter", "time_ns"}

# The layers from the lowest up. A module imports its own layer and those below, and nothing imports the command line.
LAYERS = (
    {"core"},
    {
        "ui",
        "store",
        "library",
        "overlays",
        "servers",
        "editor",
        "inbox",
        "snapshot_cache",
        "head_cache",
        "learning",
        "programs",
        "pickles",
        "settings",
        "command_sync",
        "logs",
        "stopping",
        "own_copy",
        "check",
        "check_diff",
        "git",
        "calibrate",
    },
    {"app"},
    {"exts", "preview", "serve", "doctor", "ask", "terminal"},
    {"cli"},
    {"__main__"},
)
MODULES = ["bot", *(found.name for found in pkgutil.walk_packages(bot.__path__, "bot."))]
# SimCord looks at discord.py when it is imported, which warns and makes a client; matplotlib makes itself a folder, so
# that drawing is a program of its own.
QUIET = [name for name in MODULES if name not in {"bot.preview", "bot.ui.drawing", "bot.__main__"}]


def source_of(name):
    path = ROOT.joinpath(*name.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def imports_of(name):
    """The modules of ours that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(source_of(name).read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name} imports relative to itself, which this test cannot follow"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return {other for other in found if other in MODULES and other not in {"bot", name}}


def layer_of(name):
    part = name.split(".")[1]
    return next(number for number, layer in enumerate(LAYERS) if part in layer)


def python(code, tmp_path, **variables):
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_module_has_a_layer():
    parts = {name.split(".")[1] for name in MODULES if name != "bot"}
    assert parts == set().union(*LAYERS)


@pytest.mark.parametrize("name", [name for name in MODULES if name != "bot"])
def test_module_imports_nothing_above_it(name):
    above = [other for other in imports_of(name) if layer_of(other) > layer_of(name)]
    assert not above, f"{name} imports {', '.join(above)}"


def test_no_modules_import_each_other():
    # A package without code of its own stands for nothing.
    graph = {
        name: {other for other in imports_of(name) if source_of(other).name != "__init__.py"}
        for name in MODULES
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"these import each other: {' -> '.join(error.args[1])}")


def test_only_the_entry_imports_the_command_line():
    assert [name for name in MODULES if "bot.cli" in imports_of(name)] == ["bot.__main__"]


def test_core_brings_no_discord_no_database_and_no_network(tmp_path):
    core = [name for name in MODULES if name.startswith("bot.core")]
    code = f"import importlib, sys\nfor name in {core!r}: importlib.import_module(name)\nprint(*sys.modules)"
    done = python(code, tmp_path)
    assert done.returncode == 0, done.stderr
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint(OUTSIDE_THE_CORE)
    others = {
        name for name in done.stdout.split() if name.startswith("bot.") and not name.startswith("bot.core")
    }
    assert not others


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("bot.core")])
def test_core_has_no_clock_of_its_own(name):
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(source_of(name).read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert called.isdisjoint(CLOCKS)


def test_nothing_but_the_drawing_itself_imports_matplotlib(tmp_path):
    assert [name for name in MODULES if "bot.ui.drawing" in imports_of(name)] == []
    code = f"import importlib, sys\nfor name in {QUIET!r}: importlib.import_module(name)\nprint(*sys.modules)"
    assert "matplotlib" not in set(python(code, tmp_path).stdout.split())


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("bot.store")])
def test_store_stands_on_the_core_alone(name):
    beside = {other for other in imports_of(name) if not other.startswith(("bot.store", "bot.core"))}
    assert not beside, f"{name} imports {', '.join(beside)}"


def test_asking_brings_no_discord(tmp_path, data, library):
    code = (
        "import sys\nsys.argv = ['bot', 'ask', 'mle vs ds']\nfrom bot.cli import main\n"
        "try: main()\nexcept SystemExit: pass\nprint('MODULES', *sys.modules)"
    )
    # What is learned is there, where it would take the process many seconds.
    assert library.assistant
    done = python(code, tmp_path, DATA_DIR=str(data))
    answer, _, modules = done.stdout.partition("MODULES")
    assert "Machine Learning Engineer vs. Data Scientist" in answer
    loaded = {name.partition(".")[0] for name in modules.split()}
    assert loaded.isdisjoint({"discord", "aiohttp", "simcord", "sqlalchemy"})


def test_importing_everything_needs_no_token_and_does_nothing(tmp_path):
    code = (
        f"import importlib, logging, signal, sys, threading\n"
        f"before = {{n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)}}\n"
        f"for name in {QUIET!r}: importlib.import_module(name)\n"
        f"assert threading.active_count() == 1, threading.enumerate()\n"
        f"assert not logging.getLogger().handlers\n"
        f"assert before == {{n: signal.getsignal(n) for n in before}}"
    )
    done = python(code, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []
