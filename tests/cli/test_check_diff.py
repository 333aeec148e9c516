"""`check --diff`: what changed in a directory since a git revision, as Markdown for a pull request."""

import os
import subprocess

import pytest

ROLE = """\
id: data-scientist
name: Data Scientist
abbreviations: [DS]
family: data
sections:
  definition:
    - {text: A data scientist answers questions with models of data., source: editorial, as_of: 2026-11-23}
  tools:
    - {item: python, level: core, source: survey, as_of: 2025-05}
  salary:
    - {measure: wage, value: 120230, unit: USD/year, region: US, period: May 2025, occupation: Data Scientists,
       match: own, source: survey, as_of: 2025-05}
"""
FILES = {
    "sections.yaml": """\
definition: {title: What it is, kind: statements, order: 1, shelf_life: 60, cues: [definition, "what is {role}"]}
tools: {title: Tools, kind: items, order: 2, shelf_life: 36, cues: [tools]}
salary: {title: Salary, kind: figures, order: 3, shelf_life: 24, cues: [salary]}
""",
    "sources.yaml": """\
editorial: {title: Editors, publisher: The project, licence: MIT, published: 2026-11-23, editorial: true}
survey: {title: The Survey, publisher: The state, licence: CC0, published: 2025-05}
""",
    "items/tools.yaml": "python: {name: Python, meaning: A programming language.}\n",
    "roles/data-scientist.yaml": ROLE,
    "faq/laptop.yaml": "id: laptop\nquestions: [which laptop should I buy]\nanswer: Nearly any will do.\n",
    "questions.yaml": "- {text: what is a data scientist, roles: [data-scientist]}\n- {text: statistician, outcome: unknown}\n",
}


def git(folder, *arguments):
    names = {
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@b",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@b",
    }
    subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **names}, capture_output=True, check=True
    )


