"""/settings: the page, each of its menus and buttons, who may use them, and what comes of it."""

import discord
import pytest

from bot.store import ServerSettings, Store, StoreError
from bot.ui.failures import TOO_OLD
from bot.ui.limits import SELECT_OPTIONS, VIEW_COMPONENTS, VIEW_TEXT
from bot.ui.pacing import PER, QUESTIONS
from bot.ui.server_settings import NO_INTENT

pytestmark = pytest.mark.bot(stored=True, message_content=True)

EDITORS, LOG, ASK, OVERHEARD, COOLDOWN = "k1se", "k1sl", "k1sa", "k1so", "k1sc"
ON, OFF, DELETE = "k1si1", "k1si0", "k1sd"


@pytest.fixture(scope="session")
def library(small_library):
    return small_library


@pytest.fixture
async def page(manager, opened):
    """The page, opened by who manages the server."""
    return await opened(manager, "settings")


def kept(world) -> ServerSettings:
    return world.bot.servers.settings(world.guild.id)


async def stored(world) -> ServerSettings:
    """What another process would find."""
    store = await Store.open(None, world.bot.settings.data_dir)
    try:
        return await store.settings(world.guild.id)
    finally:
        await store.close()


def defaults(see, shown, custom_id):
    """What a menu shows as chosen."""
    menu = next(one for one in see.components(shown) if one.get("custom_id") == custom_id)
    if "options" in menu:
        return [option["value"] for option in menu["options"] if option.get("default")]
    return [int(one["id"]) for one in menu.get("default_values", ())]


def test_what_counts_by_default_is_the_same_everywhere():
    assert (ServerSettings().questions, ServerSettings().per_seconds) == (QUESTIONS, PER.total_seconds())


async def test_the_page_is_private_and_holds_every_setting(page, see):
    assert page.message.ephemeral
    assert {EDITORS, LOG, ASK, OVERHEARD, COOLDOWN, ON} == set(see.ids(page.message))
    assert defaults(see, page.message, COOLDOWN) == ["5/30"]
    assert "Off." in see.text(page.message)


async def test_the_command_is_hidden_from_members_and_refuses_those_who_see_it_all_the_same(
    world, see, editor, editors, page
):
    await page.use(EDITORS, [editors])
    assert "settings" not in world.alice.available_commands(world.channel)
    page.reveal("settings", world.alice, editor, world.mod)
    for actor in (world.alice, editor, world.mod):
        refused = await actor.slash(world.channel, "settings")
        assert "**Manage Server**" in see.told(refused)
    assert world.env.errors


async def test_editors_are_chosen_and_may_edit_from_then_on(world, see, editor, editors, page):
    refused = await editor.slash(world.channel, "knowledge history")
    assert "an editor role set in /settings" in see.told(refused)
    result = await page.use(EDITORS, [editors])
    assert result.acknowledged
    assert defaults(see, page.message, EDITORS) == [editors.id]
    assert kept(world).editors == (await stored(world)).editors == {editors.id}
    assert "History" in see.text(await editor.slash(world.channel, "knowledge history"))
    await page.use(EDITORS, [])
    assert kept(world).editors == frozenset()
    assert "an editor role" in see.told(await editor.slash(world.channel, "knowledge history"))
    assert world.env.errors


async def test_everyone_is_no_editor(world, see, page):
    result = await page.use(EDITORS, [world.guild.default_role])
    assert "one for everyone" in see.told(result)
    assert defaults(see, page.message, EDITORS) == []
    assert kept(world) == ServerSettings()


async def test_a_role_that_was_deleted_is_no_longer_shown(world, see, manager, editors, page):
    await page.use(EDITORS, [editors])
    await world.bot.get_guild(world.guild.id).get_role(editors.id).delete()
    again = await manager.slash(world.channel, "settings")
    assert defaults(see, again, EDITORS) == []


