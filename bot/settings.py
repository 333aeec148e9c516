"""Settings: read once from the environment and `.env`, validated, passed on by the composition root."""

from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.core.errors import RolewiseError

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LEVELS = get_args(LogLevel)
SHOWN_VALUE = 60
LARGEST_ID = 2**63 - 1

_EXPECTED = {
    "discord_token": "a bot token as Discord's developer portal shows it, without spaces (the value is not shown here)",
    "knowledge_dir": "the path of a folder",
    "message_content": "`on` or `off`",
    "owner_ids": "user ids of digits, separated by commas or spaces",
    "data_dir": "the path of a folder",
    "log_level": "one of DEBUG, INFO, WARNING, ERROR, CRITICAL",
    "ask_channels": "channel ids of digits, separated by commas or spaces",
    "overheard_channels": "channel ids of digits, separated by commas or spaces",
}


class SettingsError(RolewiseError):
    """A setting that cannot be used: names the variable, what was found and what was expected."""


def _default_data_dir() -> Path:
    return user_data_path("rolewise", appauthor=False)


class Settings(BaseSettings):
    """Everything an operator can set. Environment variables bear the names of the fields, in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    discord_token: SecretStr | None = None
    knowledge_dir: Path | None = None
    message_content: bool = False
    owner_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    data_dir: Path = Field(default_factory=_default_data_dir)
    database_url: SecretStr | None = None
    log_level: LogLevel = "INFO"
    ask_channels: Annotated[frozenset[int], NoDecode] = frozenset()
    overheard_channels: Annotated[frozenset[int], NoDecode] = frozenset()

    @classmethod
    def read(cls) -> Self:
        """The settings of this process.

        Raises:
            SettingsError: a value cannot be used, or `.env` cannot be read.
        """
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError(_sentence(error)) from None
        except UnicodeDecodeError:
            raise SettingsError("The file .env is not UTF-8 text; save it as UTF-8.") from None
        except OSError as error:
            raise SettingsError(f"The file .env cannot be read: {error.strerror}.") from None

    @property
    def cache(self) -> Path:
        """The folder for what is compiled and learned: losing it costs time only."""
        return self.data_dir / "knowledge"

    @field_validator("discord_token", mode="before")
    @classmethod
    def _bare_token(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        token = value.strip()
        # What is no token would fail as an HTTP header, with the token in the message.
        if not token.isascii() or not token.isprintable() or " " in token:
            raise ValueError
        return token or None

    @field_validator("database_url", mode="before")
    @classmethod
    def _bare_url(cls, value: object) -> object:
        # What it says is checked where the database is opened: that takes the libraries which know such URLs.
        return value.strip() or None if isinstance(value, str) else value

    @field_validator("message_content", mode="before")
    @classmethod
    def _switch(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: object) -> object:
        return level if isinstance(value, str) and (level := value.strip().upper()) in LEVELS else value

    @field_validator("owner_ids", "ask_channels", "overheard_channels", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        ids = value.replace(",", " ").split()
        if not all(part.isascii() and part.isdecimal() and 0 < int(part[:20]) <= LARGEST_ID for part in ids):
            raise ValueError
        return frozenset(map(int, ids))

    @field_validator("knowledge_dir", "data_dir", mode="after")
    @classmethod
    def _path(cls, value: Path | None) -> Path | None:
        if value is None:
            return None
        if "\0" in str(value):
            raise ValueError
        try:
            return value.expanduser()
        except RuntimeError:
            raise ValueError from None


def _sentence(error: ValidationError) -> str:
    sentences = []
    for detail in error.errors(include_url=False, include_context=False):
        name = str(detail["loc"][0])
        expected = _EXPECTED[name]
        found = "" if name == "discord_token" else f"`{_shown(detail['input'])}` was found, "
        sentences.append(f"The setting {name.upper()} cannot be used: {found}expected {expected}.")
    return " ".join(sentences)


def _shown(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN_VALUE else text[: SHOWN_VALUE - 1] + "…"
