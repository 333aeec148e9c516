"""The controls under an answer, used by the asker, by somebody else and by a moderator."""

from dataclasses import replace

import discord
import pytest

from bot.core.matching.question import Intent, Subject
from bot.ui.controls import CONTROLS
from bot.ui.limits import CUSTOM_ID
from bot.ui.state import State, decode, encode

OTHER_WAYS = {"Choose": "salary", "Compare": "data-analyst"}


@pytest.mark.parametrize("menu", OTHER_WAYS)
async def test_askers_choice_edits_the_answer(world, answer, see, menu):
    before = see.text(answer)
    result = await world.alice.select(answer, [OTHER_WAYS[menu]], custom_id=see.menu(answer, menu))
    assert result.acknowledged
    assert result.response.id == answer.id
    assert see.text(answer) != before
    assert len(world.answers()) == 1


@pytest.mark.parametrize("menu", OTHER_WAYS)
@pytest.mark.parametrize("who", ["bob", "mod"])
async def test_anyone_elses_choice_opens_a_private_copy(world, answer, see, menu, who):
    before = see.text(answer)
    actor = getattr(world, who)
    result = await actor.select(answer, [OTHER_WAYS[menu]], custom_id=see.menu(answer, menu))
    assert result.acknowledged
    assert result.ephemeral
    assert result.response.id != answer.id
    assert see.text(answer) == before
    assert "Share" in see.buttons(result)
    assert "Delete" not in see.buttons(result)


async def test_private_copy_is_its_owners_to_change(world, answer, see):
    copy = await world.bob.select(answer, ["salary"], custom_id=see.menu(answer, "Choose"))
    result = await world.bob.select(copy.response, ["tools"], custom_id=see.menu(copy, "Choose"))
    assert result.acknowledged
    assert result.response.id == copy.response.id
    assert "Tools" in see.text(copy)


async def test_every_section_of_the_menu_opens(world, answer, see, assistant):
    for section in assistant.snapshot.ordered_sections():
        result = await world.alice.select(answer, [section.id], custom_id=see.menu(answer, "Choose"))
        assert result.acknowledged
        assert section.title in see.text(answer)
    result = await world.alice.select(answer, ["-"], custom_id=see.menu(answer, "Choose"))
    assert result.acknowledged


async def test_comparison_grows_to_five_roles_and_no_further(world, answer, see):
    for role in ("data-analyst", "data-engineer", "mlops-engineer"):
        result = await world.alice.select(answer, [role], custom_id=see.menu(answer, "Compare"))
        assert result.acknowledged
    with pytest.raises(StopIteration):
        see.menu(answer, "Compare")
    assert len(list(see.components(answer))) <= 40


async def test_comparing_keeps_the_section_on_show(world, answer, see):
    await world.alice.select(answer, ["salary"], custom_id=see.menu(answer, "Choose"))
    await world.alice.select(answer, ["data-analyst"], custom_id=see.menu(answer, "Compare"))
    assert "Salary" in see.text(answer).splitlines()[0]
    assert "Data Analyst" in see.text(answer)


async def test_asker_deletes(world, answer):
    result = await world.alice.click(answer, label="Delete")
    assert result.acknowledged
    assert not world.answers()


async def test_moderator_deletes(world, answer):
    result = await world.mod.click(answer, label="Delete")
    assert result.acknowledged
    assert not world.answers()


async def test_somebody_else_is_told_which_right_is_missing(world, answer):
    result = await world.bob.click(answer, label="Delete")
    assert result.acknowledged
    assert result.ephemeral
    assert "Manage Messages" in result.response.content
    assert len(world.answers()) == 1


async def test_asker_deletes_a_private_conversations_answer(world):
    await world.alice.user.send_dm("mle vs ds?")
    shown = world.answers(world.alice.user.dm_channel)[-1]
    result = await world.alice.user.click(shown, label="Delete")
    assert result.acknowledged
    assert not world.answers(world.alice.user.dm_channel)


async def test_delete_pressed_twice_is_harmless(world, answer, see):
    stored = world.env.backend.get_message(world.channel.id, answer.id)
    message = replace(stored)
    await world.alice.click(answer, label="Delete")
    world.env.backend.commit_message(message, broadcast=False)
    world.env.inject_error("DELETE", "/webhooks/*", status=404, code=10008)
    again = await world.alice.click(answer, custom_id=see.buttons(answer)["Delete"]["custom_id"])
    assert again.acknowledged
    assert not again.followups