async def test_log_channel_is_told_who_changed_what_without_a_ping(world, see, manager, editors, page):
    log = world.guild.create_text_channel("log")
    await page.use(LOG, [log])
    await page.use(EDITORS, [editors])
    await page.use(COOLDOWN, ["10/60"])
    first, second, third = (see.text(message) for message in world.answers(log))
    assert first == f"<@{manager.id}> changed the settings. log channel: <#{log.id}>"
    assert second == f"<@{manager.id}> changed the settings. editors: <@&{editors.id}>"
    assert third == f"<@{manager.id}> changed the settings. cooldown: 10 questions in 60 s"
    sent = [one for one in world.env.http_requests if one.path.endswith(f"/channels/{log.id}/messages")]
    assert [one.json["allowed_mentions"] for one in sent if one.method == "POST"] == [{"parse": []}] * 3


async def test_leaving_a_log_channel_is_told_there_and_in_the_new_one(world, see, page):
    old, new = world.guild.create_text_channel("old"), world.guild.create_text_channel("new")
    await page.use(LOG, [old])
    await page.use(LOG, [new])
    assert "log channel" in see.text(world.answers(new)[-1])
    assert f"<#{new.id}>" in see.text(world.answers(old)[-1])
    await page.use(LOG, [])
    assert see.text(world.answers(new)[-1]).endswith("log channel: none")
    assert kept(world).log_channel is None


async def test_choosing_what_is_chosen_already_is_not_told(world, page):
    log = world.guild.create_text_channel("log")
    for _ in range(2):
        await page.use(LOG, [log])
    assert len(world.answers(log)) == 1


