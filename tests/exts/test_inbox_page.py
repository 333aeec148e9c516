"""The inbox of missed questions: what comes into it, who sees it, and what can be made of it."""

from dataclasses import replace

import pytest

from bot.store import Store, Stored, StoreError
from bot.ui.failures import TOO_OLD
from bot.ui.limits import VIEW_COMPONENTS, VIEW_TEXT

pytestmark = pytest.mark.bot(stored=True)

NURSE = "what does a nurse earn"
ANSWERED = "mle vs ds?"


@pytest.fixture(scope="session")
def library(small_library):
    return small_library


@pytest.fixture
async def inbox(world, editors):
    """A server with its inbox on, an editors' role, and no cooldown to speak of; gives its missed questions."""
    await world.bot.servers.change_settings(
        world.guild.id,
        lambda kept: replace(kept, inbox=True, editors=frozenset({editors.id}), questions=1000),
    )

    async def missed():
        return {
            one.text: (one.count, one.why) for one in await world.bot.servers.store.missed(world.guild.id)
        }

    return missed


@pytest.fixture
def note(world):
    """Notes questions as if they had been missed, the first ones most often."""

    async def notes(*texts):
        for number, text in enumerate(texts):
            for _ in range(len(texts) - number):
                await world.bot.servers.store.note_missed(world.guild.id, text, "unknown")

    return notes


async def ask(world, text=ANSWERED, who=None, **options):
    return await (who or world.alice).slash(world.channel, "ask", text=text, **options)


async def nothing_stored(world):
    store = await Store.open(None, world.bot.settings.data_dir)
    try:
        return await store.stored(world.guild.id) == Stored(0, 0, 0, settings=False)
    finally:
        await store.close()


# What comes into it


async def test_where_it_is_off_nothing_is_stored_and_no_button_shown(world, see):
    answer = await ask(world)
    await ask(world, "what does a nurse earn")
    await world.alice.send(world.channel, f"{world.mention} what does a nurse earn")
    message = await world.bob.send(world.channel, "is it going to rain tomorrow")
    await world.alice.context_menu(world.channel, "Answer this", message)
    assert "Not helpful" not in see.buttons(answer)
    assert await nothing_stored(world)


async def test_what_was_addressed_and_not_understood_is_noted_whichever_way_it_came(world, inbox):
    await ask(world, "What does a NURSE earn?")
    await ask(world, "what does a nurse earn", private=True)
    await world.bob.send(world.channel, f"{world.mention} what does a nurse earn??")
    message = await world.bob.send(world.channel, "what does a nurse earn…")
    await world.alice.context_menu(world.channel, "Answer this", message)
    await world.bob.send(world.channel, f"{world.mention} {ANSWERED}")
    await world.bob.send(world.channel, "where is the cafeteria", reply_to=world.answers()[-1])
    assert await inbox() == {NURSE: (4, "unknown"), "where is the cafeteria": (1, "unknown")}


async def test_in_an_ask_channel_it_is_noted_and_overheard_talk_is_not(world, inbox):
    await world.restart(stored=True, message_content=True)
    listened = world.guild.create_text_channel("listened")
    await world.bot.servers.change_settings(
        world.guild.id,
        lambda kept: replace(
            kept, ask_channels=frozenset({world.channel.id}), overheard_channels=frozenset({listened.id})
        ),
    )
    await world.alice.send(world.channel, "what does a nurse earn")
    await world.alice.send(listened, "what does a plumber earn")
    await world.alice.send(world.channel, "thanks!")
    assert await inbox() == {NURSE: (1, "unknown")}


async def test_nobodys_name_address_or_number_is_kept(world, inbox):
    await ask(
        world, f"alice here: does <@{world.bob.id}> earn like a nurse? call 0170 1234567 or a@example.org"
    )
    await world.alice.send(
        world.channel,
        f"{world.mention} tell <@{world.bob.id}> bob or Alice about https://example.org/x nurses",
    )
    message = await world.bob.send(world.channel, "Bob: what would mod say about nurses")
    await world.alice.context_menu(world.channel, "Answer this", message)
    assert set(await inbox()) == {
        "here does earn like a nurse call or",
        "tell or about nurses",
        "what would mod say about nurses",
    }
    ids = {str(one.id) for one in (world.alice, world.bob, world.mod)}
    raw = b"".join(path.read_bytes() for path in world.bot.settings.data_dir.glob("*.sqlite3*"))
    assert not [one for one in ids if one.encode() in raw]


