"""Editing the knowledge inside Discord, on each engine: from a form to what everybody in the server reads, and back."""

import io
import zipfile

import discord
import pytest

SECTION = {"role": "data-scientist", "section": "definition"}
NEW = "- text: Turns the numbers of this server into wisdom.\n  source: editorial # ours\n  as_of: 2026-04\n"
QUESTIONS = (
    "how do I join the book club\nwhere do i sign up for the book club\nbook club please how does it work"
)


@pytest.fixture(scope="session")
def library(tiny_library):
    return tiny_library


@pytest.fixture
def simcord_bot(make_bot, database):
    return make_bot(stored=database.named)


@pytest.fixture
def editor(world):
    """A member with an editor's role."""
    role = world.guild.create_role("Editors", permissions=discord.Permissions())
    actor = world.guild.add_member(world.env.create_user("ed"), roles=[role])
    actor.editor_role = role
    return actor


@pytest.fixture
def manager(world):
    role = world.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    return world.guild.add_member(world.env.create_user("mia"), roles=[role])


async def edited(world, actor, text=NEW, note="", **what):
    """The preview of an edit."""
    shown = await actor.slash(world.channel, "knowledge edit", **(what or SECTION))
    assert shown.modal is not None, shown
    return await actor.submit_modal(shown, {"text": text, "note": note})


async def published(world, actor, **edit):
    preview = await edited(world, actor, **edit)
    return await actor.click(preview.response.message, label="Publish")


async def role_text(world, see, **options):
    return see.text(await world.alice.slash(world.channel, "role", private=True, **(options or SECTION)))


async def test_the_whole_loop_of_an_edit(world, see, manager):
    before = await role_text(world, see)
    shown = await manager.slash(world.channel, "knowledge edit", **SECTION)
    form = {one["component"]["custom_id"]: one["component"] for one in shown.modal["components"]}
    assert "source: editorial" in form["text"]["value"]

    preview = await manager.submit_modal(shown, {"text": NEW, "note": "for us"})
    assert preview.ephemeral
    text = see.text(preview)
    assert "wisdom" in text.split("After")[1]
    assert "wisdom" not in text.split("After")[0]
    assert "golden question" in text
    assert await role_text(world, see) == before

    done = await manager.click(preview.response.message, label="Publish")
    assert "revision 1" in see.text(done)
    assert "Turns the numbers of this server into wisdom." in await role_text(world, see)

    undone = await manager.click(done.response.message, label="Undo")
    assert "revision 2" in see.text(undone)
    assert await role_text(world, see) == before


async def test_an_entry_is_added_and_found_by_other_words(world, see, manager):
    shown = await manager.slash(world.channel, "knowledge add-faq")
    preview = await manager.submit_modal(shown, {"questions": QUESTIONS, "answer": "Go to the **gate**."})
    assert "faq/how-do-i-join-the" in see.text(preview)
    await manager.click(preview.response.message, label="Publish")
    answer = await world.alice.slash(world.channel, "ask", text="how can i join your book club")
    assert "Go to the" in see.text(answer)
    other = world.env.create_guild("Elsewhere")
    place = other.create_text_channel("general")
    carol = other.add_member(world.env.create_user("carol"))
    elsewhere = await carol.slash(place, "ask", text="how can i join your book club")
    assert "Go to the" not in see.text(elsewhere)


async def test_what_is_wrong_is_told_with_its_place_and_the_text_is_kept(world, see, manager):
    wrong = NEW.replace("editorial", "nobody")
    preview = await edited(world, manager, text=wrong)
    assert "2:11: error: unknown source" in see.text(preview)
    assert "Publish" not in see.buttons(preview)
    again = await manager.click(preview.response.message, label="Edit")
    form = {one["component"]["custom_id"]: one["component"] for one in again.modal["components"]}
    assert form["text"]["value"] == wrong
    mended = await manager.submit_modal(again, {"text": NEW, "note": ""})
    await manager.click(mended.response.message, label="Publish")
    assert "wisdom" in await role_text(world, see)


async def test_a_discarded_draft_changes_nothing(world, see, manager):
    preview = await edited(world, manager)
    gone = await manager.click(preview.response.message, label="Discard")
    assert "Discarded" in see.text(gone)
    assert "wisdom" not in await role_text(world, see)
    assert not see.buttons(gone)


