"""Who may do what to a server's knowledge, settings and kept things: a table of actors and actions, each cell tried.

On SQLite and on PostgreSQL.
"""

from dataclasses import dataclass, replace

import discord
import pytest
from sqlalchemy import select

from bot.exts._anonymise import AnonymiseButton
from bot.exts._inbox import InboxControl
from bot.exts._trial import DiscardButton, EditButton, PublishButton, UndoButton
from bot.exts.knowledge import OlderButton
from bot.exts.privacy import PrivacyButton
from bot.exts.settings import (
    ChannelsMenu,
    CooldownMenu,
    DeleteKeptButton,
    EditorsMenu,
    InboxSwitch,
    LogChannelMenu,
)
from bot.store import ServerSettings
from bot.store.tables import metadata

SECTION = {"role": "data-scientist", "section": "definition"}
NEW = "- {text: Turns numbers into wisdom., source: editorial, as_of: 2026-04}\n"
FILE = ("data-scientist.yaml", f"sections:\n  definition:\n    {NEW}".encode())
ENTRY = {"questions": "where is the house of knowledge", "answer": "Behind the church."}
PART = "roles/data-scientist.yaml#sections/definition"
SECRET = "plover"
"""A word that only this server knows: in its knowledge, its history, its drafts and its missed questions."""

EDIT = "Manage Server, or an editor role set in /settings"
MANAGE = "Manage Server"
ANYBODY = None

COMMANDS = {
    "knowledge edit": SECTION,
    "knowledge add-faq": {},
    "knowledge upload": {"file": FILE},
    "knowledge download": {},
    "knowledge check": {},
    "knowledge history": {},
    "knowledge rollback": {"revision": 0},
    "knowledge inbox": {},
    "settings": {},
    "privacy": {},
}
FORMS = {"edit form": "knowledge edit", "entry form": "knowledge add-faq"}


@dataclass
class Begun:
    """What an actor has before the action: a draft of theirs, the newest revision, a missed question, what is shown."""

    draft: str
    newest: int
    missed: int
    shown: object = None


NO_EMPHASIS = discord.ButtonStyle.secondary
SETTINGS = ServerSettings(inbox=True)
BUTTONS = {
    "publish": lambda on: PublishButton.build(on.draft, wrong=False),
    "edit again": lambda on: EditButton.build(on.draft),
    "discard": lambda on: DiscardButton.build(on.draft),
    "undo": lambda on: UndoButton.build(on.newest, 0, "Undo"),
    "older": lambda _: OlderButton.build(2, "Older"),
    "inbox page": lambda _: InboxControl.button("p", 0, "Next"),
    "new entry of a question": lambda on: InboxControl.button("n", on.missed, "New"),
    "dismiss a question": lambda on: InboxControl.button("d", on.missed, "Dismiss"),
    "switch the inbox": lambda _: InboxSwitch.build(SETTINGS),
    "delete kept questions": lambda _: DeleteKeptButton.build(1),
    "delete missed questions": lambda _: PrivacyButton.build("m", "Delete", NO_EMPHASIS),
    "delete everything": lambda _: PrivacyButton.build("e", "Delete", NO_EMPHASIS),
    "surely delete everything": lambda _: PrivacyButton.build("x", "Delete", NO_EMPHASIS),
    "keep everything": lambda _: PrivacyButton.build("b", "Keep", NO_EMPHASIS),
    "anonymise my edits": lambda _: AnonymiseButton.build(),
}
MENUS = {
    "choose a question": lambda on: InboxControl.menu("c", 0, "Choose", [choice(on.missed)]),
    "teach a question": lambda on: InboxControl.menu("t", on.missed, "Teach", [choice("laptop")]),
    "editors": lambda _: EditorsMenu.build(None, SETTINGS),
    "log channel": lambda _: LogChannelMenu.build(None, SETTINGS),
    "ask channels": lambda _: ChannelsMenu.build("a", None, frozenset()),
    "overheard channels": lambda _: ChannelsMenu.build("o", None, frozenset()),
    "cooldown": lambda _: CooldownMenu.build(SETTINGS),
}
CONTROLS = BUTTONS | MENUS
ACTIONS = (*COMMANDS, *FORMS, *CONTROLS)
MANAGERS_ONLY = {
    "settings", "privacy", "switch the inbox", "delete kept questions", "delete missed questions",
    "delete everything", "surely delete everything", "keep everything", "editors", "log channel", "ask channels",
    "overheard channels", "cooldown",
}  # fmt: skip
NEEDED = {action: MANAGE if action in MANAGERS_ONLY else EDIT for action in ACTIONS}
NEEDED["anonymise my edits"] = ANYBODY
CHANGING = {
    "knowledge edit", "knowledge upload", "edit form", "entry form", "publish", "discard", "undo",
    "dismiss a question", "switch the inbox", "delete kept questions", "delete missed questions",
    "surely delete everything", "anonymise my edits", "teach a question", "editors", "log channel", "ask channels",
    "overheard channels", "cooldown",
}  # fmt: skip
"""What changes something that is kept, a draft included, where it is allowed."""
HELD = {
    "manager": {EDIT, MANAGE},
    "editor": {EDIT},
    "member": set(),
    "moderator of messages": set(),
    "manager of another server": set(),
}


