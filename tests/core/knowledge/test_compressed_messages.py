"""Messages are held compressed, and come back as they were."""

import pickle
from dataclasses import replace

from bot.core.knowledge.model import Message, Messages

ALL = (
    Message("what does a data scientist earn?", ("salary",)),
    Message("data engineer vs data scientist", ()),
    Message('fête à Zürich 🎉 "quoted"\nand a second line', None, "chat"),
)


def test_they_come_back_as_they_were():
    held = Messages.of(ALL)
    assert tuple(held) == ALL
    assert len(held) == 3
    assert held[-1] == ALL[2]
    assert tuple(held[::2]) == ALL[::2]
    assert (held.asking, held[2:].asking) == (2, 0)
    assert tuple(Messages.of(())) == tuple(Messages()) == ()


def test_equal_ones_are_told_from_others_without_being_read():
    held = Messages.of(ALL)
    assert repr(held) == repr(pickle.loads(pickle.dumps(held)))
    assert repr(held) != repr(Messages.of(ALL[:2]))
    assert repr(held) != repr(Messages.of((*ALL[:2], replace(ALL[2], talk="gift"))))


def test_the_shipped_ones_take_less_than_half_of_their_text(snapshot):
    messages = snapshot.messages
    assert len(messages.packed) < sum(len(one.text.encode()) for one in messages) / 2
