"""How often the bot speaks: questions per user, and the same answer twice in a channel."""

from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

QUESTIONS = 5
PER = timedelta(seconds=30)
SAME_ANSWER = timedelta(seconds=60)
UNASKED = timedelta(seconds=60)
REMEMBERED = 5000
"""Users, and answers, kept in mind at most; the oldest are forgotten first."""


@dataclass(slots=True)
class Posted:
    """An answer in a channel: when, under which message (None while it is being sent), pointed to already."""

    channel: int
    about: Hashable
    at: datetime
    message: int | None = None
    pointed: bool = False


class Pacing:
    """Counts questions and answers of this process. Bounded in memory; nothing of it is stored."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._asked: OrderedDict[tuple[int, int | None], deque[datetime]] = OrderedDict()
        self._warned: OrderedDict[int, datetime] = OrderedDict()
        self._posted: OrderedDict[tuple[int, Hashable], Posted] = OrderedDict()
        self._unasked: OrderedDict[int, datetime] = OrderedDict()

    def may_answer_unasked(self, channel: int) -> bool:
        """Whether the channel got no answer that nobody asked for within a minute; from now on it has."""
        now = self._clock()
        before = self._unasked.get(channel)
        if before is not None and now - before < UNASKED:
            return False
        self._unasked[channel] = now
        self._unasked.move_to_end(channel)
        _trim(self._unasked)
        return True

    def wait(
        self, user: int, server: int | None = None, *, questions: int = QUESTIONS, per: timedelta = PER
    ) -> float:
        """Counts a question of the user in a server; seconds until the next is allowed when there were too many, else 0."""
        now = self._clock()
        times = self._asked.setdefault((user, server), deque())
        self._asked.move_to_end((user, server))
        _trim(self._asked)
        while times and now - times[0] >= per:
            times.popleft()
        if len(times) >= questions:
            return max(1.0, (times[-questions] + per - now).total_seconds())
        times.append(now)
        return 0.0

    def first_refusal(self, user: int) -> bool:
        """Whether the user has not been told to wait within the last half minute; from now on they have."""
        now = self._clock()
        before = self._warned.get(user)
        if before is not None and now - before < PER:
            return False
        self._warned[user] = now
        self._warned.move_to_end(user)
        _trim(self._warned)
        return True

    def earlier(self, channel: int, about: Hashable) -> Posted | None:
        """The same answer, where the channel got it less than a minute ago."""
        posted = self._posted.get((channel, about))
        if posted is None or self._clock() - posted.at >= SAME_ANSWER:
            return None
        return posted

    def post(self, channel: int, about: Hashable) -> Posted:
        """Notes an answer before it is sent, so that a second one at the same moment finds it."""
        posted = Posted(channel, about, self._clock())
        self._posted[channel, about] = posted
        self._posted.move_to_end((channel, about))
        _trim(self._posted)
        return posted

    def withdraw(self, posted: Posted) -> None:
        """Forgets an answer that could not be sent."""
        if self._posted.get((posted.channel, posted.about)) is posted:
            del self._posted[posted.channel, posted.about]

    def forget(self, message: int) -> None:
        """Forgets the answer under a message that was deleted or now shows something else."""
        for posted in [posted for posted in self._posted.values() if posted.message == message]:
            self.withdraw(posted)


class Once:
    """Things that happen once in this process. Bounded: the oldest are forgotten first."""

    def __init__(self) -> None:
        self._seen: OrderedDict[Hashable, None] = OrderedDict()

    def first(self, thing: Hashable) -> bool:
        """Whether this is the first time; from now on it is not."""
        if thing in self._seen:
            return False
        self._seen[thing] = None
        _trim(self._seen)
        return True

    def forget(self, thing: Hashable) -> None:
        """Lets the thing happen once more."""
        self._seen.pop(thing, None)


def _trim(kept: OrderedDict[Any, Any]) -> None:
    while len(kept) > REMEMBERED:
        kept.popitem(last=False)
