"""Every slash command and its autocomplete, as users meet them."""

import logging

import pytest

from bot.core.errors import UnknownNameError
from bot.ui.limits import AUTOCOMPLETE_CHOICES, CHOICE_NAME, CHOICE_VALUE


async def test_ask_answers_for_everyone(world, see):
    result = await world.alice.slash(world.channel, "ask", text="mle vs ds?")
    assert result.acknowledged
    assert not result.ephemeral
    assert "Machine Learning Engineer" in see.text(result)
    assert "Data Scientist" in see.text(result)
    assert "Sources:" in see.text(result)


async def test_private_answer_is_only_for_the_asker(world):
    result = await world.alice.slash(world.channel, "ask", text="mle vs ds?", private=True)
    assert result.acknowledged
    assert result.ephemeral
    assert not world.channel.history(viewer=world.bob)


async def test_ask_in_a_direct_message(world, see):
    result = await world.alice.user.slash("ask", text="what does a data engineer do")
    assert result.acknowledged
    assert "Data Engineer" in see.text(result)


async def test_what_is_unknown_is_said_privately(world, see):
    result = await world.alice.slash(world.channel, "ask", text="what does a nurse earn")
    assert result.acknowledged
    assert result.ephemeral
    assert "$" not in see.text(result)
    assert "Delete" not in see.buttons(result)


async def test_unclear_question_gets_buttons_and_the_answer_replaces_them(world, see):
    asked = await world.alice.slash(world.channel, "ask", text="how do I become an engineer")
    assert asked.acknowledged
    options = [label for label in see.buttons(asked) if label != "Delete"]
    assert 2 <= len(options) <= 4
    chosen = await world.alice.click(asked.response, label=options[0])
    assert chosen.acknowledged
    assert chosen.response.id == asked.response.id
    assert options[0] in see.text(asked)


async def test_unclear_question_answered_for_somebody_else_is_private(world, see):
    asked = await world.alice.slash(world.channel, "ask", text="how do I become an engineer")
    before = see.text(asked)
    option = next(label for label in see.buttons(asked) if label != "Delete")
    result = await world.bob.click(asked.response, label=option)
    assert result.acknowledged
    assert result.ephemeral
    assert option in see.text(result)
    assert see.text(asked) == before


async def test_compare_by_slugs(world, see):
    result = await world.alice.slash(
        world.channel, "compare", role_a="data-scientist", role_b="data-engineer", section="skills"
    )
    assert result.acknowledged
    assert "Data Scientist" in see.text(result)
    assert "Data Engineer" in see.text(result)
    assert "Skills" in see.text(result)


async def test_compare_takes_free_text_and_five_roles(world, see):
    result = await world.alice.slash(
        world.channel,
        "compare",
        role_a="MLE",
        role_b="data scientist",
        role_c="data enginer",
        role_d="MLOps",
        role_e="analytics",
    )
    assert result.acknowledged
    for name in (
        "Machine Learning Engineer",
        "Data Scientist",
        "Data Engineer",
        "MLOps Engineer",
        "Data Analyst",
    ):
        assert name in see.text(result)


async def test_compare_of_a_role_with_itself_is_refused_privately(world):
    result = await world.alice.slash(world.channel, "compare", role_a="DS", role_b="data-scientist")
    assert result.acknowledged
    assert result.ephemeral
    assert "two different roles" in result.response.content
    assert world.env.errors


async def test_role_with_and_without_section(world, see):
    whole = await world.alice.slash(world.channel, "role", role="data-analyst")
    part = await world.alice.slash(world.channel, "role", role="data-analyst", section="interview")
    assert whole.acknowledged
    assert part.acknowledged
    assert "Data Analyst" in see.text(whole)
    assert "Interview" in see.text(part)
    assert see.text(whole) != see.text(part)


async def test_find_lists_roles_and_opens_one(world, see):
    result = await world.alice.slash(world.channel, "find", item="python")
    assert result.acknowledged
    assert "Python" in see.text(result)
    opened = await world.alice.select(
        result.response, ["data-scientist"], custom_id=see.menu(result, "Look at")
    )
    assert opened.acknowledged
    assert see.text(result).startswith("## Data Scientist")


@pytest.mark.parametrize(
    ("command", "options", "kind"),
    [
        ("role", {"role": "underwater basket weaver"}, "role"),
        ("compare", {"role_a": "data-scientist", "role_b": "xyzzy"}, "role"),
        ("role", {"role": "data-scientist", "section": "xyzzy"}, "section"),
        ("find", {"item": "xyzzy plugh"}, "item"),
    ],
)
async def test_unknown_name_is_answered_privately(world, command, options, kind):
    result = await world.alice.slash(world.channel, command, **options)
    assert result.acknowledged
    assert result.ephemeral
    assert f"I know no {kind} called" in result.response.content
    assert isinstance(world.env.errors[0].original, UnknownNameError)


async def test_unknown_name_is_not_echoed_as_markup(world):
    result = await world.alice.slash(world.channel, "role", role="**@everyone** <@1> `x`")
    assert result.acknowledged
    assert r"\*\*" in result.response.content
    assert "<@1>" not in result.response.content.replace(r"\<@1\>", "")
    assert world.env.errors


async def test_slip_in_a_name_gets_suggestions(world):
    result = await world.alice.slash(world.channel, "find", item="pythonn pythonista")
    assert result.acknowledged
    assert result.ephemeral
    assert world.env.errors


