"""A database that goes away, or has no room, under a running bot: answers go on, changes are refused, nothing is lost."""

import contextlib
import sqlite3
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import event, select

from bot.store.tables import metadata

SECTION = {"role": "data-scientist", "section": "definition"}
NEW = "- {text: Turns numbers into wisdom., source: editorial, as_of: 2026-04}\n"
ROOM = f"# {'x' * 100_000}\n"
"""What takes more room than there is where there is none."""
FILE = ("data-scientist.yaml", f"sections:\n  definition:\n    {NEW}{ROOM}".encode())
BASE, OWN = "Finds out from data what others only guess", "Ask the gatekeeper"
VERIFIED = {"faq/verified.yaml": f"answer: {OWN}.\n"}


@pytest.fixture(scope="session")
def library(tiny_library):
    return tiny_library


@pytest.fixture
def simcord_bot(make_bot, database):
    return make_bot(stored=database.named)


@dataclass
class Desk:
    """A server with knowledge of its own, its moderator, and another such server, which nobody has asked yet."""

    world: object
    see: object
    database: object
    manager: object
    opened: object
    elsewhere: object = None

    @property
    def servers(self):
        return self.world.bot.servers

    async def furnish(self):
        other = self.world.env.create_guild("Elsewhere")
        self.elsewhere = (
            other.create_text_channel("general"),
            other.add_member(self.world.env.create_user("eve")),
        )
        for server in (self.world.guild.id, other.id):
            await self.servers.store.publish(server, 0, VERIFIED, author=None)
        await self.servers.change_settings(
            self.world.guild.id, lambda kept: replace(kept, inbox=True, questions=1000)
        )
        await self.servers.look()

    async def answers_go_on(self, *, own=True):
        """That people are answered from the base, and from what their server has of its own."""
        base = await self.world.alice.slash(self.world.channel, "role", private=True, **SECTION)
        assert BASE in self.see.text(base)
        place, eve = self.elsewhere
        for asker, channel in ((self.world.alice, self.world.channel), (eve, place)):
            answer = await asker.slash(channel, "ask", text="how do I get verified here", private=True)
            assert (OWN in self.see.text(answer)) is own

    async def upload(self, file=FILE):
        return await self.opened(self.manager, "knowledge upload", file=file)

    async def use(self, page, label):
        return await page.use(self.see.buttons(page.message)[label]["custom_id"])

    async def kept(self):
        """All that is in the database."""
        async with self.servers.store._reading() as connection:
            return [
                sorted(map(repr, await connection.execute(select(table))))
                for table in metadata.sorted_tables
                if table.name != "drafts"
            ]

    def newest(self):
        """The number of the newest revision, as another process finds it."""
        with contextlib.closing(sqlite3.connect(self.database.file)) as connection:
            return connection.execute("SELECT max(number) FROM revisions").fetchone()[0]

    def told(self, result):
        """What was said privately; it does not say where the database is."""
        # The simulation notes what a command raised, though it was answered.
        self.world.env.errors.clear()
        said = self.see.told(result)
        assert str(self.database.data_dir) not in said
        assert "/tmp" not in said
        return said


@pytest.fixture
async def desk(world, see, database, manager, opened):
    made = Desk(world, see, database, manager, opened)
    await made.furnish()
    return made


