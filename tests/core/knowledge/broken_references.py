"""Files that name what is not there or does not fit: content, and what is printed."""

from knowledge_files import GOOD_FILES, HEAD, ROLE, broken

SECTIONS = GOOD_FILES["sections.yaml"]

BROKEN_REFERENCES = (
    broken(
        "unknown section",
        ROLE,
        HEAD
        + """\
sections:
  skils:
    - {item: r, source: editorial, as_of: 2026-11-23}
""",
        "roles/data-analyst.yaml:5:3: error: unknown section `skils`, did you mean `skills`?",
    ),
    broken(
        "unknown item",
        ROLE,
        HEAD
        + """\
sections:
  skills:
    - {item: statistic, source: editorial, as_of: 2026-11-23}
""",
        "roles/data-analyst.yaml:6:14: error: unknown item `statistic`, did you mean `statistics`?",
    ),
    broken(
        "item by another name",
        ROLE,
        HEAD
        + """\
sections:
  skills:
    - {item: k8s, source: editorial, as_of: 2026-11-23}
""",
        "roles/data-analyst.yaml:6:14: error: unknown item `k8s`, did you mean `kubernetes`?",
    ),
    broken(
        "unknown source",
        ROLE,
        HEAD
        + """\
sections:
  skills:
    - {item: r, source: onet-29, as_of: 2025-05}
""",
        "roles/data-analyst.yaml:6:25: error: unknown source `onet-29`, expected editorial or onet-29-3",
    ),
    broken(
        "unknown nearest role",
        ROLE,
        HEAD
        + """\
nearest: [data-scientst]
sections: {}
""",
        "roles/data-analyst.yaml:4:11: error: unknown role `data-scientst`, did you mean `data-scientist`?",
    ),
    broken(
        "nearest to itself",
        ROLE,
        HEAD
        + """\
nearest: [data-analyst]
sections: {}
""",
        "roles/data-analyst.yaml:4:11: error: role `data-analyst` is nearest to itself, expected others; remove it",
    ),
    broken(
        "unknown item in about",
        ROLE,
        HEAD
        + """\
sections:
  definition:
    - {text: An analyst., about: [masters], source: editorial, as_of: 2025-05}
""",
        "roles/data-analyst.yaml:6:35: error: unknown item `masters`, expected finance, kubernetes, python, r or statistics",
    ),
    broken(
        "statement among items",
        ROLE,
        HEAD
        + """\
sections:
  skills:
    - {text: Statistics., source: editorial, as_of: 2025-05}
""",
        "roles/data-analyst.yaml:6:8: error: a `text` fact does not fit section `skills`, expected `item` (items)",
    ),
    broken(
        "item among statements",
        ROLE,
        HEAD
        + """\
sections:
  definition:
    - {item: r, source: editorial, as_of: 2026-11-23}
""",
        "roles/data-analyst.yaml:6:8: error: an `item` fact does not fit section `definition`, expected `text` (statements)",
    ),
    broken(
        "item among figures",
        ROLE,
        HEAD
        + """\
sections:
  salary:
    - {item: r, source: editorial, as_of: 2026-11-23}
""",
        "roles/data-analyst.yaml:6:8: error: an `item` fact does not fit section `salary`, expected `measure` or `text` (figures)",
    ),
    broken(
        "skill among tools",
        ROLE,
        HEAD
        + """\
sections:
  tools:
    - {item: statistics, source: editorial, as_of: 2026-11-23}
""",
        "roles/data-analyst.yaml:6:14: error: item `statistics` of items/skills.yaml does not fit section `tools`, expected one of items/tools.yaml",
    ),
    broken(
        "tool among industries",
        ROLE,
        HEAD
        + """\
sections:
  industries:
    - {item: python, source: editorial, as_of: 2026-11-23}
""",
        "roles/data-analyst.yaml:6:14: error: item `python` of items/tools.yaml does not fit section `industries`, expected one of items/industries.yaml",
    ),
    broken(
        "unknown placeholder",
        "sections.yaml",
        SECTIONS
        + "education: {title: D, kind: statements, order: 1, shelf_life: 60, cues: ['what is {rolle}']}\n",
        "sections.yaml:6:74: error: unknown placeholder `{rolle}`, expected {role}, {item} or {degree}",
    ),
    broken(
        "golden question about nothing known",
        "questions.yaml",
        """\
- text: da vs ds
  roles: [data-analyst, ds]
- text: pay
  about: [data-scientits]
  sections: [pay]
  items: [pyton]
- text: computer
  faq: laptops
""",
        "questions.yaml:2:25: error: unknown role `ds`, did you mean `data-scientist`?",
        "questions.yaml:4:11: error: unknown role `data-scientits`, did you mean `data-scientist`?",
        "questions.yaml:5:14: error: unknown section `pay`, expected definition, industries, salary, skills or tools",
        "questions.yaml:6:11: error: unknown item `pyton`, did you mean `python`?",
        "questions.yaml:8:8: error: unknown FAQ entry `laptops`, did you mean `laptop`?",
    ),
    broken(
        "unknown outcome",
        "questions.yaml",
        "- {text: hello, outcome: answered}\n",
        "questions.yaml:1:26: error: `answered` is no outcome, expected answer, clarify, unknown or silent",
    ),
    broken(
        "unknown role compared",
        "compared.yaml",
        "- {roles: [data-analyst, data-engineer], sites: 3}\n",
        "compared.yaml:1:26: error: unknown role `data-engineer`, expected data-analyst or data-scientist",
    ),
    broken(
        "pair with itself",
        "compared.yaml",
        "- {roles: [data-analyst, data-analyst], sites: 3}\n",
        "compared.yaml:1:26: error: `data-analyst` stands twice in the list; remove one",
    ),
    broken(
        "pair of three",
        "compared.yaml",
        "- {roles: [a, b, c], sites: 3}\n",
        "compared.yaml:1:11: error: 3 entries, expected at most 2; remove some",
    ),
    broken(
        "pair twice",
        "compared.yaml",
        """\
- {roles: [data-analyst, data-scientist], sites: 3}
- {roles: [data-scientist, data-analyst], sites: 3}
""",
        "compared.yaml:2:3: error: the pair data-scientist and data-analyst stands twice, first in line 1; remove one",
    ),
    broken(
        "alike roles and section that are unknown",
        "alike.yaml",
        "- {roles: [data-analyst, ds], section: tool, reason: One stack.}\n",
        "alike.yaml:1:26: error: unknown role `ds`, did you mean `data-scientist`?",
        "alike.yaml:1:40: error: unknown section `tool`, did you mean `tools`?",
    ),
    broken(
        "alike twice",
        "alike.yaml",
        """\
- {roles: [data-analyst, data-scientist], section: tools, reason: One stack.}
- {roles: [data-analyst, data-scientist], section: skills, reason: One craft.}
- {roles: [data-scientist, data-analyst], section: tools, reason: One stack.}
""",
        "alike.yaml:3:3: error: the pair data-scientist and data-analyst with section `tools` stands twice, first in line 1; remove one",
    ),
    broken(
        "alike without a reason",
        "alike.yaml",
        "- {roles: [data-analyst, data-scientist], section: tools}\n",
        "alike.yaml:1:3: error: missing key `reason`, expected why the two do not differ there",
    ),
)
