"""What a control remembers: small, exact, and safe against any garbage."""

from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import StaleSubjectError
from bot.core.knowledge.model import FaqEntry, Item, ItemKind, Role, Section, SectionKind, Snapshot
from bot.core.matching.question import Intent, Subject
from bot.ui.limits import COMPARED_ROLES, CUSTOM_ID, STATE_ITEMS
from bot.ui.state import FORM, OutdatedControlError, State, decode, encode, first_state

TODAY = date(2026, 11, 23)
ROLES = [f"role-with-quite-a-long-name-{number}" for number in range(30)]
ITEMS = [f"item-{number}" for number in range(30)]
FAQ = ["verify", "rules"]
ACTIONS = "scrodp"


def section(name: str, bit: int) -> Section:
    return Section(
        name, name.title(), SectionKind.STATEMENTS, order=100 - bit, bit=bit, shelf_life=24, cues=(), hints=()
    )


def snapshot_of(*, roles=ROLES, items=ITEMS, faq=FAQ, sections=12) -> Snapshot:
    known = [section(f"section-{bit}", bit) for bit in range(sections)]
    return Snapshot(
        revision="r",
        roles=MappingProxyType({name: Role(name, name, (), (), (), (), "data", (), {}) for name in roles}),
        sections=MappingProxyType({one.id: one for one in known}),
        items=MappingProxyType({name: Item(name, name, ItemKind.TOOL, "") for name in items}),
        sources=MappingProxyType({}),
        faq=MappingProxyType({name: FaqEntry(name, ("?",), "!") for name in faq}),
    )


SNAPSHOT = snapshot_of()


def some_of(names, most):
    return st.lists(st.sampled_from(names), max_size=most, unique=True).map(tuple)


states = st.builds(
    State,
    st.builds(
        Subject,
        st.sampled_from(Intent),
        roles=some_of(ROLES, COMPARED_ROLES),
        sections=some_of(list(SNAPSHOT.sections), 12).map(
            lambda names: tuple(sorted(names, key=lambda name: SNAPSHOT.sections[name].order))
        ),
        items=some_of(ITEMS, STATE_ITEMS),
        faq=st.none() | st.sampled_from(FAQ),
    ),
    asker=st.integers(min_value=0, max_value=2**64 - 1),
    private=st.booleans(),
    shared=st.booleans(),
)


@given(state=states, action=st.sampled_from(ACTIONS), slot=st.integers(0, 9))
def test_what_is_written_is_read_back(state, action, slot):
    custom_id = encode(action, state, SNAPSHOT, slot=slot)
    assert decode(custom_id, SNAPSHOT) == state
    assert len(custom_id) <= CUSTOM_ID


def test_worst_case_fits_a_custom_id():
    widest = snapshot_of(sections=64)
    subject = Subject(
        Intent.COMPARE,
        roles=tuple(ROLES),
        sections=tuple(widest.sections),
        items=tuple(ITEMS),
        faq="verify",
    )
    custom_id = encode("s", State(subject, 2**64 - 1, private=True, shared=True), widest)
    assert len(custom_id) <= CUSTOM_ID
    read = decode(custom_id, widest)
    assert read.asker == 2**64 - 1
    assert read.subject.roles == tuple(ROLES[:COMPARED_ROLES])
    assert read.subject.items == tuple(ITEMS[:STATE_ITEMS])
    assert set(read.subject.sections) == set(widest.sections)


def test_five_roles_and_every_section_of_the_base_take_at_most_64_characters():
    subject = Subject(Intent.COMPARE, roles=tuple(ROLES[:5]), sections=tuple(SNAPSHOT.sections), faq="verify")
    assert len(encode("s", State(subject, 2**63), SNAPSHOT)) <= 64


@given(garbage=st.text(max_size=120) | st.from_regex(FORM, fullmatch=True))
def test_any_garbage_is_a_typed_error_or_a_state(garbage):
    try:
        state = decode(garbage, SNAPSHOT)
    except (OutdatedControlError, StaleSubjectError):
        return
    assert set(state.subject.roles) <= set(ROLES)
    assert set(state.subject.items) <= set(ITEMS)


@pytest.mark.parametrize("position", range(30))
def test_another_letter_anywhere_never_raises_anything_else(position):
    custom_id = encode("s", State(Subject(Intent.COMPARE, tuple(ROLES[:3]), ("section-1",)), 7), SNAPSHOT)
    for letter in "A_-.9é\n\x00":
        changed = custom_id[:position] + letter + custom_id[position + 1 :]
        try:
            decode(changed, SNAPSHOT)
        except (OutdatedControlError, StaleSubjectError):
            continue


@pytest.mark.parametrize(
    ("kept", "subject"),
    [
        ({"roles": ROLES[1:]}, Subject(Intent.ROLE, (ROLES[0],))),
        ({"items": ITEMS[1:]}, Subject(Intent.FIND, items=(ITEMS[0],))),
        ({"faq": FAQ[1:]}, Subject(Intent.FAQ, faq=FAQ[0])),
        ({"sections": 11}, Subject(Intent.ROLE, (ROLES[0],), ("section-11",))),
    ],
)
def test_what_was_removed_since_is_stale(kept, subject):
    custom_id = encode("s", State(subject, 1), SNAPSHOT)
    with pytest.raises(StaleSubjectError):
        decode(custom_id, snapshot_of(**kept))


def test_another_version_is_outdated():
    custom_id = encode("s", State(Subject(Intent.HELP), 1), SNAPSHOT)
    for other in ("r0", "r2", "", "x"):
        with pytest.raises(OutdatedControlError):
            decode(other + custom_id[2:], SNAPSHOT)


def test_a_user_id_beyond_64_bits_is_outdated():
    custom_id = encode("s", State(Subject(Intent.HELP), 2**64 - 1), SNAPSHOT)
    with pytest.raises(OutdatedControlError):
        decode(custom_id[:6] + "_" * 11 + custom_id[17:], SNAPSHOT)


def test_first_state_passes_over_what_it_cannot_read():
    state = State(Subject(Intent.ROLE, (ROLES[3],)), 9)
    assert first_state(["junk", "", encode("d", state, SNAPSHOT)], SNAPSHOT) == state
    assert first_state(["junk"], SNAPSHOT) is None
