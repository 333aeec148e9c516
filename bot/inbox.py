"""The inbox of missed questions, where a server wants one: kept without names, and never in the way of an answer."""

import asyncio
import contextlib
import logging
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.answers.model import Answer, Reply, Unknown
from bot.core.errors import RolewiseError
from bot.core.knowledge.difference import Difference
from bot.core.matching.missed import grouped, normalised
from bot.servers import Servers
from bot.store import Missed
from bot.ui.pacing import Once

log = logging.getLogger(__name__)

WAITING = 200
"""Questions that wait to be written at most; more are not kept."""
REMEMBERED = 2000
"""Answers whose question is known, in this process; the oldest are forgotten first."""
MISSED_TEXTS = 500
CLOSING_SECONDS = 5


class InboxOffError(RolewiseError):
    """The server keeps no questions."""

    def __init__(self) -> None:
        super().__init__("This server keeps no missed questions, so that nothing was noted.")


class QuestionForgottenError(RolewiseError):
    """The question of an answer is no longer known, or was none of words."""

    def __init__(self) -> None:
        super().__init__(
            "I no longer know which question this answers: ask it again, and press the button then."
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Missed questions that ask nearly the same, the most frequent first."""

    questions: tuple[Missed, ...]

    @property
    def first(self) -> Missed:
        """The one that stands for the others."""
        return self.questions[0]

    @property
    def count(self) -> int:
        """How often all of them were asked."""
        return sum(one.count for one in self.questions)

    @property
    def ids(self) -> tuple[int, ...]:
        """Their ids."""
        return tuple(one.id for one in self.questions)


class Inbox:
    """Keeps the questions that servers with an inbox missed. In other servers, it does nothing at all."""

    def __init__(self, servers: Servers) -> None:
        self._servers = servers
        self._waiting: deque[tuple[int, str]] = deque()
        self._writing: asyncio.Task[None] | None = None
        self._asked: OrderedDict[int, str] = OrderedDict()
        self._told = Once()

    def is_on(self, server: int | None) -> bool:
        """Whether the server keeps its missed questions."""
        return self._servers.settings(server).inbox

    def take(self, server: int | None, reply: Reply, message: int | None, names: Iterable[str] = ()) -> None:
        """Takes notice of the reply to a text, and the message that it is. Returns at once, and never fails.

        A question without an answer is noted, without the `names` of people in it. The question of an answer is
        remembered in memory, for the case that the answer was no help.
        """
        if server is None or not self.is_on(server) or not isinstance(reply, Answer | Unknown):
            return
        kept = normalised(reply.question.text, names) if reply.question is not None else ""
        if not kept:
            return
        if isinstance(reply, Answer):
            self._remember(message, kept)
        elif len(self._waiting) < WAITING:
            self._waiting.append((server, kept))
            if self._writing is None or self._writing.done():
                self._writing = asyncio.create_task(self._write(), name="inbox")
        else:
            log.warning("a missed question of server %d is not kept: too many wait to be written", server)

    async def unhelpful(self, server: int, message: int, user: int) -> bool:
        """Notes the question that a message answers; False where the user has said so before.

        Raises:
            InboxOffError: the server keeps none.
            QuestionForgottenError: the question is not known any more.
            StoreError: it could not be kept.
        """
        if not self.is_on(server):
            raise InboxOffError
        text = self._asked.get(message)
        if not text:
            raise QuestionForgottenError
        if not self._told.first((message, user)):
            return False
        try:
            await self._servers.store.note_missed(server, text, "not helpful")
        except BaseException:
            self._told.forget((message, user))
            raise
        return True

    async def groups(self, server: int) -> tuple[Group, ...]:
        """A server's missed questions, those alike together, the most frequent first. Raises StoreError."""
        missed = await self._servers.store.missed(server, MISSED_TEXTS)
        places = await asyncio.to_thread(grouped, [one.text for one in missed])
        groups = [Group(tuple(missed[place] for place in group)) for group in places]
        return tuple(sorted(groups, key=lambda group: -group.count))

    async def forget_taught(self, server: int, published: Difference) -> None:
        """Forgets the questions that FAQ entries were just given, with those like them. A failure is only logged."""
        taught = {
            normalised(text)
            for change in published.faq
            for text in (change.after.questions if change.after is not None else ())
            if change.before is None or text not in change.before.questions
        }
        if not taught:
            return
        try:
            groups = await self.groups(server)
            seen_to = [group for group in groups if any(one.text in taught for one in group.questions)]
            ids = [one for group in seen_to for one in group.ids]
            await self._servers.store.forget_missed(server, ids)
        except RolewiseError as error:
            log.warning("questions of server %d that were taught stay in its inbox: %s", server, error)

    def _remember(self, message: int | None, text: str) -> None:
        if message is None:
            return
        self._asked[message] = text
        self._asked.move_to_end(message)
        while len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)

    async def close(self) -> None:
        """Writes what waits, for a few seconds at most."""
        if self._writing is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._writing, CLOSING_SECONDS)

    async def _write(self) -> None:
        while self._waiting:
            server, text = self._waiting.popleft()
            # It may have been switched off meanwhile, and all that is kept deleted.
            if not self.is_on(server):
                continue
            try:
                await self._servers.store.note_missed(server, text, "unknown")
            except RolewiseError as error:
                log.warning("a missed question of server %d is not kept: %s", server, error)
            except Exception:
                log.exception("a missed question of server %d is not kept", server)
