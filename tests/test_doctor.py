"""`doctor` in a process of its own against a Discord on loopback: each thing that can be wrong, and how to mend it."""

import pytest
from loopback import ME, TOKEN, ended
from sqlalchemy import text

from bot.store import ServerSettings
from bot.store.migrate import NEWEST

ALL = 1 << 10 | 1 << 11 | 1 << 38 | 1 << 15 | 1 << 16 | 1 << 6
SEND = 1 << 11
ATTACH = 1 << 15
ADMINISTRATOR = 1 << 3
INTENT = "Message Content intent"


def server(number, name, permissions):
    return {"id": str(number), "name": name, "permissions": str(permissions)}


@pytest.fixture
def examine(loopback, start):
    """What is found, by what it is about, and the exit code."""

    async def examine(*, url=None, **variables):
        code, out, errors = await ended(await start(url or loopback.url, "doctor", **variables))
        assert errors == ""
        assert TOKEN not in out
        found = {}
        for line in out.splitlines():
            mark, _, rest = line.partition(" ")
            subject, _, text = rest.partition(": ")
            found.setdefault(subject, []).append((mark, text))
        return found, code

    return examine


@pytest.fixture
async def registered(loopback, start):
    await ended(await start(loopback.url, "sync"))
    assert loopback.synced


def wrong(found):
    return [subject for subject, judged in found.items() if any(mark == "✘" for mark, _ in judged)]


@pytest.mark.usefixtures("registered")
async def test_all_is_well(examine, loopback, tmp_path):
    loopback.servers = [server(1, "Careers", ALL), server(2, "Data", ADMINISTRATOR)]
    commands = list(loopback.synced)
    found, code = await examine()
    assert code == 0
    assert found == {
        "data folder": [("✔", f"{tmp_path}/data can be written.")],
        "database": [
            (
                "-",
                f"The SQLite file {tmp_path}/data/rolewise.sqlite3 is not there yet, or empty. A start of the bot makes it.",
            )
        ],
        "knowledge": [("✔", "0 roles and 1 FAQ entries in known.")],
        "token": [("✔", "Discord knows it, as Rolewise.")],
        INTENT: [("✔", "not needed, since MESSAGE_CONTENT is off.")],
        "servers": [("✔", "2 of 2 allow all that the bot does.")],
        "channels": [("-", "ASK_CHANNELS and OVERHEARD_CHANNELS name none.")],
        "settings of servers": [("-", "no server has chosen roles or channels in /settings.")],
        "commands": [("✔", f"all {len(loopback.synced[-1])} are registered.")],
    }
    # Looking changes nothing.
    assert loopback.synced == commands
    assert not (tmp_path / "data" / "rolewise.sqlite3").exists()
    assert loopback.identified.empty()


async def test_without_a_token_it_looks_at_what_it_can(examine):
    found, code = await examine(DISCORD_TOKEN="")
    assert code == 1
    assert wrong(found) == ["token"]
    assert found["token"][0][1].startswith("DISCORD_TOKEN is not set: put the bot's token there")
    assert found["knowledge"][0][0] == "✔"
    skipped = ("-", "not looked at, for this takes a token that Discord knows.")
    later = (INTENT, "servers", "channels", "settings of servers", "commands")
    assert [found[subject] for subject in later] == [[skipped]] * 5


async def test_wrong_token(examine):
    found, code = await examine(DISCORD_TOKEN="wrong.token.value")
    assert (wrong(found), code) == (["token"], 1)
    assert found["token"][0][1].startswith("Discord does not know this token")


async def test_discord_that_fails(examine, loopback):
    loopback.status = 503
    found, code = await examine()
    assert (wrong(found), code) == (["token"], 1)
    assert "error 503" in found["token"][0][1]


async def test_one_thing_that_discord_refuses_does_not_hide_the_others(examine, loopback):
    loopback.refused = {"/users/@me/guilds"}
    found, _ = await examine()
    assert "error 403" in found["servers"][0][1]
    assert "commands" in found


async def test_intent_that_is_not_granted(examine, loopback):
    loopback.granted = False
    found, code = await examine(MESSAGE_CONTENT="on")
    assert code == 1
    assert INTENT in wrong(found)
    assert "it is not granted. Grant it in Discord's developer portal" in found[INTENT][0][1]


async def test_channels_that_are_ignored_for_want_of_the_intent(examine):
    found, _ = await examine(ASK_CHANNELS="5")
    assert INTENT in wrong(found)
    assert "Set MESSAGE_CONTENT=on" in found[INTENT][0][1]


