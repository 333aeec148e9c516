"""What changed between two states of a directory: entries added, removed and changed, each where it belongs."""

from dataclasses import replace

import pytest
from knowledge_files import GOOD_FILES, write

from bot.core.knowledge.difference import Change, Changes, FieldChange, changed_fields, difference
from bot.core.knowledge.load import load
from bot.core.knowledge.model import Messages, Statement

ROLE = "roles/data-analyst.yaml"
SENTENCE = "A Data Analyst answers questions with data."
REWORDED = "A Data Analyst answers most questions with data and charts."


@pytest.fixture
def before(knowledge):
    return load(knowledge).snapshot


@pytest.fixture
def edited(knowledge, before):
    """The difference that an edit of a file makes: what stands there, and what takes its place."""

    def edit(file, *replaced):
        content = GOOD_FILES[file]
        for old, new in replaced:
            assert old in content
            content = content.replace(old, new)
        write(knowledge, file, content)
        loaded = load(knowledge)
        assert loaded.snapshot is not None, loaded.problems
        return difference(before, loaded.snapshot)

    return edit


def facts_of(found, role="data-analyst"):
    (change,) = found.roles
    assert change.entry.id == role
    return dict(change.facts)


def test_equal_snapshots_have_no_difference(knowledge, before):
    assert not difference(before, load(knowledge).snapshot)


def test_a_comment_makes_no_difference(edited):
    assert not edited(ROLE, ("id: data-analyst", "# a remark\nid: data-analyst"))


def test_reworded_sentence_is_one_change(edited):
    facts = facts_of(edited(ROLE, (SENTENCE, REWORDED)))
    ((change,), reordered) = facts["definition"].entries, facts["definition"].reordered
    assert (change.before.text, change.after.text, reordered) == (SENTENCE, REWORDED, False)
    assert list(facts) == ["definition"]


def test_another_sentence_is_one_added_and_one_removed(edited):
    facts = facts_of(edited(ROLE, (SENTENCE, "Dashboards and reports are what this job is known for.")))
    added, removed = facts["definition"].entries
    assert (added.before, removed.after) == (None, None)
    assert removed.before.text == SENTENCE


def test_new_date_is_a_change_even_where_the_day_is_the_same(edited):
    facts = facts_of(edited(ROLE, ("as_of: 2025-05\n", "as_of: 2025-05-01\n")))
    (change,) = facts["salary"].entries
    assert [field.name for field in changed_fields(change)] == ["as_of"]


def test_figure_of_a_later_year_is_paired_with_the_one_it_replaces(edited):
    new = (("value: 120230", "value: 125000"), ("period: May 2025", "period: May 2026"))
    (change,) = facts_of(edited(ROLE, *new))["salary"].entries
    assert changed_fields(change) == (
        FieldChange("value", 120230.0, 125000.0),
        FieldChange("period", "May 2025", "May 2026"),
    )


def test_figures_of_two_measures_are_never_paired(edited):
    (added, removed) = facts_of(edited(ROLE, ("measure: wage", "measure: salary")))["salary"].entries
    assert added.before is None
    assert removed.after is None


def test_item_is_paired_with_itself_and_with_no_other(edited):
    facts = facts_of(edited(ROLE, ("level: core", "level: useful"), ("item: r,", "item: python,")))
    assert [
        tuple(state and state.item for state in (change.before, change.after))
        for change in facts["skills"].entries
    ] == [("statistics", "statistics"), (None, "python"), ("r", None)]


def test_new_order_of_equal_facts_is_told(edited):
    lines = GOOD_FILES[ROLE].splitlines(keepends=True)
    first, second = (line for line in lines if "- {item" in line)
    assert facts_of(edited(ROLE, (first + second, second + first))) == {"skills": Changes((), reordered=True)}


def test_of_equal_facts_one_that_was_added_is_one_change(before):
    role = before.roles["data-analyst"]
    facts = role.facts("definition")
    doubled = replace(role, sections={**role.sections, "definition": facts * 2})
    found = difference(before, replace(before, roles={**before.roles, role.id: doubled}))
    assert facts_of(found) == {"definition": Changes((Change(None, facts[0]),))}


