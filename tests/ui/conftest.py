"""An answer whose controls are used, and ways to use them."""

import pytest


@pytest.fixture
async def answer(world):
    """A comparison for alice in the channel."""
    return (await world.alice.slash(world.channel, "compare", role_a="DS", role_b="MLE")).response


@pytest.fixture
def press():
    """Uses a control, whatever it is."""

    async def use(actor, shown, custom_id, values=None):
        if values is None:
            return await actor.click(shown, custom_id=custom_id)
        return await actor.select(shown, values, custom_id=custom_id)

    return use
