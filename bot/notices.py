"""POST /internal/notices: a message that another of our processes wants said in a conversation."""

import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import structlog
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.channels.webchat import clean_text, json_object, plain_id
from bot.conversations.log import MessageLog
from bot.conversations.peers import Peers
from bot.conversations.threads import Threads
from bot.errors import NotAllowed, WrongFields
from bot.outreach.reach import Outreach
from bot.responses import json_response
from bot.visitors import bearer

MOST_CHARACTERS: Final = 4000
logger: Final = structlog.get_logger()


def notices(
    *,
    log: MessageLog,
    peers: Peers,
    threads: Threads,
    outreach: Outreach,
    token: str,
    clock: Callable[[], datetime],
) -> Blueprint:
    internal = Blueprint("notices", url_prefix="/internal")

    @internal.post("/notices")
    async def notice(request: Request) -> HTTPResponse:
        """202 for a new notice, 200 for one that is in the log already; `reach` says whether it reaches anybody."""
        fields = trusted(request, token=token)
        conversation, notice_id = plain_id(fields, "conversation"), plain_id(fields, "id")
        text = text_of(fields)
        accepted = await log.notice(
            notice_id=notice_id,
            conversation=conversation,
            text=text,
            at=clock(),
            visit=plain_id(fields, "visit") if "visit" in fields else None,
        )
        known = await threads(peers.conversation, conversation=conversation)
        reach = await outreach.carry(notice_id=notice_id, conversation=known, text=text)
        logger.info(
            "notice_accepted", conversation=conversation, seq=accepted.seq, repeated=accepted.repeated, reach=reach
        )
        return json_response({"seq": accepted.seq, "reach": reach}, status=200 if accepted.repeated else 202)

    return internal


def trusted(request: Request, *, token: str) -> dict[str, Any]:
    """The fields of one of our own processes. Raises NotAllowed, NotJson, WrongFields."""
    given = bearer(request.headers.get("authorization")) or ""
    if not hmac.compare_digest(given.encode(), token.encode()):
        raise NotAllowed
    return json_object(request.body)


def text_of(fields: dict[str, Any]) -> str:
    """Raises WrongFields, TextMissing, TextTooLong."""
    text = fields.get("text")
    if not isinstance(text, str):
        raise WrongFields(what="“text” 应是一段文字")
    return clean_text(text, most=MOST_CHARACTERS)