@pytest.mark.parametrize("menu", OTHER_WAYS)
async def test_menu_used_twice_is_harmless(world, answer, see, menu):
    stored = world.env.backend.get_message(world.channel.id, answer.id)
    before, custom_id = stored.components, see.menu(answer, menu)
    await world.alice.select(answer, [OTHER_WAYS[menu]], custom_id=custom_id)
    shown = see.text(answer)
    stored.components = before
    again = await world.alice.select(answer, [OTHER_WAYS[menu]], custom_id=custom_id)
    assert again.acknowledged
    assert see.text(answer) == shown


async def opened(world, kind):
    """A message to alice that has the control, and how the control is used."""
    if kind == "option":
        return (
            await world.alice.slash(world.channel, "ask", text="how do I become an engineer")
        ).response, None
    if kind == "role":
        return (await world.alice.slash(world.channel, "find", item="python")).response, ["data-scientist"]
    shown = (await world.alice.slash(world.channel, "compare", role_a="DS", role_b="MLE")).response
    return shown, {"section": ["salary"], "compare": ["data-analyst"], "delete": None}[kind]


LETTERS = {"section": "s", "compare": "c", "role": "r", "option": "o", "delete": "d"}


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("who", ["alice", "bob", "mod"])
async def test_every_control_answers_everyone_and_twice(world, see, kind, who, press):
    shown, values = await opened(world, kind)
    stored = world.env.backend.get_message(world.channel.id, shown.id)
    custom_id = next(c for c in see.ids(shown) if c.startswith(f"r1{LETTERS[kind]}"))
    components = stored.components
    outcomes = []
    for _ in range(2):
        if shown.id in world.env.backend.messages[world.channel.id]:
            stored.components = components
        else:
            world.env.backend.commit_message(stored, broadcast=False)
        result = await press(getattr(world, who), shown, custom_id, values)
        assert result.acknowledged
        outcomes.append((result.ephemeral, see.text(result) if result.response else None))
    assert outcomes[0] == outcomes[1]
    own = who == "alice" or (who == "mod" and kind == "delete")
    assert outcomes[0][0] is not own


async def test_controls_work_after_a_restart(world, answer, see):
    await world.restart()
    edited = await world.alice.select(answer, ["salary"], custom_id=see.menu(answer, "Choose"))
    assert edited.acknowledged
    assert "Salary" in see.text(answer)
    copy = await world.bob.select(answer, ["data-analyst"], custom_id=see.menu(answer, "Compare"))
    assert copy.ephemeral
    await world.restart()
    shared = await world.bob.click(copy.response, label="Share")
    assert shared.acknowledged
    assert len(world.answers()) == 2
    deleted = await world.alice.click(answer, label="Delete")
    assert deleted.acknowledged
    assert len(world.answers()) == 1


async def test_question_back_works_after_a_restart(world, see):
    asked = await world.alice.slash(world.channel, "ask", text="how do I become an engineer")
    await world.restart()
    label = next(label for label in see.buttons(asked) if label != "Delete")
    result = await world.alice.click(asked.response, label=label)
    assert result.acknowledged
    assert label in see.text(asked)


async def test_controls_never_mix_with_plain_items_and_have_room_in_their_ids(answer):
    view = discord.ui.LayoutView.from_message(answer.message)
    dispatchable = [item for item in view.walk_children() if item.is_dispatchable()]
    for item in dispatchable:
        fitting = [
            control
            for control in CONTROLS
            if control.__discord_ui_compiled_template__.fullmatch(item.custom_id)
        ]
        assert len(fitting) == 1
        assert len(item.custom_id) <= CUSTOM_ID


def test_every_id_belongs_to_exactly_one_control(assistant):
    state = State(Subject(Intent.COMPARE, ("data-scientist", "data-analyst")), 2**63)
    for letter in "abcdefghijklmnopqrstuvwxyz":
        custom_id = encode(letter, state, assistant.snapshot)
        assert decode(custom_id, assistant.snapshot) == state
        for shown in (custom_id, custom_id.replace("r1", "r9"), "", "junk\n"):
            fitting = [c for c in CONTROLS if c.__discord_ui_compiled_template__.fullmatch(shown)]
            assert len(fitting) == 1
