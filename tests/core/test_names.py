"""Names given by people in commands: found, suggested, or refused with what is close."""

import pytest

from bot.core.errors import UnknownNameError


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("data-scientist", "data-scientist"),
        ("Data Scientist", "data-scientist"),
        (" mle ", "machine-learning-engineer"),
        ("ds", "data-scientist"),
        ("data science", "data-scientist"),
        ("data scintist", "data-scientist"),
        ("Data Scientists", "data-scientist"),
    ],
)
def test_a_role_is_found_by_any_of_its_names(assistant, text, role):
    assert assistant.role(text).id == role


@pytest.mark.parametrize("text", ["nurse", "", "data", "\x00", "web developer", "x" * 5_000])
def test_an_unknown_role_is_refused(assistant, text):
    with pytest.raises(UnknownNameError) as caught:
        assistant.role(text)
    assert caught.value.kind == "role"


def test_sections_and_items_are_found_by_their_names(assistant):
    assert assistant.section("Salary").id == "salary"
    assert assistant.section("getting-started").id == "getting-started"
    assert assistant.item("k8s").id == "kubernetes"
    with pytest.raises(UnknownNameError):
        assistant.section("weather")
    with pytest.raises(UnknownNameError):
        assistant.item("weather")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("data s", "data-scientist"),
        ("mle", "machine-learning-engineer"),
        ("etl", "data-engineer"),
        ("scientist", "data-scientist"),
        ("mlo", "mlops-engineer"),
    ],
)
def test_autocomplete_ranks_names_and_aliases(assistant, typed, first):
    assert assistant.suggest_roles(typed)[0].id == first


def test_autocomplete_never_exceeds_its_limit_nor_fails(assistant):
    for typed in ("", "a", "\x00", "\U0001f600", "x" * 6_000, "{role}", "%", "C++"):
        assert len(assistant.suggest_items(typed)) <= 25
        assert len(assistant.suggest_roles(typed)) <= 25
        assert len(assistant.suggest_sections(typed, 3)) <= 3


def test_roles_to_compare_with_are_others_nearest_first(assistant, snapshot):
    offered = assistant.compare_with(("data-scientist",))
    assert offered[0].id == snapshot.roles["data-scientist"].nearest[0]
    assert "data-scientist" not in [role.id for role in offered]
    assert len(offered) == min(25, len(snapshot.roles) - 1)
