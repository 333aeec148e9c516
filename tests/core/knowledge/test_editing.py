"""One part of a server's file, edited by itself."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.core.knowledge.document import Document
from bot.core.knowledge.editing import (
    Part,
    PartProblemsError,
    faq_part,
    in_part,
    put,
    section_part,
    text_of,
)
from bot.core.knowledge.laid import Base, check_over, read_base
from bot.core.knowledge.load import load
from bot.core.knowledge.problems import Problem, Report
from bot.core.knowledge.strict_yaml import read
from bot.library import shipped_knowledge

OWN = """\
# Ours, since March
aliases: {add: [data wizard]}  # what people say here
sections:
  # Checked by Ada
  salary:
    add:
      - {text: Pay here is 'no' secret., source: editorial, as_of: 2026-03-15}  # ask Ada
  tools:
    - item: python
      level: core  # really
      source: editorial
      as_of: "2026-03"
"""
FILE = "roles/data-scientist.yaml"
NEW = "- text: Finds out why.\n  source: editorial # us\n  as_of: 2026-04\n"


@pytest.fixture(scope="module")
def base() -> Base:
    snapshot = load(shipped_knowledge(), advice=False).snapshot
    assert snapshot is not None
    found = read_base(shipped_knowledge(), snapshot)
    assert found is not None
    return found


def data(text):
    document = read(text, "a.yaml", Report())
    assert isinstance(document, Document)
    return document.data


def test_the_text_of_a_part_is_the_bases_as_long_as_the_server_has_none(base):
    text = text_of(section_part("data-scientist", "definition"), base, {})
    assert data(text) == data(base.text(FILE))["sections"]["definition"]


def test_a_section_of_every_role_and_every_entry_can_be_taken_out_and_put_back_unchanged(base):
    for number, role in enumerate(base.snapshot.roles.values()):
        section = list(role.sections)[number % len(role.sections)]
        part = section_part(role.id, section)
        text = text_of(part, base, {})
        assert data(text) == data(base.text(part.file))["sections"][section]
        assert put(part, text, base, {}) is None
    for entry in base.snapshot.faq:
        assert put(faq_part(entry), text_of(faq_part(entry), base, {}), base, {}) is None


def test_the_servers_own_text_comes_with_its_comments(base):
    text = text_of(section_part("data-scientist", "tools"), base, {FILE: OWN})
    assert data(text) == data(OWN)["sections"]["tools"]
    assert "# really" in text
    assert '"2026-03"' in text


def test_what_stands_around_a_part_keeps_its_comments_and_quotes(base):
    written = put(section_part("data-scientist", "definition"), NEW, base, {FILE: OWN})
    for kept in (
        "# Ours, since March",
        "# what people say here",
        "# Checked by Ada",
        "# ask Ada",
        "# really",
        "# us",
    ):
        assert kept in written
    assert data(written)["sections"]["definition"] == data(NEW)
    assert {**data(written)["sections"], "definition": None} == {**data(OWN)["sections"], "definition": None}


def test_a_new_part_makes_the_file(base):
    written = put(section_part("data-scientist", "definition"), NEW, base, {})
    assert data(written) == {"sections": {"definition": data(NEW)}}
    assert check_over(base, {FILE: written}).snapshot is not None


@pytest.mark.parametrize("blank", ["", "  \n", "# nothing\n"])
def test_a_blank_text_takes_the_servers_own_version_away(base, blank):
    part = section_part("data-scientist", "definition")
    written = put(part, NEW, base, {FILE: OWN})
    assert data(put(part, blank, base, {FILE: written})) == data(OWN)
    alone = put(part, NEW, base, {})
    assert put(part, blank, base, {FILE: alone}) is None
    assert put(part, blank, base, {}) is None
    assert put(part, blank, base, {FILE: OWN}) == OWN


def test_the_bases_own_words_take_the_servers_version_away(base):
    part = section_part("data-scientist", "definition")
    alone = put(part, NEW, base, {})
    assert put(part, text_of(part, base, {}), base, {FILE: alone}) is None


def test_an_entry_is_a_whole_file_and_kept_as_it_was_written(base):
    text = "id: gate\r\nquestions: [where is the gate]   # of course\r\nanswer: 'There.'\r\n"
    assert put(faq_part("gate"), text, base, {}) == text
    assert text_of(faq_part("gate"), base, {"faq/gate.yaml": text}) == text


@pytest.mark.parametrize(
    "text", ["- [", "a: b: c", "!!python/object:os.system {}", "- text: \x00", "&a [*a]", "x: 1\nx: 2"]
)
def test_what_cannot_be_read_is_told_with_its_place_in_the_text(base, text):
    with pytest.raises(PartProblemsError) as raised:
        put(section_part("data-scientist", "definition"), text, base, {FILE: OWN})
    assert all(problem.line >= 1 and problem.text for problem in raised.value.problems)


def test_problems_of_the_file_are_shown_at_their_place_in_the_text(base):
    part = section_part("data-scientist", "definition")
    text = "# mine\n- text: Finds out why.\n  source: nobody\n  as_of: 2026-04\n- {txt: So., source: editorial, as_of: 2026-04}\n"
    written = put(part, text, base, {FILE: OWN})
    found = [in_part(one, part, written, text) for one in check_over(base, {FILE: written}).problems]
    assert [(one.line, one.column) for one in found if one.severity == "error"] == [(5, 3)]
    mended = text.replace("txt", "text")
    written = put(part, mended, base, {FILE: OWN})
    found = [in_part(one, part, written, mended) for one in check_over(base, {FILE: written}).problems]
    assert [(one.line, one.column) for one in found if one.severity == "error"] == [(3, 11)]


def test_problems_elsewhere_stay_where_they_are():
    problem = Problem("faq/a.yaml", 3, 4, "error", "wrong")
    assert in_part(problem, Part("roles/b.yaml", ("sections", "c")), "sections: {c: [d]}", "[d]") == problem


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.dictionaries(PLAIN, PLAIN | st.lists(PLAIN, max_size=3), max_size=3), min_size=1, max_size=4)
)
def test_whatever_is_put_in_is_what_is_read_again_or_is_refused(base, facts):
    out = io.StringIO()
    YAML().dump(facts, out)
    part = section_part("data-scientist", "definition")
    try:
        written = put(part, out.getvalue(), base, {FILE: OWN})
    except PartProblemsError:
        return
    assert data(written)["sections"]["definition"] == data(out.getvalue())
    assert data(text_of(part, base, {FILE: written})) == data(out.getvalue())
