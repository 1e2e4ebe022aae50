"""/desk/api/canned and /desk/api/charter: what may be said word for word, and where it stands."""

from collections.abc import Sequence
from typing import Any, Final

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.desk.canned import CannedReply, canned_replies
from bot.desk.finding import Hit, search
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.shapes import dumped
from bot.desk.who import staff_of
from bot.errors import WrongFields
from bot.responses import json_response

MOST: Final = 20
LONGEST_QUERY: Final = 100


def charter_pages(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_charter", url_prefix=PREFIX)
    replies = canned_replies(desk.charter)

    @pages.get("/canned")
    async def canned(request: Request) -> HTTPResponse:
        staff_of(request)
        return json_response(dumped(list[CannedReply], list(replies)))

    @pages.get("/charter")
    async def find(request: Request) -> HTTPResponse:
        """?q=移机多少钱"""
        staff_of(request)
        query = (request.args.get("q") or "").strip()
        if not 1 <= len(query) <= LONGEST_QUERY:
            raise WrongFields(what=f"“q” 应是 1 到 {LONGEST_QUERY} 个字的查询")
        return json_response(hits_shown(search(query, replies, most=MOST)))

    return pages


def hits_shown(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    return [dumped(CannedReply, hit.reply) | {"score": hit.score} for hit in hits]
