"""An engine on a real port that says what a test tells it to."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sanic import HTTPResponse, Request, Sanic
from sanic.response import json as json_response

from tests.integration.bot.serving import serving

ENGINE_TOKEN = "engine-token-of-the-tests"

Body = dict[str, Any]


def saying(*texts: str) -> Body:
    return {
        "messages": [{"text": text} for text in texts],
        "understood": {"intent": "chitchat_greet", "confidence": 0.9, "ranking": [], "entities": []},
        "handoff": None,
    }


@dataclass
class StandInEngine:
    """Answers every text with its echo unless told otherwise; runs a message id once, as the real one does."""

    asked: list[Body] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)  # by themselves, outside every conversation
    understood: Body = field(default_factory=lambda: saying()["understood"])
    behaviour: Callable[[Body], Awaitable[HTTPResponse | Body]] | None = None
    healthy: bool = True
    port: int = 0
    url: str = ""
    _answers: dict[str, Body] = field(default_factory=dict)
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def up(self) -> None:
        app = Sanic(f"stand-in-{uuid4().hex}", configure_logging=False)

        @app.get("/webhooks/shouwen/")
        async def health(_request: Request) -> HTTPResponse:
            while not self.healthy:
                await asyncio.sleep(0.05)
            return json_response({"status": "ok"})

        @app.post("/webhooks/shouwen/turn")
        async def turn(request: Request) -> HTTPResponse:
            if request.headers.get("authorization") != f"Bearer {ENGINE_TOKEN}":
                return json_response({}, status=401)
            return await self._turn(request.json)

        @app.post("/webhooks/shouwen/understanding")
        async def understanding(request: Request) -> HTTPResponse:
            self.read.append(request.json["text"])
            return json_response(self.understood)

        self.url = await self._open.enter_async_context(serving(app, self.port))
        self.port = int(self.url.rpartition(":")[2])

    async def down(self) -> None:
        await self._open.aclose()

    async def _turn(self, body: Body) -> HTTPResponse:
        self.asked.append(body)
        if body["message_id"] not in self._answers:
            answer = await self.behaviour(body) if self.behaviour else saying(f"收到：{body['text']}")
            if isinstance(answer, HTTPResponse):
                return answer
            self.ran.append(body["text"])
            self._answers[body["message_id"]] = answer
        return json_response(self._answers[body["message_id"]])
