"""Replies as Discord views: complete where they fit, cut visibly where they do not, never past a limit."""

from datetime import date

import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.answers.model import (
    Answer,
    Bullets,
    Citation,
    Clarify,
    FigureLine,
    Figures,
    Heading,
    ItemSet,
    Line,
    Notice,
    Option,
    Prose,
    Silent,
    Unknown,
)
from bot.core.knowledge.model import AsOf
from bot.core.matching.question import Intent, Subject
from bot.ui.charts import Picture
from bot.ui.controls import Control
from bot.ui.limits import (
    BUTTON_LABEL,
    CUSTOM_ID,
    OPTION_LABEL,
    PLACEHOLDER,
    RELATED,
    SELECT_OPTIONS,
    VIEW_COMPONENTS,
    VIEW_TEXT,
)
from bot.ui.state import State
from bot.ui.views import reply_view, text_view

TODAY = date(2026, 11, 23)
ONE_ROLE = Subject(Intent.ROLE, ("data-scientist",))
ROLES = ("data-scientist", "data-analyst", "data-engineer", "machine-learning-engineer", "mlops-engineer")


def answer(*blocks, subject=ONE_ROLE, title="Data Scientist", citations=(), shown=()):
    return Answer(subject, title, blocks, citations, shown, "r")


def state(subject=ONE_ROLE, **visibility):
    return State(subject, 2**63, **visibility)


def items(view):
    return list(view.walk_children())


def texts(view):
    return [item.content for item in items(view) if isinstance(item, discord.ui.TextDisplay)]


def controls(view):
    return [item for item in items(view) if isinstance(item, Control)]


def assert_within_limits(view):
    payload = view.to_components()
    assert count(payload) <= VIEW_COMPONENTS
    assert view.content_length() <= VIEW_TEXT
    assert all(texts(view))
    ids = [control.custom_id for control in controls(view)]
    assert len(ids) == len(set(ids))
    assert all(len(custom_id) <= CUSTOM_ID for custom_id in ids)
    assert not [
        item
        for item in items(view)
        if item.is_dispatchable() and not isinstance(item, Control) and not is_wrapped(item, view)
    ]
    for control in controls(view):
        inner = control.item
        if isinstance(inner, discord.ui.Select):
            assert 1 <= len(inner.options) <= SELECT_OPTIONS
            assert len(inner.placeholder) <= PLACEHOLDER
            assert all(1 <= len(option.label) <= OPTION_LABEL for option in inner.options)
            assert len({option.value for option in inner.options}) == len(inner.options)
        else:
            assert 1 <= len(inner.label) <= BUTTON_LABEL
    assert view.timeout is None


def is_wrapped(item, view):
    return any(control.item is item for control in controls(view))


def count(components):
    return sum(1 + count(component.get("components", ())) for component in components)


