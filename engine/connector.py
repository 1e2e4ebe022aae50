"""The one way into the engine: POST /webhooks/shouwen/turn and GET /webhooks/shouwen/ (alive).

Rasa's own webhooks are not protected: whoever reaches the port may speak for anybody. This one checks a token.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
import time
from typing import Any, Awaitable, Callable, Dict, Mapping, Optional
from weakref import WeakValueDictionary

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse, json

from engine import alternatives, faster, meanwhile
from engine.logs import correlation_id
from engine.settings import ENGINE_TIMEOUT
from engine.turn import Turn, take_turn
from engine.turn import understood_of as understood

faster.install()

_log = logging.getLogger(__name__)
_LONGEST = 2000  # characters of a message; the bot allows 1,000
_SLASHES = re.compile(r"^[\s/]+")


class BadTurn(ValueError):
    """A body that is no turn; the message names the field."""


class ShouwenInput(InputChannel):
    """Mounted by Rasa under /webhooks/shouwen."""

    def __init__(self, token: str, *, limit: float = ENGINE_TIMEOUT) -> None:
        if not token:
            raise ValueError("the engine's token is empty")
        self._token = token.encode()
        self._limit = limit
        # Waiters of Rasa's own lock look again once a second; turns of one conversation therefore queue here.
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    def name(cls) -> str:
        return "shouwen"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> ShouwenInput:
        return cls(str((credentials or {}).get("token") or ""))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("shouwen")

        @routes.get("/")
        async def alive(request: Request) -> HTTPResponse:
            ready = request.app.ctx.agent.is_ready()
            return json({"status": "ok" if ready else "no model"}, status=200 if ready else 503)

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            began = time.monotonic()
            response = await self._respond(request)
            took = round((time.monotonic() - began) * 1000)
            _log.info("answered", extra={"path": "turn", "status": response.status, "took_ms": took})
            return response

        @routes.post("/understanding")
        async def understanding(request: Request) -> HTTPResponse:
            """What a text means, by itself: no conversation is touched, nothing is stored."""
            if not self._is_ours(request):
                return _refused(401, "unauthorized", "a valid bearer token is needed")
            try:
                text = _SLASHES.sub("", _field(_body(request), "text", longest=_LONGEST))
            except BadTurn as bad:
                return _refused(400, "bad_request", str(bad))
            return json(understood(await request.app.ctx.agent.parse_message(text or "／")))

        return routes

    async def _respond(self, request: Request) -> HTTPResponse:
        if not self._is_ours(request):
            return _refused(401, "unauthorized", "a valid bearer token is needed")
        try:
            turn = read_turn(_body(request))
        except BadTurn as bad:
            return _refused(400, "bad_request", str(bad))
        correlation_id.set(str(turn.metadata.get("correlation_id") or request.headers.get("X-Correlation-Id") or ""))
        try:
            return json(await asyncio.wait_for(self._in_order(request, turn), self._limit))
        except asyncio.TimeoutError:
            _log.error("turn timed out", extra={"reason": "timeout"})
            return _refused(504, "timeout", "the turn took too long; nothing of it is stored")
        except faster.ActionFailed as failed:
            _log.error("action failed", extra={"action": failed.action, "reason": failed.reason})
            if failed.unreachable:
                return _refused(503, "actions_unreachable", "no action server is there; nothing of the turn is stored")
            return _refused(502, "action_failed", "an action failed; nothing of the turn is stored")
        except Exception:  # whatever it is, the bot gets a clear answer and tells the customer
            _log.exception("turn failed")
            return _refused(500, "turn_failed", "the turn failed; nothing of it is stored")

    async def _in_order(self, request: Request, turn: Turn) -> Dict[str, Any]:
        lock = self._turns.setdefault(turn.conversation, asyncio.Lock())
        async with lock:
            return await take_turn(request.app.ctx.agent, turn)

    def _is_ours(self, request: Request) -> bool:
        scheme, _, token = (request.headers.get("Authorization") or "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(token.strip().encode(), self._token)


def read_turn(body: Any) -> Turn:
    """Raises BadTurn. Leading slashes go, so that no text is ever one of Rasa's commands."""
    if not isinstance(body, Mapping):
        raise BadTurn("the body must be a JSON object")
    metadata = body.get("metadata", {})
    if not isinstance(metadata, Mapping):
        raise BadTurn("metadata must be an object")
    try:
        alternatives.read(metadata)
        meanwhile.read(metadata)
    except ValueError as none:
        raise BadTurn(str(none)) from none
    text = _field(body, "text", longest=_LONGEST)
    return Turn(
        conversation=_field(body, "conversation", longest=200),
        message_id=_field(body, "message_id", longest=200),
        text=_SLASHES.sub("", text) or "／",
        metadata=metadata,
    )


def _field(body: Mapping[str, Any], name: str, *, longest: int) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadTurn(f"{name} must be a non-empty string")
    if len(value) > longest:
        raise BadTurn(f"{name} is longer than {longest} characters")
    return value


def _body(request: Request) -> Any:
    try:
        return request.json
    except InvalidUsage as bad:
        raise BadTurn("the body is not JSON") from bad


def _refused(status: int, code: str, message: str) -> HTTPResponse:
    return json({"error": code, "message": message}, status=status)
