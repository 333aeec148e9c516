"""/privacy and /about: what is kept, and that it goes when somebody wants it gone."""

from dataclasses import replace

import pytest

from bot.store import ServerSettings, Stored, StoreError
from bot.ui.failures import TOO_OLD

pytestmark = pytest.mark.bot(stored=True)

MISSED, EVERYTHING, SURELY, BACK, ANONYMISE = "k1vm", "k1ve", "k1vx", "k1vb", "k1va"
NOTHING = Stored(0, 0, 0, settings=False)
FILE = {"faq/laptop.yaml": "questions: {add: [what machine should a student get]}\n"}


@pytest.fixture(scope="session")
def library(small_library):
    return small_library


@pytest.fixture
def log(world):
    return world.guild.create_text_channel("log")


@pytest.fixture
async def page(world, manager, log, opened):
    """The page of a server of which something of each kind is kept."""
    servers, server = world.bot.servers, world.guild.id
    await servers.change_settings(server, lambda kept: replace(kept, inbox=True, log_channel=log.id))
    await servers.store.publish(server, 0, FILE, author=manager.id)
    await servers.look()
    await servers.store.keep_draft(server, world.alice.id, 1, FILE)
    await servers.store.note_missed(server, "what does a nurse earn", "unknown")
    return await opened(manager, "privacy")


async def stored(world):
    return await world.bot.servers.store.stored(world.guild.id)


async def test_the_page_says_privately_what_is_kept_for_how_long(page, see):
    assert page.message.ephemeral
    text = see.text(page.message)
    assert "**1** published revisions" in text
    assert "**1** drafts" in text
    assert "for a day" in text
    assert "**1** missed questions" in text
    assert "30 days" in text
    assert "Settings: its own" in text
    assert set(see.ids(page.message)) == {MISSED, EVERYTHING, ANONYMISE}


async def test_of_an_untouched_server_nothing_is_kept(world, see, manager):
    result = await manager.slash(world.channel, "privacy")
    assert "**0** published revisions" in see.text(result)
    assert see.ids(result) == [ANONYMISE]
    assert await stored(world) == NOTHING


async def test_it_is_hidden_from_members_and_refuses_those_who_see_it_all_the_same(
    world, see, editor, editors, page
):
    await world.bot.servers.change_settings(
        world.guild.id, lambda kept: replace(kept, editors=frozenset({editors.id}))
    )
    assert "privacy" not in world.alice.available_commands(world.channel)
    page.reveal("privacy", world.alice, editor, world.mod)
    for actor in (world.alice, editor, world.mod):
        assert "**Manage Server**" in see.told(await actor.slash(world.channel, "privacy"))
    assert world.env.errors


async def test_missed_questions_are_deleted_and_the_rest_stays(world, see, page, log):
    await page.use(MISSED)
    assert "**0** missed questions" in see.text(page.message)
    assert MISSED not in see.ids(page.message)
    assert await stored(world) == Stored(1, 1, 0, settings=True)
    assert (
        see.text(world.answers(log)[-1]) == f"<@{page.actor.id}> deleted the missed questions that were kept."
    )


async def test_everything_is_deleted_at_the_second_step_only(world, see, page, log):
    await page.use(EVERYTHING)
    assert "cannot be undone" in see.text(page.message)
    assert await stored(world) == Stored(1, 1, 1, settings=True)
    assert not world.answers(log)
    await page.use(SURELY)
    assert "Nothing is kept" in see.text(page.message)
    assert await stored(world) == NOTHING
    assert world.bot.servers.settings(world.guild.id) == ServerSettings()
    assert world.bot.servers.overlays.files(world.guild.id) == {}
    assert "deleted everything" in see.text(world.answers(log)[-1])


async def test_one_can_go_back_from_the_second_step(world, see, page):
    await page.use(EVERYTHING)
    await page.use(BACK)
    assert "**1** published revisions" in see.text(page.message)
    assert await stored(world) == Stored(1, 1, 1, settings=True)


async def test_another_servers_things_stay(world, page):
    other = world.env.create_guild("Elsewhere")
    await world.bot.servers.store.note_missed(other.id, "what does a vet earn", "unknown")
    await page.use(EVERYTHING)
    await page.use(SURELY)
    assert (await world.bot.servers.store.stored(other.id)).missed == 1


@pytest.mark.parametrize("button", [MISSED, EVERYTHING, SURELY, BACK])
async def test_who_lost_the_right_since_the_page_was_opened_is_refused(world, see, page, button):
    if button in {SURELY, BACK}:
        await page.use(EVERYTHING)
    page.lose_roles()
    assert "**Manage Server**" in see.told(await page.use(button))
    assert await stored(world) == Stored(1, 1, 1, settings=True)


async def test_the_buttons_work_after_a_restart(world, page):
    await world.restart(stored=True)
    await page.use(MISSED)
    await page.use(EVERYTHING)
    await world.restart(stored=True)
    await page.use(SURELY)
    assert await stored(world) == NOTHING


@pytest.mark.parametrize("forged", ["k1v", "k1vz", "k1vx\n", "k1vxx", "k1va💥"])
async def test_forged_ids_are_answered_privately(world, see, page, forged):
    assert see.told(await page.use(MISSED, as_id=forged)) == TOO_OLD
    assert await stored(world) == Stored(1, 1, 1, settings=True)


async def test_a_failing_database_is_told_privately(world, see, page, monkeypatch):
    async def fails(*_given):
        raise StoreError("The database is gone: bring it back.")

    await page.use(EVERYTHING)
    monkeypatch.setattr(world.bot.servers.store, "delete_server", fails)
    assert "The database is gone" in see.told(await page.use(SURELY))
    assert world.bot.servers.overlays.files(world.guild.id) == FILE


@pytest.mark.parametrize("where", ["server", "direct message"])
async def test_anybody_takes_their_id_off_their_edits_in_about(world, see, page, where):
    del page
    alice = world.alice if where == "server" else world.alice.user
    place = (world.channel,) if where == "server" else ()
    about = await alice.slash(*place, "about")
    assert "Anonymise my edits" in see.text(about)
    result = await alice.click(about.response, label="Anonymise my edits")
    assert result.acknowledged
    assert result.ephemeral
    assert result.response.content.startswith("1 edit or draft carried your id")
    assert (await stored(world)).drafts == 0
    again = await alice.click(about.response, label="Anonymise my edits")
    assert again.response.content == "Nothing that I keep carries your id."
    assert (await world.bot.servers.store.history(world.guild.id))[0].author is not None


async def test_who_manages_the_server_does_so_on_the_page_and_the_edit_itself_stays(world, page):
    result = await page.use(ANONYMISE)
    assert "carried your id" in result.response.content
    (revision,) = await world.bot.servers.store.history(world.guild.id)
    assert revision.author is None
    assert world.bot.servers.overlays.files(world.guild.id) == FILE


async def test_about_tells_what_is_kept(world, see):
    text = see.text(await world.alice.slash(world.channel, "about"))
    assert "by default no message text is stored" in text
    assert "the id of who made which edit" in text
    assert "inbox of missed questions" in text


@pytest.mark.bot(stored=False)
async def test_without_a_database_nothing_is_kept_and_about_says_no_more(world, see, manager):
    about = await world.alice.slash(world.channel, "about")
    assert "no message text is stored" in see.text(about)
    assert "inbox" not in see.text(about)
    assert not see.ids(about)
    assert "runs without a database" in see.told(await manager.slash(world.channel, "privacy"))
    assert world.env.errors