async def test_help_is_private_and_shows_what_to_ask(world, see):
    result = await world.bob.slash(world.channel, "help")
    assert result.acknowledged
    assert result.ephemeral
    assert "Data Scientist" in see.text(result)


async def test_about_names_every_source_with_its_attribution_and_the_privacy_note(world, see, assistant):
    result = await world.bob.slash(world.channel, "about")
    assert result.acknowledged
    assert result.ephemeral
    shown = see.text(result).replace("\\", "")
    for source in assistant.snapshot.sources.values():
        assert source.title in shown
        assert source.licence in shown
        if source.attribution:
            assert source.attribution in shown
    assert "no message text is stored" in shown
    assert "problems" not in shown


async def test_about_tells_the_owner_of_problems_and_nobody_else(world, see):
    await world.restart(owner_ids=frozenset({world.alice.id}))
    mine = await world.alice.slash(world.channel, "about")
    others = await world.bob.slash(world.channel, "about")
    assert mine.acknowledged
    assert mine.ephemeral
    assert others.acknowledged
    assert "knowledge files" in see.text(mine)
    assert "knowledge files" not in see.text(others)


async def test_without_owners_in_the_settings_the_applications_owner_is_the_owner(world):
    assert world.bot.is_owned_by(world.bot.application.owner.id)
    assert not world.bot.is_owned_by(world.alice.id)


@pytest.mark.parametrize(
    ("command", "option", "typed", "first"),
    [
        ("compare", "role_a", "data sci", "data-scientist"),
        ("compare", "role_b", "MLE", "machine-learning-engineer"),
        ("compare", "role_e", "analytics", "data-analyst"),
        ("role", "role", "mlops", "mlops-engineer"),
        ("role", "section", "sal", "salary"),
        ("compare", "section", "pay", "salary"),
        ("find", "item", "pyth", "python"),
        ("find", "item", "k8s", "kubernetes"),
    ],
)
async def test_autocomplete_ranks_by_name_and_alias(world, command, option, typed, first):
    choices = await world.alice.autocomplete(world.channel, command, option, typed)
    assert choices[0]["value"] == first


@pytest.mark.parametrize(
    "typed", ["", " ", "zzzz", "%s{}\\", "\u202e\x00", "ß" * 100, "😀" * 50, "<@1>", "a" * 100]
)
@pytest.mark.parametrize(("command", "option"), [("role", "role"), ("role", "section"), ("find", "item")])
async def test_autocomplete_never_fails_nor_exceeds_the_limits(world, caplog, command, option, typed):
    with caplog.at_level(logging.ERROR):
        choices = await world.alice.autocomplete(world.channel, command, option, typed)
    assert len(choices) <= AUTOCOMPLETE_CHOICES
    assert all(len(c["name"]) <= CHOICE_NAME and len(c["value"]) <= CHOICE_VALUE for c in choices)
    assert not caplog.records


async def test_autocomplete_offers_something_before_anything_is_typed(world):
    assert await world.alice.autocomplete(world.channel, "role", "role", "")
    assert await world.alice.autocomplete(world.channel, "find", "item", "")


async def test_sixth_question_within_half_a_minute_waits_privately(world, see):
    for number in range(5):
        assert (
            await world.alice.slash(world.channel, "ask", text=f"what does a data engineer do {number}")
        ).acknowledged
    refused = await world.alice.slash(world.channel, "ask", text="mle vs ds?")
    assert refused.acknowledged
    assert refused.ephemeral
    assert "ask again in" in refused.response.content
    assert (await world.bob.slash(world.channel, "ask", text="mle vs ds?")).acknowledged
    await world.env.advance_time(30)
    later = await world.alice.slash(world.channel, "ask", text="tools of a data analyst")
    assert later.acknowledged
    assert "Data Analyst" in see.text(later)
    assert world.env.errors


async def test_same_answer_within_a_minute_is_pointed_to(world, see):
    first = await world.alice.slash(world.channel, "ask", text="mle vs ds?")
    again = await world.bob.slash(world.channel, "ask", text="ds vs mle?")
    same = await world.bob.slash(world.channel, "ask", text="mle vs ds?")
    assert first.acknowledged
    assert again.acknowledged
    assert same.acknowledged
    assert same.ephemeral
    assert str(first.response.id) in same.response.content
    await world.env.advance_time(60)
    later = await world.bob.slash(world.channel, "ask", text="mle vs ds?")
    assert not later.ephemeral
    assert "Data Scientist" in see.text(later)
    assert world.env.errors


async def test_private_answers_and_other_channels_are_not_the_same_answer(world):
    other = world.guild.create_text_channel("other")
    first = await world.alice.slash(world.channel, "role", role="data-analyst")
    private = await world.bob.slash(world.channel, "role", role="data-analyst", private=True)
    elsewhere = await world.bob.slash(other, "role", role="data-analyst")
    assert first.acknowledged
    assert private.ephemeral
    assert not private.response.content
    assert not elsewhere.ephemeral


async def test_deleted_answer_is_given_again(world):
    first = await world.alice.slash(world.channel, "role", role="data-analyst")
    await world.alice.click(first.response, label="Delete")
    again = await world.bob.slash(world.channel, "role", role="data-analyst")
    assert again.acknowledged
    assert not again.ephemeral
