"""What is said where there is no answer: which reading was meant, or what can be asked instead."""

from bot.core.answers.help import examples
from bot.core.answers.model import Clarify, Option, Unknown
from bot.core.knowledge.model import ItemKind, Snapshot
from bot.core.matching.question import Intent, Question, Subject

LABELLED = 2
"""Sections that a label names; where there are more, the roles alone say what is shown."""


def label(subject: Subject, snapshot: Snapshot) -> str:
    """A subject in a few words, as on a button."""
    if subject.intent is Intent.FIND and subject.items:
        return "Who uses " + " and ".join(snapshot.items[item].name for item in subject.items) + "?"
    if subject.faq is not None:
        return snapshot.faq[subject.faq].questions[0]
    names = (" or " if subject.intent is Intent.CHOOSE else " vs. ").join(
        snapshot.roles[role].name for role in subject.roles
    )
    titles = [snapshot.sections[section].title for section in subject.sections]
    return f"{names}: {', '.join(titles)}" if 0 < len(titles) <= LABELLED else names


def clarify(question: Question, snapshot: Snapshot) -> Clarify:
    """The question back, with a button for each reading."""
    options = tuple(Option(label(subject, snapshot), subject) for subject in question.choices)
    if len(options) == 1:
        text = "Did you mean this?"
    else:
        of_faq = any(subject.faq is not None for subject in question.choices)
        text = "Did you mean one of these?" if of_faq else "Which role do you mean?"
    return Clarify(text, options, question)


def unknown(question: Question, snapshot: Snapshot) -> Unknown:
    """What was not understood, roles that a slip of the keyboard may hide, and what can be asked."""
    near = tuple(
        Option(snapshot.roles[role].name, Subject(Intent.ROLE, (role,)))
        for role in question.near
        if role in snapshot.roles
    )
    if question.outside:
        text = f"I have no facts about this job: {', '.join(question.outside)}."
    else:
        items = [
            one.id for one in question.account.candidates if one.kind == "item" and one.id in snapshot.items
        ]
        usable = [item for item in dict.fromkeys(items) if snapshot.items[item].kind is not ItemKind.DEGREE]
        near += tuple(
            Option(label(found, snapshot), found)
            for found in (Subject(Intent.FIND, items=(item,)) for item in usable[:2])
        )
        text = (
            "I compare jobs rather than tools or skills, but I can say which roles use them."
            if usable and not question.near
            else "I don't have an answer to that."
        )
    return Unknown(text, near[:4], examples(snapshot), question)
