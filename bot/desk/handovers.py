"""/desk/api/handovers: 交接班 (R2.9). A shift's open matters are listed, offered and taken; sudden events come to a
stopping point first, else the backend refuses."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend.client import Offering, Taking
from bot.desk.audit import Deed
from bot.desk.conversations import SERVES
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.shapes import dumped, read
from bot.desk.who import staff_of
from bot.responses import correlation_id, json_response


@dataclass(frozen=True, kw_only=True)
class Offer:
    """`taking`: the job number of who comes; `note`: what they should know beside the list."""

    taking: Annotated[str, Field(min_length=1, max_length=32)]
    note: Annotated[str, Field(max_length=2000)] = ""


def handovers(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_handovers", url_prefix=f"{PREFIX}/handovers")

    @pages.get("/")
    async def listed(request: Request) -> HTTPResponse:
        """The newest first."""
        staff_of(request)
        found = await desk.backend.handovers(correlation_id=correlation_id(request))
        return json_response([dumped(type(each), each) for each in found])

    @pages.get("/in-hand")
    async def in_hand(request: Request) -> HTTPResponse:
        """What I would hand over now: my open matters, the oldest first."""
        staff = staff_of(request, *SERVES)
        found = await desk.backend.in_hand(job_number=staff.job_number, correlation_id=correlation_id(request))
        return json_response([dumped(type(each), each) for each in found])

    @pages.post("/")
    async def offer(request: Request) -> HTTPResponse:
        staff, said = staff_of(request, *SERVES), read(request, Offer)
        offering = Offering(leaving=staff.job_number, taking=said.taking, note=said.note)
        made = await desk.backend.offer_handover(offering, correlation_id=correlation_id(request))
        await desk.record(staff.job_number, Deed.HANDOVER_OFFERED, about=f"handover/{made.number}")
        return json_response(dumped(type(made), made), status=201)

    @pages.post("/<number:int>/take")
    async def take(request: Request, number: int) -> HTTPResponse:
        staff = staff_of(request, *SERVES)
        taken = await desk.backend.take_handover(
            Taking(handover=number, by=staff.job_number), correlation_id=correlation_id(request)
        )
        await desk.record(staff.job_number, Deed.HANDOVER_TAKEN, about=f"handover/{number}")
        return json_response(dumped(type(taken), taken))

    return pages
