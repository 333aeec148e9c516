"""The message command: a private answer to somebody's message, shared on demand."""

import discord


async def answer_this(world, text, who=None):
    message = await world.bob.send(world.channel, text)
    return await (who or world.alice).context_menu(world.channel, "Answer this", message)


async def test_answers_somebodys_message_privately_without_the_intent(world, see):
    result = await answer_this(world, "so what is the difference between an mle and a data scientist?")
    assert result.acknowledged
    assert result.ephemeral
    assert "Data Scientist" in see.text(result)
    assert not world.answers()


async def test_shared_answer_is_public_and_names_the_sharer_without_a_ping(world, see):
    result = await answer_this(world, "mle vs ds?")
    shared = await world.alice.click(result.response, label="Share")
    assert shared.acknowledged
    public = world.answers()[-1]
    assert "Data Scientist" in see.text(public)
    assert f"Shared by <@{world.alice.id}>" in see.text(public)
    sent = next(request for request in reversed(world.env.http_requests) if request.method == "POST")
    assert sent.json["allowed_mentions"] == {"parse": []}
    assert not public.flags.ephemeral
    assert see.buttons(result)["Shared"]["disabled"]


async def test_share_pressed_twice_posts_once(world, see):
    result = await answer_this(world, "mle vs ds?")
    custom_id = see.buttons(result)["Share"]["custom_id"]
    before = result.response.components
    await world.alice.click(result.response, custom_id=custom_id)
    stored = world.env.backend.get_message(world.channel.id, result.response.id)
    stored.components = before
    again = await world.alice.click(result.response, custom_id=custom_id)
    assert again.acknowledged
    assert len(world.answers()) == 1
    assert see.buttons(result)["Shared"]["disabled"]


async def test_another_section_can_be_shared_as_well(world, see):
    result = await answer_this(world, "mle vs ds?")
    await world.alice.click(result.response, label="Share")
    await world.alice.select(result.response, ["salary"], custom_id=see.menu(result, "Choose"))
    second = await world.alice.click(result.response, label="Share")
    assert second.acknowledged
    assert len(world.answers()) == 2


async def test_sharer_may_delete_what_was_shared_and_others_may_not(world):
    result = await answer_this(world, "mle vs ds?")
    shared = await world.alice.click(result.response, label="Share")
    public = shared.followups[0]
    refused = await world.bob.click(public, label="Delete")
    assert refused.acknowledged
    assert refused.ephemeral
    deleted = await world.alice.click(public, label="Delete")
    assert deleted.acknowledged
    assert not world.answers()


async def test_failed_share_can_be_tried_again(world, see):
    result = await answer_this(world, "mle vs ds?")
    world.env.inject_error("POST", "/webhooks/*", status=500)
    failed = await world.alice.click(result.response, label="Share")
    assert failed.acknowledged
    assert "id" in failed.followups[-1].content
    again = await world.alice.click(result.response, label="Share")
    assert again.acknowledged
    assert "Data Scientist" in see.text(world.answers()[-1])


async def test_share_where_the_user_may_not_write_is_refused(world):
    muted = discord.PermissionOverwrite(send_messages=False)
    channel = world.guild.create_text_channel("announcements", overwrites={world.alice: muted})
    message = await world.bob.send(channel, "mle vs ds?")
    result = await world.alice.context_menu(channel, "Answer this", message)
    refused = await world.alice.click(result.response, label="Share")
    assert refused.acknowledged
    assert refused.ephemeral
    assert "Send Messages" in refused.response.content
    assert not world.answers(channel)


async def test_message_without_text_is_refused(world):
    message = await world.bob.send(world.channel, attachments=[("a.txt", b"x")])
    result = await world.alice.context_menu(world.channel, "Answer this", message)
    assert result.acknowledged
    assert result.ephemeral
    assert "no text" in result.response.content
    assert world.env.errors


async def test_what_is_unknown_is_private_as_well(world):
    result = await answer_this(world, "is it going to rain tomorrow")
    assert result.acknowledged
    assert result.ephemeral