def write(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


@pytest.fixture
def repository(tmp_path):
    """A repository whose folder `base` holds knowledge, tagged `v1`; the tests edit it without a commit."""
    (tmp_path / "README").write_text("")
    git(tmp_path, "init")
    git(tmp_path, "add", "README")
    git(tmp_path, "commit", "-m", "empty")
    git(tmp_path, "tag", "v0")
    for name, content in FILES.items():
        write(tmp_path / "base", name, content)
    git(tmp_path, "add", "base")
    git(tmp_path, "commit", "-m", "knowledge")
    git(tmp_path, "tag", "v1")
    return tmp_path


@pytest.fixture
def shown(rolewise, repository):
    """What `check base --diff` prints after an edit, and its exit code."""

    def diff(name=None, *replaced, since="v1"):
        if name is not None:
            content = FILES[name]
            for old, new in replaced:
                assert old in content
                content = content.replace(old, new)
            write(repository / "base", name, content)
        done = rolewise("check", "base", "--diff", since)
        assert b"Traceback" not in done.stderr
        return done.stdout.decode(), done.returncode

    return diff


def test_no_change_is_one_line(shown):
    assert shown() == ("No changes to the knowledge since v1.\n", 0)


def test_facts_stand_under_their_role_and_section_with_source_and_date(shown):
    out, code = shown(
        "roles/data-scientist.yaml",
        ("questions with models of data", "most questions with models of data"),
        ("value: 120230", "value: 125000"),
        ("period: May 2025", "period: May 2026"),
        ("level: core", "level: useful"),
    )
    assert code == 0
    assert (
        out
        == r"""## Changes to the knowledge since v1

Roles: 1 changed. Facts: 3 changed.

### Data Scientist

**What it is**
- changed: A data scientist answers most questions with models of data. (Editors; 2026-11-23)
  - before: A data scientist answers questions with models of data.

**Tools**
- changed: Python (core → useful; The Survey; 2025-05)

**Salary**
- changed: Median wage (\$120,230 a year → \$125,000 a year; US; May 2025 → May 2026; Data Scientists; The Survey; 2025-05)
"""
    )


def test_added_and_removed_facts_are_told_as_such(shown):
    line = "    - {item: python, level: core, source: survey, as_of: 2025-05}\n"
    new = "    - {text: Notebooks and a database are what it works with., source: editorial, as_of: 2026-11-23}\n"
    out, _ = shown("roles/data-scientist.yaml", (f"  tools:\n{line}", ""), ("  salary:", f"{new}  salary:"))
    assert (
        "\n**What it is**\n- added: Notebooks and a database are what it works with. (Editors; 2026-11-23)\n"
        in out
    )
    assert "\n**Tools**\n- removed: Python (core; The Survey; 2025-05)\n" in out


@pytest.mark.parametrize(
    ("name", "replaced", "expected"),
    [
        (
            "faq/laptop.yaml",
            ("[which laptop should I buy]", "[which laptop should I buy, is a tablet enough]"),
            "### FAQ entries\n- changed: **laptop**\n  - questions: added is a tablet enough\n",
        ),
        (
            "sources.yaml",
            ("title: The Survey, publisher: The state", "title: The Survey, publisher: Nobody"),
            "### Sources\n- changed: **The Survey (survey)**\n  - publisher: The state → Nobody\n",
        ),
        (
            "items/tools.yaml",
            ("\n", "\nsql: {name: SQL, aliases: [sequel, sq], meaning: Asks.}\n"),
            "### Items\n- added: **SQL (sql)**\n  - name: SQL\n  - kind: tools\n  - meaning: Asks.\n  - aliases: sequel, sq\n",
        ),
        (
            "questions.yaml",
            ("text: statistician, outcome: unknown", "text: laptop, faq: laptop"),
            "### Golden questions\n- added: **laptop**\n  - outcome: answer\n  - faq: laptop\n- removed: **statistician**\n",
        ),
    ],
)
def test_entries_with_an_id_are_told_field_by_field(shown, name, replaced, expected):
    assert expected in shown(name, replaced)[0]


def test_job_is_told_with_its_pay(shown, repository):
    job = (
        "lead: {title: Lead, company: ACME, location: Berlin, type: full-time, roles: [data-scientist], "
        "link: https://acme.example/lead, posted: 2026-11-01, expires: 2099-01-01, "
        "salary: {low: 90000, high: 120000, currency: USD, per: year}}\n"
    )
    write(repository / "base", "jobs.yaml", job)
    out, code = shown()
    assert code == 0, out
    assert "### Featured jobs\n- added: **Lead (lead)**\n" in out
    assert "  - type: full-time\n" in out
    assert "  - salary: \\$90,000 to \\$120,000 a year\n" in out
    assert "  - expires: 2099-01-01\n" in out


def test_golden_question_that_resolves_differently_is_told_and_a_failing_one_is_a_problem(shown):
    out, code = shown("roles/data-scientist.yaml", ("name: Data Scientist", "name: Modeller"))
    assert code == 1
    assert "### Problems\n- base/questions.yaml:1:1: error: golden question" in out
    question = out.partition("### Golden questions that resolve differently\n")[2].partition("\n\n")[0]
    assert question.startswith("- ✘ **what is a data scientist**\n  - outcome: answer → ")
    assert "  - roles: data-scientist → none\n" in question
    assert "  - wrong: outcome is" in question or "  - wrong: roles are" in question


def test_question_that_is_asked_no_more_still_shows_what_it_resolves_to(shown, repository):
    (repository / "base" / "questions.yaml").unlink()
    out, code = shown("roles/data-scientist.yaml", ("name: Data Scientist", "name: Modeller"))
    assert code == 0
    assert "- ✘ **what is a data scientist**\n  - outcome: answer → " in out


def test_texts_cannot_break_out_of_the_markdown(shown):
    hostile = r"# *Data* <b>@octocat</b> `x` [a](https://a.example) #12 &lt; $1$ | \ ~~no~~"
    out, _ = shown(
        "roles/data-scientist.yaml",
        ("A data scientist answers questions with models of data.", f"'{hostile}'"),
    )
    (line,) = (line for line in out.splitlines() if "octocat" in line)
    quiet = "\N{ZERO WIDTH SPACE}"
    assert line == (
        rf"- added: # \*Data\* \<b\>@{quiet}octocat\</b\> \`x\` \[a\](https://a.example) #{quiet}12 "
        r"&amp;lt; \$1\$ \| \\ \~\~no\~\~ (Editors; 2026-11-23)"
    )


def test_folder_that_was_not_there_is_new_as_a_whole(shown):
    out, code = shown(since="v0")
    assert code == 0
    assert "\n### Data Scientist (new)\n\n**What it is**\n- added: A data scientist answers" in out
    assert "Sections: 3 added." in out
    assert "resolve differently" not in out


def test_repository_itself_may_be_the_folder(rolewise, repository):
    git(repository / "base", "init")
    git(repository / "base", "add", ".")
    git(repository / "base", "commit", "-m", "own")
    (repository / "base" / "faq" / "laptop.yaml").unlink()
    done = rolewise("check", "base", "--diff", "HEAD")
    assert "### FAQ entries\n- removed: **laptop**\n" in done.stdout.decode()


def test_errors_now_are_told_instead_of_a_comparison(shown):
    out, code = shown("faq/laptop.yaml", ("answer", "answr"))
    assert code == 1
    assert out.startswith(
        "The changes to the knowledge since v1 are not known: one of both states has errors.\n"
    )
    assert "\n- base/faq/laptop.yaml:3:1: error: " in out


def test_errors_then_do_not_blame_the_state_that_mends_them(shown, repository):
    write(repository / "base", "faq/laptop.yaml", FILES["faq/laptop.yaml"].replace("answer", "answr"))
    git(repository, "commit", "-am", "broken")
    out, code = shown("faq/laptop.yaml", since="HEAD")
    assert code == 0
    assert "\n- faq/laptop.yaml:3:1: error: unknown key" in out.partition("### Errors at HEAD\n")[2]


def test_long_comparison_is_cut_at_the_room_of_a_comment(shown, repository):
    titles = [f"- keeper of {number} {'very ' * 10}small animals\n" for number in range(2000)]
    write(repository / "base", "outside.yaml", "".join(titles))
    out, _ = shown()
    assert 60_000 < len(out) <= 65_001
    *kept, _, last = out.splitlines()
    assert (
        last
        == f"*{2000 - sum('keeper' in line for line in kept)} more lines are left out: a comment has no room for them.*"
    )


class TestUnusable:
    def fails(self, done):
        assert (done.returncode, done.stdout) == (2, b"")
        (sentence,) = done.stderr.decode().splitlines()
        return sentence

    def test_unknown_revision(self, rolewise, repository):
        for revision in ("nowhere", "--output=x", "", "v1:base"):
            sentence = self.fails(rolewise("check", "base", f"--diff={revision}"))
            assert sentence.startswith(f"The revision `{revision}` is unknown in the repository of base")
        assert not (repository / "x").exists()

    def test_folder_in_no_repository(self, rolewise, small):
        sentence = self.fails(rolewise("check", str(small), "--diff", "HEAD"))
        assert sentence.startswith(f"The folder {small} lies in no git repository that can be read (git: ")

    def test_no_git(self, rolewise, repository):
        (repository / "empty").mkdir()
        done = rolewise("check", "base", "--diff", "v1", PATH=str(repository / "empty"))
        assert "git, which is not installed here" in self.fails(done)

    def test_json(self, rolewise):
        assert "leave out --json" in self.fails(rolewise("check", "--diff", "v1", "--json"))