async def test_without_its_database_the_bot_answers_and_refuses_changes_until_it_is_back(desk, caplog):
    world, manager = desk.world, desk.manager
    form = await manager.slash(world.channel, "knowledge edit", **SECTION)
    entry = await manager.slash(world.channel, "knowledge add-faq")
    preview = await desk.upload()
    settings, privacy = [await desk.opened(manager, name) for name in ("settings", "privacy")]
    undo = await desk.opened(manager, "knowledge rollback", revision=0)
    before = await desk.kept()
    async with desk.database.gone():
        await desk.answers_go_on()
        for name, options in {
            "knowledge edit": SECTION,
            "knowledge upload": {"file": FILE},
            "knowledge history": {},
            "knowledge rollback": {"revision": 0},
            "knowledge inbox": {},
            "privacy": {},
        }.items():
            refused = await manager.slash(world.channel, name, **options)
            assert "The database cannot be used just now" in desk.told(refused), name
            assert refused.modal is None
        for page, custom_id, values in (
            (preview, desk.see.buttons(preview.message)["Publish"]["custom_id"], None),
            (preview, desk.see.buttons(preview.message)["Discard"]["custom_id"], None),
            (undo, desk.see.buttons(undo.message)["Go back to revision 0"]["custom_id"], None),
            (settings, "k1si0", None),
            (settings, "k1sc", ["20/30"]),
            (privacy, "k1ve", None),
        ):
            refused = await page.use(custom_id, values)
            if custom_id == "k1ve":
                # The first step only asks back; the second one is refused.
                refused = await page.use("k1vx")
            assert "The database cannot be used just now" in desk.told(refused), custom_id
        # What needs no database goes on; a page of settings says that it cannot change them.
        assert "Ask the gatekeeper" in (await got(manager, world, file="faq/verified.yaml"))
        assert "1 file of its own" in desk.see.text(await manager.slash(world.channel, "knowledge check"))
        shown = await manager.slash(world.channel, "settings")
        assert "The database cannot be used just now" in desk.see.text(shown)
        assert str(desk.database.data_dir) not in desk.see.text(shown)
        # What was typed is not lost, though it cannot be kept.
        for begun, typed in (
            (form, {"text": NEW, "note": ""}),
            (entry, {"questions": "who is it", "answer": "Me."}),
        ):
            refused = await manager.submit_modal(begun, typed)
            said, given = [refused.response, *refused.followups][-2:]
            assert "The database cannot be used just now" in said.content
            assert "here it is" in given.content
            assert given.ephemeral
            content = (await given.attachments[0].read()).decode()
            assert content == "\n\n".join(value for value in typed.values() if value)
        # Looking for what is new, as every minute, changes nothing and takes nothing away.
        await world.env.advance_time(61)
        await desk.answers_go_on()
    assert "servers are answered from what was read before" in caplog.text
    assert await desk.kept() == before
    published = await desk.use(preview, "Publish")
    assert "revision 2" in desk.see.text(published)
    answer = await world.alice.slash(world.channel, "role", private=True, **SECTION)
    assert "Turns numbers into wisdom" in desk.see.text(answer)
    await settings.use("k1sc", ["20/30"])
    assert desk.servers.settings(world.guild.id).questions == 20
    await desk.use(preview, "Undo")
    await desk.answers_go_on()


async def got(actor, world, **options):
    sent = await actor.slash(world.channel, "knowledge download", **options)
    return (await sent.response.attachments[0].read()).decode()


async def test_a_bot_that_starts_without_its_database_answers_and_finds_it_within_a_minute(desk):
    world = desk.world
    async with desk.database.gone():
        if desk.database.engine == "sqlite":
            # A start would make the folder anew.
            desk.database.data_dir.write_text("")
        await world.restart(stored=desk.database.named)
        await desk.answers_go_on(own=False)
        refused = await desk.manager.slash(world.channel, "knowledge upload", file=FILE)
        assert "The database cannot be reached just now" in desk.told(refused)
        if desk.database.engine == "sqlite":
            desk.database.data_dir.unlink()
    await world.env.advance_time(61)
    await desk.answers_go_on()
    page = await desk.upload()
    assert "revision 2" in desk.see.text(await desk.use(page, "Publish"))


async def test_a_full_disk_refuses_a_change_as_a_whole_and_takes_it_when_there_is_room(desk):
    world, manager = desk.world, desk.manager
    preview = await desk.upload()
    before = await desk.kept()
    async with desk.database.full(desk.servers.store):
        await desk.answers_go_on()
        for _ in range(2):
            assert "its disk is full: free some space" in desk.told(await desk.use(preview, "Publish"))
        refused = await manager.slash(world.channel, "knowledge upload", file=FILE)
        assert "its disk is full: free some space" in desk.told(refused)
        await desk.answers_go_on()
        assert await desk.kept() == before
    assert "revision 2" in desk.see.text(await desk.use(preview, "Publish"))
    answer = await world.alice.slash(world.channel, "role", private=True, **SECTION)
    assert "Turns numbers into wisdom" in desk.see.text(answer)


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_what_was_published_is_served_and_told_though_the_database_goes_right_after(desk):
    preview = await desk.upload()

    def go_after_the_change(_connection, _record):
        if desk.database.file.exists() and desk.newest() == 2:
            desk.database.take_away()

    pool = desk.servers.store._engine.sync_engine.pool
    event.listen(pool, "checkin", go_after_the_change)
    published = await desk.use(preview, "Publish")
    event.remove(pool, "checkin", go_after_the_change)
    assert not desk.database.file.exists()
    assert "revision 2" in desk.see.text(published)
    answer = await desk.world.alice.slash(desk.world.channel, "role", private=True, **SECTION)
    assert "Turns numbers into wisdom" in desk.see.text(answer)
    desk.database.bring_back()
    assert "revision 3" in desk.see.text(await desk.use(preview, "Undo"))
