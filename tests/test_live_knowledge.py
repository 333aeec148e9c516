"""Knowledge that is edited while the bot runs."""

import asyncio
import shutil
from collections.abc import Callable

from bot.library import Library, shipped_knowledge
from bot.ui.failures import TOO_OLD

CAT_HERDER = """\
id: cat-herder
name: Cat Herder
family: data
sections:
  definition:
    - text: A Cat Herder herds cats.
      source: editorial
      as_of: 2026-11-23
"""


async def test_edited_file_changes_the_next_answer(world, tmp_path, see, learned):
    folder = tmp_path / "knowledge"
    shutil.copytree(shipped_knowledge(), folder)
    library = Library.open(folder, learned)
    await world.restart(on=library)
    first = await world.alice.slash(world.channel, "role", role="data-scientist", section="definition")
    role = folder / "roles" / "data-scientist.yaml"
    good = role.read_text()
    role.write_text(with_definition(good, "A Data Scientist is a wizard of the present test."))
    assert library.reload()
    second = await world.alice.slash(world.channel, "role", role="data-scientist", section="definition")
    assert not second.ephemeral
    assert "wizard" not in see.text(first)
    assert "wizard of the present test" in see.text(second)


def with_definition(text, sentence):
    start = text.index("- text:", text.index("definition:"))
    end = text.index("source:", start)
    return f"{text[:start]}- text: {sentence}\n      {text[end:]}"


async def test_broken_edit_keeps_the_last_good_answers_and_is_shown_to_the_owner(
    world, tmp_path, see, learned
):
    folder = tmp_path / "knowledge"
    shutil.copytree(shipped_knowledge(), folder)
    library = Library.open(folder, learned)
    await world.restart(on=library, owner_ids=frozenset({world.alice.id}))
    role = folder / "roles" / "data-scientist.yaml"
    role.write_text(role.read_text() + "\nskils: [python]\n")
    assert not library.reload()
    answer = await world.alice.slash(world.channel, "role", role="data-scientist")
    about = await world.alice.slash(world.channel, "about")
    others = await world.bob.slash(world.channel, "about")
    assert answer.acknowledged
    assert "Data Scientist" in see.text(answer)
    assert "data-scientist.yaml" in see.text(about)
    assert "last good state" in see.text(about)
    assert "data-scientist.yaml" not in see.text(others)


async def test_control_of_a_removed_role_is_too_old_and_the_rest_work(
    world, tmp_path, small_knowledge, see, learned
):
    folder = tmp_path / "knowledge"
    shutil.copytree(small_knowledge, folder)
    extra = folder / "roles" / "cat-herder.yaml"
    extra.write_text(CAT_HERDER)
    library = Library.open(folder, learned)
    await world.restart(on=library)
    gone = await world.alice.slash(world.channel, "compare", role_a="cat herder", role_b="data-scientist")
    kept = await world.alice.slash(world.channel, "role", role="data-scientist")
    assert "Cat Herder" in see.text(gone)
    extra.unlink()
    assert library.reload()
    result = await world.alice.select(gone.response, ["salary"], custom_id=see.menu(gone, "Choose"))
    assert result.acknowledged
    assert result.ephemeral
    assert result.response.content == TOO_OLD
    assert (
        await world.alice.select(kept.response, ["salary"], custom_id=see.menu(kept, "Choose"))
    ).acknowledged
    assert (await world.alice.click(gone.response, label="Delete")).response is None


class Noted(Library):
    """A library that tells when it was reloaded."""

    reloaded: Callable[[], None] = staticmethod(lambda: None)

    def reload(self):
        done = super().reload()
        self.reloaded()
        return done


async def test_edit_while_the_bot_runs_is_in_its_next_answer(world, tmp_path, see, learned):
    folder = tmp_path / "knowledge"
    shutil.copytree(shipped_knowledge(), folder)
    library = Noted.open(folder, learned)
    await world.restart(on=library)
    loop, reloaded, stop = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
    library.reloaded = lambda: loop.call_soon_threadsafe(reloaded.set)
    watching = asyncio.create_task(library.watch(stop))
    role = folder / "roles" / "data-scientist.yaml"
    role.write_text(with_definition(role.read_text(), "A Data Scientist is watched."))
    async with asyncio.timeout(120):
        await reloaded.wait()
    stop.set()
    await watching
    result = await world.alice.slash(world.channel, "role", role="data-scientist", section="definition")
    assert result.acknowledged
    assert "is watched" in see.text(result)


async def test_an_entry_of_the_community_answers_thanks_and_help(world, tmp_path, learned):
    folder = tmp_path / "club" / "faq"
    folder.mkdir(parents=True)
    write = "id: {0}\nquestions: [{1}]\nanswer: {2}\n".format
    (folder / "thanks.yaml").write_text(
        write("thanks", "thank you, thanks a lot, thanks for the help", "Any time, club.")
    )
    (folder / "help.yaml").write_text(
        write("help", "help, what can you do, what can I ask you", "Read the club rules.")
    )
    await world.restart(on=Library.open(folder.parent, learned))
    await world.alice.send(world.channel, f"{world.mention} thank you!")
    assert "Any time, club." in world.last()
    await world.alice.send(world.channel, f"{world.mention} what can you do?")
    assert "Read the club rules." in world.last()