async def test_log_channel_where_the_bot_may_not_write_is_refused(world, see, page):
    muted = {world.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    log = world.guild.create_text_channel("log", overwrites=muted)
    result = await page.use(LOG, [log])
    assert "I may not write in #log: give me View Channel and Send Messages" in see.told(result)
    assert defaults(see, page.message, LOG) == []
    assert kept(world).log_channel is None


async def test_a_log_channel_that_was_closed_later_stops_nothing(world, editors, page, caplog):
    log = world.guild.create_text_channel("log")
    await page.use(LOG, [log])
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    result = await page.use(EDITORS, [editors])
    assert result.acknowledged
    assert kept(world).editors == {editors.id}
    assert "log channel" in caplog.text


async def test_ask_channel_is_answered_in_at_once_and_after_a_restart(world, page):
    await page.use(ASK, [world.channel])
    await world.alice.send(world.channel, "whats the difference between an mle and a data scientist")
    assert "Data Scientist" in world.last()
    await world.restart(stored=True, message_content=True)
    assert kept(world).ask_channels == {world.channel.id}
    await page.use(ASK, [])
    before = len(world.answers())
    await world.bob.send(world.channel, "what does a data engineer do")
    assert len(world.answers()) == before


async def test_overheard_channel_and_forum_are_taken(world, page):
    forum = world.guild.create_forum_channel("questions")
    await page.use(OVERHEARD, [world.channel, forum])
    assert kept(world).overheard_channels == {world.channel.id, forum.id}
    await world.alice.send(
        world.channel, "what is the difference between a data scientist and a data engineer?"
    )
    first, second = world.answers()
    assert "/settings" in second.content
    assert "OVERHEARD_CHANNELS" in second.content
    assert first.reference.message_id == second.reference.message_id


@pytest.mark.bot(stored=True, message_content=False)
@pytest.mark.parametrize("menu", [ASK, OVERHEARD])
async def test_without_the_intent_channels_are_refused_with_the_reason(world, see, page, menu):
    assert NO_INTENT in see.text(page.message).replace("\\", "")
    result = await page.use(menu, [world.channel])
    assert NO_INTENT in see.told(result).replace("\\", "")
    assert defaults(see, page.message, menu) == []
    assert kept(world) == await stored(world) == ServerSettings()


async def test_without_the_intent_channels_of_before_can_be_given_up(world, page):
    other = world.guild.create_text_channel("other")
    await page.use(ASK, [world.channel, other])
    await world.restart(stored=True, message_content=False)
    await page.use(ASK, [other])
    assert kept(world).ask_channels == {other.id}


async def test_channels_of_the_operator_are_shown_as_such(world, see, manager):
    await world.restart(stored=True, message_content=True, ask_channels=frozenset({world.channel.id, 99}))
    shown = see.text(await manager.slash(world.channel, "settings"))
    assert f"Set by whoever runs me, and not to be changed here: <#{world.channel.id}>" in shown
    assert "<#99>" not in shown


async def test_a_channel_where_the_bot_is_mute_is_marked(world, see, page):
    muted = {world.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    quiet = world.guild.create_text_channel("quiet", overwrites=muted)
    await page.use(ASK, [quiet, world.channel])
    assert f"I may not write in <#{quiet.id}>, so that I stay silent there." in see.text(page.message)


async def test_the_cooldown_counts_for_commands_and_messages_of_this_server_only(world, see, page):
    await page.use(COOLDOWN, ["3/60"])
    assert defaults(see, page.message, COOLDOWN) == ["3/60"]
    for role in ("data-scientist", "data-engineer", "machine-learning-engineer"):
        await world.alice.slash(world.channel, "role", role=role)
    refused = await world.alice.slash(world.channel, "role", role="data-scientist", section="skills")
    assert "in 60 s" in refused.response.content
    before = len(world.answers())
    await world.alice.send(world.channel, f"{world.mention} mle vs ds?")
    assert len(world.answers()) == before
    assert "Data Scientist" in see.text(await world.alice.user.slash("role", role="data-scientist"))
    await world.env.advance_time(60)
    await world.alice.send(world.channel, f"{world.mention} mle vs ds?")
    assert len(world.answers()) == before + 1
    assert world.env.errors


async def test_the_inbox_says_what_it_keeps_and_offers_to_delete_it_when_switched_off(world, see, page):
    for stage in ("before", "after"):
        text = see.text(page.message)
        assert "the words only, without author, names, links" in text, stage
        assert "30 days" in text
        assert "/privacy" in text
        await page.use(OFF if kept(world).inbox else ON)
    await page.use(ON)
    await world.alice.slash(world.channel, "ask", text="what does a nurse earn")
    await page.use(OFF)
    assert "1 question is kept now" in see.text(page.message)
    assert "Delete the one kept" in see.buttons(page.message)
    await page.use(DELETE)
    assert "Nothing is kept." in see.text(page.message)
    assert DELETE not in see.ids(page.message)
    assert await world.bot.servers.store.missed(world.guild.id) == ()


async def test_switching_on_twice_is_harmless(world, page):
    before = world.env.backend.get_message(world.channel.id, page.message.id).components
    await page.use(ON)
    world.env.backend.get_message(world.channel.id, page.message.id).components = before
    result = await page.use(ON)
    assert result.acknowledged
    assert kept(world).inbox


@pytest.mark.parametrize("control", [EDITORS, LOG, ASK, OVERHEARD, COOLDOWN, ON, DELETE])
async def test_who_lost_the_right_since_the_page_was_opened_is_refused(world, see, editors, page, control):
    await page.use(EDITORS, [editors])
    before = kept(world)
    values = {
        EDITORS: [editors],
        LOG: [world.channel],
        ASK: [world.channel],
        OVERHEARD: [world.channel],
        COOLDOWN: ["3/30"],
    }
    # An editor's role is not enough.
    page.lose_roles(editors)
    shown_as = {"as_id": DELETE} if control == DELETE else {}
    result = await page.use(ON if control == DELETE else control, values.get(control), **shown_as)
    assert "**Manage Server**" in see.told(result)
    assert kept(world) == await stored(world) == before


@pytest.mark.parametrize("control", [EDITORS, LOG, ASK, OVERHEARD, COOLDOWN, ON])
async def test_the_page_works_after_a_restart(world, editors, page, control):
    await world.restart(stored=True, message_content=True)
    values = {
        EDITORS: [editors],
        LOG: [world.channel],
        ASK: [world.channel],
        OVERHEARD: [world.channel],
        COOLDOWN: ["3/30"],
    }
    result = await page.use(control, values.get(control))
    assert result.acknowledged
    assert not result.followups
    assert kept(world) == await stored(world) != ServerSettings()


@pytest.mark.parametrize("forged", ["k1s", "k1sx", "k1si2", "k1si1\n", "k1se💥", "k1s" + "a" * 90])
async def test_forged_ids_are_answered_privately(world, see, page, forged):
    result = await page.use(ON, as_id=forged)
    assert see.told(result) == TOO_OLD
    assert kept(world) == ServerSettings()


@pytest.mark.parametrize(
    ("control", "taken"), [(EDITORS, ASK), (LOG, COOLDOWN), (ASK, LOG), (OVERHEARD, COOLDOWN), (ASK, EDITORS)]
)
async def test_a_menu_with_the_id_of_another_changes_nothing(world, see, editors, page, control, taken):  # noqa: PLR0917 - fixtures
    stored_page = world.env.backend.get_message(world.channel.id, page.message.id)
    menu_of = {EDITORS: [editors], LOG: [world.channel], ASK: [world.channel], OVERHEARD: [world.channel]}
    for component in stored_page.components[0]["components"]:
        for inner in component.get("components", ()):
            if inner.get("custom_id") == taken:
                inner["custom_id"] = "k1s-"
    result = await page.use(control, menu_of[control], as_id=taken)
    if (control, taken) == (ASK, LOG):
        # One text channel is a log channel whichever menu it was chosen in.
        assert kept(world).log_channel == world.channel.id
        return
    assert see.told(result)
    assert kept(world) == ServerSettings()


@pytest.mark.parametrize("control", [EDITORS, COOLDOWN, ON])
async def test_a_failing_database_changes_nothing(world, see, editors, page, monkeypatch, control):  # noqa: PLR0917 - fixtures
    async def fails(*_given):
        raise StoreError("The database is gone: bring it back.")

    monkeypatch.setattr(world.bot.servers.store, "change_settings", fails)
    result = await page.use(control, {EDITORS: [editors], COOLDOWN: ["3/30"]}.get(control))
    assert "The database is gone" in see.told(result)
    assert defaults(see, page.message, EDITORS) == []
    assert defaults(see, page.message, COOLDOWN) == ["5/30"]
    assert kept(world) == ServerSettings()


@pytest.mark.bot(stored=False)
async def test_without_a_database_the_page_says_so_and_changes_nothing(world, see, page):
    assert "runs without a database" in see.text(page.message)
    result = await page.use(ON)
    assert "runs without a database" in see.told(result)
    assert kept(world) == ServerSettings()


async def test_the_fullest_page_keeps_to_discords_limits(world, see, page):
    muted = {world.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    roles = [world.guild.create_role(f"role {n}") for n in range(SELECT_OPTIONS)]
    channels = [
        world.guild.create_text_channel(f"channel-{n}", overwrites=muted) for n in range(SELECT_OPTIONS)
    ]
    await world.restart(
        stored=True,
        message_content=True,
        ask_channels=frozenset(one.id for one in channels),
        overheard_channels=frozenset(one.id for one in channels),
    )
    for menu, chosen in ((EDITORS, roles), (ASK, channels), (OVERHEARD, channels)):
        result = await page.use(menu, chosen)
        assert result.acknowledged
        assert not result.followups
    assert len(defaults(see, page.message, OVERHEARD)) == SELECT_OPTIONS
    assert len(list(see.components(page.message))) <= VIEW_COMPONENTS
    assert len(see.text(page.message)) <= VIEW_TEXT
