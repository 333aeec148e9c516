"""A change that makes a golden question resolve to something else: told before it is published, and undone byte for byte."""

import io
import zipfile

import pytest

GOLDEN = "how do I get verified here"
OWN = b"# Ours   \r\nanswer: Buy a big one.  # really\r\nquestions: {add: [which laptop is big]}\r\n\r\n"
RIGHT = "Ask a moderator."
STEALING = (
    "how do I get verified in here", "how do I get verified over here", "how did I get verified here",
    "how do you get verified here", "how do I become verified here",
)  # fmt: skip


@pytest.fixture(scope="session")
def library(tiny_library):
    return tiny_library


@pytest.fixture
def simcord_bot(make_bot, database):
    return make_bot(stored=database.named)


@pytest.fixture
def ask(world, see):
    async def ask():
        return see.text(await world.alice.slash(world.channel, "ask", text=GOLDEN, private=True))

    return ask


@pytest.fixture
def download(world, manager):
    """All files of the server, as they come in the archive."""

    async def download():
        sent = await manager.slash(world.channel, "knowledge download")
        with zipfile.ZipFile(io.BytesIO(await sent.response.attachments[0].read())) as packed:
            return {name: packed.read(name) for name in packed.namelist() if not name.startswith("base/")}

    return download


async def broken(way, world, manager):
    """The preview of a phrasing that takes the golden question away from its entry, by each way there is."""
    if way == "upload":
        file = ("laptop.yaml", OWN.replace(b"which laptop is big", ", ".join(STEALING).encode()))
        return await manager.slash(world.channel, "knowledge upload", file=file)
    if way == "edit":
        form = await manager.slash(world.channel, "knowledge edit", faq="laptop")
        text = OWN.decode().replace("which laptop is big", ", ".join(STEALING))
        return await manager.submit_modal(form, {"text": text, "note": ""})
    form = await manager.slash(world.channel, "knowledge add-faq")
    return await manager.submit_modal(form, {"questions": "\n".join(STEALING), "answer": "Never."})


@pytest.mark.parametrize(
    ("engine", "way"),
    [("sqlite", "upload"), ("postgresql", "upload"), ("sqlite", "edit"), ("sqlite", "add-faq")],
)
async def test_a_phrasing_that_breaks_one_is_told_before_and_can_be_published_and_undone(  # noqa: PLR0917 - fixtures
    world, see, opened, manager, ask, download, way
):
    page = await opened(manager, "knowledge upload", file=("laptop.yaml", OWN))
    assert "All golden questions resolve as before" in see.text(page.message)
    await manager.click(page.message, label="Publish")
    before, answer = await download(), await ask()
    assert before == {"faq/laptop.yaml": OWN}
    assert RIGHT in answer

    preview = await broken(way, world, manager)
    text = see.text(preview)
    assert "This changes the outcome of 1 golden question" in text
    assert "1 of them would be wrong" in text
    assert f"✘ **{GOLDEN}**" in text
    assert "Publish" not in see.buttons(preview)
    # Nothing of it counts as long as it is not published.
    assert await ask() == answer
    assert await download() == before

    published = await manager.click(preview.response.message, label="Publish anyway")
    assert "revision 2" in see.text(published)
    assert RIGHT not in await ask()
    assert await download() != before
    assert f"golden question \\`{GOLDEN}\\`" in see.text(
        await manager.slash(world.channel, "knowledge check")
    )

    back = await manager.slash(world.channel, "knowledge rollback", revision=1)
    assert f"✔ **{GOLDEN}**" in see.text(back)
    await manager.click(back.response.message, label="Go back to revision 1")
    assert await download() == before
    assert await ask() == answer

    # Going back to what breaks it is told as well.
    again = await manager.slash(world.channel, "knowledge rollback", revision=2)
    assert f"✘ **{GOLDEN}**" in see.text(again)


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_golden_question_of_the_servers_own_guards_what_comes_after_it(see, opened, manager):
    own = b"add: [{text: is an old laptop enough for this, faq: laptop}]\n"
    page = await opened(manager, "knowledge upload", file=("questions.yaml", own))
    await manager.click(page.message, label="Publish")
    hidden = await opened(manager, "knowledge upload", file=("hidden.yaml", b"faq: [laptop]\n"))
    text = see.text(hidden.message)
    assert "✘ **is an old laptop enough for this**" in text
    assert "Publish anyway" in see.buttons(hidden.message)
