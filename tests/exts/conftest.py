"""People with rights, and without, and ways to give and take them."""

import discord
import pytest


@pytest.fixture
def manager(world):
    """Somebody who manages the server."""
    role = world.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    return world.guild.add_member(world.env.create_user("mia"), roles=[role])


@pytest.fixture
def editors(world):
    """A role that grants nothing by itself."""
    return world.guild.create_role("Editors", permissions=discord.Permissions())


@pytest.fixture
def editor(world, editors):
    """A member with that role."""
    return world.guild.add_member(world.env.create_user("ed"), roles=[editors])


class Opened:
    """A private page and who opened it."""

    def __init__(self, world, actor, message):
        self.world = world
        self.actor = actor
        self.message = message

    async def use(self, custom_id, values=None, *, as_id=None):
        """Uses a control, whose id is changed before as if it were forged where that is wanted."""
        if as_id is not None:
            stored = self.world.env.backend.get_message(self.world.channel.id, self.message.id)
            _rename(stored.components, custom_id, as_id)
        if values is None:
            return await self.actor.click(self.message, custom_id=as_id or custom_id)
        return await self.actor.select(self.message, values, custom_id=as_id or custom_id)

    def reveal(self, name, *actors):
        """Lets members see a command that is hidden from them, as a server's settings of integrations can."""
        backend, channel = self.world.env.backend, self.world.channel
        shown = backend.visible_commands(user_id=self.actor.id, channel_id=channel.id)
        command = next(one for one in shown if one["name"] == name)
        self.world.guild.set_command_permissions(int(command["id"]), dict.fromkeys(actors, True))

    def lose_roles(self, *kept):
        """Takes all roles off who opened it, but for some."""
        roles = {"role_ids": [role.id for role in kept]}
        self.world.env.backend.edit_member(self.world.guild.id, self.actor.id, roles)


@pytest.fixture
def opened(world):
    """Opens a page with a command."""

    async def use(actor, command, **options):
        return Opened(world, actor, (await actor.slash(world.channel, command, **options)).response)

    return use


def _rename(components, old, new):
    for component in components:
        if component.get("custom_id") == old:
            component["custom_id"] = new
        _rename(component.get("components", ()), old, new)
