"""Names that are taken, and files that are not read: content, and what is printed."""

from knowledge_files import GOOD_FILES, HEAD, ROLE, broken

STATISTICS = GOOD_FILES["items/skills.yaml"]

BROKEN_NAMES = (
    broken(
        "file not named after its id",
        ROLE,
        """\
id: data-analist
name: Data Analyst
family: data
sections: {}
""",
        "roles/data-analyst.yaml:1:5: error: id `data-analist` differs from the file's name `data-analyst.yaml`; rename one of them",
    ),
    broken(
        "FAQ file not named after its id",
        "faq/laptop.yaml",
        """\
id: computer
questions: [which laptop]
answer: Any.
""",
        "faq/laptop.yaml:1:5: error: id `computer` differs from the file's name `laptop.yaml`; rename one of them",
    ),
    broken(
        "alias of another role",
        ROLE,
        HEAD
        + """\
aliases: [data-scientist]
sections: {}
""",
        "roles/data-analyst.yaml:4:11: error: alias `data-scientist` is taken: it is a name of role `data-scientist` (roles/data-scientist.yaml:2); remove one of them",
    ),
    broken(
        "abbreviation of another role",
        ROLE,
        HEAD
        + """\
abbreviations: [ds]
sections: {}
""",
        "roles/data-scientist.yaml:3:17: error: abbreviation `DS` is taken: it is an abbreviation of role `data-analyst` (roles/data-analyst.yaml:4); remove one of them",
    ),
    broken(
        "alias that is the field too",
        ROLE,
        HEAD
        + """\
aliases: [analytics]
fields: [Analytics]
sections: {}
""",
        "roles/data-analyst.yaml:5:10: error: field `Analytics` is taken: it is an alias of role `data-analyst` (roles/data-analyst.yaml:4); remove one of them",
    ),
    broken(
        "item called like a role",
        "items/skills.yaml",
        STATISTICS + "insight-analyst: {name: Data analyst, meaning: M.}\n",
        "items/skills.yaml:2:25: error: name `Data analyst` is taken: it is a name of role `data-analyst` (roles/data-analyst.yaml:2); remove one of them",
    ),
    broken(
        "alias of another item",
        "items/skills.yaml",
        "statistics: {name: Statistics, aliases: [R], meaning: M.}\n",
        "items/skills.yaml:1:42: error: alias `R` is taken: it is a name of item `r` (items/tools.yaml:3); remove one of them",
    ),
    broken(
        "item in two files",
        "items/skills.yaml",
        STATISTICS + "python: {name: Python programming, meaning: M.}\n",
        "items/tools.yaml:2:1: error: item `python` stands in items/skills.yaml:2 too; remove or rename one",
    ),
    broken(
        "question in two FAQ entries",
        "faq/computer.yaml",
        """\
id: computer
questions: ["Which laptop, should I buy?"]
answer: Any.
""",
        "faq/laptop.yaml:2:13: error: question `which laptop should I buy` stands twice, first in faq/computer.yaml:2; remove one",
    ),
    broken(
        "question twice in one FAQ entry",
        "faq/laptop.yaml",
        """\
id: laptop
questions: [which laptop should I buy, "Which laptop should I buy?"]
answer: Any.
""",
        "faq/laptop.yaml:2:40: warning: question `Which laptop should I buy?` stands twice, first in faq/laptop.yaml:2; remove one",
    ),
    broken(
        "outside title that is known",
        "outside.yaml",
        """\
- Nurse
- reporting  analyst
""",
        "outside.yaml:2:3: error: title `reporting analyst` is known: it is an alias of role `data-analyst` (roles/data-analyst.yaml:4); remove it here",
    ),
    broken(
        "unknown folder",
        "role/data-engineer.yaml",
        "id: data-engineer\n",
        "role:1:1: error: unknown folder `role`, did you mean `roles`?",
    ),
    broken(
        "unknown file",
        "section.yaml",
        "{}\n",
        "section.yaml:1:1: error: unknown file `section.yaml`, did you mean `sections.yaml`?",
    ),
    broken(
        "unknown items file",
        "items/skill.yaml",
        "{}\n",
        "items/skill.yaml:1:1: error: unknown file `skill.yaml`, did you mean `skills.yaml`?",
    ),
    broken(
        "items file of an unknown kind",
        "items/hobbies.yaml",
        "{}\n",
        "items/hobbies.yaml:1:1: error: unknown file `hobbies.yaml`, expected skills.yaml, tools.yaml, industries.yaml or degrees.yaml",
    ),
    broken(
        "ending yml",
        "roles/data-engineer.yml",
        "id: data-engineer\n",
        "roles/data-engineer.yml:1:1: error: the name ends with `.yml`, expected `.yaml`; rename the file to `data-engineer.yaml`",
    ),
    broken(
        "folder in a folder",
        "roles/data/data-engineer.yaml",
        "id: data-engineer\n",
        "roles/data:1:1: error: unknown folder `data`, expected files `<id>.yaml`",
    ),
    broken(
        "other file",
        "notes.txt",
        "hello",
        "notes.txt:1:1: warning: the file is not read, expected files `<id>.yaml`; remove it or rename it",
    ),
    broken(
        "other file among the roles",
        "roles/data-engineer",
        "hello",
        "roles/data-engineer:1:1: warning: the file is not read, expected files `<id>.yaml`; remove it or rename it",
    ),
)
