"""/healthz and /readyz."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sanic import Blueprint, Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.conversations.log import MessageLog
from bot.engine import EngineClient
from bot.responses import json_response


def health(*, log: MessageLog, engine: EngineClient, clock: Callable[[], datetime]) -> Blueprint:
    pages = Blueprint("health")

    @pages.get("/healthz")
    async def alive(_request: Request) -> HTTPResponse:
        return json_response({"status": "ok"})

    @pages.get("/readyz")
    async def ready(_request: Request) -> HTTPResponse:
        """Ready while messages can be kept: without the engine a customer is still heard, and told so."""
        reasons: list[str] = []
        told: dict[str, Any] = {"engine": "reachable" if await engine.alive() else "unreachable"}
        try:
            async with asyncio.timeout(2.0):
                backlog = await log.backlog()
            told["unanswered"] = backlog.turns
            if backlog.oldest:
                told["oldest_unanswered_seconds"] = int((clock() - backlog.oldest).total_seconds())
        except (SQLAlchemyError, TimeoutError) as broken:
            reasons.append(f"database: {type(broken).__name__}")
        return json_response({"ready": not reasons, "reasons": reasons} | told, status=503 if reasons else 200)

    return pages
