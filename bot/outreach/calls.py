"""POST /internal/calls: a call that the backend wants placed 回访电话. Asked again, it tells how the call stands.

What is not told in time – the platform's webhook never came, or the bot died between asking for the call and writing
that down – is settled by the clock, so that no call stays open for ever.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

import structlog
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.channels.hotline.calls import caller_phone
from bot.channels.hotline.line import Line
from bot.channels.hotline.outbound import ended, open_conversation
from bot.channels.webchat import plain_id
from bot.conversations.placed_calls import CallState, PlacedCall
from bot.errors import TelephoneAway, WrongFields
from bot.notices import text_of, trusted
from bot.outreach.telephone import RINGS_FOR, CallRefused, PlatformAway, Telephone
from bot.responses import json_response

UNKNOWN_FOR: Final = timedelta(seconds=30)  # whoever took it and has not said since what came of it is dead
RINGS_AT_MOST: Final = timedelta(seconds=RINGS_FOR + 60)
LASTS_AT_MOST: Final = timedelta(minutes=30)  # connected, and nobody has said a word
logger: Final = structlog.get_logger()


class Outcome(StrEnum):
    UNDER_WAY = "under_way"
    REACHED = "reached"
    UNANSWERED = "unanswered"
    NONE = "none"  # nobody here can place it


OUTCOMES: Final = {
    CallState.REACHED: Outcome.REACHED,
    CallState.UNANSWERED: Outcome.UNANSWERED,
    CallState.REFUSED: Outcome.NONE,
}
LASTS: Final = {
    CallState.PLACING: UNKNOWN_FOR,
    CallState.RINGING: RINGS_AT_MOST,
    CallState.CONNECTED: LASTS_AT_MOST,
}


@dataclass(frozen=True, kw_only=True)
class Callouts:
    """`telephone`: None where the settings name no platform."""

    telephone: Telephone | None
    line: Line

    async def call(self, *, call: str, phone: str, opening: str, visit: str | None) -> Outcome:
        """Raises PlatformAway where it has to be asked for again."""
        if self.telephone is None:
            return Outcome.NONE
        line, now = self.line, self.line.clock()
        stands = await line.threads(line.placed.wanted, name=call, phone=phone, opening=opening, visit=visit, at=now)
        stuck = stands.state in LASTS and now - stands.at >= LASTS[stands.state]
        if stands.state is CallState.WANTED or (stuck and stands.state is CallState.PLACING):
            await self._place(stands, self.telephone)
        elif stuck:
            await ended(call, line=line)
        after = await line.threads(line.placed.get, name=call)
        return OUTCOMES.get(after.state, Outcome.UNDER_WAY) if after else Outcome.UNDER_WAY

    async def _place(self, stands: PlacedCall, telephone: Telephone) -> None:
        line = self.line
        if not await line.threads(line.placed.take, stands, at=line.clock()):
            return
        await open_conversation(stands, line=line)
        try:
            sid = await telephone.place(phone=stands.phone, call=stands.id)
        except CallRefused as refused:
            logger.error("call_refused", call=stands.id, why=str(refused))
            await line.threads(line.placed.become, CallState.REFUSED, name=stands.id, at=line.clock())
        except PlatformAway as away:
            logger.warning("call_not_placed", call=stands.id, why=str(away))
            raise
        else:
            logger.info("call_placed", call=stands.id, sid=sid)
            await line.threads(line.placed.become, CallState.RINGING, name=stands.id, at=line.clock(), sid=sid)


def callouts(callouts: Callouts, *, token: str) -> Blueprint:
    internal = Blueprint("callouts", url_prefix="/internal")

    @internal.post("/calls")
    async def call(request: Request) -> HTTPResponse:
        """`id` is also the conversation that the call is held in."""
        fields = trusted(request, token=token)
        phone = caller_phone(fields.get("phone"))
        if phone is None:
            raise WrongFields(what="“phone” 应是一个电话号码")
        try:
            outcome = await callouts.call(
                call=plain_id(fields, "id"),
                phone=phone,
                opening=text_of(fields),
                visit=plain_id(fields, "visit") if "visit" in fields else None,
            )
        except PlatformAway as away:
            raise TelephoneAway from away
        return json_response({"outcome": outcome})

    return internal
