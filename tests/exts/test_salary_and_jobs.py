"""/salary, /jobs, /find and the related buttons, with and without the pictures of charts."""

import asyncio
import sys
from datetime import timedelta

import discord
import pytest

from bot.library import Library, shipped_knowledge
from bot.own_copy import copy_knowledge

GALLERY = 12
DS, MLE, DE = "data-scientist", "machine-learning-engineer", "data-engineer"


def pictures(see, shown):
    """The alt texts of a message's pictures."""
    return [
        item["description"]
        for component in see.components(shown)
        if component["type"] == GALLERY
        for item in component["items"]
    ]


@pytest.fixture
def no_charts(monkeypatch):
    """An installation without the extra `charts`."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)


async def test_salary_shows_figures_source_and_a_chart_with_its_words(world, see):
    result = await world.alice.slash(world.channel, "salary", role="DS", role_b="MLE")
    assert result.acknowledged
    assert not result.ephemeral
    message = world.answers()[-1]
    assert "**Machine Learning Engineer**: Median salary **$194,000 a year**" in see.text(message)
    assert "ai-jobs.net salaries" in see.text(message)
    assert [attachment.filename for attachment in message.attachments] == ["chart.png"]
    (alt,) = pictures(see, message)
    assert "Machine Learning Engineer: $194,000, middle half $146,900 to $250,000 (n = 4,287)" in alt


@pytest.mark.usefixtures("no_charts")
async def test_salary_without_the_extra_shows_the_figures_at_once(world, see):
    result = await world.alice.slash(world.channel, "salary", role="DS", role_b="MLE")
    assert result.acknowledged
    assert "$194,000 a year" in see.text(result)
    assert pictures(see, result) == []
    assert not world.answers()[-1].attachments


async def test_a_chart_that_is_drawn_already_comes_with_the_first_response(world, see):
    await world.alice.slash(world.channel, "salary", role="DS")
    again = await world.bob.slash(world.channel, "salary", role="DS", private=True)
    assert again.ephemeral
    assert len(pictures(see, again)) == 1
    assert not again.followups


async def test_private_salary_is_for_the_asker_alone_while_its_chart_is_drawn(world, see):
    result = await world.alice.slash(world.channel, "salary", role="DS", private=True)
    assert result.ephemeral
    assert len(pictures(see, result)) == 1
    assert not world.channel.history(viewer=world.bob)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"level": "senior"}, "Data Scientist: Salary, senior level"),
        ({"region": "tx"}, "Data Scientist: Salary, Texas"),
        ({"region": "New York", "role_b": "DE"}, "Data Scientist vs. Data Engineer: Salary, New York"),
        ({"role_b": "DS"}, "Data Scientist: Salary"),
    ],
)  # fmt: skip
async def test_salary_takes_a_level_or_a_region(world, see, options, said):
    result = await world.alice.slash(world.channel, "salary", role="DS", **options)
    assert result.acknowledged
    assert see.text(world.answers()[-1]).splitlines()[0] == f"## {said}"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"level": "senior", "region": "Texas"},
            "No source tells pay for the senior level in Texas. Levels come from",
        ),
        ({"region": "Bavaria"}, "I know no region called “Bavaria”."),
        ({"region": "Texes"}, "Did you mean `Texas`"),
        ({"role_b": "nurse"}, "I know no role called “nurse”"),
    ],
)
async def test_salary_that_cannot_be_told_is_refused_privately_with_the_reason(world, options, said):
    result = await world.alice.slash(world.channel, "salary", role="DS", **options)
    assert result.acknowledged
    assert result.ephemeral
    assert said in result.response.content
    assert world.env.errors


async def test_regions_and_items_are_completed(world):
    states = await world.alice.autocomplete(world.channel, "salary", "region", "new")
    assert [choice["value"] for choice in states][:4] == [
        "New Hampshire",
        "New Jersey",
        "New Mexico",
        "New York",
    ]
    codes = await world.alice.autocomplete(world.channel, "salary", "region", "tx")
    assert codes[0]["value"] == "Texas"
    items = await world.alice.autocomplete(world.channel, "find", "item", "sql, spar")
    assert items[0] == {"name": "sql, Spark", "value": "sql, spark"}


async def test_find_takes_several_items(world, see):
    result = await world.alice.slash(world.channel, "find", item="sql, spark")
    assert result.acknowledged
    assert see.text(result).startswith("## Who uses SQL and Spark")
    assert "**All of them**" in see.text(result)


async def test_menu_moves_from_figures_to_skills_and_the_picture_goes(world, see):
    await world.alice.slash(world.channel, "salary", role="DS", role_b="MLE")
    message = world.answers()[-1]
    away = await world.alice.select(message, ["skills"], custom_id=see.menu(message, "Choose"))
    assert away.acknowledged
    message = world.answers()[-1]
    assert pictures(see, message) == []
    assert not message.attachments
    back = await world.alice.select(message, ["salary"], custom_id=see.menu(message, "Choose"))
    assert back.acknowledged
    assert len(pictures(see, world.answers()[-1])) == 1


async def test_related_button_edits_for_the_asker_and_keeps_the_section(world, see):
    await world.alice.slash(world.channel, "salary", role="DS")
    message = world.answers()[-1]
    result = await world.alice.click(message, label="Data Scientist vs. Data Analyst")
    assert result.acknowledged
    assert len(world.answers()) == 1
    assert see.text(world.answers()[-1]).startswith("## Data Scientist vs. Data Analyst: Salary")


async def test_related_button_opens_a_private_copy_for_anyone_else_with_its_chart(world, see):
    await world.alice.slash(world.channel, "salary", role="DS")
    message = world.answers()[-1]
    result = await world.bob.click(message, label="Data Scientist vs. Data Analyst")
    assert result.acknowledged
    assert result.ephemeral
    assert len(pictures(see, result)) == 1
    assert see.text(world.answers()[-1]).startswith("## Data Scientist: Salary")


async def test_related_buttons_keep_level_and_region_after_a_restart(world, see):
    await world.alice.slash(world.channel, "salary", role="DS", region="Texas")
    await world.restart()
    message = world.answers()[-1]
    await world.alice.click(message, label="Data Scientist vs. Data Engineer")
    assert see.text(world.answers()[-1]).startswith("## Data Scientist vs. Data Engineer: Salary, Texas")


async def test_close_roles_are_one_click_away(world, see):
    await world.alice.slash(world.channel, "role", role="DS")
    message = world.answers()[-1]
    result = await world.alice.click(message, label="Roles close to Data Scientist")
    assert result.acknowledged
    message = world.answers()[-1]
    assert see.text(message).startswith("## Roles close to Data Scientist")
    opened = await world.alice.select(message, ["statistician"], custom_id=see.menu(message, "Look at"))
    assert opened.acknowledged
    assert see.text(world.answers()[-1]).startswith("## Statistician")


async def test_shared_salary_brings_its_chart_along(world, see):
    mine = await world.alice.slash(world.channel, "salary", role="DS", private=True)
    shared = await world.alice.click(mine.response, label="Share")
    assert shared.acknowledged
    assert len(pictures(see, world.answers()[-1])) == 1


async def test_question_in_a_message_gets_the_chart_where_files_are_allowed(world, see):
    await world.alice.send(world.channel, f"{world.mention} who earns more, DS or MLE?")
    assert len(pictures(see, world.answers()[-1])) == 1


async def test_question_in_a_message_is_answered_without_a_chart_where_files_are_not_allowed(world, see):
    nothing = discord.PermissionOverwrite(attach_files=False)
    channel = world.guild.create_text_channel("no-files", overwrites={world.bot.user: nothing})
    await world.alice.send(channel, f"{world.mention} who earns more, DS or MLE?")
    message = world.answers(channel)[-1]
    assert "$194,000 a year" in see.text(message)
    assert not message.attachments


JOBS = """\
acme-engineer:
  title: Senior Data Engineer
  company: Acme
  location: Berlin
  type: full-time
  salary: {{low: 70000, high: 90000, currency: EUR}}
  link: https://jobs.example.com/1
  posted: {posted}
  expires: {expires}
  roles: [data-engineer]
