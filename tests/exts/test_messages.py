"""Messages: mentions, direct messages, replies to an answer. None of it needs the Message Content intent."""

import logging

import discord
import pytest

from bot.exts._thanks import is_thanks


async def ask(world, text, who=None, channel=None):
    return await (who or world.alice).send(channel or world.channel, f"{world.mention} {text}")


async def test_mention_is_answered_as_a_reply_that_pings_nobody(world):
    question = await ask(world, "what tools does a data engineer use?")
    answer = world.answers()[-1]
    assert answer.reference.message_id == question.id
    assert "Data Engineer" in world.last()
    sent = next(r for r in reversed(world.env.http_requests) if r.method == "POST")
    assert sent.json["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_mention_in_the_middle_of_a_question(world):
    await world.alice.send(world.channel, f"hey {world.mention}, mle vs ds?")
    assert "Data Scientist" in world.last()


async def test_direct_message_is_answered(world):
    await world.alice.send_dm("do I need a masters to be a data scientist")
    assert "Data Scientist" in world.last(world.alice.user.dm_channel)


async def test_plain_talk_is_left_alone(world):
    await world.alice.send(world.channel, "which roles use kafka?")
    await world.alice.send(world.channel, f"{world.bob.mention} mle vs ds?")
    assert not world.answers()


async def test_other_bots_and_webhooks_are_left_alone(world):
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    await robot.send(world.channel, f"{world.mention} mle vs ds?")
    await world.guild.create_webhook(world.channel).send(f"{world.mention} mle vs ds?")
    assert not world.answers()


async def test_reply_to_an_answer_keeps_its_roles(world):
    await ask(world, "mle vs ds?")
    await world.bob.send(world.channel, "and the salary?", reply_to=world.answers()[-1])
    assert "Salary" in world.last()
    assert "Machine Learning Engineer" in world.last()
    assert "Data Scientist" in world.last()


async def test_follow_up_takes_the_subject_that_the_answer_shows_now(world, see):
    await ask(world, "what does a data analyst do")
    answer = world.answers()[-1]
    await world.alice.select(answer, ["data-engineer"], custom_id=see.menu(answer, "Compare"))
    await world.alice.send(world.channel, "and interviews?", reply_to=world.answers()[-1])
    assert "Data Analyst" in world.last()
    assert "Data Engineer" in world.last()


async def test_follow_up_on_a_slash_answer_works_with_a_mention(world):
    result = await world.alice.slash(world.channel, "ask", text="what does a data engineer do")
    await world.alice.send(world.channel, f"{world.mention} and the salary?", reply_to=result.response)
    assert "Data Engineer" in world.last()
    assert "Salary" in world.last()


async def test_unreadable_reply_is_explained_once_a_channel(world):
    result = await world.alice.slash(world.channel, "ask", text="what does a data engineer do")
    await world.alice.send(world.channel, "and the salary?", reply_to=result.response)
    assert "mention me in your reply" in world.last()
    await world.bob.send(world.channel, "and the tools?", reply_to=result.response)
    assert len(world.answers()) == 2


async def test_reply_to_a_question_back_has_no_subject_yet(world):
    await ask(world, "how do I become an engineer")
    question = world.answers()[-1]
    await world.alice.send(world.channel, "and the salary?", reply_to=question)
    assert len(world.answers()) == 2
    assert "$" not in world.last()
    await world.alice.send(world.channel, "a data engineer, and what do they earn?", reply_to=question)
    assert "Data Engineer" in world.last()
    assert "$" in world.last()


async def test_bare_mention_gets_short_help(world):
    await world.alice.send(world.channel, world.mention)
    assert "/help" in world.last()


async def test_bare_mention_under_a_persons_message_points_to_answer_this(world):
    message = await world.bob.send(world.channel, "mle vs ds?")
    await world.alice.send(world.channel, world.mention, reply_to=message)
    assert "Answer this" in world.last()


async def test_bare_mention_under_an_answer_says_how_to_follow_up(world):
    await ask(world, "mle vs ds?")
    await world.alice.send(world.channel, world.mention, reply_to=world.answers()[-1])
    assert "and the salary" in world.last()


async def test_mention_with_a_question_under_a_persons_message_is_answered(world):
    message = await world.bob.send(world.channel, "I am lost")
    await world.alice.send(world.channel, f"{world.mention} mle vs ds?", reply_to=message)
    assert "Data Scientist" in world.last()


async def test_unknown_question_says_what_can_be_asked(world):
    await ask(world, "what does a nurse earn")
    assert "You can ask" in world.last()
    assert "$" not in world.last()


async def test_question_back_is_answered_by_a_button(world, see):
    await ask(world, "how do I become an engineer")
    question = world.answers()[-1]
    label = next(label for label in see.buttons(question) if label != "Delete")
    result = await world.alice.click(question, label=label)
    assert result.acknowledged
    assert label in world.last()


@pytest.mark.parametrize(
    "text",
    ["thanks!", "Thank you so much :)", "ty", "THX", "perfect, thanks a lot", "thank you, that's helpful 🙏"],
)
def test_thanks_are_told_from_questions(text):
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "thanks, and the salary?",
        "mle vs ds",
        "thanks but what does a DE do",
        "great",
        "",
        "?!",
        "no thanks to you all do they pay",
    ],
)
def test_questions_are_no_thanks(text):
    assert not is_thanks(text)


