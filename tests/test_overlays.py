"""What each server knows: its own overlay and nobody else's, whatever becomes of the base meanwhile."""

import asyncio
import shutil
from datetime import date

import pytest

from bot.core.answers.model import Answer
from bot.library import Library
from bot.overlays import OWN_NAMES, BaseUnreadableError, Overlays

TODAY = date(2026, 11, 23)
HOUSE = {
    "faq/house.yaml": "id: house\nquestions: [where is the house of knowledge, house of knowledge address please,"
    " how do I get to the house of knowledge]\nanswer: Behind the church.\n"
}
FACT = {
    "roles/data-scientist.yaml": "sections:\n  definition: {add: [{text: Works behind the church., source: editorial,"
    " as_of: 2026-03}]}\n"
}
BADGE = "id: badge\nquestions: [where do I get my badge, how to get a badge, who hands out badges]\nanswer: At the door.\n"
ROLE = {
    "roles/bell-ringer.yaml": "id: bell-ringer\nname: Bell Ringer\nfamily: church\nsections:\n  definition:\n"
    "    - {text: Rings bells., source: editorial, as_of: 2026-03}\n"
}


@pytest.fixture
def folder(small_knowledge, tmp_path):
    return shutil.copytree(small_knowledge, tmp_path / "knowledge")


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """What was learned once in these tests is not learned again."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def library(folder, cache):
    return Library.open(folder, cache)


@pytest.fixture
def overlays(library, cache):
    return Overlays(library, cache)


async def faq_of(overlays, server, text="where is the house of knowledge"):
    reply = (await overlays.assistant(server)).ask(text, today=TODAY)
    return reply.subject.faq if isinstance(reply, Answer) else None


async def definition(overlays, server):
    known = await overlays.assistant(server)
    return [fact.text for fact in known.snapshot.roles["data-scientist"].facts("definition")]


async def test_a_server_without_an_overlay_is_answered_from_the_base(overlays, library):
    assert await overlays.assistant(None) is library.assistant
    assert await overlays.assistant(1) is library.assistant
    overlays.put(1, 3, {})
    assert await overlays.assistant(1) is library.assistant
    assert overlays.number(1) == 3


async def test_a_server_never_sees_anothers_overlay(overlays, library):
    overlays.put(1, 1, HOUSE)
    overlays.put(2, 1, FACT)
    assert await faq_of(overlays, 1) == "house"
    assert await faq_of(overlays, 2) is None
    assert await faq_of(overlays, None) is None
    assert "Works behind the church." in await definition(overlays, 2)
    assert "Works behind the church." not in await definition(overlays, 1)
    assert library.assistant.snapshot.faq.keys().isdisjoint({"house"})


async def test_what_an_overlay_does_not_change_is_shared_with_the_base(overlays, library):
    base = library.assistant
    overlays.put(1, 1, FACT)
    known = await overlays.assistant(1)
    assert known.shares_names(base)
    assert known.heads is base.heads
    assert known.snapshot.roles["data-engineer"] is base.snapshot.roles["data-engineer"]
    overlays.put(2, 1, ROLE)
    other = await overlays.assistant(2)
    assert not other.shares_names(base)
    assert other.ask("what is a bell ringer", today=TODAY).roles == ("bell-ringer",)


async def test_facts_that_an_overlay_leaves_are_the_bases_own(overlays, library):
    overlays.put(1, 1, FACT)
    role = (await overlays.assistant(1)).snapshot.roles["data-scientist"]
    below = library.assistant.snapshot.roles["data-scientist"]
    changed = {name for name, facts in role.sections.items() if facts is not below.sections[name]}
    assert changed == {"definition"}


async def test_a_few_entries_of_a_server_take_the_thresholds_of_the_base(overlays, library):
    overlays.put(1, 1, {"faq/badge.yaml": BADGE})
    known = await overlays.assistant(1)
    assert known.ask("where do I get my badge", today=TODAY).subject.faq == "badge"
    assert known.heads.faq.margins == library.assistant.heads.faq.margins


async def test_words_of_an_overlay_are_not_mended_into_others(overlays):
    entry = "id: kubrow\nquestions: [how to get a kubrow, kubrow please, where are kubrows]\nanswer: In the yard.\n"
    overlays.put(1, 1, {"faq/kubrow.yaml": entry})
    assert await faq_of(overlays, 1, "how to get a kubrow") == "kubrow"


async def test_a_new_revision_answers_at_once(overlays):
    overlays.put(1, 1, HOUSE)
    assert await faq_of(overlays, 1) == "house"
    overlays.put(1, 2, {})
    assert await faq_of(overlays, 1) is None
    overlays.put(1, 0, {})
    assert overlays.number(1) == 0
    assert overlays.numbers() == {}


async def test_questions_that_come_together_compile_once(overlays):
    overlays.put(1, 1, FACT)
    known = await asyncio.gather(*(overlays.assistant(1) for _ in range(20)))
    assert len({id(one) for one in known}) == 1


async def test_a_question_waits_for_its_own_overlay_and_not_for_others(overlays):
    overlays.put(1, 1, HOUSE)
    overlays.put(2, 1, FACT)
    assert "Works behind the church." in await definition(overlays, 2)
    assert await faq_of(overlays, 1) == "house"


async def test_those_not_asked_for_longest_are_dropped_and_compiled_again(library, cache):
    overlays = Overlays(library, cache, budget=2 * OWN_NAMES)
    for server in range(1, 6):
        overlays.put(server, 1, ROLE)
    first = await overlays.assistant(1)
    assert await overlays.assistant(1) is first
    for server in range(2, 6):
        await overlays.assistant(server)
    again = await overlays.assistant(1)
    assert again is not first
    assert again.snapshot == first.snapshot


async def test_an_edit_of_the_base_reaches_the_servers(overlays, library, folder):
    overlays.put(1, 1, FACT)
    await overlays.assistant(1)
    path = folder / "faq" / "laptop.yaml"
    lines = path.read_text(encoding="utf-8").partition("answer:")[0]
    path.write_text(f"{lines}answer: None at all.\n", encoding="utf-8")
    before = library.assistant
    library.reload()
    assert library.assistant is not before
    known = await overlays.assistant(1)
    assert known.snapshot.faq["laptop"].answer == "None at all."
    assert "Works behind the church." in await definition(overlays, 1)


async def test_files_that_no_longer_fit_the_base_are_left_out_and_told(overlays, library, folder):
    source = folder / "sources.yaml"
    source.write_text(
        source.read_text(encoding="utf-8")
        + "\nparish:\n  title: Parish\n  publisher: Us\n  licence: MIT\n  published: 2026-01\n",
        encoding="utf-8",
    )
    library.reload()
    overlays.put(
        1,
        1,
        {
            **HOUSE,
            "roles/data-scientist.yaml": FACT["roles/data-scientist.yaml"].replace("editorial", "parish"),
        },
    )
    assert "Works behind the church." in await definition(overlays, 1)
    assert overlays.problems(1) == ()
    source.write_text(source.read_text(encoding="utf-8").rpartition("\nparish")[0], encoding="utf-8")
    library.reload()
    assert "Works behind the church." not in await definition(overlays, 1)
    assert await faq_of(overlays, 1) == "house"
    (problem,) = overlays.problems(1)
    assert problem.file == "roles/data-scientist.yaml"
    assert "parish" in problem.text


async def test_a_base_that_is_broken_meanwhile_stops_no_answer_and_no_edit_is_taken(overlays, folder):
    overlays.put(1, 1, FACT)
    await overlays.assistant(1)
    (folder / "sections.yaml").write_text("[", encoding="utf-8")
    assert "Works behind the church." in await definition(overlays, 1)
    assert (await overlays.check(FACT)).snapshot is not None


async def test_without_a_readable_base_the_base_that_is_served_answers(library, folder, cache):
    (folder / "sections.yaml").write_text("[", encoding="utf-8")
    overlays = Overlays(library, cache)
    overlays.put(1, 1, FACT)
    assert (await overlays.assistant(1)).snapshot is library.assistant.snapshot
    with pytest.raises(BaseUnreadableError):
        await overlays.check(FACT)


async def test_what_is_to_be_published_is_checked_with_the_whole_base(overlays):
    loaded = await overlays.check({"roles/data-scientist.yaml": "aliases: {add: [data engineer]}"})
    assert loaded.snapshot is None
    assert "is taken" in loaded.problems[0].text
