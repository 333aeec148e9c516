"""Who may do what to the knowledge: a table of actors and actions, each cell of it tried."""

from dataclasses import replace

import discord
import pytest

from bot.exts._trial import DiscardButton, EditButton, PublishButton, UndoButton
from bot.exts.knowledge import OlderButton

pytestmark = pytest.mark.bot(stored=True)

SECTION = {"role": "data-scientist", "section": "definition"}
NEW = "- {text: Turns numbers into wisdom., source: editorial, as_of: 2026-04}\n"
FILE = ("data-scientist.yaml", f"sections:\n  definition:\n    {NEW}".encode())
ENTRY = {"questions": "where is the house of knowledge", "answer": "Behind the church."}

COMMANDS = {
    "edit": SECTION,
    "add-faq": {},
    "upload": {"file": FILE},
    "download": {},
    "check": {},
    "history": {},
    "rollback": {"revision": 0},
}
FORMS = ("edit form", "entry form")
BUTTONS = ("publish", "edit again", "discard", "undo", "older")
ACTIONS = (*COMMANDS, *FORMS, *BUTTONS)


@pytest.fixture(scope="session")
def library(small_library):
    return small_library


class Desk:
    """A server with a published revision, and the ways to act on it."""

    def __init__(self, world, see):
        self.world, self.see = world, see
        guild = world.guild
        self.managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
        self.editors = guild.create_role("Editors", permissions=discord.Permissions())

    async def furnish(self):
        world, server = self.world, self.world.guild.id
        servers = world.bot.servers

        await servers.change_settings(
            server, lambda settings: replace(settings, editors=frozenset({self.editors.id}))
        )
        await servers.published(
            await servers.store.publish(server, 0, {"faq/laptop.yaml": "answer: None.\n"}, author=None)
        )

    def member(self, name, *roles):
        return self.world.guild.add_member(self.world.env.create_user(name), roles=list(roles))

    def take(self, actor, role):
        """Takes a role from a member."""
        self.world.env.backend.get_guild(self.world.guild.id).members[actor.id].role_ids.remove(role.id)

    async def draft(self, actor):
        """A draft of the actor's, however they came by it."""
        servers = self.world.bot.servers
        number = servers.overlays.number(self.world.guild.id)
        return await servers.store.keep_draft(
            self.world.guild.id, actor.id, number, {"roles/data-scientist.yaml#sections/definition": NEW}
        )

    async def begin(self, actor, action):
        """Everything up to the action itself, which may take place after a right was lost."""
        world = self.world
        if action == "edit form":
            return await actor.slash(world.channel, "knowledge edit", **SECTION)
        if action == "entry form":
            return await actor.slash(world.channel, "knowledge add-faq")
        if action in COMMANDS:
            return None
        draft = await self.draft(actor)
        newest = world.bot.servers.overlays.number(world.guild.id)
        button = {
            "publish": lambda: PublishButton.build(draft.id, wrong=False),
            "edit again": lambda: EditButton.build(draft.id),
            "discard": lambda: DiscardButton.build(draft.id),
            "undo": lambda: UndoButton.build(newest, 0, "Undo"),
            "older": lambda: OlderButton.build(2, "Older"),
        }[action]()
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(discord.ui.ActionRow(button))
        return await world.bot.get_channel(world.channel.id).send(view=view)

    async def finish(self, actor, action, begun):
        world = self.world
        if action in COMMANDS:
            return await actor.slash(world.channel, f"knowledge {action}", **COMMANDS[action])
        if action in FORMS:
            values = ENTRY if action == "entry form" else {"text": NEW, "note": ""}
            return await actor.submit_modal(begun, values)
        (custom_id,) = self.see.ids(begun)
        return await actor.click(begun, custom_id=custom_id)

    def refused(self, result):
        """Whether the actor was refused: privately, and with the right that is missing."""
        if result.modal is not None:
            return False
        answers = [*([result.response] if result.response is not None else []), *result.followups]
        assert answers, "nothing was said"
        refusal = next((one for one in answers if "needs the right" in self.see.text(one)), None)
        if refusal is None:
            return False
        assert refusal.ephemeral
        assert "Manage Server, or an editor role set in /settings" in self.see.text(refusal)
        # The simulation notes what a command raised, though it was answered.
        self.world.env.errors.clear()
        return True

    async def state(self):
        servers = self.world.bot.servers
        return (await servers.store.overlay(self.world.guild.id)).number


