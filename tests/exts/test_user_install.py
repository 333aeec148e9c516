"""The bot brought along by a user: to servers it is no member of, and to private channels."""

import pytest
from simcord import interactions
from simcord.results import InteractionResult

EXTERNAL = 1 << 50
SEND = 1 << 11
VIEW = 1 << 10


async def user_installed(world, name, options, *, permissions=None):
    """A slash command of a user install, as Discord sends it: no guild install, and the guild is not in the cache."""
    backend = world.env.backend
    command = next(c for c in backend.commands[None].values() if c["name"] == name)
    channel = world.alice.user.dm_channel
    data = {"id": command["id"], "name": name, "type": 1, "options": options}
    record, payload = interactions.base_payload(
        backend, type=2, channel_id=channel.id, guild_id=None, user_id=world.alice.id, data=data
    )
    payload["authorizing_integration_owners"] = {"1": str(world.alice.id)}
    payload["context"] = 2
    payload["channel"] = {"id": str(channel.id), "type": 3, "name": "friends", "recipients": []}
    if permissions is not None:
        user = payload.pop("user")
        payload |= {
            "context": 0,
            "guild_id": "123456789012345678",
            "guild": {"id": "123456789012345678", "locale": "en-US", "features": []},
            "channel": {
                "id": str(channel.id),
                "type": 0,
                "name": "elsewhere",
                "position": 0,
                "permissions": str(permissions),
            },
            "member": {
                "user": user,
                "roles": [],
                "joined_at": "2026-01-01T00:00:00+00:00",
                "deaf": False,
                "mute": False,
                "flags": 0,
                "permissions": str(permissions),
            },
        }
    backend.emit("INTERACTION_CREATE", payload)
    await world.env.settle()
    return InteractionResult(world.env, record)


def text(value):
    return [{"name": "text", "type": 3, "value": value}]


async def test_private_channel_is_answered(world, see):
    result = await user_installed(world, "ask", text("mle vs ds?"))
    assert result.acknowledged
    assert not result.ephemeral
    assert "Data Scientist" in see.text(result)


async def test_server_that_allows_external_apps_is_answered(world, see):
    result = await user_installed(world, "ask", text("mle vs ds?"), permissions=EXTERNAL | SEND | VIEW)
    assert result.acknowledged
    assert not result.ephemeral
    assert "Data Scientist" in see.text(result)


async def test_server_that_hides_external_apps_gets_a_private_answer_that_is_not_pointed_to(world, see):
    for _ in range(2):
        result = await user_installed(world, "ask", text("mle vs ds?"), permissions=SEND | VIEW)
        assert result.acknowledged
        assert result.ephemeral
        assert "Share" in see.buttons(result)


@pytest.mark.parametrize("name", ["help", "about"])
async def test_pages_work_there(world, name):
    result = await user_installed(world, name, [], permissions=SEND | VIEW)
    assert result.acknowledged
    assert result.ephemeral
