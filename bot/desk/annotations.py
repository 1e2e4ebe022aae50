"""/desk/api/annotations: the complaints that wait for the director's annotation or for an investigator (R1.5)."""

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.shapes import dumped
from bot.desk.who import HEAD, LEADER, SUPERVISOR, staff_of
from bot.responses import correlation_id, json_response


def annotations(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_annotations", url_prefix=f"{PREFIX}/annotations")

    @pages.get("/")
    async def awaited(request: Request) -> HTTPResponse:
        """The oldest first; `rule` null: this operator's leaders don't annotate complaints."""
        staff_of(request, HEAD, LEADER, SUPERVISOR)
        found = await desk.backend.annotations_awaited(correlation_id=correlation_id(request))
        return json_response(dumped(type(found), found))

    return pages
