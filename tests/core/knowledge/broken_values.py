"""Files with values that are not of their kind: content, and what is printed."""

from knowledge_files import GOOD_FILES, HEAD, ROLE, broken

SECTIONS = GOOD_FILES["sections.yaml"]
STATISTICS = GOOD_FILES["items/skills.yaml"]

BROKEN_VALUES = (
    broken(
        "unknown level",
        ROLE,
        HEAD
        + """\
sections:
  skills:
    - {item: r, level: cor, source: editorial, as_of: 2025-05}
""",
        "roles/data-analyst.yaml:6:24: error: `cor` is no level, expected core or useful, did you mean `core`?",
    ),
    broken(
        "no date",
        ROLE,
        HEAD
        + """\
sections:
  skills:
    - {item: r, source: editorial, as_of: May 2025}
""",
        "roles/data-analyst.yaml:6:43: error: `May 2025` is no date; expected year-month or year-month-day, as 2026-05 or 2026-05-15",
    ),
    broken(
        "no day of the calendar",
        ROLE,
        HEAD
        + """\
sections:
  skills:
    - {item: r, source: editorial, as_of: 2025-02-30}
""",
        "roles/data-analyst.yaml:6:43: error: `2025-02-30` is no day of the calendar; expected one, as 2026-05-15",
    ),
    broken(
        "far future",
        ROLE,
        HEAD
        + """\
sections:
  skills:
    - {item: r, source: editorial, as_of: 2205-02}
""",
        "roles/data-analyst.yaml:6:43: error: `2205-02` is out of range; expected a year from 1950 to 2100",
    ),
    broken(
        "long ago",
        ROLE,
        HEAD
        + """\
sections:
  skills:
    - {item: r, source: editorial, as_of: 1949-12}
""",
        "roles/data-analyst.yaml:6:43: error: `1949-12` is out of range; expected a year from 1950 to 2100",
    ),
    broken(
        "no number",
        ROLE,
        HEAD
        + """\
sections:
  industries:
    - {item: finance, share: 17%, occupation: A, match: own, source: editorial, as_of: 2025-05}
""",
        "roles/data-analyst.yaml:6:30: error: `17%` is no number; expected digits and at most one point, as 157000 or 33.5",
    ),
    broken(
        "share without occupation",
        ROLE,
        HEAD
        + """\
sections:
  industries:
    - {item: finance, share: 17, source: editorial, as_of: 2025-05}
""",
        "roles/data-analyst.yaml:6:7: error: `share`, `occupation` and `match` stand together or not at all; add what is missing",
    ),
    broken(
        "value outside its range",
        ROLE,
        HEAD
        + """\
sections:
  salary:
    - {measure: wage, value: 5, low: 6, high: 7, unit: USD/year, region: US, period: 2024, occupation: A, match: own, source: editorial, as_of: 2025-05}
""",
        "roles/data-analyst.yaml:6:7: error: `value` lies outside `low` to `high`; mend the one that is wrong",
    ),
    broken(
        "no count",
        "compared.yaml",
        "- {roles: [data-analyst, data-scientist], sites: many}\n",
        "compared.yaml:1:50: error: `many` is no count; expected digits only, as 8212",
    ),
    broken(
        "no flag",
        "questions.yaml",
        "- {text: hello, overheard: yes}\n",
        "questions.yaml:1:28: error: `yes` is neither true nor false; expected one of them",
    ),
    broken(
        "no id",
        ROLE,
        HEAD
        + """\
nearest: [Data Scientist]
sections: {}
""",
        "roles/data-analyst.yaml:4:11: error: `Data Scientist` is no id, expected small letters, digits and hyphens, as `data-scientist`",
    ),
    broken(
        "item id that is none",
        "items/skills.yaml",
        STATISTICS + "Big Data: {name: Big Data, meaning: Much of it.}\n",
        "items/skills.yaml:2:1: error: `Big Data` is no id, expected small letters, digits and hyphens, as `big-data`",
    ),
    broken(
        "no web address",
        "sources.yaml",
        """\
editorial: {title: E, publisher: P, licence: MIT, published: 2026, url: onetcenter.org}
onet-29-3: {title: E, publisher: P, licence: MIT, published: 2026-01, url: 'ftp://x'}
""",
        "sources.yaml:1:62: error: `2026` is no date; expected year-month or year-month-day, as 2026-05 or 2026-05-15",
        "sources.yaml:1:73: error: `onetcenter.org` is no web address, expected one as https://example.org/page",
        "sources.yaml:2:76: error: `ftp://x` is refused, expected an address that begins with `https://`",
    ),
    broken(
        "name twice in a list",
        ROLE,
        HEAD
        + """\
aliases: [analyst, insights analyst, Analyst]
sections: {}
""",
        "roles/data-analyst.yaml:4:38: error: `Analyst` stands twice in the list; remove one",
    ),
    broken(
        "cue twice in a section",
        "sections.yaml",
        SECTIONS
        + "education: {title: D, kind: statements, order: 1, shelf_life: 60, cues: [meaning, Meaning]}\n",
        "sections.yaml:6:83: error: `Meaning` stands twice in the list; remove one",
    ),
)
