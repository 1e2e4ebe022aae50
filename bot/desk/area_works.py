"""/desk/api/incidents, /outages, /force-majeure: what hits an area as a whole 片区故障、停机公告、不可抗力."""

from collections.abc import Mapping
from typing import Any, Final

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend.client import (
    Announcement,
    Declaration,
    Declared,
    IncidentAct,
    IncidentView,
    Moving,
    OutageView,
)
from backend.domain.staff import StaffGrade
from bot.desk.audit import Deed
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.shapes import body_of, dumped, shaped
from bot.desk.who import AGENT, HEAD, LEADER, staff_of
from bot.errors import PageUnknown
from bot.responses import correlation_id, json_response

MAY_DECIDE: Final[Mapping[str, tuple[StaffGrade, ...]]] = {
    "confirm": (LEADER,),
    "dismiss": (LEADER,),
    "mend": (AGENT, HEAD, LEADER),
}


def area_works(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_area_works", url_prefix=PREFIX)

    @pages.get("/incidents")
    async def incidents(request: Request) -> HTTPResponse:
        """The newest first."""
        staff_of(request)
        found = await desk.backend.incidents(correlation_id=correlation_id(request))
        return json_response(dumped(tuple[IncidentView, ...], found))

    for verb, roles in MAY_DECIDE.items():
        pages.add_route(_deciding(desk, verb, roles), f"/incidents/<number:int>/{verb}", methods=["POST"], name=verb)

    @pages.get("/outages")
    async def outages(request: Request) -> HTTPResponse:
        """What is announced and not over."""
        staff_of(request)
        found = await desk.backend.announcements(correlation_id=correlation_id(request))
        return json_response(dumped(tuple[OutageView, ...], found))

    @pages.post("/outages")
    async def announce(request: Request) -> HTTPResponse:
        """The same announcement sent twice is one."""
        staff = staff_of(request, HEAD, LEADER)
        said: Announcement = shaped(Announcement, body_of(request) | {"announced_by": staff.job_number})
        made = await desk.backend.announce_outage(said, correlation_id=correlation_id(request))
        await desk.record(staff.job_number, Deed.OUTAGE_ANNOUNCED, about=f"outage:{made.number}")
        return json_response(dumped(OutageView, made), status=201)

    @pages.post("/outages/<number:int>/move")
    async def move(request: Request, number: int) -> HTTPResponse:
        """改期."""
        staff = staff_of(request, HEAD, LEADER)
        said: Moving = shaped(Moving, body_of(request) | {"moved_by": staff.job_number})
        moved = await desk.backend.move_outage(said, number=number, correlation_id=correlation_id(request))
        await desk.record(staff.job_number, Deed.OUTAGE_MOVED, about=f"outage:{number}")
        return json_response(dumped(OutageView, moved))

    @pages.post("/outages/<number:int>/end")
    async def end(request: Request, number: int) -> HTTPResponse:
        staff = staff_of(request, HEAD, LEADER)
        ended = await desk.backend.end_outage(
            number=number, ended_by=staff.job_number, correlation_id=correlation_id(request)
        )
        await desk.record(staff.job_number, Deed.OUTAGE_ENDED, about=f"outage:{number}")
        return json_response(dumped(OutageView, ended))

    @pages.get("/force-majeure")
    async def declarations(request: Request) -> HTTPResponse:
        staff_of(request)
        found = await desk.backend.declarations(correlation_id=correlation_id(request))
        return json_response(dumped(tuple[Declaration, ...], found))

    @pages.post("/force-majeure")
    async def declare(request: Request) -> HTTPResponse:
        """The same declaration sent twice is one."""
        staff = staff_of(request, LEADER)
        said: Declared = shaped(Declared, body_of(request) | {"declared_by": staff.job_number})
        made = await desk.backend.declare_force_majeure(said, correlation_id=correlation_id(request))
        await desk.record(staff.job_number, Deed.FORCE_MAJEURE_DECLARED, about=f"force_majeure:{made.number}")
        return json_response(dumped(Declaration, made), status=201)

    return pages


def _deciding(desk: Desk, verb: Any, roles: tuple[StaffGrade, ...]) -> Any:
    async def decide(request: Request, number: int) -> HTTPResponse:
        """`text`: the cause, the reason or the outcome."""
        staff = staff_of(request, *roles)
        if number > 2**31 - 1:
            raise PageUnknown
        said: IncidentAct = shaped(IncidentAct, body_of(request) | {"incident": number, "by": staff.job_number})
        decided = await desk.backend.decide_incident(verb, said, correlation_id=correlation_id(request))
        await desk.record(staff.job_number, Deed(f"incident_{verb}"), about=f"incident:{number}")
        return json_response(dumped(IncidentView, decided))

    return decide
