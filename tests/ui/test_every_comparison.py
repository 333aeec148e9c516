"""Every comparison there is fits into a message: all pairs, and random sets of three to five roles, with each section."""

import random
import re
from datetime import date
from itertools import combinations

import discord
import pytest

from bot.core.answers.model import Figures
from bot.core.matching.question import Intent, Subject
from bot.ui.charts import Picture, alt_text
from bot.ui.limits import CUSTOM_ID, MEDIA_DESCRIPTION, VIEW_COMPONENTS, VIEW_TEXT
from bot.ui.state import State
from bot.ui.views import reply_view

TODAY = date(2026, 11, 25)
SETS = 2000
SEED = 20261125


def count(components):
    return sum(1 + count(component.get("components", ())) for component in components)


def check(assistant, roles):
    """Renders a comparison without a section and with each, with its picture where it has one."""
    for section in ("", *assistant.snapshot.sections):
        answer = assistant.show(Subject(Intent.COMPARE, roles, (section,) if section else ()), today=TODAY)
        picture = Picture(b"", alt_text(answer.chart)) if answer.chart is not None else None
        view = reply_view(answer, State(answer.subject, 2**63), assistant, picture, rated=True)
        payload = view.to_components()
        assert count(payload) <= VIEW_COMPONENTS
        assert view.content_length() <= VIEW_TEXT
        ids = [item.custom_id for item in view.walk_children() if isinstance(item, discord.ui.DynamicItem)]
        assert len(ids) == len(set(ids))
        assert all(len(custom_id) <= CUSTOM_ID for custom_id in ids)
        assert picture is None or len(picture.alt) <= MEDIA_DESCRIPTION
        dates = {cited.number: cited.as_of.text for cited in answer.citations}
        text = "\n".join(
            item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)
        )
        for block in answer.blocks:
            for row in block.rows if isinstance(block, Figures) else ():
                assert row.refs
                assert all(dates[ref] in text for ref in row.refs)
        for line in text.splitlines():
            # What is cut away is said; no figure stands without its source.
            if re.match(r"- \*\*.*\*\*: (?:Median|Projected|Openings|Jobs)", line):
                assert re.search("[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]$", line), line


def random_sets(assistant, number):
    dice = random.Random(SEED)
    roles = list(assistant.snapshot.roles)
    return [tuple(dice.sample(roles, dice.randint(3, 5))) for _ in range(number)]


def test_every_pair_fits_with_each_section(assistant):
    pairs = list(combinations(assistant.snapshot.roles, 2))
    assert len(pairs) == 630
    # Each pair in one of its orders: the other says the same but for order.
    dice = random.Random(SEED)
    for pair in pairs:
        check(assistant, tuple(dice.sample(pair, 2)))


def test_random_sets_of_three_to_five_roles_fit_with_each_section(assistant):
    for roles in random_sets(assistant, SETS // 10):
        check(assistant, roles)


@pytest.mark.long
def test_two_thousand_random_sets_fit_with_each_section(assistant):
    for roles in random_sets(assistant, SETS):
        check(assistant, roles)