async def test_server_that_does_not_allow_all(examine, loopback):
    # More than Discord tells at once.
    loopback.servers = [server(number, f"Server {number}", ALL) for number in range(1, 230)]
    loopback.servers[220]["permissions"] = str(ALL & ~SEND & ~ATTACH)
    loopback.servers[220]["name"] = "Odd\nname"
    found, code = await examine()
    (lacking, well) = found["servers"]
    assert code == 1
    assert lacking[0] == "✘"
    assert lacking[1].startswith(
        "Odd name does not allow Send Messages, Attach Files. Allow it to the bot's role"
    )
    assert f"permissions={ALL}" in lacking[1]
    assert well == ("✔", "228 of 229 allow all that the bot does.")


@pytest.mark.usefixtures("registered")
async def test_bot_in_no_server_is_told_how_to_invite_it(examine):
    found, code = await examine()
    assert code == 0
    ((mark, text),) = found["servers"]
    assert mark == "-"
    assert "https://discord.com/oauth2/authorize?client_id=100&scope=bot+applications.commands" in text


async def test_ask_channels(examine, loopback):
    everyone = {"id": "1", "name": "@everyone", "permissions": str(ALL), "position": 0}
    silent = [{"id": "1", "type": 0, "allow": "0", "deny": str(SEND)}]
    kept = {"guild_id": "1", "type": 0, "position": 0, "nsfw": False, "permission_overwrites": []}
    loopback.held = {
        "/guilds/1": {"id": "1", "name": "Careers", "owner_id": "9", "roles": [everyone], "emojis": []},
        "/guilds/1/members/100": {"user": ME, "roles": [], "joined_at": None, "flags": 0},
        "/channels/5": {**kept, "id": "5", "name": "careers"},
        "/channels/6": {**kept, "id": "6", "name": "news", "permission_overwrites": silent},
        "/channels/8": {"id": "8", "type": 1, "recipients": []},
    }
    found, code = await examine(MESSAGE_CONTENT="on", ASK_CHANNELS="5 6", OVERHEARD_CHANNELS="7 8")
    assert code == 1
    assert found[INTENT] == [("✔", "granted.")]
    good, mute, unseen, direct = found["channels"]
    assert good == ("✔", "#careers (5) allows all that the bot does.")
    assert mute == (
        "✘",
        "#news (6) does not allow Send Messages, Attach Files. Allow it to the bot's role there.",
    )
    assert unseen[1].startswith("the bot sees no channel 7. Show it to the bot's role, or take the id out of")
    assert direct[1].startswith("8 is no channel of a server.")


@pytest.mark.usefixtures("registered")
async def test_commands_that_are_not_registered_as_they_are(examine, loopback):
    changed, gone, *others = loopback.synced[-1]
    other = {**changed, "description": "as it was before"}
    loopback.synced.append([other, {**gone, "name": "old"}, *others])
    found, code = await examine()
    assert code == 1
    names = ", ".join(sorted([changed["name"], gone["name"], "old"]))
    said = f"registered otherwise than in this version: {names}. `python -m bot sync` mends it."
    assert found["commands"] == [("✘", said)]


async def test_data_folder_that_cannot_be_written(examine, tmp_path):
    (tmp_path / "file").write_text("")
    found, code = await examine(DATA_DIR="file/data", DISCORD_TOKEN="")
    assert (wrong(found), code) == (["data folder", "token"], 1)
    assert found["data folder"][0][1].startswith(
        "file/data cannot be written (Not a directory). Give it to the user"
    )


@pytest.mark.usefixtures("registered")
async def test_knowledge_with_errors_does_not_hide_the_rest(examine, tmp_path):
    (tmp_path / "known" / "faq" / "verified.yaml").write_text("id: verified\nanswr: y\n")
    found, code = await examine()
    assert (wrong(found), code) == (["knowledge"], 1)
    assert "it has errors and is not served. known/faq/verified.yaml:1:1: error: " in found["knowledge"][0][1]
    assert "more: `python -m bot check known`." in found["knowledge"][0][1]
    assert found["commands"][0][0] == "✔"


@pytest.mark.parametrize(
    ("folder", "said"), [("nowhere", "there is no such folder"), ("empty", "holds neither")]
)
async def test_knowledge_that_is_not_there(examine, tmp_path, folder, said):
    (tmp_path / "empty").mkdir()
    found, code = await examine(KNOWLEDGE_DIR=folder, DISCORD_TOKEN="")
    assert (wrong(found), code) == (["knowledge", "token"], 1)
    assert said in found["knowledge"][0][1]


