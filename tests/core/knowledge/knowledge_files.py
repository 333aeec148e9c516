"""A small knowledge directory that is valid, and what a broken file in it looks like."""

from dataclasses import dataclass
from pathlib import Path

from bot.core.knowledge.load import load
from bot.core.knowledge.model import Snapshot

GOOD_FILES = {
    "sections.yaml": """\
definition: {title: What it is, kind: statements, order: 1, shelf_life: 60, cues: [definition, "what is {role}"]}
skills: {title: Skills, kind: items, order: 2, shelf_life: 36, cues: [skills, "learn {item}"]}
tools: {title: Tools, kind: items, order: 3, shelf_life: 36, cues: [tools]}
industries: {title: Industries, kind: items, order: 4, shelf_life: 36, cues: [industries]}
salary: {title: Salary, kind: figures, order: 5, shelf_life: 24, cues: [salary]}
""",
    "sources.yaml": """\
editorial: {title: Editors, publisher: The project, licence: MIT, published: 2026-11-23, editorial: true}
onet-29-3:
  title: O*NET 29.3
  publisher: U.S. Department of Labor
  licence: CC BY 4.0
  published: 2025-05
  url: https://www.onetcenter.org/database.html
""",
    "items/skills.yaml": """\
statistics: {name: Statistics, aliases: [stats], meaning: Drawing conclusions from data.}
""",
    "items/tools.yaml": """\
kubernetes: {name: Kubernetes, aliases: [k8s], meaning: Runs containers.}
python: {name: Python, meaning: A programming language.}
r: {name: R, exact: [R], meaning: A language for statistics.}
""",
    "items/industries.yaml": """\
finance: {name: Finance, meaning: Banks and insurers.}
""",
    "roles/data-analyst.yaml": """\
id: data-analyst
name: Data Analyst
abbreviations: [DA]
aliases: [reporting analyst]
fields: [data analytics]
family: data
nearest: [data-scientist]
sections:
  definition:
    - text: A Data Analyst answers questions with data.
      about: [statistics]
      source: editorial
      as_of: 2026-11-23
  skills:
    - {item: statistics, level: core, source: onet-29-3, as_of: 2025-05}
    - {item: r, source: editorial, as_of: 2026-11-23}
  salary:
    - measure: wage
      value: 120230
      low: 85660
      high: 158880
      unit: USD/year
      region: US
      period: May 2025
      occupation: Data Analysts
      match: own
      source: onet-29-3
      as_of: 2025-05
""",
    "roles/data-scientist.yaml": """\
id: data-scientist
name: Data Scientist
abbreviations: [DS]
family: data
sections: {}
""",
    "faq/laptop.yaml": """\
id: laptop
questions: [which laptop should I buy]
answer: Nearly any will do.
source: editorial
as_of: 2026-11-23
""",
    "questions.yaml": """\
- text: da vs ds
  intent: compare
  roles: [data-analyst, data-scientist]
- text: which laptop
  faq: laptop
- text: no
  outcome: unknown
- text: who uses python and k8s in banks
  items: [finance, kubernetes, python]
""",
    "outside.yaml": "[Nurse, Lawyer]\n",
    "compared.yaml": "- {roles: [data-analyst, data-scientist], sites: 12}\n",
}

ROLE = "roles/data-analyst.yaml"
HEAD = """\
id: data-analyst
name: Data Analyst
family: data
"""


@dataclass(frozen=True)
class Broken:
    """A file of the good directory replaced by `content`, or added to it, and the lines printed for that."""

    name: str
    file: str
    content: str | bytes
    printed: tuple[str, ...]

    def write(self, directory: Path) -> None:
        write(directory, self.file, self.content)


def broken(name: str, file: str, content: str | bytes, *printed: str) -> Broken:
    return Broken(name, file, content, printed)


def good(directory: Path) -> Snapshot:
    loaded = load(directory)
    assert loaded.problems == ()
    assert loaded.snapshot is not None
    return loaded.snapshot


def printed(directory: Path) -> list[str]:
    return [str(problem) for problem in load(directory).problems]


def write(directory: Path, name: str, content: str | bytes) -> Path:
    file = directory / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file
