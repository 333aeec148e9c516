"""Commands are registered when they change, and only then."""

import json

from bot.command_sync import KEPT_IN, fingerprint, payload


def puts(env):
    return [
        request for request in env.http_requests if request.method == "PUT" and "commands" in request.path
    ]


async def test_commands_are_synced_only_when_they_change(world, tmp_path):
    assert len(puts(world.env)) == 1
    await world.restart()
    assert len(puts(world.env)) == 1
    kept = tmp_path / "data" / KEPT_IN
    remembered = json.loads(kept.read_text())
    assert remembered == {str(world.bot.application_id): fingerprint(payload(world.bot.tree))}
    kept.write_text(json.dumps({str(world.bot.application_id): "other"}))
    await world.restart()
    assert len(puts(world.env)) == 2
    kept.write_text("not json")
    await world.restart()
    assert len(puts(world.env)) == 3


async def test_commands_that_cannot_be_synced_do_not_stop_the_start(world, caplog):
    (world.bot.settings.data_dir / KEPT_IN).unlink()
    world.env.inject_error("PUT", "/applications/*/commands", status=500)
    with caplog.at_level("WARNING", logger="bot"):
        await world.restart()
    assert "could not be registered" in caplog.text
    assert (await world.alice.slash(world.channel, "help")).acknowledged


async def test_unwritable_data_folder_does_not_stop_the_start(world, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    with caplog.at_level("WARNING", logger="bot"):
        await world.restart(data_dir=tmp_path / "file" / "data")
    assert "cannot write" in caplog.text
    assert (await world.alice.slash(world.channel, "help")).acknowledged
