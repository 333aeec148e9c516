"""Files with keys, lists and texts where others are expected: content, and what is printed."""

from knowledge_files import HEAD, ROLE, broken

BROKEN_SHAPES = (
    broken(
        "empty file",
        ROLE,
        "# nothing yet\n",
        "roles/data-analyst.yaml:1:1: error: nothing stands here, expected keys and values, as `id: ...`",
    ),
    broken(
        "text instead of a mapping",
        ROLE,
        "id:data-analyst\n",
        "roles/data-analyst.yaml:1:1: error: `id:data-analyst` is a text, expected keys and values; put a space after each colon",
    ),
    broken(
        "unknown key",
        ROLE,
        HEAD
        + """\
ailases: [analyst]
sections: {}
""",
        "roles/data-analyst.yaml:4:1: error: unknown key `ailases`, did you mean `aliases`?",
    ),
    broken(
        "unknown key, nothing near",
        ROLE,
        HEAD
        + """\
colour: blue
sections: {}
""",
        "roles/data-analyst.yaml:4:1: error: unknown key `colour`, expected id, name, abbreviations, aliases, fields, weak_fields, family, nearest or sections",
    ),
    broken(
        "missing keys",
        ROLE,
        """\
id: data-analyst
sections: {}
""",
        "roles/data-analyst.yaml:1:1: error: missing key `family`, expected the group of jobs it belongs to",
        "roles/data-analyst.yaml:1:1: error: missing key `name`, expected the role's name, singular",
    ),
    broken(
        "missing source",
        ROLE,
        HEAD
        + """\
sections:
  skills:
    - item: statistics
      as_of: 2025-05
""",
        "roles/data-analyst.yaml:6:7: error: missing key `source`, expected an id of sources.yaml",
    ),
    broken(
        "fact that is none",
        ROLE,
        HEAD
        + """\
sections:
  skills:
    - itm: statistics
      source: editorial
      as_of: 2025-05
""",
        "roles/data-analyst.yaml:6:7: error: a fact without `text`, `item` or `measure`, expected one of them, did you mean `item`?",
    ),
    broken(
        "fact that is a text",
        ROLE,
        HEAD
        + """\
sections:
  skills:
    - statistics
""",
        "roles/data-analyst.yaml:6:7: error: `statistics` stands here, expected a fact with `text`, `item` or `measure`",
    ),
    broken(
        "key of another kind of fact",
        ROLE,
        HEAD
        + """\
sections:
  definition:
    - {text: An analyst., level: core, source: editorial, as_of: 2025-05}
""",
        "roles/data-analyst.yaml:6:27: error: key `level` does not go with `text`, expected text, about, source or as_of",
    ),
    broken(
        "section without facts",
        ROLE,
        HEAD
        + """\
sections:
  skills: []
""",
        "roles/data-analyst.yaml:5:11: error: 0 entries, expected at least 1; add some or remove the key",
    ),
    broken(
        "text instead of a list",
        ROLE,
        HEAD
        + """\
aliases: analyst
sections: {}
""",
        "roles/data-analyst.yaml:4:10: error: `analyst` stands here, expected a list; write `[analyst]`, or a line `- ...` for each entry",
    ),
    broken(
        "nothing instead of a list",
        ROLE,
        HEAD
        + """\
aliases:
sections: {}
""",
        "roles/data-analyst.yaml:4:9: error: nothing stands here, expected a list; write `[]`, or a line `- ...` for each entry",
    ),
    broken(
        "mapping instead of a text",
        ROLE,
        HEAD
        + """\
aliases: [{role}]
sections: {}
""",
        "roles/data-analyst.yaml:4:11: error: a mapping stands here, expected a text; put a text that begins with `{` or holds `: ` in quotes",
    ),
    broken(
        "list instead of a text",
        ROLE,
        """\
id: data-analyst
name: [Data, Analyst]
family: data
sections: {}
""",
        "roles/data-analyst.yaml:2:7: error: a list stands here, expected a text; put a text that begins with `[` or `- ` in quotes",
    ),
    broken(
        "empty text",
        ROLE,
        """\
id: data-analyst
name:
family: data
sections: {}
""",
        "roles/data-analyst.yaml:2:6: error: an empty text stands here, expected some; fill it in or remove the key",
    ),
    broken(
        "name of two lines",
        ROLE,
        ('id: data-analyst\nname: "Data\\nAnalyst"\nfamily: data\nsections: {}\n'),
        "roles/data-analyst.yaml:2:7: error: `Data Analyst` is longer than a line; expected one line, as `>-` makes of several",
    ),
    broken(
        "name too long",
        ROLE,
        """\
id: data-analyst
name: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
family: data
sections: {}
""",
        "roles/data-analyst.yaml:2:7: error: 81 characters, expected at most 80; shorten or split the text",
    ),
    broken(
        "too many nearest",
        ROLE,
        HEAD
        + """\
nearest: [a, b, c, d, e, f, g, h, i, j, k]
sections: {}
""",
        "roles/data-analyst.yaml:4:10: error: 11 entries, expected at most 10; remove some",
    ),
)
