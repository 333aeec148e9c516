"""What holds for any knowledge: sets are those that counting by hand gives, and no comparison mixes two sources."""

import re
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st
from random_knowledge import FIGURE_SECTIONS, ITEM_SECTIONS, REGIONS, knowledge_of, seeds

from bot.core.answers.model import Bullets, Figures, Heading, ItemSet, Notice, Prose
from bot.core.answers.series import Cut, figures_of, known_part, side_by_side
from bot.core.answers.sets import partition
from bot.core.assistant import Assistant
from bot.core.knowledge.model import Figure, ItemUse, Seniority
from bot.core.matching.question import Intent, Subject

TODAY = date(2026, 11, 25)
PLENTY = settings(max_examples=150, deadline=None)
cuts = st.one_of(
    st.just(Cut()),
    st.sampled_from(Seniority).map(lambda level: Cut(level=level)),
    st.sampled_from(sorted(REGIONS)).map(lambda region: Cut(region=region)),
)


@st.composite
def some_roles(draw, least=2):
    """The seed of a snapshot, and two to five of its roles in any order."""
    seed = draw(seeds)
    known = sorted(knowledge_of(seed).roles)
    return seed, tuple(draw(st.lists(st.sampled_from(known), min_size=least, max_size=5, unique=True)))


@PLENTY
@given(drawn=some_roles(), section=st.sampled_from(ITEM_SECTIONS))
def test_sets_equal_brute_force(drawn, section):
    snapshot, names = knowledge_of(drawn[0]), drawn[1]
    roles = [snapshot.roles[name] for name in names]
    held = {
        name: {fact.item for fact in snapshot.roles[name].facts(section) if isinstance(fact, ItemUse)}
        for name in names
    }
    everything = set().union(*held.values())
    expected = {item: frozenset(name for name in names if item in held[name]) for item in everything}
    parts = partition(roles, snapshot.sections[section])
    found = {uses[0].item: frozenset(role.id for role in part.roles) for part in parts for uses in part.uses}
    assert found == expected
    assert sum(len(part.uses) for part in parts) == len(everything)
    assert len(set(map(frozenset, expected.values()))) == len(parts)


def words(text):
    return frozenset(re.findall(r"[\w.]*\w", text))


def said(answer):
    """What an answer says, whatever its order."""
    found = set()
    for block in answer.blocks:
        match block:
            case Bullets(lines, more):
                found |= {line.text for line in lines} | {more}
            case ItemSet(title, names, more):
                owners = frozenset(title.replace(" and ", ", ").split(", "))
                found |= {(owners, line.text.split(" (")[0]) for line in names} | {(owners, more)}
            case Figures(rows):
                found |= {
                    (frozenset(row.roles), row.label, row.value, row.spread, row.basis, row.measured_on)
                    for row in rows
                }
            case Prose(line):
                found.add(words(line.text))
            case Heading(text) | Notice(text):
                found.add(words(text))
    return found


@PLENTY
@given(
    drawn=some_roles(),
    section=st.sampled_from(["", *ITEM_SECTIONS, *FIGURE_SECTIONS, "definition"]),
    cut=cuts,
)
# Two figures of one occupation that differ in nothing but the number of cases.
@example(drawn=(66, ("role-3", "role-0")), section="", cut=Cut())
def test_a_compared_with_b_equals_b_compared_with_a_but_for_order(drawn, section, cut):
    snapshot, names = knowledge_of(drawn[0]), drawn[1]
    assistant = Assistant(snapshot)
    one, other = (
        assistant.show(
            Subject(Intent.COMPARE, roles, (section,) if section else (), level=cut.level, region=cut.region),
            today=TODAY,
        )
        for roles in (names, names[::-1])
    )
    assert said(one) == said(other)


@PLENTY
@given(drawn=some_roles(), section=st.sampled_from(FIGURE_SECTIONS), cut=cuts)
def test_no_comparison_mixes_two_sources(drawn, section, cut):
    snapshot, names = knowledge_of(drawn[0]), drawn[1]
    for intent in (Intent.COMPARE, Intent.CHOOSE):
        subject = Subject(intent, names, (section,), level=cut.level, region=cut.region)
        answer = Assistant(snapshot).show(subject, today=TODAY)
        sources = {citation.number: citation.source for citation in answer.citations}
        compared = [block for block in answer.blocks if isinstance(block, Figures) and len(block.rows) > 1]
        assert len({sources[ref] for block in compared for row in block.rows for ref in row.refs}) <= 1
        for block in answer.blocks:
            if isinstance(block, Figures):
                assert all(row.refs and row.basis for row in block.rows)
                assert len({(row.label, row.basis.partition(", n =")[0]) for row in block.rows}) == 1
        if answer.chart is not None:
            assert answer.chart.source in {snapshot.sources[source].title for source in sources.values()}


@PLENTY
@given(drawn=some_roles(), section=st.sampled_from(FIGURE_SECTIONS), cut=cuts)
def test_the_source_taken_covers_as_many_roles_as_any_and_postings_come_first(drawn, section, cut):
    snapshot, names = knowledge_of(drawn[0]), drawn[1]
    roles = [snapshot.roles[name] for name in names]
    shown = snapshot.sections[section]
    cut = known_part(roles, shown, snapshot, cut)
    shared = side_by_side(roles, shown, snapshot, cut)
    held = [
        {(f.measure, f.source, f.region, f.period, f.level) for f in figures_of(role, shown, snapshot, cut)}
        for role in roles
    ]
    for one in shared:
        covered = {role.id for row in one.rows for role in row.roles}
        assert covered | {role.id for role in one.missing} == set(names)
        assert len(covered) >= 2
    if shared:
        lead = shared[0].series
        reach = len(names) - len(shared[0].missing)
        rivals = {key for own in held for key in own if key[4] is lead.level}
        assert reach == max(sum(key in own for own in held) for key in rivals)
    elif any(held):
        levels = {key[4] for own in held for key in own}
        leading = None if None in levels else min(levels, key=list(Seniority).index)
        assert all(sum(key in own for own in held) < 2 for own in held for key in own if key[4] is leading)


@PLENTY
@given(drawn=some_roles(least=1), section=st.sampled_from(FIGURE_SECTIONS), cut=cuts)
def test_every_figure_shown_is_one_that_the_knowledge_holds(drawn, section, cut):
    snapshot, names = knowledge_of(drawn[0]), drawn[1]
    subject = Subject(
        Intent.COMPARE if len(names) > 1 else Intent.ROLE,
        names,
        (section,),
        level=cut.level,
        region=cut.region,
    )
    answer = Assistant(snapshot).show(subject, today=TODAY)
    known = [
        fact for role in snapshot.roles.values() for fact in role.facts(section) if isinstance(fact, Figure)
    ] + [figure for wages in snapshot.wages.values() for figure in wages.values()]
    values = {f"{fact.value:,.0f}" for fact in known} | {f"{fact.value:+.1f} %" for fact in known}
    for block in answer.blocks:
        if isinstance(block, Figures):
            for row in block.rows:
                assert row.value.removeprefix("$").removesuffix(" a year") in values
    for band in answer.chart.bands if answer.chart is not None else ():
        assert band.shown.removeprefix("$") in values
