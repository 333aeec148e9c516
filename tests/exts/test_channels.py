"""Ask channels and overheard channels, which need the Message Content intent."""

import logging

import discord
import pytest
from simcord.builders import ChannelHandle
from simcord.enums import MessageType


@pytest.fixture
async def asked(world):
    """A world whose channel is an ask channel."""
    await world.restart(message_content=True, ask_channels=frozenset({world.channel.id}))
    return world


@pytest.fixture
async def overheard(world):
    """A world whose channel is overheard."""
    await world.restart(message_content=True, overheard_channels=frozenset({world.channel.id}))
    return world


async def test_any_question_in_an_ask_channel_is_answered(asked):
    await asked.alice.send(asked.channel, "whats the difference between an mle and a data scientist")
    assert "Data Scientist" in asked.last()


async def test_other_channels_stay_quiet(asked):
    other = asked.guild.create_text_channel("other")
    await asked.alice.send(other, "mle vs ds?")
    assert not asked.answers(other)


async def test_what_is_ignored_in_an_ask_channel(asked):
    robot = asked.guild.add_member(asked.env.create_user("robot", bot=True))
    await robot.send(asked.channel, "mle vs ds?")
    await asked.guild.create_webhook(asked.channel).send("mle vs ds?")
    asked.guild.create_system_message(asked.channel, MessageType.NEW_MEMBER, author=asked.bob)
    await asked.alice.send(asked.channel, attachments=[("cv.pdf", b"x")])
    await asked.alice.send(asked.channel, "thanks everyone!")
    assert not asked.answers()


async def test_reply_to_another_person_is_ignored_and_reply_to_the_bot_is_a_follow_up(asked):
    await asked.alice.send(asked.channel, "mle vs ds?")
    answer = asked.answers()[-1]
    question = next(message for message in asked.channel.history() if message.author.id == asked.alice.id)
    await asked.bob.send(asked.channel, "what does a data engineer earn?", reply_to=question)
    assert len(asked.answers()) == 1
    await asked.bob.send(asked.channel, "and the salary?", reply_to=answer)
    assert len(asked.answers()) == 2
    assert "Salary" in asked.last()


async def test_threads_of_an_ask_channel_belong_to_it(asked):
    await asked.bot.get_channel(asked.channel.id).create_thread(
        name="my question", type=discord.ChannelType.public_thread
    )
    thread = asked.channel.threads[0]
    await asked.alice.send(thread, "mle vs ds?")
    assert "Data Scientist" in asked.last(thread)


async def test_forum_post_is_answered_with_its_title_in_mind(world):
    forum = world.guild.create_forum_channel("questions")
    await world.restart(message_content=True, ask_channels=frozenset({forum.id}))
    backend = world.env.backend
    thread = backend.create_thread(forum.id, "Data engineer salary?", world.alice.id)
    first = backend.prepare_message(thread.id, world.alice.id, "See the title, curious what others found.")
    first.id = thread.id
    backend.commit_message(first)
    await world.env.settle()
    handle = ChannelHandle(world.env, world.guild, thread)
    assert "Data Engineer" in world.last(handle)
    assert "Salary" in world.last(handle)


async def test_unclear_and_unknown_questions_get_a_reply_in_an_ask_channel(asked):
    await asked.alice.send(asked.channel, "what does a nurse earn")
    assert "You can ask" in asked.last()


async def test_edit_in_an_ask_channel_updates_the_answer(asked):
    question = await asked.alice.send(asked.channel, "what does a data analyst earn")
    await asked.alice.edit(question, "what does a data engineer earn")
    assert len(asked.answers()) == 1
    assert "Data Engineer" in asked.last()


async def test_overheard_question_is_answered(overheard, see):
    await overheard.alice.send(
        overheard.channel, "what is the difference between a data scientist and a data engineer?"
    )
    assert "Data Engineer" in see.text(overheard.answers()[0])


@pytest.mark.parametrize(
    "talk",
    [
        "the data arrived late again",
        "what does a nurse earn",
        "how do I become an engineer",
        "got my first job as a data analyst!",
        "thanks",
        "lol",
    ],
)
async def test_overheard_talk_is_left_alone(overheard, talk):
    await overheard.alice.send(overheard.channel, talk)
    assert not overheard.answers()


async def test_overheard_talk_does_not_use_up_questions(overheard):
    for _ in range(10):
        await overheard.alice.send(overheard.channel, "the data arrived late again")
    await overheard.alice.send(overheard.channel, f"{overheard.mention} mle vs ds?")
    assert "Data Scientist" in overheard.last()


async def test_reply_to_a_person_in_an_overheard_channel_is_left_alone(overheard):
    message = await overheard.bob.send(overheard.channel, "hello")
    await overheard.alice.send(
        overheard.channel,
        "what is the difference between a data scientist and a data engineer?",
        reply_to=message,
    )
    assert not overheard.answers()


async def test_without_the_intent_such_channels_are_refused_with_the_reason(world, caplog):
    with caplog.at_level(logging.WARNING, logger="bot"):
        await world.restart(
            ask_channels=frozenset({world.channel.id}), overheard_channels=frozenset({world.channel.id + 1})
        )
    refusals = [record.getMessage() for record in caplog.records if "Message Content" in record.getMessage()]
    assert len(refusals) == 2
    assert all("MESSAGE_CONTENT=on" in refusal for refusal in refusals)
    await world.alice.send(world.channel, "mle vs ds?")
    assert not world.answers()
    await world.alice.send(world.channel, f"{world.mention} mle vs ds?")
    assert world.answers()


async def test_thanks_to_the_bot_in_an_ask_channel_are_ignored(asked):
    message = await asked.alice.send(asked.channel, "thanks bot")
    assert not asked.answers()
    assert not next(m for m in asked.channel.history() if m.id == message.id).reactions


FIRST = "what is the difference between a data scientist and a data engineer?"


async def test_first_overheard_answer_in_a_channel_says_how_to_switch_that_off(overheard):
    await overheard.alice.send(overheard.channel, FIRST)
    _, note = overheard.answers()
    assert "OVERHEARD_CHANNELS" in note.content
    await overheard.env.advance_time(90)
    await overheard.bob.send(overheard.channel, "what does a data analyst earn?")
    assert len(overheard.answers()) == 3


async def test_overheard_talk_gets_one_answer_a_minute(overheard):
    await overheard.alice.send(overheard.channel, FIRST)
    before = len(overheard.answers())
    await overheard.bob.send(overheard.channel, "what does a data analyst earn?")
    assert len(overheard.answers()) == before
    await overheard.bob.send(overheard.channel, f"{overheard.mention} what does a data analyst earn?")
    assert len(overheard.answers()) == before + 1
