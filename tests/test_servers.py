"""What servers have of their own: what is changed here while the store is read is newer than what was read."""

import pytest
from sqlalchemy import event

from bot.servers import Servers
from bot.store import ServerSettings

SERVER = 5


@pytest.fixture
async def servers(tiny_library, tmp_path, database):
    made = Servers(tiny_library, tmp_path / "cache", database.open)
    await made.look()
    return made


async def test_what_others_publish_and_set_is_taken_over(servers, database):
    other = await database.open()
    await other.publish(SERVER, 0, {"faq/laptop.yaml": "answer: None.\n"}, author=None)
    await other.change_settings(SERVER, lambda _: ServerSettings(ask_channels=frozenset({7})))
    await servers.look()
    assert servers.overlays.files(SERVER) == {"faq/laptop.yaml": "answer: None.\n"}
    assert servers.ask_channels == {7}
    await other.delete_server(SERVER)
    await servers.look()
    assert servers.overlays.number(SERVER) == 0
    assert servers.settings(SERVER) == ServerSettings()


async def test_what_was_deleted_is_not_taken_for_what_came_after_it(servers, database):
    """Numbers begin anew where another process deletes everything of a server."""
    other = await database.open()
    await other.publish(SERVER, 0, {"faq/laptop.yaml": "answer: Deleted.\n"}, author=None)
    await servers.look()
    assert "Deleted." in (await servers.overlays.assistant(SERVER)).snapshot.faq["laptop"].answer
    await other.delete_server(SERVER)
    database.clock.move(seconds=1)
    await other.publish(SERVER, 0, {"faq/laptop.yaml": "answer: New.\n"}, author=None)
    await servers.look()
    assert servers.overlays.files(SERVER) == {"faq/laptop.yaml": "answer: New.\n"}
    assert "New." in (await servers.overlays.assistant(SERVER)).snapshot.faq["laptop"].answer


async def test_what_is_there_already_is_not_compiled_again(servers, database):
    other = await database.open()
    await other.publish(SERVER, 0, {"faq/laptop.yaml": "answer: None.\n", "jobs.yaml": ""}, author=None)
    servers.overlays.put(SERVER, 1, {"jobs.yaml": "", "faq/laptop.yaml": "answer: None.\n"})
    known = await servers.overlays.assistant(SERVER)
    await servers.look()
    assert await servers.overlays.assistant(SERVER) is known


@pytest.mark.parametrize("first", [True, False])
async def test_what_is_changed_here_meanwhile_stays(servers, database, first, caplog):
    other = await database.open()
    for number in range(1 if first else 2):
        await other.publish(SERVER, number, {"faq/laptop.yaml": "answer: None.\n"}, author=None)
        if not first and not number:
            await servers.look()
    pool = servers.store._engine.sync_engine.pool

    def meanwhile(_connection, _record):
        # As when somebody publishes and changes the settings between two reads.
        servers.overlays.put(SERVER, 3, {"faq/laptop.yaml": "answer: All.\n"})
        servers._set({SERVER: ServerSettings(inbox=True)})

    event.listen(pool, "checkin", meanwhile, once=True)
    await servers.look()
    assert not caplog.records
    assert servers.overlays.number(SERVER) == 3
    assert servers.settings(SERVER).inbox
