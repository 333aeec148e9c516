"""What an answer holds: composed from facts, with sources, and no comparison across them."""

import random
from datetime import date
from itertools import combinations, permutations

import pytest

from bot.core.answers.model import Answer, Bullets, Figures, Heading, ItemSet, Notice, Prose
from bot.core.errors import StaleSubjectError
from bot.core.knowledge.model import Figure, ItemUse, Level, SectionKind
from bot.core.matching.question import Intent, Subject

MLE, DS, DA, DE = "machine-learning-engineer", "data-scientist", "data-analyst", "data-engineer"


def blocks(answer, kind):
    return [block for block in answer.blocks if isinstance(block, kind)]


def test_item_sections_are_sets_of_what_is_shared_and_what_is_not(assistant, snapshot, today):
    answer = assistant.show(Subject(Intent.COMPARE, (MLE, DS), ("tools",)), today=today)
    held = {role: {fact.item for fact in snapshot.roles[role].facts("tools")} for role in (MLE, DS)}
    sets = {block.title: block for block in blocks(answer, ItemSet)}
    assert list(sets) == ["Both", "Only Machine Learning Engineer", "Only Data Scientist"]
    expected = (held[MLE] & held[DS], held[MLE] - held[DS], held[DS] - held[MLE])
    for block, items in zip(sets.values(), expected, strict=True):
        assert len(block.names) + block.more == len(items)
        names = {snapshot.items[item].name for item in items}
        assert all(any(line.text.startswith(name) for name in names) for line in block.names)


def test_sets_of_a_question_about_differences_show_first_what_the_other_lacks_with_evidence(
    assistant, snapshot, today
):
    answer = assistant.ask("tools an ml engineer uses that a data scientist doesnt", today=today)
    assert answer.blocks[0] == Heading("Only Machine Learning Engineer", 3)
    lines = answer.blocks[1].lines
    own = {fact.item: fact for fact in snapshot.roles[MLE].facts("tools")}
    other = {fact.item for fact in snapshot.roles[DS].facts("tools")}
    lacking = [fact for item, fact in own.items() if item not in other]
    assert len(lines) + answer.blocks[1].more == len(lacking)
    for line in lines:
        fact = next(fact for fact in lacking if line.text.startswith(f"{snapshot.items[fact.item].name}, "))
        assert line.text.removeprefix(snapshot.items[fact.item].name) == (
            f", {fact.level.value}{f': {fact.note}' if fact.note else ''}"
        )
    assert [block.title for block in blocks(answer, ItemSet)] == ["Only Data Scientist", "Both"]


def test_three_roles_show_what_some_of_them_share(assistant, today):
    answer = assistant.show(Subject(Intent.COMPARE, (MLE, DS, DE), ("tools",)), today=today)
    titles = [block.title for block in blocks(answer, ItemSet)]
    assert titles[0] == "All"
    assert "Machine Learning Engineer and Data Scientist" in titles


def test_a_compared_b_equals_b_compared_a_but_for_order(assistant, snapshot, today):
    for one, other in combinations(snapshot.roles, 2):
        for section in ("", *snapshot.sections):
            sections = (section,) if section else ()
            first, second = (
                assistant.show(Subject(Intent.COMPARE, pair, sections), today=today)
                for pair in permutations((one, other))
            )
            assert _said(first) == _said(second)


def _said(answer: Answer) -> set[str]:
    said = set()
    for block in answer.blocks:
        match block:
            case Bullets(lines):
                said |= {line.text for line in lines}
            case Prose(line):
                said.add(line.text)
            case ItemSet(title, names):
                said |= {f"{title}: {' '.join(sorted(line.text.split(' (')[0].split()))}" for line in names}
            case Figures(rows):
                said |= {
                    f"{sorted(row.roles)} {row.label} {row.value} {row.spread} {row.basis}" for row in rows
                }
            case Heading(text) | Notice(text):
                said.add(text)
    return said


def test_every_figure_names_unit_region_period_source_date_and_occupation(assistant, snapshot, today):
    for role in snapshot.roles:
        for section in ("salary", "outlook"):
            answer = assistant.show(Subject(Intent.ROLE, (role,), (section,)), today=today)
            numbers = {citation.number: citation for citation in answer.citations}
            rows = [row for block in blocks(answer, Figures) for row in block.rows]
            assert rows
            for row in rows:
                assert row.value
                assert row.basis.startswith("US, ")
                assert row.measured_on or row.roles == (snapshot.roles[role].name,)
                assert all(numbers[ref].as_of.text and numbers[ref].title for ref in row.refs)


def test_figures_side_by_side_come_from_one_source(assistant, snapshot, today):
    triples = random.Random(20261126).sample([*combinations(snapshot.roles, 3)], 500)
    for roles in (*combinations(snapshot.roles, 2), *triples):
        for section in ("salary", "outlook", ""):
            answer = assistant.show(Subject(Intent.CHOOSE, roles, (section,) if section else ()), today=today)
            sources = {citation.number: citation.source for citation in answer.citations}
            for block in blocks(answer, Figures):
                assert len({sources[ref] for row in block.rows for ref in row.refs}) == 1
            pay = {
                sources[ref]
                for block in blocks(answer, Figures)
                for row in block.rows
                if "salary" in row.label or "wage" in row.label
                for ref in row.refs
            }
            assert len(pay) <= 1