def choice(value):
    return discord.SelectOption(label="x", value=str(value))


@pytest.fixture(scope="session")
def library(tiny_library):
    return tiny_library


@pytest.fixture
def simcord_bot(make_bot, database):
    return make_bot(stored=database.named, message_content=True)


class Desk:
    """A server of which something of each kind is kept, and the ways to act on it."""

    def __init__(self, world, see):
        self.world, self.see = world, see
        self.server = world.guild.id
        self.managers = world.guild.create_role(
            "Managers", permissions=discord.Permissions(manage_guild=True)
        )
        self.editors = world.guild.create_role("Editors", permissions=discord.Permissions())
        self.elsewhere = world.env.create_guild("Elsewhere")
        self.place = self.elsewhere.create_text_channel("general")
        self.bosses = self.elsewhere.create_role("Bosses", permissions=discord.Permissions(manage_guild=True))

    async def furnish(self, author):
        """Puts the server's things there, the same at every time, with a draft of the author's."""
        servers = self.world.bot.servers
        await servers.forget(self.server)
        await servers.change_settings(
            self.server, lambda kept: replace(kept, inbox=True, editors=frozenset({self.editors.id}))
        )
        changes = {"faq/laptop.yaml": f"answer: A {SECRET}.\n"}
        await servers.store.publish(self.server, 0, changes, author=None, note=SECRET)
        await servers.look()
        await servers.store.note_missed(self.server, f"where is the {SECRET}", "unknown")
        draft = await servers.store.keep_draft(
            self.server, author.id, 1, {PART: NEW.replace("wisdom", SECRET)}
        )
        (missed,) = await servers.store.missed(self.server)
        return Begun(draft.id, 1, missed.id)

    def member(self, name, *roles):
        return self.world.guild.add_member(self.world.env.create_user(name), roles=list(roles))

    def actor(self, who):
        """Somebody with the rights of HELD."""
        match who:
            case "manager":
                return self.member(who, self.managers)
            case "editor":
                return self.member(who, self.editors)
            case "moderator of messages":
                return self.world.mod
            case "manager of another server":
                user = self.world.env.create_user(who)
                self.elsewhere.add_member(user, roles=[self.bosses])
                return self.world.guild.add_member(user)
        return self.member(who)

    def set_roles(self, actor, *roles):
        """Gives a member these roles and takes all others."""
        held = self.world.env.backend.get_guild(self.server).members[actor.id].role_ids
        held[:] = [role.id for role in roles]

    async def begin(self, actor, action, begun):
        """Everything up to the action itself, which may take place after a right was lost."""
        if action in FORMS:
            shown = await actor.slash(self.world.channel, FORMS[action], **COMMANDS[FORMS[action]])
            draft = shown.modal["custom_id"].removeprefix("k1m.") if action == "edit form" else begun.draft
            return replace(begun, shown=shown, draft=draft)
        if action in CONTROLS:
            return replace(begun, shown=await self.show(self.world.channel, CONTROLS[action](begun)))
        return begun

    async def show(self, channel, control):
        """A message with a control, which Discord then takes for the bot's own."""
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(discord.ui.ActionRow(control))
        return await self.world.bot.get_channel(channel.id).send(view=view)

    async def finish(self, actor, action, begun, *, channel=None, role=None):
        channel = channel or self.world.channel
        if action in COMMANDS:
            self.reveal(actor, action)
            return await actor.slash(channel, action, **COMMANDS[action])
        if action in FORMS:
            values = ENTRY if action == "entry form" else {"text": NEW, "note": ""}
            return await actor.submit_modal(begun.shown, values)
        (custom_id,) = self.see.ids(begun.shown)
        if action in BUTTONS:
            return await actor.click(begun.shown, custom_id=custom_id)
        chosen = {
            "choose a question": str(begun.missed),
            "teach a question": "laptop",
            "editors": role or self.managers,
            "cooldown": "3/30",
        }.get(action, channel)
        return await actor.select(begun.shown, [chosen], custom_id=custom_id)

    def reveal(self, actor, name):
        """Lets somebody see a command that is hidden from them, as a server's settings of integrations can."""
        if name in MANAGERS_ONLY and actor.guild.id == self.server:
            backend = self.world.env.backend
            command = backend.find_command(name, self.server, type=discord.AppCommandType.chat_input.value)
            self.world.guild.set_command_permissions(int(command["id"]), {actor: True})

    def texts(self, result):
        """What was said, privately each."""
        answers = [*([result.response] if result.response is not None else []), *result.followups]
        return [self.see.text(one) for one in answers if one.ephemeral]

    def refused(self, result, action):
        """Whether the actor was refused: privately, and with the right that is missing."""
        refusals = [text for text in self.texts(result) if "needs the right" in text]
        # The simulation notes what a command raised, though it was answered.
        self.world.env.errors.clear()
        if not refusals:
            return False
        assert result.modal is None
        assert f"**{NEEDED[action]}**" in refusals[-1]
        assert SECRET not in refusals[-1]
        return True

    async def state(self):
        """All that is kept of the server, and what of it is served."""
        servers = self.world.bot.servers
        async with servers.store._reading() as connection:
            kept = [
                (
                    await connection.execute(
                        select(table).where(table.c.get("server", table.c.get("id")) == self.server)
                    )
                ).all()
                for table in metadata.sorted_tables
            ]
        return kept, servers.overlays.files(self.server), servers.settings(self.server)


