"""/desk/api/audit: who did or looked at what, for those who supervise."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.desk.audit import Row
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.shapes import dumped, shaped
from bot.desk.who import LEADER, SUPERVISOR, staff_of
from bot.responses import json_response


@dataclass(frozen=True, kw_only=True)
class Wanted:
    about: str | None = None
    who: str | None = None
    act: str | None = None
    before: Annotated[int, Field(ge=1)] | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100


def audit_pages(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_audit", url_prefix=PREFIX)

    @pages.get("/audit")
    async def rows(request: Request) -> HTTPResponse:
        """The newest first; the next page: `before` the last id."""
        staff_of(request, LEADER, SUPERVISOR)
        wanted: Wanted = shaped(Wanted, {name: request.args.get(name) for name in request.args})
        found = await desk.threads(
            desk.audit.rows,
            about=wanted.about,
            who=wanted.who,
            act=wanted.act,
            before=wanted.before,
            most=wanted.limit,
        )
        return json_response(dumped(list[Row], found))

    return pages
