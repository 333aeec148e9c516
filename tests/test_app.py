"""The client: start, commands, errors, shards, intents, and messages that are not for it."""

import discord
import pytest
import simcord
from discord import app_commands

from bot.app import ExtensionStartError, Rolewise, extensions
from bot.command_sync import payload
from bot.ui.limits import COMMAND_TEXT, GLOBAL_COMMANDS

COMMANDS = {"ask", "compare", "role", "find", "salary", "jobs", "help", "about", "Answer this"}
MANAGERS = {"settings", "privacy"}
"""Commands of a server, hidden from those who do not manage it."""
EDITORS = {"knowledge"}
"""Commands of a server that are for its editors, whom Discord does not know."""


async def test_every_module_without_an_underscore_is_loaded(world):
    assert set(world.bot.extensions) == set(extensions("bot.exts"))
    assert not any("._" in name for name in world.bot.extensions)


async def test_command_names_are_unique_and_complete(world):
    names = [command.name for command in world.bot.tree.get_commands()]
    assert len(names) == len(set(names))
    assert set(names) == COMMANDS | MANAGERS | EDITORS


async def test_commands_keep_to_discords_limits_and_work_where_they_should(world):
    commands = payload(world.bot.tree)
    assert len(commands) <= GLOBAL_COMMANDS
    for command in commands:
        everywhere = command["name"] in COMMANDS
        assert command["integration_types"] == ([0, 1] if everywhere else [0])
        assert command["contexts"] == ([0, 1, 2] if everywhere else [0])
        needed = discord.Permissions(manage_guild=True).value if command["name"] in MANAGERS else None
        assert command.get("default_member_permissions") == needed
        assert text_length(command) <= COMMAND_TEXT
        assert len(command.get("options", ())) <= 25
        for described in (command, *command.get("options", ())):
            assert len(described.get("description", "")) <= 100
            assert described["name"].islower() or command["type"] == 3


def text_length(command):
    own = len(command["name"]) + len(command.get("description", ""))
    return own + sum(map(text_length, command.get("options", ())))


async def test_no_privileged_intent_unless_asked_for(make_bot):
    assert not make_bot().intents.message_content
    assert make_bot(message_content=True).intents.message_content
    for bot in (make_bot(), make_bot(message_content=True)):
        assert not bot.intents.members
        assert not bot.intents.presences
        assert bot.allowed_mentions.to_dict() == {"parse": []}


async def test_intent_that_is_not_granted_is_refused_and_without_it_all_else_works(make_bot, see):
    none = discord.Intents.default()
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with simcord.run(make_bot(message_content=True), approved_intents=none):
            pass
    async with simcord.run(make_bot(), approved_intents=none) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("careers")
        alice = guild.add_member(env.create_user("alice"))
        result = await alice.slash(channel, "ask", text="mle vs ds?")
        assert result.acknowledged
        await alice.send(channel, f"<@{env.bot.user.id}> what does a data analyst do")
        assert "Data Analyst" in see.text(channel.last_message)


@pytest.mark.bot(shard_count=2)
async def test_two_shards_answer_in_their_servers(world, see):
    for shard in (0, 1):
        guild = world.env.create_guild(f"shard {shard}", shard_id=shard)
        channel = guild.create_text_channel("careers")
        member = guild.add_member(world.env.create_user(f"user-{shard}"))
        result = await member.slash(channel, "ask", text="mle vs ds?")
        assert result.acknowledged
        edited = await member.select(result.response, ["salary"], custom_id=see.menu(result, "Choose"))
        assert edited.acknowledged
        await member.send(channel, f"{world.mention} what does a data analyst do")
        assert "Data Analyst" in see.text(channel.last_message)
        assert world.bot.get_guild(guild.id).shard_id == shard


async def test_extension_that_fails_to_load_stops_the_start_by_name(make_bot, tmp_path, monkeypatch):
    package = tmp_path / "broken_exts"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "faulty.py").write_text("raise RuntimeError('no such thing')\n")
    monkeypatch.syspath_prepend(tmp_path)
    bot = make_bot()
    with pytest.raises(ExtensionStartError, match=r"broken_exts\.faulty.*no such thing"):
        await bot.load_all("broken_exts")


@pytest.mark.parametrize(("status", "code"), [(500, 0), (429, 0), (403, 50013)])
@pytest.mark.parametrize("command", ["ask", "role", "compare", "find", "salary", "jobs", "help", "about"])
async def test_discords_errors_in_a_command_reach_the_user_with_an_id(world, caplog, command, status, code):
    options = {
        "ask": {"text": "mle vs ds?"},
        "role": {"role": "data-analyst"},
        "compare": {"role_a": "DS", "role_b": "DA"},
        "find": {"item": "python"},
        "salary": {"role": "DS"},
    }.get(command, {})
    world.env.inject_error("POST", "/interactions/*/*/callback", status=status, code=code)
    with caplog.at_level("INFO", logger="bot"):
        result = await world.alice.slash(world.channel, command, **options)
    assert result.acknowledged
    assert result.ephemeral
    assert result.response.content.split("`")[1] in caplog.text
    assert world.env.errors
    again = await world.alice.slash(world.channel, command, **options)
    assert again.acknowledged
    assert not again.response.content


async def test_answer_that_arrived_although_discord_said_no_is_followed_up(world):
    world.env.inject_error("POST", "/interactions/*/*/callback", status=400, code=40060, times=2)
    await world.alice.slash(world.channel, "ask", text="mle vs ds?")
    last = world.env.http_requests[-1]
    assert last.method == "POST"
    assert last.path.startswith("/webhooks/")
    assert world.env.errors


async def test_late_command_is_survived_and_logged(world, caplog):
    def late(record):
        record.initial_response_deadline = "2000-01-01T00:00:00+00:00"

    unregister = world.env._register_dispatch_observer(late)
    with caplog.at_level("WARNING", logger="bot"):
        result = await world.alice.slash(world.channel, "ask", text="mle vs ds?")
    assert not result.acknowledged
    assert "before it could be answered" in caplog.text
    assert world.env.errors
    unregister()
    again = await world.alice.slash(world.channel, "ask", text="mle vs ds?")
    assert again.acknowledged
    assert not again.ephemeral


async def test_command_that_was_removed_is_explained(world):
    world.bot.tree.remove_command("role")
    result = await world.alice.slash(world.channel, "role", role="DS")
    assert result.acknowledged
    assert "no longer there" in result.response.content
    assert isinstance(world.env.errors[0], app_commands.CommandNotFound)


async def test_messages_that_are_not_for_the_bot_reach_no_handler(world):
    handled = []

    async def note(message):
        handled.append(message.content)

    world.bot.message_handler = note
    await world.alice.send(world.channel, "hello")
    await world.alice.send(world.channel, f"{world.bob.mention} hello")
    first = await world.bob.send(world.channel, "hi")
    await world.alice.send(world.channel, "hi back", reply_to=first)
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    await robot.send(world.channel, f"{world.mention} hi")
    assert handled == []
    await world.alice.send(world.channel, f"{world.mention} hi")
    assert len(handled) == 1


async def test_no_other_listener_hears_messages(world):
    assert "on_message" not in world.bot.extra_events
    assert len(world.bot.cached_messages) == 0


async def test_watching_ends_with_the_bot(make_settings, library):
    bot = Rolewise(make_settings(), library, message_content=False, shard_count=1)
    async with bot:
        bot.start_watching()
        watching = bot._watching
        assert not watching.done()
    assert watching.done()