@pytest.fixture
async def desk(world, see):
    made = Desk(world, see)
    await made.furnish()
    return made


ALLOWED = {"manager": True, "editor": True, "member": False, "moderator of messages": False}


@pytest.mark.parametrize("who", ALLOWED)
async def test_each_action_is_allowed_or_refused_as_the_table_says(desk, who):
    table = {}
    for action in ACTIONS:
        if who == "moderator of messages":
            actor = desk.world.mod
        else:
            roles = {"manager": [desk.managers], "editor": [desk.editors], "member": []}[who]
            actor = desk.member(f"{who} {action}", *roles)
        # Forms are only ever opened by who may; the others cannot come by one.
        if action in FORMS and not ALLOWED[who]:
            continue
        begun = await desk.begin(actor, action)
        before = await desk.state()
        result = await desk.finish(actor, action, begun)
        assert result.acknowledged
        table[action] = not desk.refused(result)
        if not table[action]:
            assert await desk.state() == before
    assert table == dict.fromkeys(table, ALLOWED[who])


@pytest.mark.parametrize("right", ["manager", "editor"])
async def test_who_loses_the_right_midway_is_refused_at_the_next_step(desk, right):
    role = desk.managers if right == "manager" else desk.editors
    table = {}
    for action in ACTIONS:
        actor = desk.member(f"{right} {action}", role)
        begun = await desk.begin(actor, action)
        desk.take(actor, role)
        before = await desk.state()
        result = await desk.finish(actor, action, begun)
        assert result.acknowledged
        table[action] = desk.refused(result)
        assert await desk.state() == before
    assert table == dict.fromkeys(ACTIONS, True)


@pytest.mark.parametrize("action", ["publish", "edit again", "discard"])
async def test_a_draft_is_its_authors_alone_and_its_servers(desk, action):
    author, other = desk.member("author", desk.managers), desk.member("other", desk.managers)
    begun = await desk.begin(author, action)
    result = await desk.finish(other, action, begun)
    assert "being its author" in desk.see.text(result)

    elsewhere = desk.world.env.create_guild("Elsewhere")
    place = elsewhere.create_text_channel("general")
    boss = elsewhere.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
    stranger = elsewhere.add_member(desk.world.env.create_user("stranger"), roles=[boss])
    button = PublishButton.build((await desk.draft(author)).id, wrong=False)
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.ActionRow(button))
    forged = await desk.world.bot.get_channel(place.id).send(view=view)
    before = await desk.state()
    result = await stranger.click(forged, label="Publish")
    assert "no longer there" in desk.see.text(result)
    assert await desk.state() == before


async def test_the_commands_are_not_there_in_direct_messages(world):
    root = next(c for c in world.bot.tree.get_commands() if c.name == "knowledge")
    payload = root.to_dict(world.bot.tree)
    assert payload["contexts"] == [0]
    assert payload["integration_types"] == [0]
    assert payload.get("default_member_permissions") is None


@pytest.mark.parametrize(
    "forged",
    ["k1p.", "k1p.\U0001f4a5", "k1e.a.b", "k1d", "k1r.1", "k1r.1.99999999999", "k1h.x", "k1z.1", "k1"],
)
async def test_a_forged_id_is_answered_privately_and_changes_nothing(desk, forged):
    actor = desk.member("mia", desk.managers)
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.ActionRow(discord.ui.Button(label="Press", custom_id=forged)))
    message = await desk.world.bot.get_channel(desk.world.channel.id).send(view=view)
    await desk.world.restart(stored=True)
    before = await desk.state()
    result = await actor.click(message, custom_id=forged)
    assert result.acknowledged
    assert result.ephemeral
    assert await desk.state() == before