"""


@pytest.fixture
async def featuring(world, tmp_path, learned):
    """The bot on a copy of the knowledge that features a job until tomorrow."""
    today = world.env.now().date()
    folder = tmp_path / "own"
    copy_knowledge(shipped_knowledge(), folder)
    jobs = JOBS.format(posted=today - timedelta(days=1), expires=today + timedelta(days=1))
    (folder / "jobs.yaml").write_text(jobs, encoding="utf-8")
    await world.restart(on=await asyncio.to_thread(Library.open, folder, learned))


@pytest.mark.usefixtures("featuring")
async def test_jobs_are_listed_and_stand_under_their_role(world, see):
    listed = await world.alice.slash(world.channel, "jobs")
    assert listed.acknowledged
    job = "**[Senior Data Engineer](<https://jobs.example.com/1>)**, Acme (Berlin; full-time; €70,000 to €90,000 a year"
    assert job in see.text(listed)
    one = await world.alice.slash(world.channel, "jobs", role="statistician")
    assert "No job as Statistician is featured" in see.text(one)
    role = await world.bob.slash(world.channel, "role", role="DE", section="interview")
    assert "### Featured jobs" in see.text(role)
    assert job in see.text(role)


@pytest.mark.usefixtures("featuring")
async def test_expired_job_is_gone_the_next_day_without_a_restart(world, see):
    shown = []
    for day in range(3):
        if day:
            await world.env.advance_time(timedelta(days=1).total_seconds())
        result = await world.alice.slash(world.channel, "role", role="DE")
        listed = await world.alice.slash(world.channel, "jobs", role="DE")
        shown.append(("Acme" in see.text(result), "Acme" in see.text(listed)))
    assert shown == [(True, True), (True, True), (False, False)]


async def test_jobs_of_the_shipped_knowledge_are_none(world, see):
    result = await world.alice.slash(world.channel, "jobs")
    assert result.acknowledged
    assert "No job is featured at the moment." in see.text(result)


async def test_unknown_role_of_jobs_is_refused_privately(world):
    result = await world.alice.slash(world.channel, "jobs", role="nurse")
    assert result.ephemeral
    assert "I know no role called" in result.response.content
    assert world.env.errors
