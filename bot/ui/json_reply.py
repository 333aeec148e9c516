"""Replies as JSON values, for programs that ask."""

from collections.abc import Iterable

from bot.core.answers.model import Answer, Clarify, Reply, Silent
from bot.core.matching.question import Outcome, Subject
from bot.ui.plain import render

Json = dict[str, object]


def json_reply(asked: str, reply: Reply) -> Json:
    """The reply to a text as values that JSON can hold, under the keys of `ask --json`.

    What is asked about (`intent`, `roles`, `sections`, `items`, `faq`) is that of the answer. For a question back
    it is what is offered, without an intent; else it is empty.
    """
    question = reply.question
    intent, subjects = _subjects(reply)
    roles = reply.roles if isinstance(reply, Answer) else (role for one in subjects for role in one.roles)
    return {
        "question": asked,
        "outcome": _outcome(reply).value,
        "intent": intent,
        "roles": _each(roles),
        "sections": _each(section for subject in subjects for section in subject.sections),
        "items": _each(item for subject in subjects for item in subject.items),
        "faq": next((subject.faq for subject in subjects if subject.faq is not None), None),
        "confidence": round(min(max(question.confidence, 0.0), 1.0), 4) if question is not None else 0.0,
        "text": render(reply),
        "sources": _each(cited.source for cited in reply.citations) if isinstance(reply, Answer) else [],
        "candidates": [
            {"kind": candidate.kind, "id": candidate.id, "score": round(candidate.score, 4)}
            for candidate in (question.account.candidates if question is not None else ())
        ],
    }


def _outcome(reply: Reply) -> Outcome:
    if isinstance(reply, Answer):
        return Outcome.ANSWER
    if isinstance(reply, Clarify):
        return Outcome.CLARIFY
    return Outcome.SILENT if isinstance(reply, Silent) else Outcome.UNKNOWN


def _subjects(reply: Reply) -> tuple[str | None, tuple[Subject, ...]]:
    if isinstance(reply, Answer):
        return reply.subject.intent.value, (reply.subject,)
    if isinstance(reply, Clarify):
        return None, tuple(option.subject for option in reply.options)
    return None, ()


def _each(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))