async def test_thanks_get_a_reaction_and_no_essay(world):
    await ask(world, "mle vs ds?")
    thanks = await world.alice.send(world.channel, "thank you!", reply_to=world.answers()[-1])
    assert len(world.answers()) == 1
    stored = world.env.backend.get_message(world.channel.id, thanks.id)
    assert [reaction.emoji for reaction in discord_message(world, stored).reactions] == ["👍"]


def discord_message(world, stored):
    return next(message for message in world.channel.history() if message.id == stored.id)


async def test_same_answer_gets_one_pointer_then_silence(world):
    await ask(world, "mle vs ds?")
    first = world.answers()[-1]
    await ask(world, "mle vs ds?", who=world.bob)
    assert first.jump_url in world.last()
    await ask(world, "mle vs ds?", who=world.mod)
    assert len(world.answers()) == 2
    await world.env.advance_time(60)
    await ask(world, "mle vs ds?", who=world.mod)
    assert "Data Scientist" in world.last()


async def test_too_many_questions_get_one_reaction_then_silence(world):
    for topic in ("salary", "tools", "skills", "outlook", "interview"):
        await ask(world, f"{topic} of a data engineer")
    assert len(world.answers()) == 5
    sixth = await ask(world, "education of a data engineer")
    seventh = await ask(world, "day to day of a data engineer")
    assert len(world.answers()) == 5
    assert [r.emoji for r in discord_message(world, sixth).reactions] == ["⏳"]
    assert not discord_message(world, seventh).reactions
    await world.env.advance_time(30)
    await ask(world, "education of a data engineer")
    assert len(world.answers()) == 6


async def test_edited_question_updates_its_answer(world):
    question = await ask(world, "what does a data analyst earn")
    answer = world.answers()[-1]
    await world.env.advance_time(110)
    await world.alice.edit(question, f"{world.mention} what does a data engineer earn")
    assert len(world.answers()) == 1
    assert world.answers()[-1].id == answer.id
    assert "Data Engineer" in world.last()
    assert "Data Analyst" not in world.last().split("Sources")[0]


async def test_answer_that_was_edited_away_is_given_again(world):
    question = await ask(world, "what does a data analyst earn")
    await world.alice.edit(question, f"{world.mention} what does a data engineer earn")
    await ask(world, "what does a data analyst earn", who=world.bob)
    assert len(world.answers()) == 2
    assert "Data Analyst" in world.last()


async def test_question_edited_after_two_minutes_keeps_its_answer(world):
    question = await ask(world, "what does a data analyst earn")
    await world.env.advance_time(121)
    await world.alice.edit(question, f"{world.mention} what does a data engineer earn")
    assert "Data Analyst" in world.last()


