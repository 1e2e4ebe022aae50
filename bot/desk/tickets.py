"""/desk/api/tickets: the board, a ticket in full, the customer's data on demand, and what staff do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend.client import STAFF_ACTS, BoardAsked, BoardView, Contact, Looking, TicketInFull
from backend.domain.board import View
from backend.domain.staff_acts import Verb
from bot.desk.audit import Deed
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.shapes import body_of, dumped, shaped
from bot.desk.who import staff_of
from bot.errors import PageUnknown
from bot.responses import correlation_id, json_response


class ContactReason(StrEnum):
    """Why customers' data are looked at: into the audit, no free words there."""

    HANDLING = "handling"
    CALLING = "calling"
    VISITING = "visiting"
    CHECKING = "checking"


CONTACT_REASON_LABELS: Final[Mapping[ContactReason, str]] = {
    ContactReason.HANDLING: "办理工单",
    ContactReason.CALLING: "联系客户",
    ContactReason.VISITING: "上门",
    ContactReason.CHECKING: "监督检查",
}


@dataclass(frozen=True, kw_only=True)
class ContactAsked:
    reason: ContactReason = ContactReason.HANDLING


@dataclass(frozen=True, kw_only=True)
class Said:
    """What every act has; the fields of its verb stand beside it. `request_id`: the same again does nothing again."""

    request_id: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\x21-\x7e]+$")]
    reason: Annotated[str, Field(max_length=2000)] = ""


@dataclass(frozen=True, kw_only=True)
class BoardQuery:
    view: View = View.MINE
    type: str | None = None
    area: str | None = None
    offset: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50


def tickets(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_tickets", url_prefix=f"{PREFIX}/tickets")

    @pages.get("/")
    async def board(request: Request) -> HTTPResponse:
        """What falls due next first."""
        staff = staff_of(request)
        query: BoardQuery = shaped(BoardQuery, {name: request.args.get(name) for name in request.args})
        asked = shaped(
            BoardAsked,
            {
                "by": staff.job_number,
                "view": query.view,
                "ticket_type": query.type,
                "area": query.area,
                "offset": query.offset,
                "limit": query.limit,
            },
        )
        found = await desk.backend.board(asked, correlation_id=correlation_id(request))
        return json_response(dumped(BoardView, found))

    @pages.get("/<number:str>")
    async def in_full(request: Request, number: str) -> HTTPResponse:
        staff = staff_of(request)
        looking = shaped(Looking, {"by": staff.job_number, "ticket_number": number})
        found = await desk.backend.ticket_in_full(looking, correlation_id=correlation_id(request))
        return json_response(dumped(TicketInFull, found))

    @pages.post("/<number:str>/contact")
    async def contact(request: Request, number: str) -> HTTPResponse:
        """Phone, address and words as they are. Nothing is shown before the audit says who looked."""
        staff = staff_of(request)
        why: ContactAsked = shaped(ContactAsked, body_of(request))
        looking = shaped(Looking, {"by": staff.job_number, "ticket_number": number})
        found = await desk.backend.contact_of(looking, correlation_id=correlation_id(request))
        await desk.record(staff.job_number, Deed.CONTACT_SHOWN, about=number, reason=why.reason)
        return json_response(dumped(Contact, found))

    @pages.post("/<number:str>/acts/<verb:str>")
    async def act(request: Request, number: str, verb: str) -> HTTPResponse:
        """Answers with the ticket as it is then. What the rules don't allow the backend refuses."""
        staff = staff_of(request)
        if verb not in set(Verb):
            raise PageUnknown
        body = body_of(request)
        said: Said = shaped(Said, body)
        whole = body | {
            "request_id": f"desk:{said.request_id}",
            "ticket_number": number,
            "by": staff.job_number,
            "reason": said.reason.strip(),
        }
        meant = shaped(STAFF_ACTS[Verb(verb)], whole)
        await desk.backend.act_at_desk(Verb(verb), meant, correlation_id=correlation_id(request))
        await desk.record(staff.job_number, Verb(verb), about=number)
        looking = Looking(by=staff.job_number, ticket_number=number)
        return json_response(
            dumped(TicketInFull, await desk.backend.ticket_in_full(looking, correlation_id=correlation_id(request)))
        )

    return pages
