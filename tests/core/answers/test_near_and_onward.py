"""Where to go from an answer: nearest roles and why, what a move adds, related comparisons, several items at once."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from bot.core.answers.model import Bullets, Heading, ItemSet
from bot.core.answers.related import close_roles, related
from bot.core.answers.sets import held_by
from bot.core.errors import UnknownNameError
from bot.core.knowledge.model import ItemKind, ItemUse, Level, SectionKind
from bot.core.matching.question import Intent, Subject

DS, MLE, DE, DA = "data-scientist", "machine-learning-engineer", "data-engineer", "data-analyst"
TODAY = date(2026, 11, 25)


def crafts(snapshot, role):
    """The skills and tools that a role uses, in whatever section."""
    return {
        fact.item
        for section in snapshot.sections.values()
        if section.kind is SectionKind.ITEMS
        for fact in snapshot.roles[role].facts(section.id)
        if isinstance(fact, ItemUse) and snapshot.items[fact.item].kind in (ItemKind.SKILL, ItemKind.TOOL)
    }


@pytest.mark.parametrize(
    "text",
    [
        "roles similar to data scientist",
        "what jobs are like a data scientist",
        "which roles are close to data science",
    ],
)
def test_nearest_roles_are_found_with_the_number_they_share(assistant, snapshot, text):
    answer = assistant.ask(text, today=TODAY)
    near = snapshot.roles[DS].nearest
    assert (answer.subject.intent, answer.subject.roles) == (Intent.FIND, (DS,))
    assert answer.roles == answer.found == near
    lines = next(block.lines for block in answer.blocks if isinstance(block, Bullets))
    for role, line in zip(near, lines, strict=True):
        shared = len(crafts(snapshot, DS) & crafts(snapshot, role))
        assert line.text.startswith(
            f"{snapshot.roles[role].name}: {shared} skills and tools in common, such as "
        )
        assert line.refs


def test_a_comparison_that_asks_for_similarities_is_no_look_up(assistant):
    answer = assistant.ask("is a data engineer similar to a data scientist?", today=TODAY)
    assert answer.subject.intent is Intent.COMPARE


def test_a_move_lists_what_to_add_and_what_carries_over(assistant, snapshot):
    answer = assistant.ask("data analyst -> data engineer, where do i start", today=TODAY)
    assert answer.blocks[0] == Heading("From Data Analyst to Data Engineer")
    sets = {block.title: block for block in answer.blocks if isinstance(block, ItemSet)}
    assert list(sets) == ["To add, core", "To add, useful", "Carries over"]
    needed, known = crafts(snapshot, DE), crafts(snapshot, DA)
    core = {
        item for item, held in held_by(snapshot.roles[DE], snapshot).items() if held.use.level is Level.CORE
    }
    sizes = {title: len(block.names) + block.more for title, block in sets.items()}
    assert sizes == {
        "To add, core": len((needed - known) & core),
        "To add, useful": len((needed - known) - core),
        "Carries over": len(needed & known),
    }


def test_what_one_needs_and_the_other_lacks_comes_with_level_and_evidence(assistant):
    answer = assistant.ask("what does a data engineer need that a data analyst lacks", today=TODAY)
    assert answer.subject.intent is Intent.SETS
    assert answer.blocks[1] == Heading("Only Data Engineer", 3)
    assert all(", core: " in line.text for line in answer.blocks[2].lines)


@pytest.mark.parametrize(
    "text", ["what do DS and MLE have in common", "skills shared by data scientists and ML engineers"]
)
def test_a_question_on_what_is_shared_shows_that_first(assistant, text):
    answer = assistant.ask(text, today=TODAY)
    assert answer.subject.common
    assert next(block.title for block in answer.blocks if isinstance(block, ItemSet)) == "Both"


def pairs(options):
    return [option.subject.roles for option in options]


def test_related_comparisons_start_with_what_people_compare_most(assistant, snapshot):
    answer = assistant.show(Subject(Intent.ROLE, (DS,), ("salary",)), today=TODAY)
    options = assistant.related(answer, 3)
    assert pairs(options) == [(DS, DA), (DS, DE), (DS, MLE)]
    assert [set(pair) for pair in snapshot.compared if DS in pair][:3] == [
        set(pair) for pair in pairs(options)
    ]
    assert all(option.subject.sections == ("salary",) for option in options)


def test_related_comparisons_of_a_pair_bring_in_others(assistant):
    answer = assistant.show(Subject(Intent.COMPARE, (DS, DE)), today=TODAY)
    options = assistant.related(answer, 3)
    assert len(options) == 3
    for one, other in pairs(options):
        assert one in (DS, DE)
        assert other not in (DS, DE)
    assert len({other for _, other in pairs(options)}) == 3


def test_a_look_up_offers_pairs_of_what_it_found_and_help_the_commonest(assistant, snapshot):
    found = assistant.show(Subject(Intent.FIND, items=("kafka",)), today=TODAY)
    assert all(set(pair) <= set(found.found) for pair in pairs(assistant.related(found, 3)))
    helped = assistant.show(Subject(Intent.HELP), today=TODAY)
    assert pairs(assistant.related(helped, 2)) == list(snapshot.compared[:2])
    faq = assistant.show(Subject(Intent.FAQ, faq="laptop"), today=TODAY)
    assert assistant.related(faq, 3) == ()


def test_every_role_has_related_comparisons_and_close_roles(assistant, snapshot):
    for role in snapshot.roles:
        answer = assistant.show(Subject(Intent.ROLE, (role,)), today=TODAY)
        assert len(assistant.related(answer, 3)) == 3
        close = assistant.close_roles(answer)
        assert assistant.show(close.subject, today=TODAY).found == snapshot.roles[role].nearest


@pytest.mark.parametrize("text", ["sql, spark", "SQL and Spark", "sql & apache spark", "sql;spark"])
def test_several_items_are_looked_up_together(assistant, text):
    assert [item.id for item in assistant.items(text)] == ["sql", "spark"]


def test_an_item_whose_name_joins_two_is_one(assistant):
    assert [item.id for item in assistant.items("ci/cd")] == ["ci-cd"]


def test_the_unknown_one_of_several_items_is_named(assistant):
    with pytest.raises(UnknownNameError) as unknown:
        assistant.items("sql, xyzzy")
    assert unknown.value.query == "xyzzy"


def test_each_role_found_says_which_items_it_uses(assistant, snapshot):
    answer = assistant.show(Subject(Intent.FIND, items=("sql", "spark")), today=TODAY)
    for block in answer.blocks:
        if isinstance(block, Bullets):
            for line in block.lines:
                assert "SQL: " in line.text or "Spark: " in line.text
    assert answer.found
    for role in answer.found:
        held = {
            fact.item
            for section in snapshot.sections
            for fact in snapshot.roles[role].facts(section)
            if isinstance(fact, ItemUse)
        }
        assert {"sql", "spark"} <= held


@pytest.mark.parametrize("text", ["mle vs ds", "what does a data scientist earn", "which roles use Kafka"])
def test_an_answer_from_before_an_edit_offers_what_is_left_of_its_roles(assistant, snapshot, text):
    answer = assistant.ask(text, today=TODAY)
    left = {name: role for name, role in snapshot.roles.items() if name not in (DS, DE)}
    edited = replace(snapshot, roles=MappingProxyType(left))
    assert all(set(pair) <= set(left) for pair in pairs(related(answer, edited, 3)))
    assert close_roles(answer, edited) is None
