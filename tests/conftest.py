"""The real bot on the shipped knowledge, in a simulated Discord."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
import yaml
from databases import database, engine, new_database, postgres_server  # noqa: F401 - fixtures for all tests
from loopback import loopback, start  # noqa: F401 - the same
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot.app import Rolewise
from bot.core.assistant import Assistant
from bot.library import Library, shipped_knowledge
from bot.servers import Servers
from bot.settings import Settings
from bot.store import Store

MakeBot = Callable[..., Rolewise]
SMALL = ("data-scientist", "data-engineer", "machine-learning-engineer")
TINY = {
    "roles/data-scientist.yaml": "id: data-scientist\nname: Data Scientist\nabbreviations: [DS]\nfamily: data\nsections:\n"
    "  definition:\n    - {text: Finds out from data what others only guess., source: editorial, as_of: 2026-01}\n",
    "faq/laptop.yaml": "id: laptop\nquestions: [which laptop should I buy, is an old laptop enough, how much memory does my"
    " laptop need]\nanswer: Nearly any will do.\n",
    "faq/verified.yaml": "id: verified\nquestions: [how do I get verified here, where do I verify myself, verification please]\n"
    "answer: Ask a moderator.\n",
    "questions.yaml": "- {text: how do I get verified here, faq: verified}\n- {text: what is a data scientist,"
    " intent: role, roles: [data-scientist], sections: [definition]}\n",
}


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Path:
    """A data folder that all processes of a test run share: what one has compiled and learned, the next need not."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared-data"


@pytest.fixture(scope="session")
def learned(data) -> Path:
    """The cache in that folder."""
    return Settings(data_dir=data).cache


@pytest.fixture(scope="session")
def library(learned) -> Library:
    """The shipped knowledge, loaded once. Not to be reloaded: tests that edit files open a copy of their own."""
    return Library.open(shipped_knowledge(), learned)