async def test_setting_that_cannot_be_used(examine):
    found, code = await examine(LOG_LEVEL="loud")
    assert (list(found), code) == (["settings"], 1)
    assert found["settings"][0][1].startswith("The setting LOG_LEVEL cannot be used")


async def test_terminal_without_the_signs_gets_words(loopback, start):
    process = await start(loopback.url, "doctor", PYTHONIOENCODING="ascii", DISCORD_TOKEN="")
    _, out, _ = await ended(process)
    marks = [line.partition(" ")[0] for line in out.splitlines()]
    assert marks == ["ok", "-", "ok", "WRONG", "-", "-", "-", "-", "-"]


@pytest.mark.usefixtures("registered")
async def test_database_and_what_servers_have_set_that_is_gone(examine, loopback, database):
    store = await database.open()
    for number, settings in {
        1: ServerSettings(editors=frozenset({11, 12}), log_channel=21, ask_channels=frozenset({22})),
        2: ServerSettings(overheard_channels=frozenset({23})),
        3: ServerSettings(inbox=True),
        4: ServerSettings(log_channel=24),
    }.items():
        await store.change_settings(number, lambda _, settings=settings: settings)
    loopback.servers = [server(1, "Careers", ALL), server(2, "Data", ALL), server(3, "Plain", ALL)]
    loopback.held = {
        "/guilds/1/channels": [{"id": "22"}],
        "/guilds/1/roles": [{"id": "1"}, {"id": "11"}],
        "/guilds/2/channels": [{"id": "23"}],
        "/guilds/2/roles": [{"id": "2"}],
    }
    found, code = await examine(DATABASE_URL=database.named)
    ((mark, told),) = found["database"]
    assert mark == "✔"
    assert told.endswith(f"can be read and written, and is at version {NEWEST}.")
    assert found["settings of servers"] == [
        ("✘", "Careers: its editors' role 12 is gone. Choose anew in /settings there."),
        ("✘", "Careers: its log channel 21 is gone. Choose anew in /settings there."),
        ("-", "1 that chose roles or channels have the bot no more."),
    ]
    assert (wrong(found), code) == (["settings of servers"], 1)
    # Looking changes nothing.
    assert await store.newest() == {}
    assert set(await store.all_settings()) == {1, 2, 3, 4}

    loopback.held["/guilds/1/channels"].append({"id": "21"})
    loopback.held["/guilds/1/roles"].append({"id": "12"})
    found, code = await examine(DATABASE_URL=database.named)
    assert found["settings of servers"][0] == (
        "✔", "the roles and channels that 2 chose in /settings are there."
    )  # fmt: skip
    assert code == 0


@pytest.mark.parametrize(
    ("found_version", "mend"),
    [
        ("0000", "`python -m bot migrate`, or a start of the bot, brings it up to date."),
        ("9999", "Upgrade Rolewise."),
    ],
)
@pytest.mark.parametrize("engine", ["sqlite"])
async def test_database_of_another_version(examine, database, found_version, mend):
    store = await database.open()
    async with store._writer.begin() as connection:
        await connection.execute(
            text("UPDATE alembic_version SET version_num = :found"), {"found": found_version}
        )
    found, code = await examine(DATABASE_URL=database.named, DISCORD_TOKEN="")
    assert (wrong(found), code) == (["database", "token"], 1)
    assert found["database"][0][1].endswith(
        f"is at version {found_version}, and this version of Rolewise knows {NEWEST}. {mend}"
    )


async def test_database_that_cannot_be_used_is_told_without_its_password(examine, loopback, tmp_path):
    (tmp_path / "notes.txt").write_text("not a database " * 1000)
    for url, said in {
        f"sqlite:///{tmp_path}/notes.txt": "it is no database: name another file",
        "postgresql://someone:s3cret@127.0.0.1:1/db": "The PostgreSQL database 127.0.0.1/db cannot be used: ",
        "mysql://someone:s3cret@127.0.0.1/db": "The setting DATABASE_URL cannot be used: expected postgresql://",
    }.items():
        found, code = await examine(DATABASE_URL=url)
        ((mark, told),) = found["database"]
        assert (mark, code) == ("✘", 1)
        assert said in told
        assert "s3cret" not in told
    assert found["settings of servers"] == [("-", "not looked at, for this takes the database.")]
    assert (tmp_path / "notes.txt").read_text().startswith("not a database")
    assert loopback.synced == []
