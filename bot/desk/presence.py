"""/desk/api/presence: who is at the desk 在线. The page beats every 15 seconds; whoever stops is gone soon after."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.conversations.presence import CAPACITY
from bot.desk import rendering
from bot.desk.conversations import SERVES
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.shapes import read
from bot.desk.who import staff_of
from bot.responses import json_response


@dataclass(frozen=True, kw_only=True)
class Beating:
    """`capacity`: how many conversations at the same time."""

    capacity: Annotated[int, Field(ge=1, le=20)] = CAPACITY


def presence(desk: Desk) -> Blueprint:
    there = Blueprint("desk_presence", url_prefix=f"{PREFIX}/presence")

    async def seats() -> HTTPResponse:
        found = await desk.threads(desk.presence.seats, at=desk.clock())
        return json_response({"seats": [rendering.seat(seat) for seat in found]})

    @there.get("/")
    async def colleagues(request: Request) -> HTTPResponse:
        staff_of(request)
        return await seats()

    @there.put("/")
    async def beat(request: Request) -> HTTPResponse:
        """Who is there; oneself among them."""
        staff, given = staff_of(request, *SERVES), read(request, Beating)
        agent, team, now = staff.job_number, staff.department, desk.clock()
        await desk.threads(desk.presence.beat, agent=agent, at=now, capacity=given.capacity, team=team)
        return await seats()

    @there.delete("/")
    async def leave(request: Request) -> HTTPResponse:
        """Takes no new customers; those in hand stay."""
        staff = staff_of(request, *SERVES)
        await desk.threads(desk.presence.leave, agent=staff.job_number)
        return await seats()

    return there
