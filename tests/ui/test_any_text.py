"""Whatever is written to the bot: no exception, and no reply above Discord's limits."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.answers.model import Answer
from bot.core.matching.question import Intent, Manner, Outcome, Subject
from bot.ui.limits import VIEW_COMPONENTS, VIEW_TEXT
from bot.ui.plain import render
from bot.ui.state import State
from bot.ui.views import reply_view

TODAY = date(2026, 11, 23)
ALPHABETS = st.one_of(
    st.text(max_size=6_000),
    st.lists(
        st.sampled_from(
            "mle vs ds data scientist engineer analyst ml ai R C++ kafka salary ? / -> , . \n masters from to become which roles use and or"
            " don't what's AI/ML \U0001f600 \u0130 \ufdfa <@1> ` ``` http://x # 10 the".split(" ")
        ),
        max_size=400,
    ).map(" ".join),
)


@settings(max_examples=500, deadline=None)
@given(text=ALPHABETS, overheard=st.booleans())
@example(text="\u0130" * 6_000, overheard=False)
@example(text="`" * 6_000, overheard=False)
@example(text="/" * 6_000, overheard=False)
@example(text="engineer/" * 600, overheard=False)
@example(text="data " * 1_200, overheard=True)
def test_no_text_raises(assistant, text, overheard):
    _any_text(assistant, text, overheard)


@pytest.mark.long
@settings(max_examples=5_000, deadline=None)
@given(text=ALPHABETS, overheard=st.booleans())
def test_no_text_raises_over_five_thousand_texts(assistant, text, overheard):
    _any_text(assistant, text, overheard)


def _any_text(assistant, text, overheard):
    manner = Manner.OVERHEARD if overheard else Manner.ADDRESSED
    question = assistant.understand(text, manner=manner)
    assert 0 <= question.confidence <= 1
    assert (question.subject is not None) == (question.outcome is Outcome.ANSWER)
    assert question.outcome in (
        (Outcome.ANSWER, Outcome.SILENT) if overheard else (Outcome.ANSWER, Outcome.CLARIFY, Outcome.UNKNOWN)
    )
    reply = assistant.ask(text, today=TODAY, manner=manner)
    assert reply.question is not None
    assert reply.question.outcome is question.outcome
    assert (render(reply) == "") == (question.outcome is Outcome.SILENT)
    subject = reply.subject if isinstance(reply, Answer) else Subject(Intent.HELP)
    view = reply_view(reply, State(subject, 1), assistant, rated=True)
    assert view.content_length() <= VIEW_TEXT
    assert sum(1 for _ in view.walk_children()) <= VIEW_COMPONENTS
    assert view.to_components()