async def test_two_at_once_the_second_sees_what_the_first_has_published(world, see, manager):
    other = world.guild.add_member(
        world.env.create_user("max"),
        roles=[world.guild.create_role("M2", permissions=discord.Permissions(manage_guild=True))],
    )
    mine = await edited(world, manager)
    theirs = await edited(world, other, role="data-scientist", section="responsibilities",
                          text="- {text: Counts sheep., source: editorial, as_of: 2026-04}")  # fmt: skip
    await other.click(theirs.response.message, label="Publish")
    told = await manager.click(mine.response.message, label="Publish")
    assert "Revision 1 was published since you began" in see.text(told)
    await manager.click(told.response.message, label="Publish")
    assert "wisdom" in await role_text(world, see)
    assert "sheep" in await role_text(world, see, role="data-scientist", section="responsibilities")


async def test_everything_works_after_a_restart(world, see, manager, database):
    shown = await manager.slash(world.channel, "knowledge edit", **SECTION)
    await world.restart(stored=database.named)
    preview = await manager.submit_modal(shown, {"text": NEW, "note": ""})
    await world.restart(stored=database.named)
    done = await manager.click(preview.response.message, label="Publish")
    await world.restart(stored=database.named)
    assert "wisdom" in await role_text(world, see)
    await manager.click(done.response.message, label="Undo")
    assert "wisdom" not in await role_text(world, see)


async def test_history_pages_and_rollback(world, see, manager):
    for number in range(12):
        text = NEW.replace("wisdom", f"wisdom{number}")
        await published(world, manager, text=text, note=f"change {number}", **SECTION)
    shown = await manager.slash(world.channel, "knowledge history")
    assert "**12**" in see.text(shown)
    assert "change 11" in see.text(shown)
    assert "**2**" not in see.text(shown)
    older = await manager.click(shown.response.message, label="Older")
    assert "**2**" in see.text(older)
    assert "**12**" not in see.text(older)
    newer = await manager.click(older.response.message, label="Newer")
    assert "**12**" in see.text(newer)

    preview = await manager.slash(world.channel, "knowledge rollback", revision=3)
    assert "wisdom2" in see.text(preview)
    await manager.click(preview.response.message, label="Go back to revision 3")
    assert "wisdom2" in await role_text(world, see)
    store = world.bot.servers.store
    assert (await store.overlay(world.guild.id)).files == (await store.overlay(world.guild.id, 3)).files


async def test_download_edit_and_upload(world, see, manager):
    sent = await manager.slash(world.channel, "knowledge download", file="faq/laptop.yaml")
    (attachment,) = sent.response.attachments
    assert attachment.filename == "faq_laptop.yaml"
    text = (await attachment.read()).decode()
    assert text == (await world.bot.servers.overlays.base()).text("faq/laptop.yaml")
    own = b"questions: {add: [which computer is good for notebooks here]}\r\n# ours  \r\n"
    preview = await manager.slash(
        world.channel, "knowledge upload", file=("faq_laptop.yaml", own), note="more words"
    )
    assert "which computer is good for notebooks here" in see.text(preview)
    await manager.click(preview.response.message, label="Publish")
    kept = (await world.bot.servers.store.overlay(world.guild.id)).files
    assert kept == {"faq/laptop.yaml": own.decode()}


async def test_all_files_come_as_a_zip(world, manager):
    await published(world, manager)
    sent = await manager.slash(world.channel, "knowledge download")
    (attachment,) = sent.response.attachments
    with zipfile.ZipFile(io.BytesIO(await attachment.read())) as archive:
        assert "roles/data-scientist.yaml" in archive.namelist()
        assert "base/roles/data-scientist.yaml" in archive.namelist()
        assert b"wisdom" in archive.read("roles/data-scientist.yaml")


async def test_check_tells_how_things_stand(world, see, manager):
    shown = await manager.slash(world.channel, "knowledge check")
    assert "0 files of its own" in see.text(shown)
    await published(world, manager)
    assert "1 file of its own" in see.text(await manager.slash(world.channel, "knowledge check"))
