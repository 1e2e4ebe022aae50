"""A customer on the web page, and what the open page receives."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
from httpx_sse import EventSource, ServerSentEvent, aconnect_sse

PATIENCE = 30.0  # seconds: only a test that fails waits so long

Body = dict[str, Any]


class Visitor:
    """A customer's browser."""

    def __init__(self, http: httpx.AsyncClient, session: Body) -> None:
        self._http = http
        self.conversation: str = session["conversation"]
        self.token: str = session["token"]
        self.headers = {"Authorization": f"Bearer {self.token}"}

    async def post(self, text: object, *, message_id: object = None, **headers: str) -> httpx.Response:
        body = {"id": message_id or uuid4().hex, "text": text}
        return await self._http.post("/chat/messages", content=json.dumps(body), headers=self.headers | headers)

    async def says(self, text: str, *, message_id: str | None = None) -> int:
        response = await self.post(text, message_id=message_id)
        assert response.status_code == 202, response.text
        return int(response.json()["seq"])

    async def log(self, *, after: int = 0) -> list[Body]:
        response = await self._http.get("/chat/messages", params={"after": after}, headers=self.headers)
        assert response.status_code == 200, response.text
        return list(response.json())

    async def sees(self, count: int) -> list[tuple[str, str]]:
        """(from, text) of the whole log, once it has `count` messages."""
        async with asyncio.timeout(PATIENCE):
            while len(log := await self.log()) < count:
                await asyncio.sleep(0.01)
        return [(message["from"], message["text"]) for message in log]

    @asynccontextmanager
    async def listening(self, *, last_event_id: int | None = None) -> "AsyncIterator[Stream]":
        headers = self.headers | ({} if last_event_id is None else {"Last-Event-ID": str(last_event_id)})
        async with aconnect_sse(self._http, "GET", "/chat/events", headers=headers) as source:
            yield Stream(source)


class Stream:
    """What one open page receives."""

    def __init__(self, source: EventSource) -> None:
        self.response = source.response
        self._events = source.aiter_sse()

    async def next(self, count: int) -> list[ServerSentEvent]:
        async with asyncio.timeout(PATIENCE):
            return [await self._message() for _ in range(count)]

    async def answering(self) -> bool:
        """The next word on whether an answer is on its way."""
        async with asyncio.timeout(PATIENCE):
            async for event in self._events:
                if event.event == "answering":
                    return bool(json.loads(event.data))
        raise AssertionError("the stream has ended")

    async def _message(self) -> ServerSentEvent:
        async for event in self._events:
            if event.event == "message":
                return event
        raise AssertionError("the stream has ended")

    async def texts(self, count: int) -> list[tuple[int, str]]:
        """(seq, text) of the next messages."""
        messages = [json.loads(event.data) for event in await self.next(count)]
        return [(message["seq"], message["text"]) for message in messages]
