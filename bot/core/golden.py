"""Golden questions: what shipped texts must resolve to, checked on every edit of the knowledge."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.answers.model import Answer, Clarify, Reply, Silent
from bot.core.assistant import Assistant
from bot.core.knowledge.model import GoldenQuestion
from bot.core.knowledge.problems import Problem
from bot.core.matching.question import Context, Manner, Outcome, Subject

Progress = Callable[[int, int], None]
"""Is told how many questions were asked, and of how many."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text resolves to: the subject of an answer with the roles on it, or the subjects that are offered."""

    outcome: Outcome
    subjects: tuple[Subject, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A question that resolves to something else than before; `wrong` is what of it is not as it must be now."""

    question: GoldenQuestion
    before: Resolution
    after: Resolution
    wrong: tuple[str, ...]


def check_golden(assistant: Assistant, today: date, on_progress: Progress | None = None) -> list[Problem]:
    """The golden questions of the assistant's snapshot that resolve to something else, as problems."""
    golden = assistant.snapshot.golden
    problems: list[Problem] = []
    for place, question in enumerate(golden):
        wrong = list(_differences(_ask(assistant, question, today), question))
        if wrong:
            shown = question.text if len(question.text) <= 60 else question.text[:57] + "..."
            problems.append(
                Problem(
                    question.file, question.line, 1, "error", f"golden question `{shown}`: {'; '.join(wrong)}"
                )
            )
        if on_progress is not None:
            on_progress(place + 1, len(golden))
    return problems


def changed_outcomes(
    before: Assistant,
    after: Assistant,
    questions: Sequence[GoldenQuestion],
    today: date,
    on_progress: Progress | None = None,
) -> tuple[OutcomeChange, ...]:
    """The questions that two assistants resolve differently, in the order given."""
    found: list[OutcomeChange] = []
    for place, question in enumerate(questions):
        old, new = (_ask(assistant, question, today) for assistant in (before, after))
        if _resolution(old) != _resolution(new):
            wrong = tuple(_differences(new, question))
            found.append(OutcomeChange(question, _resolution(old), _resolution(new), wrong))
        if on_progress is not None:
            on_progress(place + 1, len(questions))
    return tuple(found)


def _ask(assistant: Assistant, golden: GoldenQuestion, today: date) -> Reply:
    manner = Manner.OVERHEARD if golden.overheard else Manner.ADDRESSED
    return assistant.ask(golden.text, today=today, manner=manner, context=Context(roles=golden.about))


def _resolution(reply: Reply) -> Resolution:
    match reply:
        case Answer():
            return Resolution(Outcome.ANSWER, (reply.subject,), reply.roles)
        case Clarify():
            offered = tuple(option.subject for option in reply.options)
            roles = tuple(dict.fromkeys(role for subject in offered for role in subject.roles))
            return Resolution(Outcome.CLARIFY, offered, roles)
        case Silent():
            return Resolution(Outcome.SILENT, (), ())
        case _:
            return Resolution(Outcome.UNKNOWN, (), ())


def _differences(reply: Reply, golden: GoldenQuestion) -> Iterator[str]:
    question = reply.question
    if question is None:
        return
    if golden.outcome is not None and question.outcome.value != golden.outcome:
        yield f"outcome is {question.outcome.value}, expected {golden.outcome}"
        return
    if not isinstance(reply, Answer):
        if golden.roles and question.outcome is Outcome.CLARIFY:
            offered = tuple(role for choice in question.choices for role in choice.roles)
            if not set(golden.roles) <= set(offered):
                yield f"offers {_list(offered)}, expected {_list(golden.roles)}"
        return
    yield from _answer_differences(reply, golden)


def _answer_differences(reply: Answer, golden: GoldenQuestion) -> Iterator[str]:
    subject = reply.subject
    if golden.intent is not None and subject.intent.value != golden.intent:
        yield f"intent is {subject.intent.value}, expected {golden.intent}"
    if golden.roles is not None and reply.roles != golden.roles:
        yield f"roles are {_list(reply.roles)}, expected {_list(golden.roles)}"
    if golden.sections is not None and subject.sections[: len(golden.sections)] != golden.sections:
        yield f"sections are {_list(subject.sections)}, expected {_list(golden.sections)} first"
    if golden.items is not None and set(subject.items) != set(golden.items):
        yield f"items are {_list(subject.items)}, expected {_list(golden.items)}"
    if golden.faq is not None and subject.faq != golden.faq:
        yield f"faq is {subject.faq or 'none'}, expected {golden.faq}"


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "none"
