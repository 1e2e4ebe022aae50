"""Agents at the desk and a customer: in a database without a page, and through a running bot."""

import pytest

from tests.integration.bot.takeover.acts import does, there, waits
from tests.integration.bot.takeover.support import Desk


@pytest.fixture
def desk(bot_database):
    desk = Desk(bot_database)
    desk.opened("c1")
    return desk


@pytest.fixture
async def agent(bot):
    async with bot.member("1031") as member:
        await there(member)
        yield member


@pytest.fixture
async def colleague(bot):
    async with bot.member("1032") as member:
        await there(member)
        yield member


@pytest.fixture
async def customer(visitor, agent):
    """A visitor whom 1031 serves."""
    await waits(visitor)
    await does(agent, visitor, "claim")
    return visitor