@pytest.fixture
async def desk(world, see):
    return Desk(world, see)


@pytest.mark.parametrize("who", HELD)
async def test_each_action_is_allowed_or_refused_as_the_table_says(desk, who):
    actor = desk.actor(who)
    things = await desk.furnish(actor)
    for action in ACTIONS:
        allowed = NEEDED[action] in {*HELD[who], ANYBODY}
        # Forms are only ever opened by who may; the others cannot come by one.
        if action in FORMS and not allowed:
            continue
        begun = await desk.begin(actor, action, things)
        before = await desk.state()
        result = await desk.finish(actor, action, begun)
        assert result.acknowledged, action
        assert desk.refused(result, action) is not allowed, action
        changed = await desk.state() != before
        assert changed is (allowed and action in CHANGING), action
        if changed:
            things = await desk.furnish(actor)


@pytest.mark.parametrize("right", ["manager", "editor"])
async def test_who_loses_the_right_midway_is_refused_at_the_next_step(desk, right):
    actor = desk.actor(right)
    role = desk.managers if right == "manager" else desk.editors
    things = await desk.furnish(actor)
    for action in [action for action in ACTIONS if NEEDED[action] in HELD[right]]:
        desk.set_roles(actor, role)
        begun = await desk.begin(actor, action, things)
        desk.set_roles(actor)
        before = await desk.state()
        result = await desk.finish(actor, action, begun)
        assert result.acknowledged, action
        assert desk.refused(result, action), action
        assert await desk.state() == before, action


async def test_a_stranger_neither_sees_nor_changes_a_server_from_another_one(desk):
    """With all rights in a server of their own, and the ids of the controls of this one."""
    stranger = desk.elsewhere.add_member(desk.world.env.create_user("stranger"), roles=[desk.bosses])
    # The draft is of this server, and its author has meanwhile left.
    things = await desk.furnish(stranger)
    for action in [action for action in ACTIONS if NEEDED[action] is not ANYBODY]:
        begun = things
        if action in CONTROLS:
            begun = replace(things, shown=await desk.show(desk.place, CONTROLS[action](things)))
        elif action in FORMS:
            command = FORMS[action]
            begun = replace(things, shown=await stranger.slash(desk.place, command, **COMMANDS[command]))
            if action == "edit form":
                begun.shown._interaction.modal["custom_id"] = f"k1m.{things.draft}"
        before = await desk.state()
        result = await desk.finish(stranger, action, begun, channel=desk.place, role=desk.bosses)
        assert result.acknowledged, action
        shown = [*desk.texts(result), desk.see.text(result) if result.response is not None else ""]
        assert SECRET not in "".join(shown), action
        assert SECRET not in str(result.modal), action
        assert await desk.state() == before, action
        desk.world.env.errors.clear()


@pytest.mark.parametrize("action", ["publish", "edit again", "discard"])
async def test_a_draft_is_its_authors_alone(desk, action):
    author, other = desk.member("author", desk.managers), desk.member("other", desk.managers)
    begun = await desk.begin(author, action, await desk.furnish(author))
    before = await desk.state()
    result = await desk.finish(other, action, begun)
    assert "being its author" in desk.see.text(result)
    assert await desk.state() == before


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_the_commands_are_not_there_in_direct_messages(world):
    for name in ("knowledge", "settings", "privacy"):
        root = next(c for c in world.bot.tree.get_commands() if c.name == name)
        payload = root.to_dict(world.bot.tree)
        assert payload["contexts"] == [0]
        assert payload["integration_types"] == [0]
        default = payload.get("default_member_permissions")
        assert default == (None if name == "knowledge" else discord.Permissions(manage_guild=True).value)


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_forged_id_is_answered_privately_and_changes_nothing(desk, database):
    forged = ("k1p.", "k1p.\U0001f4a5", "k1e.a.b", "k1d", "k1r.1", "k1r.1.99999999999", "k1h.x", "k1z.1", "k1",
              "k1p.' OR 1=1 --", "k1p.../../x", f"k1r.1.{'9' * 90}", "k1h.-1", "k1m.x", "k1a")  # fmt: skip
    actor = desk.member("mia", desk.managers)
    await desk.furnish(actor)
    messages = {
        one: await desk.show(desk.world.channel, discord.ui.Button(label="Press", custom_id=one))
        for one in forged
    }
    await desk.world.restart(stored=database.named)
    before = await desk.state()
    for custom_id, message in messages.items():
        result = await actor.click(message, custom_id=custom_id)
        assert result.acknowledged, custom_id
        assert result.ephemeral, custom_id
        assert desk.see.text(result)
        assert result.modal is None
        assert await desk.state() == before, custom_id