words = st.text(max_size=60) | st.sampled_from(
    ["**", "`", "# x", "- y", "<@1>", "@everyone", "\\", "\n", "x" * 500]
)
refs = st.lists(st.integers(1, 30), max_size=4).map(tuple)
lines = st.builds(Line, words, refs, st.booleans())
many_lines = st.lists(lines, max_size=30).map(tuple)
figure_lines = st.builds(
    FigureLine, st.lists(words, max_size=5).map(tuple), words, words, words, words, words, refs, st.booleans()
)
blocks = st.one_of(
    st.builds(Heading, words, st.integers(2, 3)),
    st.builds(Prose, lines),
    st.builds(Bullets, many_lines, st.integers(0, 50)),
    st.builds(ItemSet, words, many_lines, st.integers(0, 50)),
    st.builds(Figures, st.lists(figure_lines, max_size=6).map(tuple)),
    st.builds(Notice, words),
)
subjects = st.builds(
    Subject,
    st.sampled_from(Intent),
    roles=st.lists(st.sampled_from(ROLES), max_size=5, unique=True).map(tuple),
    sections=st.lists(st.sampled_from(["skills", "tools", "salary"]), max_size=3, unique=True).map(tuple),
)
citations = st.builds(
    Citation,
    st.integers(1, 99),
    words,
    words,
    st.just(AsOf(TODAY, "2026-11")),
    st.none() | st.just("https://x.org/" + "y" * 90),
)
options = st.lists(st.builds(Option, st.text(min_size=1, max_size=200), subjects), max_size=6).map(tuple)
replies = st.one_of(
    st.builds(
        Answer,
        subjects,
        words,
        st.lists(blocks, max_size=40).map(tuple),
        st.lists(citations, max_size=20).map(tuple),
        st.just(()),
        st.just("r"),
    ),
    st.builds(Clarify, words, options),
    st.builds(Unknown, words, options, st.lists(words, max_size=40).map(tuple)),
    st.just(Silent("nothing")),
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(reply=replies, private=st.booleans(), shared=st.booleans())
def test_no_reply_ever_exceeds_a_limit(assistant, reply, private, shared):
    subject = reply.subject if isinstance(reply, Answer) else Subject(Intent.HELP)
    whose = state(subject, private=private, shared=shared)
    assert_within_limits(reply_view(reply, whose, assistant, rated=True))


@pytest.mark.parametrize("size", range(1, 6))
def test_every_section_of_every_comparison_fits(assistant, size):
    roles = tuple(assistant.snapshot.roles)[:size]
    for chosen in [
        (),
        *((section,) for section in assistant.snapshot.sections),
        tuple(assistant.snapshot.sections),
    ]:
        subject = Subject(Intent.COMPARE if size > 1 else Intent.ROLE, roles, chosen)
        shown = assistant.show(subject, today=TODAY)
        assert_within_limits(reply_view(shown, state(subject), assistant, rated=True))


def test_the_fullest_answer_has_room_for_all_its_controls(assistant):
    sections = [part for n in range(30) for part in (Heading(f"Section {n}"), Prose(Line("Text.")))]
    cited = (Citation(1, "onet", "O*NET", AsOf(date(2025, 5, 1), "2025-05")),)
    full = answer(*sections, citations=cited)
    view = reply_view(full, state(), assistant, Picture(b"", "A chart"), rated=True)
    assert_within_limits(view)
    labels = [item.item.label for item in controls(view) if isinstance(item.item, discord.ui.Button)]
    assert labels[-2:] == ["Delete", "Not helpful"]
    assert len(labels) == RELATED + 1 + 2
    assert count(view.to_components()) == VIEW_COMPONENTS


def lines_of_total(room):
    """Bullets that fill exactly `room` characters once they are Markdown, after a title of two letters."""
    room -= len("## ab") + 1
    parts = []
    while room > 210:
        parts.append(Line("x" * 97))
        room -= 100
    return Bullets((*parts, Line("x" * (room - 2))))


def test_text_at_the_limit_is_whole_and_one_past_it_is_cut_visibly(assistant):
    whole = reply_view(answer(lines_of_total(VIEW_TEXT), title="ab"), state(), assistant)
    assert whole.content_length() == VIEW_TEXT
    assert "Cut here" not in "".join(texts(whole))
    past = reply_view(answer(lines_of_total(VIEW_TEXT + 1), title="ab"), state(), assistant)
    assert_within_limits(past)
    shown = texts(past)[-1].splitlines()
    assert shown[-1] == "-# Cut here to fit. Choose a section below to see all of it."
    assert not shown[-2]
    assert shown[-3].startswith("- xxx")
    assert len(shown[-3]) == 99


def test_sources_and_menus_survive_the_cut(assistant):
    cited = (Citation(1, "s", "O*NET 29.3", AsOf(TODAY, "2025-05")),)
    view = reply_view(answer(lines_of_total(9000), citations=cited), state(), assistant)
    assert_within_limits(view)
    assert texts(view)[-1].startswith("-# Sources: ¹")
    assert [type(c).__name__ for c in controls(view)[:2]] == ["SectionMenu", "CompareMenu"]


def test_cut_leaves_no_heading_without_text(assistant):
    blocks = [
        Heading("First"),
        lines_of_total(3800),
        Heading("Second"),
        Heading("Data Scientist", 3),
        Prose(Line("y" * 300)),
    ]
    shown = "\n".join(texts(reply_view(answer(*blocks), state(), assistant)))
    assert "Second" not in shown
    assert "**Data Scientist**" not in shown
    assert "Cut here" in shown


def test_one_endless_line_is_cut_at_a_word(assistant):
    view = reply_view(answer(Prose(Line("word " * 2000))), state(), assistant)
    assert_within_limits(view)
    assert "word…" in "\n".join(texts(view))


def test_answer_without_a_section_menu_says_another_way_to_see_the_rest(assistant):
    subject = Subject(Intent.HELP)
    view = reply_view(answer(lines_of_total(9000), subject=subject), state(subject), assistant)
    assert "Ask about fewer roles" in texts(view)[-1]


def test_sections_stand_apart_and_too_many_share_the_last_part(assistant):
    few = reply_view(
        answer(Heading("One"), Prose(Line("a")), Heading("Two"), Prose(Line("b"))), state(), assistant
    )
    assert len(texts(few)) == 2
    many = reply_view(
        answer(*[Heading(str(number)) for number in range(60)], Prose(Line("end"))), state(), assistant
    )
    assert_within_limits(many)
    assert "end" in texts(many)[-1]


def test_dated_facts_are_explained(assistant):
    shown = texts(reply_view(answer(Prose(Line("Old.", stale=True))), state(), assistant))
    assert shown[-1] == "-# *(dated)*: older than facts of its kind stay reliable."


def test_public_answer_can_be_deleted_and_private_one_shared(assistant):
    public = reply_view(answer(Prose(Line("a"))), state(), assistant)
    private = reply_view(answer(Prose(Line("a"))), state(private=True), assistant)
    offered = ["SectionMenu", "CompareMenu", *["OptionButton"] * (RELATED + 1)]
    assert [type(c).__name__ for c in controls(public)] == [*offered, "DeleteButton"]
    assert [type(c).__name__ for c in controls(private)] == [*offered, "ShareButton"]


def test_menu_lists_only_sections_that_the_roles_have(assistant):
    view = reply_view(answer(Prose(Line("a"))), state(), assistant)
    role = assistant.snapshot.roles["data-scientist"]
    offered = [option.value for option in controls(view)[0].item.options]
    assert offered == [s.id for s in assistant.snapshot.ordered_sections() if role.facts(s.id)]


def test_compare_menu_offers_none_of_the_roles_on_show(assistant):
    subject = Subject(Intent.COMPARE, ROLES[:3])
    view = reply_view(answer(Prose(Line("a")), subject=subject), state(subject), assistant)
    offered = {option.value for option in controls(view)[1].item.options}
    assert offered
    assert not offered & set(ROLES[:3])


def test_each_view_is_a_new_one(assistant):
    reply = answer(Prose(Line("a")))
    assert reply_view(reply, state(), assistant) is not reply_view(reply, state(), assistant)


def test_long_page_is_cut():
    view = text_view(["z" * 50] * 200)
    assert view.content_length() <= VIEW_TEXT
    assert "Cut here" in texts(view)[-1]
