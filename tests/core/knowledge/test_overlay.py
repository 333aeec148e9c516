"""One server's files over the base: the rules of merging, and that the fast way gives what the whole check gives."""

from datetime import date

import pytest

from bot.core.knowledge.laid import check_over, compile_over, read_base
from bot.core.knowledge.load import load

SOURCES = """
survey: {title: Survey, publisher: Somebody, licence: CC0, published: 2026-01}
own: {title: Own, publisher: Us, licence: MIT, published: 2026-01, editorial: true}
"""
SECTIONS = """
definition: {title: What it is, kind: statements, order: 1, shelf_life: 60, cues: [what is]}
tools: {title: Tools, kind: items, order: 2, shelf_life: 60, cues: [tools]}
salary: {title: Pay, kind: figures, order: 3, shelf_life: 60, cues: [salary]}
"""
FIGURE = """
    - {{measure: salary, value: {value}, unit: USD/year, region: US, period: "2025", level: {level}, occupation: Cook,
       match: own, source: survey, as_of: 2026-01}}"""
COOK = f"""
id: cook
name: Cook
aliases: [chef, kitchen hand]
family: kitchen
nearest: [baker]
sections:
  definition:
    - {{text: Cooks meals., source: own, as_of: 2026-01}}
    - {{text: Tastes often., source: own, as_of: 2026-01}}
  tools:
    - {{item: pan, level: core, source: own, as_of: 2026-01}}
    - {{item: pot, source: own, as_of: 2026-01}}
  salary:{FIGURE.format(value=50000, level="mid")}{FIGURE.format(value=70000, level="senior")}
"""
BAKER = """
id: baker
name: Baker
family: kitchen
nearest: [cook]
sections:
  definition:
    - {text: Bakes bread., source: own, as_of: 2026-01}
"""
BASE = {
    "sources.yaml": SOURCES,
    "sections.yaml": SECTIONS,
    "items/tools.yaml": "pan: {name: Pan, meaning: For frying.}\npot: {name: Pot, meaning: For boiling.}\n",
    "items/skills.yaml": "tasting: {name: Tasting, meaning: By mouth.}\n",
    "roles/cook.yaml": COOK,
    "roles/baker.yaml": BAKER,
    "faq/hours.yaml": "id: hours\nquestions: [when do you open]\nanswer: At nine.\n",
    "questions.yaml": "- {text: what is a cook, roles: [cook]}\n- {text: cook or baker, roles: [cook, baker]}\n"
    "- {text: when do you open, faq: hours}\n",
    "compared.yaml": "- {roles: [cook, baker], sites: 3}\n",
    "jobs.yaml": "job: {title: Cook, company: Inn, location: Ulm, type: full-time, link: 'https://inn.example',"
    " posted: 2026-01-01, expires: 2026-12-31, roles: [cook]}\n",
}  # fmt: skip


@pytest.fixture
def base(tmp_path):
    for path, text in BASE.items():
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    loaded = load(tmp_path, advice=False)
    assert loaded.snapshot is not None, loaded.problems
    return read_base(tmp_path, loaded.snapshot)


def laid(base, **files):
    """The snapshot that both ways give."""
    overlay = {path.replace("__", "/") + ".yaml": text for path, text in files.items()}
    checked = check_over(base, overlay, today=date(2026, 2, 1))
    assert checked.snapshot is not None, checked.problems
    compiled = compile_over(base, overlay)
    assert compiled.snapshot == checked.snapshot
    return compiled.snapshot


def problems(base, **files):
    overlay = {path.replace("__", "/") + ".yaml": text for path, text in files.items()}
    return [str(problem) for problem in check_over(base, overlay).problems if problem.severity == "error"]


def texts(snapshot, role="cook", section="definition"):
    return [fact.text for fact in snapshot.roles[role].facts(section)]


