"""POST /internal/notices: a message that another of our processes wants said in a conversation."""

import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.channels.webchat import clean_text, json_object, plain_id
from bot.conversations.log import MessageLog
from bot.errors import NotAllowed, WrongFields
from bot.responses import json_response
from bot.visitors import bearer

MOST_CHARACTERS: Final = 4000
logger: Final = structlog.get_logger()


def notices(*, log: MessageLog, token: str, clock: Callable[[], datetime]) -> Blueprint:
    internal = Blueprint("notices", url_prefix="/internal")

    @internal.post("/notices")
    async def notice(request: Request) -> HTTPResponse:
        """202 for a new notice, 200 for one that is in the log already."""
        given = bearer(request.headers.get("authorization")) or ""
        if not hmac.compare_digest(given.encode(), token.encode()):
            raise NotAllowed
        fields = json_object(request.body)
        text = fields.get("text")
        if not isinstance(text, str):
            raise WrongFields(what="“text” 应是一段文字")
        conversation = plain_id(fields, "conversation")
        accepted = await log.notice(
            notice_id=plain_id(fields, "id"),
            conversation=conversation,
            text=clean_text(text, most=MOST_CHARACTERS),
            at=clock(),
        )
        logger.info("notice_accepted", conversation=conversation, seq=accepted.seq, repeated=accepted.repeated)
        return json_response({"seq": accepted.seq}, status=200 if accepted.repeated else 202)

    return internal