async def test_in_a_direct_message_nothing_is_noted(world, inbox, see):
    await world.alice.user.slash("ask", text="what does a nurse earn")
    answer = await world.alice.user.slash("ask", text=ANSWERED)
    assert "Not helpful" not in see.buttons(answer)
    assert await inbox() == {}


async def test_a_database_that_fails_does_not_touch_the_answer(world, see, inbox, monkeypatch, caplog):
    async def fails(*_given):
        raise StoreError("The database is gone: bring it back.")

    monkeypatch.setattr(world.bot.servers.store, "note_missed", fails)
    result = await ask(world, "what does a nurse earn")
    assert result.acknowledged
    assert "You can ask" in see.text(result)
    assert "is not kept: The database is gone" in caplog.text
    monkeypatch.undo()
    await ask(world, "what does a nurse earn")
    assert await inbox() == {NURSE: (1, "unknown")}


async def test_an_answer_called_no_help_is_noted_once_for_each_person(world, see, inbox):
    answer = await ask(world)
    for actor, said in (
        (world.bob, "I noted the question, without your name"),
        (world.bob, "you have told me so already"),
        (world.mod, "I noted the question"),
    ):
        result = await actor.click(answer.response, label="Not helpful")
        assert said in see.told(result)
    assert await inbox() == {"mle vs ds": (2, "not helpful")}


@pytest.mark.parametrize("way", ["message", "answer this"])
async def test_every_answer_to_words_can_be_called_no_help(world, see, inbox, way):
    if way == "message":
        await world.alice.send(world.channel, f"{world.mention} {ANSWERED}")
        answer = world.answers()[-1]
    else:
        message = await world.bob.send(world.channel, ANSWERED)
        answer = (await world.alice.context_menu(world.channel, "Answer this", message)).response
    assert "I noted" in see.told(await world.alice.click(answer, label="Not helpful"))
    assert await inbox() == {"mle vs ds": (1, "not helpful")}


async def test_an_answer_to_no_words_has_no_such_button(world, see, inbox):
    command = await world.alice.slash(world.channel, "compare", role_a="DS", role_b="MLE")
    assert "Not helpful" not in see.buttons(command)
    answer = await ask(world)
    await world.alice.select(answer.response, ["skills"], custom_id=see.menu(answer, "Choose"))
    assert "Not helpful" not in see.buttons(answer)
    assert await inbox() == {}


async def test_an_edited_question_is_the_one_that_is_noted(world, see, inbox):
    question = await world.alice.send(world.channel, f"{world.mention} what does a data engineer do")
    await world.alice.edit(question, f"{world.mention} what does a data scientist do")
    await world.alice.click(world.answers()[-1], label="Not helpful")
    await world.alice.edit(question, f"{world.mention} what does a nurse do")
    assert "You can ask" in see.text(world.answers()[-1])
    assert await inbox() == {
        "what does a data scientist do": (1, "not helpful"),
        "what does a nurse do": (1, "unknown"),
    }


async def test_after_a_restart_the_question_is_no_longer_known(world, see, inbox):
    answer = await ask(world)
    await world.restart(stored=True)
    result = await world.alice.click(answer.response, label="Not helpful")
    assert "no longer know which question" in see.told(result)
    assert await inbox() == {}


async def test_switched_off_meanwhile_nothing_is_noted(world, see, inbox):
    answer = await ask(world)
    await world.bot.servers.change_settings(world.guild.id, lambda kept: replace(kept, inbox=False))
    result = await world.alice.click(answer.response, label="Not helpful")
    assert "keeps no missed questions" in see.told(result)
    assert await inbox() == {}


async def test_a_press_that_could_not_be_noted_can_be_repeated(world, see, inbox, monkeypatch):
    async def fails(*_given):
        raise StoreError("The database is gone: bring it back.")

    answer = await ask(world)
    monkeypatch.setattr(world.bot.servers.store, "note_missed", fails)
    assert "The database is gone" in see.told(await world.bob.click(answer.response, label="Not helpful"))
    monkeypatch.undo()
    assert "I noted" in see.told(await world.bob.click(answer.response, label="Not helpful"))
    assert await inbox() == {"mle vs ds": (1, "not helpful")}


# The page


async def test_only_editors_see_it(world, see, page, manager):
    for actor in (world.alice, world.mod):
        refused = await actor.slash(world.channel, "knowledge inbox")
        assert "**Manage Server, or an editor role set in /settings**" in see.told(refused)
    for actor in (page.actor, manager):
        shown = await actor.slash(world.channel, "knowledge inbox")
        assert shown.ephemeral
        assert NURSE in see.text(shown)
    assert world.env.errors