def test_nothing_laid_over_the_base_is_the_base(base):
    snapshot = laid(base)
    assert snapshot.roles is base.snapshot.roles
    assert snapshot.faq is base.snapshot.faq


def test_a_section_named_is_replaced_and_the_others_stay(base):
    snapshot = laid(
        base, roles__cook="sections:\n  definition: [{text: Feeds people., source: own, as_of: 2026-02}]"
    )
    assert texts(snapshot) == ["Feeds people."]
    assert snapshot.roles["cook"].facts("tools") == base.snapshot.roles["cook"].facts("tools")
    assert snapshot.roles["baker"] is base.snapshot.roles["baker"]


def test_facts_are_added_and_removed_by_text_item_or_keys(base):
    snapshot = laid(
        base,
        roles__cook="""
sections:
  definition:
    remove: [tastes often.]
    add: [{text: Cleans up., source: own, as_of: 2026-02}]
  tools: {remove: [pot], add: [{item: pan, level: useful, source: own, as_of: 2026-02}]}
  salary: {remove: [{measure: salary, level: senior}]}
""",
    )
    assert texts(snapshot) == ["Cooks meals.", "Cleans up."]
    assert [(use.item, use.level) for use in snapshot.roles["cook"].facts("tools")] == [("pan", "useful")]
    assert [figure.level for figure in snapshot.roles["cook"].facts("salary")] == ["mid"]


def test_figures_of_one_measure_are_added_beside_each_other(base):
    snapshot = laid(
        base, roles__cook=f"sections: \n  salary:\n   add:{FIGURE.format(value=40000, level='entry')}"
    )
    assert [figure.level for figure in snapshot.roles["cook"].facts("salary")] == ["mid", "senior", "entry"]


def test_names_are_added_and_removed(base):
    snapshot = laid(base, roles__cook="aliases: {add: [saucier], remove: [Chef]}")
    assert snapshot.roles["cook"].aliases == ("kitchen hand", "saucier")


def test_an_empty_value_takes_away_what_the_base_has(base):
    snapshot = laid(base, roles__cook="nearest:\nsections:\n  tools:\n", jobs="job:\n")
    assert snapshot.roles["cook"].nearest == ()
    assert snapshot.roles["cook"].facts("tools") == ()
    assert not snapshot.jobs


def test_an_empty_file_changes_nothing(base):
    snapshot = laid(base, items__tools="", roles__cook="# nothing yet\n")
    assert snapshot.items == base.snapshot.items
    assert snapshot.roles["cook"] == base.snapshot.roles["cook"]


def test_an_entry_of_the_same_id_is_replaced_and_phrasings_are_added(base):
    assert laid(base, faq__hours="answer: At ten.").faq["hours"].answer == "At ten."
    more = laid(base, faq__hours="questions: {add: [opening hours]}").faq["hours"]
    assert more.questions == ("when do you open", "opening hours")
    assert more.answer == "At nine."


def test_new_files_are_taken_as_they_stand(base):
    snapshot = laid(
        base,
        faq__place="id: place\nquestions: [where are you]\nanswer: In Ulm.",
        roles__waiter="id: waiter\nname: Waiter\nfamily: room\nnearest: [cook]\nsections:\n  definition:\n"
        "    - {text: Serves., about: [tasting], source: guide, as_of: 2026-02}",
        sources="guide: {title: Guide, publisher: Us, licence: MIT, published: 2026-02}",
        questions="add: [{text: waiter, roles: [waiter]}]",
        outside="[pilot]",
    )
    assert list(snapshot.roles) == ["baker", "cook", "waiter"]
    assert set(snapshot.sources) == {"survey", "own", "guide"}
    assert len(snapshot.golden) == 4
    assert snapshot.outside == ("pilot",)


def test_golden_questions_are_removed_by_their_text(base):
    snapshot = laid(base, questions="remove: [what is a cook]")
    assert [golden.text for golden in snapshot.golden] == ["cook or baker", "when do you open"]