def test_the_likest_sentences_are_paired(before):
    role = before.roles["data-analyst"]
    (fact,) = role.facts("definition")
    texts = ("It finds the numbers that a shop needs.", "It finds the numbers that a large bank needs.")
    new_texts = ("It finds the numbers that a larger bank needs.", "It finds numbers that a shop needs.")

    def snapshot(texts):
        facts = tuple(replace(fact, text=text) for text in texts)
        return replace(before, roles={role.id: replace(role, sections={"definition": facts})})

    changes = facts_of(difference(snapshot(texts), snapshot(new_texts)))["definition"]
    assert [(one.before.text, one.after.text) for one in changes.entries] == [
        (texts[1], new_texts[0]),
        (texts[0], new_texts[1]),
    ]
    assert changes.reordered


def test_section_of_thousands_of_other_sentences_is_compared_in_part(before):
    role = before.roles["data-analyst"]
    (fact,) = role.facts("definition")

    def snapshot(year):
        facts = tuple(Statement(f"{number} of {year}", fact.source, fact.as_of) for number in range(4000))
        return replace(before, roles={role.id: replace(role, sections={"definition": facts})})

    changes = facts_of(difference(snapshot("the old"), snapshot("the new")))["definition"].entries
    assert len([change for change in changes if change.before and change.after]) == 300
    assert len(changes) == 8000 - 300


def test_role_that_is_new_brings_its_facts(knowledge, before):
    (knowledge / ROLE).unlink()
    for name in ("questions.yaml", "compared.yaml"):
        (knowledge / name).unlink()
    without = load(knowledge).snapshot
    found = difference(without, before)
    (role,) = found.roles
    assert (role.before, role.after.name) == (None, "Data Analyst")
    assert [section for section, _ in role.facts] == ["definition", "skills", "salary"]
    assert [field.name for field in changed_fields(role)] == (
        ["id", "name", "abbreviations", "aliases", "fields", "family", "nearest"]
    )
    assert all(change.before is None for _, changes in role.facts for change in changes.entries)
    (gone,) = difference(before, without).roles
    assert gone.after is None
    assert found.compared.entries == (Change(None, ("data-analyst", "data-scientist")),)


def test_names_of_a_role_are_its_fields(edited):
    (role,) = edited(ROLE, ("aliases: [reporting analyst]", "aliases: [report writer]")).roles
    assert changed_fields(role) == (FieldChange("aliases", ("reporting analyst",), ("report writer",)),)
    assert role.facts == ()


@pytest.mark.parametrize(
    ("part", "file", "replaced", "field"),
    [
        ("sections", "sections.yaml", ("title: Tools", "title: Tools used"), "title"),
        ("items", "items/tools.yaml", ("[k8s]", "[k8s, kube]"), "aliases"),
        ("sources", "sources.yaml", ("O*NET 29.3", "O*NET 30"), "title"),
        ("faq", "faq/laptop.yaml", ("Nearly any", "Any"), "answer"),
    ],
)
def test_entry_with_an_id_is_a_change_of_its_part(edited, part, file, replaced, field):
    found = edited(file, replaced)
    (change,) = getattr(found, part)
    assert [one.name for one in changed_fields(change)] == [field]
    assert not found.roles


def test_golden_question_that_only_moved_down_is_no_change(edited):
    assert not edited("questions.yaml", ("- text: da vs ds", "\n\n- text: da vs ds"))


def test_golden_question_with_another_expectation_is_a_change(edited):
    (change,) = edited("questions.yaml", ("intent: compare", "intent: choose")).golden.entries
    assert changed_fields(change) == (FieldChange("intent", "compare", "choose"),)


def test_lists_are_compared_entry_by_entry(edited):
    found = edited("outside.yaml", ("Lawyer", "Judge"))
    assert found.outside == Changes((Change(None, "Judge"), Change("Lawyer", None)))


def test_jobs_messages_and_wages_are_compared(before):
    shown = difference(replace(before, jobs={}, messages=Messages(), wages={}, regions={}), before)
    assert not shown
    wage = before.roles["data-analyst"].facts("salary")[0]
    found = difference(
        before, replace(before, regions={"Texas": "TX"}, wages={"Data Analysts": {"Texas": wage}})
    )
    assert found.wages.entries == (Change(None, wage),)
    assert found.regions.entries == (Change(None, ("Texas", "TX")),)