async def test_an_empty_inbox_and_one_that_is_off_say_so(world, see, manager):
    text = see.text(await manager.slash(world.channel, "knowledge inbox"))
    assert "Nothing is here" in text
    assert "The inbox is off" in text


async def test_questions_alike_are_shown_once_with_how_often_they_were_asked(world, see, note, page):
    await note("how can i get verified here")
    page.message = (await page.actor.slash(world.channel, "knowledge inbox")).response
    text = see.text(page.message)
    assert f"**{NURSE}**: asked 2 times" in text
    assert "**how can i get verified here**: asked 2 times" in text
    assert "1 in other words" in text
    await page.use("k1ic0", [chosen(see, page, "how can i get verified here")])
    text = see.text(page.message)
    assert "- how do i get verified" in text
    assert NURSE not in text


def chosen(see, page, label):
    """The value of a choice in the page's menu."""
    menu = next(one for one in see.components(page.message) if "options" in one)
    return next(option["value"] for option in menu["options"] if option["label"] == label)


async def open_question(see, page, text=NURSE, shown=0):
    await page.use(f"k1ic{shown}", [chosen(see, page, text)])
    return {one[:4]: one for one in see.ids(page.message)}


@pytest.fixture
async def page(inbox, note, opened, editor):
    """The inbox with two questions, opened by an editor."""
    assert await inbox() == {}
    await note(NURSE, "how do i get verified")
    return await opened(editor, "knowledge inbox")


async def test_pages_of_five_are_turned(world, see, inbox, note, page):
    await world.bot.servers.store.delete_missed(world.guild.id)
    words = "apple banana cherry dragon eggplant fig grape hazel iris jasmine kiwi lemon".split()
    await note(*words)
    assert len(await inbox()) == len(words)
    page.message = (await page.actor.slash(world.channel, "knowledge inbox")).response
    seen = []
    for number in range(3):
        text = see.text(page.message)
        assert f"(12, page {number + 1} of 3)" in text
        seen.append([word for word in words if word in text])
        if number < 2:
            await page.use(f"k1ip{number + 1}")
    assert seen == [words[:5], words[5:10], words[10:]]
    await open_question(see, page, "kiwi", shown=2)
    await page.use("k1ip2")
    assert "lemon" in see.text(page.message)
    await world.bot.servers.store.delete_missed(world.guild.id)
    await page.use("k1ip1")
    assert "Nothing is here" in see.text(page.message)


async def test_dismissed_are_those_alike_and_no_others(see, inbox, note, page):
    await note("what does a nurse earn here")
    controls = await open_question(see, page)
    await page.use(controls["k1id"])
    assert set(await inbox()) == {"how do i get verified"}
    assert NURSE not in see.text(page.message)


async def test_a_question_is_taught_to_an_entry_and_leaves_the_inbox(world, see, inbox, page):
    controls = await open_question(see, page)
    preview = await page.use(controls["k1it"], ["laptop"])
    assert preview.acknowledged
    assert "golden question" in see.text(page.message)
    assert NURSE in see.text(page.message)
    assert set(await inbox()) == {NURSE, "how do i get verified"}
    await page.actor.click(page.message, label="Publish")
    assert set(await inbox()) == {"how do i get verified"}
    assert "nearly any laptop" in see.text(await ask(world, "what does a nurse earn"))
    assert world.bot.servers.overlays.files(world.guild.id)["faq/laptop.yaml"].count(NURSE) == 1
    (revision,) = await world.bot.servers.store.history(world.guild.id)
    assert (revision.author, revision.note) == (page.actor.id, "taught from the inbox")


async def test_a_second_question_comes_to_the_first_one(world, see, page):
    for text in (NURSE, "how do i get verified"):
        controls = await open_question(see, page, text)
        await page.use(controls["k1it"], ["laptop"])
        await page.actor.click(page.message, label="Publish")
        page.message = (await page.actor.slash(world.channel, "knowledge inbox")).response
    file = world.bot.servers.overlays.files(world.guild.id)["faq/laptop.yaml"]
    assert NURSE in file
    assert "how do i get verified" in file
    assert "Nothing is here" in see.text(page.message)