def test_what_is_hidden_is_gone_and_so_is_what_speaks_of_it(base):
    snapshot = laid(base, hidden="roles: [cook]\nfaq: [hours]")
    assert list(snapshot.roles) == ["baker"]
    assert snapshot.roles["baker"].nearest == ()
    assert not snapshot.faq
    assert not snapshot.golden
    assert not snapshot.compared
    assert not snapshot.jobs
    assert len(base.snapshot.golden) == 3


def test_the_names_of_a_hidden_role_are_free(base):
    chef = "id: chef\nname: Chef\nfamily: kitchen\nsections:\n  definition: [{text: Leads., source: own, as_of: 2026-02}]"
    assert problems(base, roles__chef=chef) == [
        (
            "roles/cook.yaml:4:11: error: alias `chef` is taken: it is a name of role `chef` (roles/chef.yaml:2); "
            "remove one of them"
        )
    ]
    assert "chef" in laid(base, roles__chef=chef, hidden="roles: [cook]").roles


def test_problems_point_into_the_overlays_text(base):
    assert problems(
        base, roles__cook="sections:\n  definition: {add: [{text: A., source: nobody, as_of: 2026-02}]}"
    ) == ["roles/cook.yaml:2:41: error: unknown source `nobody`, expected own or survey"]
    assert problems(base, roles__cook="sections:\n  tols: [{item: pan, source: own, as_of: 2026-02}]") == [
        "roles/cook.yaml:2:3: error: unknown section `tols`, did you mean `tools`?"
    ]
    assert problems(base, hidden="roles: [cok]") == [
        "hidden.yaml:1:9: error: unknown role `cok`, did you mean `cook`?"
    ]


def test_what_is_taken_away_while_the_base_needs_it_is_told(base):
    assert problems(base, items__tools="pot:\n") == [
        "roles/cook.yaml:13:14: error: unknown item `pot`, expected pan or tasting"
    ]


def test_a_removal_that_finds_nothing_is_a_warning(base):
    loaded = check_over(base, {"roles/cook.yaml": "aliases: {remove: [shef]}"})
    assert loaded.snapshot is not None
    assert (
        "roles/cook.yaml:1:20: warning: `shef` is not in the list, so that nothing is removed, did you mean `chef`?"
        in map(str, loaded.problems)
    )


@pytest.mark.parametrize(
    "path", ["../roles/cook.yaml", "/etc/passwd", "roles/../cook.yaml", "roles/Cook.yaml", "roles/a/b.yaml",
             "roles\\cook.yaml", "items/other.yaml", "messages/own.yaml", "wages.yaml", "roles/.yaml", "", "roles/\0.yaml"],
)  # fmt: skip
def test_other_files_are_refused(base, path):
    for check in (check_over, compile_over):
        loaded = check(base, {path: "id: cook"})
        assert loaded.snapshot is None
        assert "knowledge" in loaded.problems[0].text or "base alone" in loaded.problems[0].text


def test_an_overlay_that_the_base_no_longer_fits_is_refused_when_compiled(base):
    loaded = compile_over(base, {"faq/new.yaml": "id: new\nquestions: [what]\nanswer: That.\nsource: gone"})
    assert loaded.snapshot is None
    assert "unknown source `gone`" in loaded.problems[0].text


def test_equal_files_give_an_equal_revision_and_others_another(base):
    one = laid(base, faq__hours="answer: At ten.")
    assert one.revision == laid(base, faq__hours="answer: At ten.").revision
    assert one.revision not in {laid(base, faq__hours="answer: At six.").revision, base.snapshot.revision}


def test_the_base_is_not_read_where_its_files_have_changed(base, tmp_path):
    (tmp_path / "faq" / "hours.yaml").write_text("id: hours\nquestions: [a b]\nanswer: c", encoding="utf-8")
    assert read_base(tmp_path, base.snapshot) is None
