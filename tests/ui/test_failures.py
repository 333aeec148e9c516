"""One table from errors to what the user reads."""

import logging

import discord
import pytest
from discord import app_commands

from bot.core.errors import StaleSubjectError, UnknownNameError
from bot.ui.failures import (
    RULES,
    TOO_OLD,
    AlreadyAnsweredError,
    MissingRightError,
    NothingToAnswerError,
    TooFewRolesError,
    TooManyQuestionsError,
    explain,
)
from bot.ui.limits import PLAIN_MESSAGE
from bot.ui.state import OutdatedControlError


def test_the_rule_for_any_error_is_last_and_no_rule_is_hidden_by_an_earlier_one():
    kinds = [kind for kind, _ in RULES]
    assert kinds[-1] is Exception
    for place, kind in enumerate(kinds):
        assert not [earlier for earlier in kinds[:place] if issubclass(kind, earlier)]


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (
            UnknownNameError("role", "x*y", ("a", "b")),
            r"I know no role called “x\*y”. Did you mean `a`, `b`?",
        ),
        (UnknownNameError("item", "x"), "I know no item called “x”."),
        (
            TooFewRolesError("Data Scientist"),
            "Name two different roles to compare: I only found Data Scientist.",
        ),
        (NothingToAnswerError(), "That message has no text that I could answer."),
        (TooManyQuestionsError(12.4), "That is a lot of questions at once. Please ask again in 12 s."),
        (AlreadyAnsweredError("https://x"), "This channel already has that answer: https://x"),
        (AlreadyAnsweredError(None), "This channel already has that answer, just now."),
        (MissingRightError("Deleting", "Manage Messages"), "Deleting needs the right **Manage Messages**."),
        (StaleSubjectError(("x",)), TOO_OLD),
        (OutdatedControlError("x"), TOO_OLD),
    ],
)
def test_what_users_can_mend_is_said_plainly_and_without_an_id(error, text):
    assert explain(error)[0] == text


def test_unexpected_error_shows_an_id_and_no_detail(caplog):
    with caplog.at_level(logging.ERROR, logger="bot"):
        text, _ = explain(RuntimeError("secret"))
    assert "secret" not in text
    assert text.split("`")[1] in caplog.text
    assert "RuntimeError: secret" in caplog.text
    assert caplog.records[0].exc_info


def test_wrapped_error_is_explained_by_its_cause(world):
    command = world.bot.tree.get_command("ask")
    wrapped = app_commands.CommandInvokeError(command, StaleSubjectError(("x",)))
    assert explain(wrapped)[0] == TOO_OLD


@pytest.mark.parametrize("length", [1, PLAIN_MESSAGE, 3 * PLAIN_MESSAGE])
def test_explanation_fits_a_message(length):
    assert len(explain(UnknownNameError("role", "<" * length, ("x" * 100,) * 30))[0]) <= PLAIN_MESSAGE


def test_every_rule_is_private():
    assert all(rule.private for _, rule in RULES)
    assert all(issubclass(kind, Exception) for kind, _ in RULES)
    assert discord.Forbidden in [kind for kind, _ in RULES]