async def test_a_question_becomes_an_entry_of_its_own_and_leaves_the_inbox(world, see, inbox, note, page):
    await note("what does a nurse earn here")
    controls = await open_question(see, page)
    form = await page.use(controls["k1in"])
    fields = {one["component"]["custom_id"]: one["component"] for one in form.modal["components"]}
    assert fields["questions"]["value"] == f"{NURSE}\nwhat does a nurse earn here"
    typed = {"questions": f"{NURSE}\nnurse pay\nhow much do nurses make", "answer": "Ask a **nurse**."}
    preview = await page.actor.submit_modal(form, typed)
    await page.actor.click(preview.response.message, label="Publish")
    assert set(await inbox()) == {"how do i get verified"}
    assert "Ask a" in see.text(await ask(world, "what does a nurse earn"))


async def test_a_discarded_change_leaves_the_question_there(see, inbox, page):
    controls = await open_question(see, page)
    await page.use(controls["k1it"], ["laptop"])
    await page.actor.click(page.message, label="Discard")
    assert NURSE in await inbox()


async def test_entries_most_like_the_question_are_offered_first(see, note, page):
    await note("recommend a computer to buy for coding at school")
    await page.use("k1ic0", [chosen(see, page, NURSE)])
    back = next(one for one in see.ids(page.message) if one.startswith("k1ip"))
    await page.use(back)
    await open_question(see, page, "recommend a computer to buy for coding at school")
    menu = next(one for one in see.components(page.message) if "options" in one)
    assert menu["options"][0]["value"] == "laptop"
    rest = [option["value"] for option in menu["options"][1:]]
    assert len(rest) > 3


@pytest.mark.parametrize("control", ["k1ip", "k1ic", "k1it", "k1in", "k1id"])
async def test_who_lost_the_role_since_the_page_was_opened_is_refused(world, see, inbox, page, control):
    if control == "k1ic":
        used, values = "k1ic0", [chosen(see, page, NURSE)]
    else:
        controls = await open_question(see, page)
        used, values = controls[control], ["laptop"] if control == "k1it" else None
    page.lose_roles()
    result = await page.use(used, values)
    assert "an editor role set in /settings" in see.told(result)
    assert set(await inbox()) == {NURSE, "how do i get verified"}
    assert (await world.bot.servers.store.stored(world.guild.id)).drafts == 0


@pytest.mark.parametrize("control", ["k1it", "k1in", "k1id", "k1ic"])
async def test_a_question_that_somebody_else_has_seen_to_is_gone(world, see, page, control):
    if control == "k1ic":
        used, values = "k1ic0", [chosen(see, page, NURSE)]
    else:
        controls = await open_question(see, page)
        used, values = controls[control], ["laptop"] if control == "k1it" else None
    await world.bot.servers.store.delete_missed(world.guild.id)
    result = await page.use(used, values)
    assert "no longer in the inbox" in see.told(result)


async def test_the_page_works_after_a_restart(world, see, inbox, page):
    await world.restart(stored=True)
    controls = await open_question(see, page)
    await world.restart(stored=True)
    await page.use(controls["k1id"])
    assert set(await inbox()) == {"how do i get verified"}


@pytest.mark.parametrize("forged", ["k1i", "k1iz1", "k1id", "k1id-1", "k1id1\n", "k1id٣", "k1id99999999999"])
async def test_forged_ids_are_answered_privately(see, inbox, page, forged):
    controls = await open_question(see, page)
    assert see.told(await page.use(controls["k1id"], as_id=forged)) == TOO_OLD
    assert set(await inbox()) == {NURSE, "how do i get verified"}


async def test_a_question_of_another_server_cannot_be_reached(world, see, page):
    other = world.env.create_guild("Elsewhere")
    store = world.bot.servers.store
    await store.note_missed(other.id, "what does a vet earn", "unknown")
    (theirs,) = await store.missed(other.id)
    controls = await open_question(see, page)
    result = await page.use(controls["k1id"], as_id=f"k1id{theirs.id}")
    assert "no longer in the inbox" in see.told(result)
    assert len(await store.missed(other.id)) == 1


async def test_the_fullest_page_keeps_to_discords_limits(see, inbox, note, opened, editor):
    await note(
        *(f"{'abcdefghij'[n] * 40} " * 7 for n in range(6)), *(f"word {'k' * n} " * 9 for n in range(20, 31))
    )
    assert len(await inbox()) == 17
    page = await opened(editor, "knowledge inbox")
    for control in ("k1ic0", "k1ip0", "k1ip1"):
        assert len(list(see.components(page.message))) <= VIEW_COMPONENTS
        assert len(see.text(page.message)) <= VIEW_TEXT
        menu = next(one for one in see.components(page.message) if "options" in one)
        await page.use(control, [menu["options"][0]["value"]] if control == "k1ic0" else None)
