"""Settings from the environment and .env, and the sentence for each that cannot be used."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def nothing_set(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_nothing_set_gives_a_bot_without_token_and_without_privileged_intent():
    settings = Settings.read()
    assert settings.discord_token is None
    assert settings.knowledge_dir is None
    assert settings.message_content is False
    assert settings.owner_ids == settings.ask_channels == settings.overheard_channels == frozenset()
    assert settings.database_url is None
    assert settings.data_dir.is_absolute()
    assert settings.data_dir.name == "rolewise"
    assert settings.log_level == "INFO"


def test_every_setting_is_read_from_the_environment(monkeypatch, tmp_path):
    for name, value in {
        "DISCORD_TOKEN": " a.b.c ",
        "KNOWLEDGE_DIR": str(tmp_path),
        "MESSAGE_CONTENT": "On",
        "OWNER_IDS": "1, 2 3,,4",
        "DATA_DIR": "~/data",
        "DATABASE_URL": " postgresql://rolewise:secret@host/rolewise\n",
        "LOG_LEVEL": "debug",
        "ASK_CHANNELS": "123456789012345678",
        "OVERHEARD_CHANNELS": "5\n6",
    }.items():
        monkeypatch.setenv(name, value)
    settings = Settings.read()
    assert settings.discord_token.get_secret_value() == "a.b.c"
    assert settings.knowledge_dir == tmp_path
    assert settings.message_content is True
    assert settings.owner_ids == {1, 2, 3, 4}
    assert settings.data_dir == Path.home() / "data"
    assert settings.database_url.get_secret_value() == "postgresql://rolewise:secret@host/rolewise"
    assert settings.log_level == "DEBUG"
    assert settings.ask_channels == {123456789012345678}
    assert settings.overheard_channels == {5, 6}


def test_env_file_is_read_and_the_environment_comes_first(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text(
        "\ufeffMESSAGE_CONTENT=on\nOWNER_IDS=1\nSOMETHING_ELSE=x\n", encoding="utf-8"
    )
    monkeypatch.setenv("OWNER_IDS", "2")
    settings = Settings.read()
    assert settings.message_content is True
    assert settings.owner_ids == {2}


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_empty_setting_is_unset(name, monkeypatch):
    unset = Settings.read()
    monkeypatch.setenv(name, "")
    assert Settings.read() == unset


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("MESSAGE_CONTENT", "maybe", "`on` or `off`"),
        ("LOG_LEVEL", "loud", "one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
        ("OWNER_IDS", "me", "user ids of digits"),
        ("OWNER_IDS", "-5", "user ids of digits"),
        ("ASK_CHANNELS", "#careers", "channel ids of digits"),
        ("ASK_CHANNELS", "٣", "channel ids of digits"),
        ("OVERHEARD_CHANNELS", "9" * 5000, "channel ids of digits"),
        ("DATA_DIR", "~no-such-user-here/x", "the path of a folder"),
    ],
)
def test_value_that_cannot_be_used_is_named_with_what_was_found_and_expected(
    name, value, expected, monkeypatch
):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        Settings.read()
    sentence = str(caught.value)
    assert sentence.startswith(f"The setting {name} cannot be used: `{value[:20]}")
    assert expected in sentence
    assert "\n" not in sentence
    assert len(sentence) < 250


@pytest.mark.parametrize("token", ["secret token", "sécret", "sec\nret", "secret\x07"])
def test_token_that_is_none_is_refused_without_being_shown(token, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", token)
    with pytest.raises(SettingsError, match="DISCORD_TOKEN cannot be used") as caught:
        Settings.read()
    assert token not in str(caught.value)


def test_several_bad_settings_are_all_named(monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "loud")
    monkeypatch.setenv("OWNER_IDS", "me")
    with pytest.raises(SettingsError) as caught:
        Settings.read()
    assert "LOG_LEVEL" in str(caught.value)
    assert "OWNER_IDS" in str(caught.value)


def test_env_file_that_is_no_text_is_refused_with_a_sentence(tmp_path):
    (tmp_path / ".env").write_bytes(b"OWNER_IDS=\xff\xfe\n")
    with pytest.raises(SettingsError, match="not UTF-8"):
        Settings.read()


@pytest.mark.parametrize("name", ["DISCORD_TOKEN", "DATABASE_URL"])
def test_secret_is_not_shown_with_the_settings(name, monkeypatch):
    monkeypatch.setenv(name, "very.secret.value")
    assert "very.secret.value" not in repr(Settings.read())


def test_example_file_explains_every_setting_and_is_valid(tmp_path):
    example = (ROOT / ".env.example").read_text()
    lines = example.splitlines()
    names = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    assert sorted(names) == sorted(name.upper() for name in Settings.model_fields)
    assert all(
        lines[lines.index(line) - 1].startswith("# ") for line in lines if "=" in line and line[0] != "#"
    )
    unset = Settings.read()
    (tmp_path / ".env").write_text(example)
    assert Settings.read() == unset
