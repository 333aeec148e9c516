"""Names of items with unusual capitals, as sentences and notes write them."""

from pathlib import Path

import pytest
from knowledge_files import GOOD_FILES, ROLE, good, printed, write

ITEMS = """\
pytorch: {name: PyTorch, aliases: [torch], meaning: M.}
power-bi: {name: Power BI, aliases: [powerbi], meaning: M.}
github-actions: {name: GitHub Actions, meaning: M.}
nosql: {name: NoSQL databases, meaning: M.}
postgresql: {name: PostgreSQL, aliases: [postgres], meaning: M.}
scikit-learn: {name: scikit-learn, meaning: M.}
spss: {name: SPSS, meaning: M.}
vllm: {name: vLLM, meaning: M.}
phd: {name: PhD, meaning: M.}
"""
ABOUT = "about: [statistics]"


def put(knowledge: Path, text: str) -> None:
    used = ", ".join(line.partition(":")[0] for line in ITEMS.splitlines())
    write(knowledge, "items/tools.yaml", GOOD_FILES["items/tools.yaml"] + ITEMS)
    write(
        knowledge,
        ROLE,
        GOOD_FILES[ROLE]
        .replace("A Data Analyst answers questions with data.", f"'{text}'")
        .replace(ABOUT, f"about: [statistics, {used}]"),
    )


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("Train a net in pytorch first.", [("pytorch", "PyTorch")]),
        ("Pytorch, then PyTORCH.", [("PyTORCH", "PyTorch"), ("Pytorch", "PyTorch")]),
        ("Build it in Powerbi, PowerBI or power bi.", [("PowerBI", "Power BI"), ("Powerbi", "Power BI"), ("power bi", "Power BI")]),
        ("Build it in Power-Bi.", [("Power-Bi", "Power BI")]),
        ("Run Github actions.", [("Github actions", "GitHub Actions")]),
        ("Keep it in nosql databases.", [("nosql databases", "NoSQL databases")]),
        ("Know Postgresql (and VLLM).", [("Postgresql", "PostgreSQL"), ("VLLM", "vLLM")]),
    ],
)  # fmt: skip
def test_name_in_other_capitals_is_named_with_the_right_one(
    text: str, slips: list[tuple[str, str]], knowledge: Path
) -> None:
    put(knowledge, text)
    assert printed(knowledge) == [
        f"roles/data-analyst.yaml:10:13: warning: `{written}` is written `{name}`; mend it"
        for written, name in slips
    ]


@pytest.mark.parametrize(
    "text",
    [
        "PyTorch, Power BI, GitHub Actions, PostgreSQL, vLLM and SPSS are right.",
        "A torch, postgres and scikit-Learn are other names.",
        "GitHub actions and NoSQL Databases keep the capitals that count.",
        "Power and bi by themselves, pytorchs and mypytorch are other words.",
        "Read pytorch.org, docs/pytorch, `pytorch` and pytorch-lightning.",
        "A phd and an spss table are short or loud.",
        "Powerful bits.",
    ],
)
def test_other_words_are_left_alone(text: str, knowledge: Path) -> None:
    put(knowledge, text)
    good(knowledge)


def test_notes_are_read_too(knowledge: Path) -> None:
    put(knowledge, "Fine.")
    content = (knowledge / ROLE).read_text()
    write(knowledge, ROLE, content.replace("level: core", "level: core, note: mostly pytorch"))
    assert printed(knowledge) == [
        "roles/data-analyst.yaml:15:45: warning: `pytorch` is written `PyTorch`; mend it"
    ]