@pytest.fixture(scope="session")
def small_knowledge(tmp_path_factory) -> Path:
    """Three roles of the shipped knowledge, with what they refer to: little to learn, and checked in no time."""
    folder = tmp_path_factory.mktemp("small") / "knowledge"
    shipped = shipped_knowledge()
    for kept in ("sections.yaml", "sources.yaml", "items", "faq"):
        source = shipped / kept
        (shutil.copytree if source.is_dir() else shutil.copy)(source, _below(folder, kept))
    for role in SMALL:
        held = yaml.safe_load((shipped / "roles" / f"{role}.yaml").read_text(encoding="utf-8"))
        held["nearest"] = [near for near in held["nearest"] if near in SMALL]
        _below(folder, f"roles/{role}.yaml").write_text(
            yaml.safe_dump(held, sort_keys=False, allow_unicode=True), encoding="utf-8"
        )
    golden = [
        {"text": "mle vs ds?", "intent": "compare", "roles": ["machine-learning-engineer", "data-scientist"]},
        {"text": "which laptop should I buy for this", "faq": "laptop"},
    ]
    _below(folder, "questions.yaml").write_text(yaml.safe_dump(golden), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small_library(small_knowledge, learned) -> Library:
    return Library.open(small_knowledge, learned)


@pytest.fixture(scope="session")
def tiny_knowledge(tmp_path_factory) -> Path:
    """One role and two FAQ entries: all of it is learned and checked within milliseconds, over and over."""
    folder = tmp_path_factory.mktemp("tiny") / "knowledge"
    for kept in ("sections.yaml", "sources.yaml"):
        shutil.copy(shipped_knowledge() / kept, _below(folder, kept))
    for name, text in TINY.items():
        _below(folder, name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def tiny_library(tiny_knowledge, learned) -> Library:
    return Library.open(tiny_knowledge, learned)


def _below(folder: Path, name: str) -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    return folder / name


@pytest.fixture(scope="session")
def assistant(library) -> Assistant:
    return library.assistant


@pytest.fixture
def make_settings(tmp_path, monkeypatch) -> Callable[..., Settings]:
    """Settings that no environment variable and no `.env` reaches."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)

    def make(**given: Any) -> Settings:
        return Settings(**{"data_dir": tmp_path / "data", **given})

    return make


class SimClock:
    """The simulation's time, once there is one."""

    env: Env | None = None

    def __call__(self):
        return self.env.now() if self.env is not None else discord.utils.utcnow()


@pytest.fixture
def clock() -> SimClock:
    return SimClock()


@pytest.fixture
def make_bot(make_settings, library, clock) -> MakeBot:
    """Builds the bot: settings by name, what the client itself takes by its own names.

    With `stored`, it keeps what servers have of their own: in a file, or in the database of a URL.
    """

    def make(
        *,
        message_content: bool = False,
        shard_count: int = 1,
        on: Library = library,
        stored: bool | str = False,
        **settings: Any,
    ) -> Rolewise:
        made = make_settings(**settings)
        url = stored if isinstance(stored, str) else None
        servers = Servers(
            on, made.data_dir / "knowledge", lambda: Store.open(url, made.data_dir, clock=clock)
        )
        return Rolewise(
            made,
            on,
            message_content=message_content,
            clock=clock,
            shard_count=shard_count,
            watch=False,
            servers=servers if stored else None,
        )

    return make


@pytest.fixture
def simcord_bot(make_bot, request) -> Rolewise:
    marker = request.node.get_closest_marker("bot")
    return make_bot(**(marker.kwargs if marker else {}))


@dataclass
class World:
    """A server with a channel: alice asks, bob is somebody else, mod may manage messages."""

    env: Env
    make_bot: MakeBot
    guild: GuildHandle
    channel: ChannelHandle
    alice: MemberActor
    bob: MemberActor
    mod: MemberActor

    @property
    def bot(self) -> Rolewise:
        return self.env.bot

    @property
    def mention(self) -> str:
        return f"<@{self.bot.user.id}>"

    async def restart(self, **options: Any) -> None:
        """A new process of the bot in the same Discord."""
        await self.env.restart_bot(self.make_bot(**options))

    def answers(self, channel: ChannelHandle | None = None) -> list[discord.Message]:
        """What the bot has said in a channel."""
        return [m for m in (channel or self.channel).history() if m.author.id == self.bot.user.id]

    def last(self, channel: ChannelHandle | None = None) -> str:
        """The text of the bot's newest message in a channel."""
        return text_of(self.answers(channel)[-1])


@pytest.fixture
def world(simcord_env, make_bot, clock) -> World:
    clock.env = simcord_env
    # What is drawn or learned in another process takes real time, more of it on a busy machine.
    simcord_env.settle_timeout = 60
    guild = simcord_env.create_guild("Data careers")
    moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
    return World(
        simcord_env,
        make_bot,
        guild,
        guild.create_text_channel("careers"),
        guild.add_member(simcord_env.create_user("alice")),
        guild.add_member(simcord_env.create_user("bob")),
        guild.add_member(simcord_env.create_user("mod"), roles=[moderators]),
    )


Shown = ResponseMessage | discord.Message | InteractionResult


def components_of(shown: Shown) -> Iterator[dict[str, Any]]:
    """All components of a message, nested ones included, as Discord got them."""
    if isinstance(shown, InteractionResult):
        assert shown.response is not None
        shown = shown.response
    top = shown.components if isinstance(shown, ResponseMessage) else [c.to_dict() for c in shown.components]
    yield from _walk(top)


def _walk(components) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components", ()))


def text_of(shown: Shown) -> str:
    """Everything a message says: its content, or the texts of its layout."""
    if isinstance(shown, InteractionResult):
        assert shown.response is not None
        shown = shown.response
    texts = [component["content"] for component in components_of(shown) if component["type"] == 10]
    return shown.content or "\n".join(texts)


def menu_of(shown: Shown, placeholder: str) -> str:
    """The custom_id of the menu with that placeholder."""
    return next(
        c["custom_id"] for c in components_of(shown) if c.get("placeholder", "").startswith(placeholder)
    )


def buttons_of(shown: Shown) -> dict[str, dict[str, Any]]:
    """The buttons of a message by label."""
    return {component["label"]: component for component in components_of(shown) if component["type"] == 2}


@pytest.fixture
def see():
    """Ways to read what was shown, for tests that cannot import this file."""
    return Seen


def ids_of(shown: Shown) -> list[str]:
    """The custom_ids of a message's controls."""
    return [component["custom_id"] for component in components_of(shown) if "custom_id" in component]


def told_in(result: InteractionResult) -> str:
    """What an interaction has said privately, at last."""
    assert result.acknowledged
    said = result.followups[-1] if result.followups else result.response
    assert said is not None
    assert said.ephemeral
    return said.content


class Seen:
    told = staticmethod(told_in)
    ids = staticmethod(ids_of)
    text = staticmethod(text_of)
    menu = staticmethod(menu_of)
    buttons = staticmethod(buttons_of)
    components = staticmethod(components_of)


def pytest_configure(config):
    config.addinivalue_line("markers", "bot(**options): how the bot of a test is built, as make_bot takes it")
