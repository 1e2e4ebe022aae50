"""/desk/api/key-visits: the plan of visits of key customers 大客户回访 (R5.5), and what was said at one."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend.client import KeyContact, KeyVisitAct
from bot.desk.audit import Deed
from bot.desk.conversations import SERVES
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.shapes import dumped, read
from bot.desk.tickets import ContactReason
from bot.desk.who import staff_of
from bot.responses import correlation_id, json_response


@dataclass(frozen=True, kw_only=True)
class Said:
    said: Annotated[str, Field(min_length=1, max_length=2000)]


def key_visits(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_key_visits", url_prefix=f"{PREFIX}/key-visits")

    @pages.get("/")
    async def plan(request: Request) -> HTTPResponse:
        """`every_days` null: the operator has published no regular visits."""
        staff_of(request)
        found = await desk.backend.key_visit_plan(correlation_id=correlation_id(request))
        return json_response(dumped(type(found), found))

    @pages.post("/<number:int>/contact")
    async def contact(request: Request, number: int) -> HTTPResponse:
        """Nothing is shown before the audit says who looked."""
        staff = staff_of(request, *SERVES)
        found = await desk.backend.key_contact(number=number, correlation_id=correlation_id(request))
        await desk.record(
            staff.job_number, Deed.CONTACT_SHOWN, about=f"key-visit/{number}", reason=ContactReason.VISITING
        )
        return json_response(dumped(KeyContact, found))

    @pages.post("/<number:int>")
    async def made(request: Request, number: int) -> HTTPResponse:
        staff, told = staff_of(request, *SERVES), read(request, Said)
        act = KeyVisitAct(number=number, by=staff.job_number, said=told.said)
        visit = await desk.backend.record_key_visit(act, correlation_id=correlation_id(request))
        await desk.record(staff.job_number, Deed.KEY_VISIT_MADE, about=f"key-visit/{number}")
        return json_response(dumped(type(visit), visit))

    return pages