async def test_edit_after_the_answer_was_deleted_is_harmless(world):
    question = await ask(world, "what does a data analyst earn")
    await world.alice.click(world.answers()[-1], label="Delete")
    await world.alice.edit(question, f"{world.mention} what does a data engineer earn")
    assert not world.answers()


async def test_edit_that_changes_nothing_sends_nothing(world):
    question = await ask(world, "what does a data analyst earn")
    requests = len(world.env.http_requests)
    await world.alice.edit(question, f"{world.mention}  what does a data analyst earn ")
    assert len(world.env.http_requests) == requests


async def test_where_the_bot_may_not_write_it_says_nothing_and_logs_once(world, caplog):
    silent = world.guild.create_text_channel(
        "read-only", overwrites={world.bot.user: discord.PermissionOverwrite(send_messages=False)}
    )
    with caplog.at_level(logging.WARNING, logger="bot"):
        await ask(world, "mle vs ds?", channel=silent)
        await ask(world, "what does a data analyst do", channel=silent)
    assert not world.answers(silent)
    assert len([record for record in caplog.records if str(silent.id) in record.getMessage()]) == 1
    assert not [request for request in world.env.http_requests if str(silent.id) in request.path]


async def test_where_the_history_is_hidden_the_answer_is_no_reply(world):
    hidden = world.guild.create_text_channel(
        "no-history", overwrites={world.bot.user: discord.PermissionOverwrite(read_message_history=False)}
    )
    await ask(world, "mle vs ds?", channel=hidden)
    assert world.answers(hidden)[-1].reference is None


async def test_refusal_of_discord_is_logged_once_and_not_repeated(world, caplog):
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=None)
    with caplog.at_level(logging.WARNING, logger="bot"):
        await ask(world, "mle vs ds?")
        await ask(world, "what does a data analyst do")
    assert len([record for record in caplog.records if "no right to send" in record.getMessage()]) == 1
    assert not world.answers()


@pytest.mark.parametrize("status", [500, 429])
async def test_failed_answer_is_told_with_an_id_that_is_in_the_log(world, caplog, status):
    world.env.inject_error("POST", "/channels/*/messages", status=status)
    with caplog.at_level(logging.INFO, logger="bot"):
        await ask(world, "mle vs ds?")
    failure = world.last().split("`")[1]
    assert failure in caplog.text
    await ask(world, "mle vs ds?", who=world.bob)
    assert "Data Scientist" in world.last()


async def test_answer_that_fails_for_good_leaves_the_bot_serving(world):
    world.env.inject_error("POST", "/channels/*/messages", status=500, times=2)
    await ask(world, "mle vs ds?")
    assert not world.answers()
    await ask(world, "mle vs ds?")
    assert "Data Scientist" in world.last()


async def test_a_long_life_story_with_a_question_is_answered_within_the_limits(world):
    await ask(world, "I live in a small town and have two kids. " * 40 + "How do I become a data analyst?")
    assert "Data Analyst" in world.last()
    assert len(world.last()) <= 4000


async def test_names_of_emoji_and_channels_ask_for_nothing(world):
    await ask(
        world,
        f"<:python:123456789012345678> {world.channel.mention} what does a data analyst do <t:1700000000:R>",
    )
    assert "Data Analyst" in world.last()
    await world.alice.send(world.channel, f"{world.mention} <:thanks:123456789012345678>")
    assert "/help" in world.last()


async def test_question_deleted_before_it_was_answered_is_let_go(world, caplog):
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=50035)
    with caplog.at_level(logging.WARNING, logger="bot"):
        await ask(world, "mle vs ds?")
    assert not world.answers()
    assert not caplog.records


async def test_mention_in_a_thread_is_answered_there(world):
    await world.bot.get_channel(world.channel.id).create_thread(
        name="talk", type=discord.ChannelType.public_thread
    )
    handle = world.channel.threads[0]
    await ask(world, "mle vs ds?", channel=handle)
    assert "Data Scientist" in world.last(handle)
