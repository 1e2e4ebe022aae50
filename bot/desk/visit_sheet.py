"""/desk/api/visits: the call sheet of return visits 回访呼叫单. What a call brought is the act `visit` of a ticket."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Final

from pydantic import Field
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend.client import SheetAsked, VisitSheet
from bot.desk.audit import Deed
from bot.desk.conversations import SERVES
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.shapes import dumped, shaped
from bot.desk.tickets import ContactReason
from bot.desk.who import staff_of
from bot.responses import correlation_id, json_response

A_CALL: Final = timedelta(minutes=15)  # so long whoever looked at the number is taken to be calling
LOOKED: Final = 200  # the latest looks at customers' data


@dataclass(frozen=True, kw_only=True)
class Wanted:
    area: Annotated[str, Field(max_length=64)] | None = None


def visit_sheet(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_visit_sheet", url_prefix=f"{PREFIX}/visits")

    @pages.get("/")
    async def sheet(request: Request) -> HTTPResponse:
        """?area=…: who may be called now stands first. `calling`: by ticket, which colleague is about to call."""
        staff = staff_of(request, *SERVES)
        wanted: Wanted = shaped(Wanted, dict(request.get_query_args()))
        asked = shaped(SheetAsked, {"by": staff.job_number, "area": wanted.area})
        found = await desk.backend.visit_sheet(asked, correlation_id=correlation_id(request))
        calling = await desk.threads(_calling, desk, but=staff.job_number)
        return json_response(dumped(VisitSheet, found) | {"calling": calling})

    return pages


def _calling(desk: Desk, *, but: str) -> Mapping[str, str]:
    """Whoever has looked at a number to call it just now."""
    since = desk.clock() - A_CALL
    looks = desk.audit.rows(act=Deed.CONTACT_SHOWN, before=None, most=LOOKED)
    return {
        look.about: look.who
        for look in reversed(looks)
        if look.reason == ContactReason.CALLING and look.at >= since and look.who != but
    }
