"""Files that are sent to do harm: refused privately with nothing published or written, or shown as the letters they are."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

from bot.store import Stored

pytestmark = pytest.mark.bot(stored=True)

MARKUP = re.compile(r"(?<!\\)(?:<(?:[@#/:t]|https?:)|\]\(|@everyone|@here|\|\||```)")
"""What Discord would make more of than letters."""


@pytest.fixture(scope="session")
def library(tiny_library):
    return tiny_library


def laughs():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 10)]
    return "\n".join(lines)


def archive(names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "")
    return out.getvalue()


def entry(answer):
    questions = (
        "questions: [who keeps the house of cards, where is the house of cards, house of cards please]"
    )
    return f"id: card\n{questions}\nanswer: {answer}\n"


UNREAD = {
    "10 MB": ("laptop.yaml", b"#" * 10_000_000, "is larger than 512 KB: split it"),
    "archive of 10,000 files": (
        "everything.zip", archive(f"faq/entry-{number}.yaml" for number in range(10_000)),
        "is larger than 512 KB: split it",
    ),
    "archive that names itself YAML": (
        "laptop.yaml", archive(["../../../../etc/cron.d/owned", "/etc/passwd"]),
        "“laptop.yaml” is an archive: send the YAML files in it, up to five at once",
    ),
    "Latin-1": ("laptop.yaml", "answer: Grüße\n".encode("latin-1"), "is no text at byte 10: save it with the encoding UTF-8"),
    "UTF-16": ("laptop.yaml", "answer: x\n".encode("utf-16"), "is no text at byte 0"),
    "NUL": ("laptop.yaml", b"answer: a\0b\n", "is no text at byte 9"),
    "path that goes up": ("../../../etc/x.yaml", b"answer: x\n", "“../../../etc/x.yaml” is no file of the knowledge"),
    "path that goes up by a folder": ("faq_../../x.yaml", b"answer: x\n", "is no file of the knowledge"),
    "path that goes up in disguise": ("roles_..%2f..%2fx.yaml", b"name: x\n", "is no file of the knowledge"),
    "absolute path": ("/etc/passwd.yaml", b"answer: x\n", "is no file of the knowledge"),
    "backslashes": ("faq\\laptop.yaml", b"answer: x\n", "is no file of the knowledge"),
    "drive": ("C:\\faq\\x.yaml", b"answer: x\n", "is no file of the knowledge"),
    "dots alone": ("..", b"answer: x\n", "is no file of the knowledge"),
    "endless name": ("a" * 1000 + ".yaml", b"answer: x\n", "is no file of the knowledge"),
    "name that mentions": ("@everyone <@&1> [x](https://evil.example).yaml", b"answer: x\n", "is no file of the knowledge"),
    "name that turns around": ("card\u202elmay.exe", b"answer: x\n", "is no file of the knowledge"),
}  # fmt: skip
"""What is refused as it comes, with nothing kept."""

UNREADABLE = {
    "aliases that multiply": (laughs(), "more than 50000 values (aliases expanded)"),
    "deep nesting": ("[" * 200_000, "nested deeper than 32 levels"),
    "deep nesting of mappings": ("answer: " + "{a: " * 10_000, "nested deeper than 32 levels"),
    "tag that runs code": ("answer: !!python/object/apply:os.system ['touch owned']\n", "a tag (`!...`) stands here"),
    "tag of an object": ("answer: !!python/object:bot.store.Draft {id: x}\n", "a tag (`!...`) stands here"),
    "text turned around": ('answer: "Run \u202etxt.exe"\n', "1:14: error: the invisible sign U+202E stands here"),
    "text turned around by an escape": ('answer: "Run \\u202etxt.exe"\n', "an escape stands for the invisible sign U+202E"),
    "isolated direction": ("answer: Run \u2067exe\u2069\n", "the invisible sign U+2067"),
    "zero-width space": ("answer: ver\u200bified\n", "the invisible sign U+200B"),
    "answer that nobody sees": ("answer: \u2060\n", "the invisible sign U+2060"),
    "half a surrogate pair": ('answer: "a\\ud800b"\n', "a backslash in double quotes begins an escape"),
    "500 KB without end": ("answer: x" * 50_000, "error: "),
}  # fmt: skip
"""What is refused with its place; the text is kept for its author for a day, as every one is."""

SHOWN = {
    "everyone": "@everyone @here",
    "mentions": "<@&123456789012345678> <@123456789012345678> <@!1> <#123456789012345678> </ask:1> <id:guide>",
    "times and emoji": "<t:1:R> <:a:123456789012345678> <a:b:123456789012345678>",
    "masked link": "[the rules](https://evil.example) [https://discord.com](<https://evil.example>)",
    "link without a picture": "<https://evil.example>",
    "masked link in pieces": r"\[x](https://evil.example) [x\](https://evil.example) [x]\(https://evil.example)",
    "markup": "**b** __u__ ~~s~~ ||hidden|| `code` ```code``` > quote",
    "lines of its own": "first\\n# heading\\n-# small\\n> quote\\n- bullet\\n1. number",
    "joiners": "a\u200d\u200cb \U0001f469\u200d\U0001f4bb",
}


@pytest.fixture
async def files(tmp_path, world):
    """The files there are, but for the database and what is compiled; the world is already there."""
    del world

    def found():
        kept = (path for path in tmp_path.rglob("*") if path.is_file())
        return {path for path in kept if "rolewise.sqlite3" not in path.name}

    return found


async def send(world, actor, name, content, **options):
    content = content if isinstance(content, bytes) else content.encode()
    sent = await actor.slash(world.channel, "knowledge upload", file=(name, content), **options)
    assert sent.acknowledged
    assert sent.ephemeral
    assert all(said.ephemeral for said in sent.followups)
    # The simulation notes what a command raised, though it was answered.
    world.env.errors.clear()
    return sent


def literal(text):
    """The text as Discord shows it."""
    return re.sub(r"\\(.)", r"\1", text)


@pytest.mark.parametrize("case", UNREAD)
async def test_what_is_no_file_of_the_knowledge_is_refused_and_not_kept(world, see, manager, files, case):
    name, content, expected = UNREAD[case]
    before = files()
    sent = await send(world, manager, name, content)
    said = see.text(sent)
    assert expected in literal(said)
    assert not MARKUP.search(said)
    assert "\u202e" not in said
    assert see.ids(sent) == []
    assert await world.bot.servers.store.stored(world.guild.id) == Stored(0, 0, 0, settings=False)
    assert files() == before


@pytest.mark.parametrize("case", UNREADABLE)
async def test_what_cannot_be_read_is_refused_with_its_place(world, see, manager, files, opened, case):  # noqa: PLR0917 - fixtures
    content, expected = UNREADABLE[case]
    before = files()
    page = await opened(manager, "knowledge upload", file=("laptop.yaml", content.encode()))
    assert page.message.ephemeral
    said = see.text(page.message)
    assert "This cannot be published: faq/laptop.yaml" in said
    assert expected in literal(said)
    assert not MARKUP.search(said)
    assert "Publish" not in see.buttons(page.message)
    # The button of a better draft, put under this one by hand.
    discard = see.buttons(page.message)["Discard"]["custom_id"]
    refused = await page.use(discard, as_id=discard.replace("k1d", "k1p"))
    assert "error: " in see.told(refused)
    kept = await world.bot.servers.store.stored(world.guild.id)
    assert (kept.revisions, kept.drafts) == (0, 1)
    assert world.bot.servers.overlays.files(world.guild.id) == {}
    assert files() == before


@pytest.mark.parametrize("case", SHOWN)
async def test_what_discord_would_make_something_of_is_shown_as_letters(world, see, manager, case):
    text = SHOWN[case]
    log = world.guild.create_text_channel("log")
    await world.bot.servers.change_settings(world.guild.id, lambda kept: replace(kept, log_channel=log.id))
    spoken = text.replace("\\n", "\n\n  ")
    content = f"{entry('|-')}  {spoken}\n"
    world.env.http_requests.clear()
    preview = await send(world, manager, "card.yaml", content, note=text[:190])
    published = await manager.click(preview.response, label="Publish")
    answer = await world.alice.slash(world.channel, "ask", text="who keeps the house of cards")
    history = await manager.slash(world.channel, "knowledge history")
    said = [see.text(one) for one in (preview, published, answer, history, world.answers(log)[-1])]
    for shown in said:
        own = re.sub(r"<@\d+>(?=\.|:)|<t:\d+:f>", "", shown)
        assert not MARKUP.search(own), shown
    wanted = " ".join(text.replace("\\n", " ").split())
    assert wanted in " ".join(literal(see.text(answer)).replace("\u200b", "").split())
    sent = [one.json.get("data") or one.json for one in world.env.http_requests if isinstance(one.json, dict)]
    spoken = [one for one in sent if "components" in one or one.get("content")]
    assert len(spoken) >= len(said)
    assert [one.get("allowed_mentions") for one in spoken] == [{"parse": []}] * len(spoken)


async def test_two_files_for_one_place_are_not_chosen_between(world, see, manager):
    sent = await send(
        world, manager, "faq_laptop.yaml", "answer: a\n", file_b=("laptop.yaml", b"answer: b\n")
    )
    assert "Choose one file for faq/laptop.yaml." in see.text(sent)
    assert (await world.bot.servers.store.stored(world.guild.id)).drafts == 0


@pytest.mark.parametrize(
    "name", ["../../pyproject.toml", "/etc/passwd", "faq/../../x", "base/faq/laptop.yaml", "faq\\x"]
)
async def test_only_files_of_the_knowledge_can_be_got(world, see, manager, name):
    sent = await manager.slash(world.channel, "knowledge download", file=name)
    assert sent.ephemeral
    assert "is no file of the knowledge" in see.told(sent)
    assert not sent.response.attachments
    world.env.errors.clear()
