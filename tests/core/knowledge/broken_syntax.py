"""Files that are no YAML, or more of it than is read: content, and what is printed."""

from knowledge_files import HEAD, ROLE, broken

BROKEN_SYNTAX = (
    broken(
        "tab for indentation",
        ROLE,
        ("id: data-analyst\nsections:\n\tskills: []\n"),
        "roles/data-analyst.yaml:3:1: error: a tab stands here, expected spaces; replace it with spaces",
    ),
    broken(
        "no space after a colon",
        ROLE,
        """\
id: data-analyst
name:Data Analyst
family: data
""",
        "roles/data-analyst.yaml:2:6: error: no space after the colon, expected `name: ...`; put a space there",
    ),
    broken(
        "key without a colon",
        ROLE,
        """\
id: data-analyst
name
family: data
""",
        "roles/data-analyst.yaml:2:1: error: no colon in `name`, expected `key: value`; a text's further lines are indented deeper",
    ),
    broken(
        "colon inside a text",
        ROLE,
        HEAD
        + """\
sections:
  definition:
    - text: The job: answering questions.
""",
        "roles/data-analyst.yaml:6:20: error: `: ` stands inside a text without quotes; put the text in quotes",
    ),
    broken(
        "quote never closed",
        ROLE,
        """\
id: data-analyst
name: "Data Analyst
family: data
""",
        'roles/data-analyst.yaml:2:7: error: the quote " is never closed, expected a second " at the text\'s end',
    ),
    broken(
        "apostrophe inside single quotes",
        ROLE,
        """\
id: data-analyst
name: 'Data Analyst's'
""",
        "roles/data-analyst.yaml:2:21: error: text goes on after the closing quote, expected the line's end; put the whole text in quotes of the other kind, or close the quote above",
    ),
    broken(
        "bracket never closed",
        ROLE,
        """\
id: data-analyst
aliases: [reporting analyst
name: Data Analyst
""",
        "roles/data-analyst.yaml:2:10: error: `[` is never closed, expected `]`",
    ),
    broken(
        "comma missing in a list",
        ROLE,
        """\
id: data-analyst
aliases: ["reporting" "analyst"]
""",
        "roles/data-analyst.yaml:2:23: error: no comma before this, expected `,` or `]`; a text with commas or brackets needs quotes",
    ),
    broken(
        "indentation that fits nothing",
        ROLE,
        """\
id: data-analyst
sections:
    skills: []
  tools: []
""",
        "roles/data-analyst.yaml:4:3: error: the indentation fits no line above, expected that of the keys it belongs with",
    ),
    broken(
        "key indented below a value",
        ROLE,
        """\
id: data-analyst
  name: Data Analyst
""",
        "roles/data-analyst.yaml:2:3: error: the key stands too far to the right, below line 1 that has a value already; indent it like the keys above, or put a text that holds `: ` in quotes",
    ),
    broken(
        "list entry below a value",
        ROLE,
        """\
id: data-analyst
name: Data Analyst
- family
""",
        "roles/data-analyst.yaml:3:1: error: a list entry stands where a key is expected; indent it below its key",
    ),
    broken(
        "line that is no list entry",
        "questions.yaml",
        """\
- text: hello
outcome: unknown
""",
        "questions.yaml:2:1: error: a list entry is expected as in line 1; begin the line with `- ` or mend its indentation",
    ),
    broken(
        "list entry in a line with its key",
        ROLE,
        """\
id: data-analyst
aliases: - reporting analyst
""",
        "roles/data-analyst.yaml:2:10: error: a list entry begins in the middle of a line, expected a line of its own for each `- `",
    ),
    broken(
        "text that begins with a sign",
        ROLE,
        """\
id: data-analyst
name: @analyst
""",
        "roles/data-analyst.yaml:2:7: error: `@` cannot begin a text, expected a letter or a quote; put the text in quotes",
    ),
    broken(
        "text that begins with a bracket",
        "faq/laptop.yaml",
        """\
id: laptop
questions: [a]
answer: [Any] will do.
""",
        "faq/laptop.yaml:3:15: error: text goes on after the closing bracket, expected the line's end; a text that begins with a bracket needs quotes",
    ),
    broken(
        "text that begins with an asterisk",
        ROLE,
        """\
id: data-analyst
name: *Data* Analyst
""",
        "roles/data-analyst.yaml:2:7: error: a text cannot begin with `*`; put the text in quotes",
    ),
    broken(
        "alias without anchor",
        ROLE,
        """\
id: data-analyst
name: *analyst
""",
        "roles/data-analyst.yaml:2:7: error: alias `*analyst` has no anchor `&analyst` above it; a text that begins with `*` needs quotes",
    ),
    broken(
        "alias inside its anchor",
        ROLE,
        """\
id: data-analyst
aliases: &all [*all]
""",
        "roles/data-analyst.yaml:2:16: error: alias `*all` stands inside its own anchor `&all`, expected it after",
    ),
    broken(
        "tag",
        ROLE,
        """\
id: data-analyst
name: !!python/name:os.system Data Analyst
""",
        "roles/data-analyst.yaml:2:7: error: a tag (`!...`) stands here, expected plain text; a text that begins with `!` needs quotes",
    ),
    broken(
        "merge key",
        ROLE,
        """\
id: data-analyst
<<: {name: Data Analyst}
""",
        "roles/data-analyst.yaml:2:1: error: merge key `<<` is not supported, expected the keys themselves; write them out",
    ),
    broken(
        "key that stands twice",
        ROLE,
        HEAD
        + """\
name: Analyst
sections: {}
""",
        "roles/data-analyst.yaml:4:1: error: key `name` stands twice, first in line 2; remove one",
    ),
    broken(
        "key that is a list",
        ROLE,
        "[id, name]: data-analyst\n",
        "roles/data-analyst.yaml:1:1: error: a list or mapping stands where a key is expected; a text that begins with `[` or `{` needs quotes",
    ),
    broken(
        "second document",
        ROLE,
        HEAD
        + """\
sections: {}
---
id: other
""",
        "roles/data-analyst.yaml:5:1: error: a second document (`---`) begins here, expected one in a file; remove the line",
    ),
    broken(
        "lost backslash",
        ROLE,
        ('id: data-analyst\nname: "Data\\Analyst"\n'),
        "roles/data-analyst.yaml:2:12: error: a backslash in double quotes begins an escape; write it twice, or use single quotes",
    ),
    broken(
        "text after a block sign",
        ROLE,
        """\
id: data-analyst
name: > Data Analyst
""",
        "roles/data-analyst.yaml:2:7: error: text after `>` on its line, expected it below; a text that begins so needs quotes",
    ),
    broken(
        "non-breaking space",
        ROLE,
        ("id: data-analyst\nname:\xa0Data Analyst\nfamily: data\n"),
        "roles/data-analyst.yaml:2:6: error: a non-breaking space stands here, expected an ordinary one; type the space anew",
    ),
    broken(
        "control character",
        ROLE,
        ("id: data-analyst\nname: Data\x07 Analyst\n"),
        "roles/data-analyst.yaml:2:11: error: the control character U+0007 stands here, expected plain text; delete it",
    ),
    broken(
        "escaped control character",
        ROLE,
        ('id: data-analyst\nname: "Data\\0 Analyst"\nfamily: data\nsections: {}\n'),
        "roles/data-analyst.yaml:2:7: error: an escape stands for the control character U+0000, expected plain text; remove it",
    ),
    broken(
        "sign that turns the text around",
        ROLE,
        ("id: data-analyst\nname: Data \u202eAnalyst\n"),
        "roles/data-analyst.yaml:2:12: error: the invisible sign U+202E stands here, expected text that shows as it is written; delete it",
    ),
    broken(
        "escaped sign that splits a word",
        ROLE,
        ('id: data-analyst\nname: "Data Ana\\u200blyst"\nfamily: data\nsections: {}\n'),
        "roles/data-analyst.yaml:2:7: error: an escape stands for the invisible sign U+200B, expected plain text; remove it",
    ),
    broken(
        "Latin-1",
        ROLE,
        b"id: data-analyst\nname: Analyst\xe9\n",
        "roles/data-analyst.yaml:2:14: error: byte 0xE9 is not UTF-8, expected text; save it with the encoding UTF-8",
    ),
    broken(
        "UTF-16",
        ROLE,
        b"\xff\xfei\x00d\x00:\x00 \x00d\x00a\x00t\x00a\x00-\x00a\x00n\x00a\x00l\x00y\x00s\x00t\x00\n\x00",
        "roles/data-analyst.yaml:1:1: error: the file is UTF-16, expected UTF-8; save it with the encoding UTF-8",
    ),
)
