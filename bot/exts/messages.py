"""Answers messages: mentions, direct messages, replies to an answer, ask channels and overheard talk."""

import discord
from discord.ext import commands

from bot.app import Rolewise
from bot.core.answers.model import Answer, Reply, Silent
from bot.core.matching.question import Intent, Manner
from bot.exts._asked import Asked, AskedLately
from bot.exts._hearing import Heard, Way, context_of, hear
from bot.exts._reply import address, same, state_of
from bot.exts._speaking import Speaker, name_in
from bot.exts._text import names_of
from bot.exts._thanks import is_thanks
from bot.ui.failures import explain
from bot.ui.notes import (
    ANSWER_THIS,
    FOLLOW_UP,
    OVERHEARD,
    SHORT_HELP,
    THANKS,
    WAIT,
    how_to_follow_up,
    pointer,
)
from bot.ui.pacing import Once


class Messages(commands.Cog):
    """Reads what concerns the bot and answers it."""

    def __init__(self, bot: Rolewise) -> None:
        self._bot = bot
        self._speaker = Speaker()
        self._explained = Once()
        self._told = Once()
        self._asked = AskedLately(bot.clock)

    async def cog_load(self) -> None:
        """Takes over the messages that concern the bot."""
        self._bot.message_handler = self.handle

    async def cog_unload(self) -> None:
        """Leaves the messages alone."""
        self._bot.message_handler = None

    async def handle(self, message: discord.Message) -> None:
        """Answers a message where it calls for that; a failure is told to the one who asked."""
        try:
            heard = await hear(message, self._bot)
            if heard is not None and self._speaker.may_speak(message):
                await self._handle(message, heard)
        except Exception as error:  # noqa: BLE001 - the last place where the asker can be told
            await self._report(message, error)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Updates the answer to a question that was edited."""
        asked = self._asked.editable(payload.message_id)
        if asked is None:
            return
        try:
            await self._update(payload.message, asked)
        except Exception as error:  # noqa: BLE001 - as in handle
            await self._report(payload.message, error)

    async def _handle(self, message: discord.Message, heard: Heard) -> None:
        if not heard.text:
            if not self._must_wait(message):
                await self._explain(message, heard)
        elif await self._is_thanks(message, heard):
            if heard.way not in {Way.ASK_CHANNEL, Way.OVERHEARD}:
                await self._speaker.react(message, THANKS)
        else:
            reply = await self._compose(message, heard)
            if heard.way is Way.OVERHEARD:
                await self._answer_unasked(message, heard, reply)
            elif not self._must_wait(message):
                await self._answer(message, heard, reply)
            elif self._bot.pacing.first_refusal(message.author.id):
                await self._speaker.react(message, WAIT)

    async def _answer_unasked(self, message: discord.Message, heard: Heard, reply: Reply) -> None:
        """Answers overheard talk, once a minute in a channel at most, and says once why and how to be rid of it."""
        pacing, channel = self._bot.pacing, message.channel.id
        if not isinstance(reply, Answer) or not pacing.may_answer_unasked(channel):
            return
        if not self._must_wait(message):
            await self._answer(message, heard, reply)
            if self._told.first(channel):
                await self._speaker.reply(message, OVERHEARD)

    async def _explain(self, message: discord.Message, heard: Heard) -> None:
        """What to say to a message without text for the bot, if anything."""
        if heard.way is Way.MENTION:
            text = ANSWER_THIS if heard.to_another else FOLLOW_UP if heard.answered else SHORT_HELP
            await self._speaker.reply(message, text)
            return
        unreadable = heard.way is Way.REPLY and not self._bot.intents.message_content
        if unreadable and self._explained.first(message.channel.id):
            await self._speaker.reply(message, how_to_follow_up(name_in(message, self._bot)))

    async def _is_thanks(self, message: discord.Message, heard: Heard) -> bool:
        """Whether the text only thanks, and the knowledge has no entry of its own for that."""
        if not is_thanks(heard.text):
            return False
        reply = await self._compose(message, heard)
        return not (isinstance(reply, Answer) and reply.subject.intent is Intent.FAQ)

    def _must_wait(self, message: discord.Message) -> bool:
        """Counts a question; whether there were too many."""
        return self._bot.wait(message.author.id, _server(message)) > 0

    async def _compose(self, message: discord.Message, heard: Heard) -> Reply:
        known = await self._bot.assistant_in(_server(message))
        manner = Manner.OVERHEARD if heard.way is Way.OVERHEARD else Manner.ADDRESSED
        today = self._bot.today()
        context = context_of(heard.answered, known, today)
        return known.ask(heard.text, today=today, manner=manner, context=context)

    async def _answer(self, message: discord.Message, heard: Heard, reply: Reply) -> None:
        if isinstance(reply, Silent):
            return
        asked = self._asked.note(message.id, heard.text)
        async with asked.lock:
            if isinstance(reply, Answer):
                asked.answer = await self._answer_once(message, reply)
            else:
                asked.answer = await self._send(message, reply)

    async def _answer_once(self, message: discord.Message, reply: Answer) -> discord.Message | None:
        """Posts the answer, or points to the same one just above, or is silent when that was done before."""
        pacing, channel = self._bot.pacing, message.channel.id
        if earlier := pacing.earlier(channel, same(reply)):
            if not earlier.pointed:
                earlier.pointed = True
                where = address(_server(message), channel, earlier.message)
                await self._speaker.reply(message, pointer(where))
            return None
        posted = pacing.post(channel, same(reply))
        sent = None
        try:
            sent = await self._send(message, reply)
        finally:
            if sent is None:
                pacing.withdraw(posted)
        if sent is not None:
            posted.message = sent.id
        return sent

    async def _send(self, message: discord.Message, reply: Reply) -> discord.Message | None:
        pictured = self._speaker.may_attach(message)
        page = await self._bot.present(
            reply, state_of(reply, message.author.id), _server(message), pictured=pictured
        )
        sent = await self._speaker.reply(message, page=page)
        if sent is not None:
            self._take(message, reply, sent)
        return sent

    def _take(self, message: discord.Message, reply: Reply, sent: discord.Message) -> None:
        """Has the question kept where it was missed, or remembered, if the server wants that."""
        people = names_of((message.author, *message.mentions))
        self._bot.inbox.take(_server(message), reply, sent.id, people)

    async def _update(self, message: discord.Message, asked: Asked) -> None:
        async with asked.lock:
            heard = await hear(message, self._bot)
            if asked.answer is None or heard is None or not heard.text or asked.text == hash(heard.text):
                return
            if await self._is_thanks(message, heard) or self._must_wait(message):
                return
            reply = await self._compose(message, heard)
            if isinstance(reply, Silent) or (heard.way is Way.OVERHEARD and not isinstance(reply, Answer)):
                return
            asked.text = hash(heard.text)
            self._bot.pacing.forget(asked.answer.id)
            pictured = self._speaker.may_attach(message)
            page = await self._bot.present(
                reply, state_of(reply, message.author.id), _server(message), pictured=pictured
            )
            nobody = discord.AllowedMentions.none()
            try:
                await asked.answer.edit(view=page.view, attachments=page.files, allowed_mentions=nobody)
            except discord.NotFound:
                asked.answer = None
            else:
                self._take(message, reply, asked.answer)

    async def _report(self, message: discord.Message, error: Exception) -> None:
        text, rule = explain(error)
        if rule.with_id and not isinstance(error, discord.Forbidden) and self._speaker.may_speak(message):
            try:
                await self._speaker.reply(message, text)
            except discord.HTTPException:
                explain(error)


def _server(message: discord.Message) -> int | None:
    return message.guild.id if message.guild is not None else None


async def setup(bot: Rolewise) -> None:
    """Adds the reading of messages."""
    await bot.add_cog(Messages(bot))
