"""Controls of other versions, controls that Discord refuses, and controls that come too late."""

import re

import pytest

from bot.ui.failures import TOO_OLD

OTHER_WAYS = {"Choose": "salary", "Compare": "data-analyst"}


def forge(world, message_id, change):
    """Changes the custom_ids of a message as if another version had written them."""
    stored = world.env.backend.get_message(world.channel.id, message_id)

    def walk(components):
        for component in components:
            if "custom_id" in component:
                component["custom_id"] = change(component["custom_id"])
            walk(component.get("components", ()))

    walk(stored.components)


REMOVED = {
    "role": lambda custom_id: re.sub(r"\..{4}", ".AAAA", custom_id, count=1),
    "section": lambda custom_id: custom_id.replace(".", "_____.", 1),
}
CHANGES = {
    "older version": lambda custom_id: custom_id.replace("r1", "r0", 1),
    "newer version": lambda custom_id: custom_id.replace("r1", "r2", 1),
    "another action": lambda custom_id: custom_id[:2] + "z" + custom_id[3:4] + custom_id[2] + custom_id[4:],
    "cut short": lambda custom_id: custom_id[:9] + custom_id[2],
    "garbage": lambda custom_id: f"r1{custom_id[2]}💥\n..{custom_id[-3:]}",
    "another bot's": lambda custom_id: f"menu:{custom_id[2:4]}",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_control_that_cannot_be_read_says_the_answer_is_too_old(world, answer, see, change, press):
    forge(world, answer.id, change)
    await world.restart()
    for custom_id in see.ids(answer):
        component = next(c for c in see.components(answer) if c.get("custom_id") == custom_id)
        values = (
            ["salary" if component["placeholder"].startswith("Choose") else "data-analyst"]
            if component["type"] == 3
            else None
        )
        result = await press(world.alice, answer, custom_id, values)
        assert result.acknowledged
        assert result.ephemeral
        assert result.response.content == TOO_OLD
    assert len(world.answers()) == 1


@pytest.mark.parametrize("change", REMOVED.values(), ids=REMOVED)
async def test_answer_about_something_removed_is_too_old_but_can_be_deleted(world, answer, see, change):
    forge(world, answer.id, change)
    for menu, value in OTHER_WAYS.items():
        result = await world.alice.select(answer, [value], custom_id=see.menu(answer, menu))
        assert result.acknowledged
        assert result.response.content == TOO_OLD
    refused = await world.bob.click(answer, label="Delete")
    assert "Manage Messages" in refused.response.content
    deleted = await world.alice.click(answer, label="Delete")
    assert deleted.acknowledged
    assert not world.answers()


async def test_button_that_carries_a_menus_id_is_too_old(world, answer):
    forge(
        world,
        answer.id,
        lambda custom_id: (
            custom_id.replace("r1d", "r1s", 1) if custom_id.startswith("r1d") else custom_id + "x"
        ),
    )
    result = await world.alice.click(answer, label="Delete")
    assert result.acknowledged
    assert result.response.content == TOO_OLD


@pytest.mark.parametrize("error", [{"status": 500}, {"status": 429}, {"status": 403, "code": 50013}], ids=str)
@pytest.mark.parametrize("control", ["Choose", "Compare", "Delete"])
async def test_discords_errors_reach_the_user_with_an_id(world, answer, see, caplog, control, error, press):  # noqa: PLR0917 - fixtures
    world.env.inject_error("POST", "/interactions/*/*/callback", **error)
    custom_id = (
        see.buttons(answer)["Delete"]["custom_id"] if control == "Delete" else see.menu(answer, control)
    )
    values = None if control == "Delete" else [OTHER_WAYS[control]]
    with caplog.at_level("INFO", logger="bot"):
        result = await press(world.alice, answer, custom_id, values)
    assert result.acknowledged
    assert result.ephemeral
    failure = result.response.content.split("`")[1]
    assert failure in caplog.text
    again = await press(world.alice, answer, custom_id, values)
    assert again.acknowledged


async def test_error_of_ours_in_a_control_is_answered_like_a_commands(
    world, answer, see, monkeypatch, caplog
):
    def broken(*_args, **_options):
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(world.bot, "present", broken)
    with caplog.at_level("INFO", logger="bot"):
        control = await world.alice.select(answer, ["skills"], custom_id=see.menu(answer, "Choose"))
        command = await world.alice.slash(world.channel, "role", role="DE")
    for result in (control, command):
        assert result.acknowledged
        assert result.ephemeral
        assert "Something went wrong" in result.response.content
        assert "secret" not in result.response.content
        assert result.response.content.split("`")[1] in caplog.text
    assert world.env.errors


async def test_error_while_a_picture_is_awaited_is_told_privately(world, answer, see, monkeypatch, caplog):
    def broken(*_args, **_options):
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(world.bot, "present", broken)
    with caplog.at_level("INFO", logger="bot"):
        result = await world.alice.select(answer, ["salary"], custom_id=see.menu(answer, "Choose"))
    assert result.acknowledged
    told = result.followups[0]
    assert told.ephemeral
    assert told.content.split("`")[1] in caplog.text


async def test_late_control_is_survived(world, answer, see, caplog):
    def late(record):
        record.initial_response_deadline = "2000-01-01T00:00:00+00:00"

    unregister = world.env._register_dispatch_observer(late)
    with caplog.at_level("WARNING", logger="bot"):
        result = await world.alice.select(answer, ["salary"], custom_id=see.menu(answer, "Choose"))
    assert not result.acknowledged
    assert "before it could be answered" in caplog.text
    unregister()
    again = await world.alice.select(answer, ["salary"], custom_id=see.menu(answer, "Choose"))
    assert again.acknowledged


async def test_failed_delete_is_told_with_an_id(world, answer, caplog):
    world.env.inject_error("DELETE", "/webhooks/*", status=500)
    with caplog.at_level("INFO", logger="bot"):
        result = await world.alice.click(answer, label="Delete")
    assert result.acknowledged
    assert result.followups[0].content.split("`")[1] in caplog.text
    assert len(world.answers()) == 1