def test_who_earns_more_is_said_in_words(assistant, today):
    answer = assistant.ask("who earns more, DS or MLE?", today=today)
    verdict = blocks(answer, Prose)[0].line
    assert (
        verdict.text
        == "Higher median salary: Machine Learning Engineer ($194,000 a year), then Data Scientist ($157,000 a year)."
    )
    assert verdict.refs


def test_roles_counted_in_one_occupation_share_one_figure(assistant, today):
    answer = assistant.show(Subject(Intent.COMPARE, (MLE, DS), ("outlook",)), today=today)
    row = blocks(answer, Figures)[0].rows[0]
    assert row.roles == ("Machine Learning Engineer", "Data Scientist")
    assert row.measured_on == "Data Scientists (15-2051), an occupation that lists the title"
    assert any("cannot tell them apart" in notice.text for notice in blocks(answer, Notice))


def test_a_fact_past_its_shelf_life_is_marked(assistant, snapshot):
    def stale(today):
        answer = assistant.show(Subject(Intent.ROLE, (DS,), ("salary",)), today=today)
        return [row.stale for block in blocks(answer, Figures) for row in block.rows if row.refs == (1,)]

    months = snapshot.sections["salary"].shelf_life
    fact = next(fact for fact in snapshot.roles[DS].facts("salary") if isinstance(fact, Figure))
    last = date(fact.as_of.day.year + months // 12, fact.as_of.day.month, fact.as_of.day.day)
    assert not any(stale(last))
    assert all(stale(date(last.year, last.month + 1, last.day)))


def test_find_lists_the_roles_that_lean_on_the_item_most_first(assistant, snapshot, today):
    answer = assistant.ask("which roles use kafka", today=today)
    assert answer.subject.intent is Intent.FIND
    strength = {Level.CORE: 2, Level.USEFUL: 1, None: 0}
    levels = [
        max(
            strength[fact.level]
            for section in snapshot.sections
            for fact in snapshot.roles[role].facts(section)
            if isinstance(fact, ItemUse) and fact.item == "kafka"
        )
        for role in answer.roles
    ]
    assert len(levels) > 3
    assert levels == sorted(levels, reverse=True)


def test_find_of_two_items_tells_all_from_some(assistant, today):
    answer = assistant.ask("which jobs use kafka and tableau", today=today)
    assert "Some of them" in [heading.text for heading in blocks(answer, Heading)]


def test_a_question_on_an_item_is_answered_before_the_rest_of_the_section(assistant, today):
    answer = assistant.ask("does a data engineer need kafka?", today=today)
    assert blocks(answer, Bullets)[0].lines[0].text.startswith("Kafka, Data Engineer: ")


def test_a_question_on_a_degree_shows_statements_about_it_first(assistant, snapshot, today):
    answer = assistant.ask("do I need a phd to be a data scientist?", today=today)
    first = blocks(answer, Bullets)[0].lines[0].text
    assert first in [fact.text for fact in snapshot.roles[DS].facts("education") if "phd" in fact.about]


def test_every_section_of_every_role_and_pair_says_something_with_sources(assistant, snapshot, today):
    for section in snapshot.sections.values():
        for roles in [(role,) for role in snapshot.roles] + list(combinations(snapshot.roles, 2)):
            intent = Intent.ROLE if len(roles) == 1 else Intent.COMPARE
            answer = assistant.show(Subject(intent, roles, (section.id,)), today=today)
            assert answer.citations
            assert answer.shown == (section.id,)
            if section.kind is SectionKind.STATEMENTS:
                assert len(blocks(answer, Bullets)) == len(roles)


def test_an_overview_defines_each_role_and_shows_the_clearest_differences(assistant, today):
    answer = assistant.ask("mle vs ds", today=today)
    headings = [heading.text for heading in blocks(answer, Heading) if heading.level == 2]
    assert headings == ["What it is", "Responsibilities", "Skills", "Tools", "Outlook", "Salary"]
    assert {block.title for block in blocks(answer, ItemSet)} == {
        "Only Machine Learning Engineer",
        "Only Data Scientist",
    }


def test_a_field_taken_for_a_role_is_said_first(assistant, today):
    answer = assistant.ask("data science salary", today=today)
    assert answer.blocks[0] == Notice("I took \u201cdata science\u201d as Data Scientist.")


def test_an_unknown_job_beside_a_known_one_is_owned_up_to(assistant, today):
    answer = assistant.ask("nurse vs data analyst", today=today)
    assert answer.blocks[0] == Notice("I have no facts about: nurse.")


@pytest.mark.parametrize(
    "subject",
    [
        Subject(Intent.ROLE, ("gone",)),
        Subject(Intent.ROLE, (DS,), ("gone",)),
        Subject(Intent.FIND, items=("gone",)),
        Subject(Intent.FAQ, faq="gone"),
    ],
)
def test_a_subject_that_is_gone_is_refused_with_what_is_missing(assistant, today, subject):
    with pytest.raises(StaleSubjectError) as caught:
        assistant.show(subject, today=today)
    assert caught.value.missing == ("gone",)


def test_help_names_every_role_and_section(assistant, snapshot, today):
    said = " ".join(
        block.line.text for block in blocks(assistant.show(Subject(Intent.HELP), today=today), Prose)
    )
    assert all(role.name in said for role in snapshot.roles.values())
    assert all(section.title.lower() in said for section in snapshot.sections.values())


def test_the_examples_of_unknown_are_answered(assistant, today):
    reply = assistant.ask("what does a nurse earn", today=today)
    for text in reply.examples:
        assert isinstance(assistant.ask(text, today=today), Answer), text
