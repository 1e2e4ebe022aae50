"""WeChat's interface on loopback: gives out tokens, takes messages, and fails as it is told to."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sanic import HTTPResponse, Request, Sanic
from sanic.response import json as json_response
from sanic.response import raw

from tests.integration.bot.serving import serving

APP_ID = "wx2c2769f8efd9abc2"
APP_SECRET = "app-secret-of-the-tests"
SEND, TYPING = "/cgi-bin/message/custom/send", "/cgi-bin/message/custom/typing"
TEMPLATE, TOKEN, MEDIA = "/cgi-bin/message/template/send", "/cgi-bin/stable_token", "/cgi-bin/media/get"
MENU, CODE = "/cgi-bin/menu/create", "/cgi-bin/qrcode/create"
BUSY, OUTSIDE_WINDOW, QUOTA_USED, NOT_FOLLOWING = -1, 45015, 45047, 43004
SLOW = "slow"  # in the place of an errcode

Body = dict[str, Any]


@dataclass
class Platform:
    """`fails`: for each path what the next calls are answered with; after that all is well."""

    url: str = ""
    fails: dict[str, deque[Any]] = field(default_factory=lambda: defaultdict(deque))
    asked: list[tuple[str, Body]] = field(default_factory=list)
    taken: list[tuple[str, Body]] = field(default_factory=list)
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    lasts: int = 7200
    token: str = "token-0"
    given: int = 0
    stubborn: bool = False  # gives out the token that it refuses, until it is forced
    slowness: float = 30.0
    keeps_waiting: asyncio.Event = field(default_factory=asyncio.Event)  # takes, and does not say so

    def of(self, path: str) -> list[Body]:
        """What was taken there."""
        return [body for where, body in self.taken if where == path]

    @property
    def texts(self) -> list[str]:
        """What the customers read that was sent to them, and not given in reply."""
        return [
            body["text"]["content"] if body["msgtype"] == "text" else body["msgmenu"]["head_content"]
            for body in self.of(SEND)
        ]

    async def sent(self, count: int, *, within: float = 60.0) -> list[str]:
        async with asyncio.timeout(within):
            while len(self.texts) < count:
                await asyncio.sleep(0.02)
        return self.texts

    def revoke(self) -> None:
        self.token = f"token-{uuid4().hex}"

    @asynccontextmanager
    async def up(self) -> AsyncIterator["Platform"]:
        app = Sanic(f"platform-{uuid4().hex}", configure_logging=False)
        app.config.RESPONSE_TIMEOUT = 60
        app.add_route(self._token, TOKEN, methods=["POST"])
        app.add_route(self._file, MEDIA, methods=["GET"])
        for number, path in enumerate((SEND, TYPING, TEMPLATE, MENU, CODE)):
            app.add_route(self._take, path, methods=["POST"], name=f"take-{number}")
        async with serving(app) as self.url:
            yield self

    async def _fail(self, path: str) -> HTTPResponse | None:
        if not self.fails[path]:
            return None
        fault = self.fails[path].popleft()
        if fault == SLOW:
            await asyncio.sleep(self.slowness)
        if isinstance(fault, HTTPResponse):
            return fault
        return json_response({"errcode": fault, "errmsg": "as the test says"})

    async def _token(self, request: Request) -> HTTPResponse:
        self.asked.append((TOKEN, request.json))
        if failed := await self._fail(TOKEN):
            return failed
        if request.json["appid"] != APP_ID or request.json["secret"] != APP_SECRET:
            return json_response({"errcode": 40001, "errmsg": "invalid credential"})
        if request.json["force_refresh"] or (self.given == 0 and not self.stubborn):
            self.revoke()
        self.given += 1
        return json_response({"access_token": self.token, "expires_in": self.lasts})

    async def _take(self, request: Request) -> HTTPResponse:
        path, body = request.path, request.json
        self.asked.append((path, body))
        if request.args.get("access_token") != self.token:
            return json_response({"errcode": 40001, "errmsg": "invalid credential, access_token is invalid"})
        if failed := await self._fail(path):
            return failed
        if path == SEND and len(_content(body).encode()) > 2048:
            return json_response({"errcode": 45002, "errmsg": "content size out of limit"})
        self.taken.append((path, body))
        while self.keeps_waiting.is_set():
            await asyncio.sleep(0.05)
        return json_response({"errcode": 0, "errmsg": "ok", "url": "http://weixin.qq.com/q/a-code"})

    async def _file(self, request: Request) -> HTTPResponse:
        media_id = request.args.get("media_id")
        self.asked.append((MEDIA, {"media_id": media_id}))
        if request.args.get("access_token") != self.token:
            return json_response({"errcode": 40001, "errmsg": "invalid credential, access_token is invalid"})
        if failed := await self._fail(MEDIA):
            return failed
        if media_id not in self.files:
            return json_response({"errcode": 40007, "errmsg": "invalid media_id"})
        content, kind = self.files[media_id]
        return raw(content, content_type=kind)


def _content(body: Body) -> str:
    return str(body["text"]["content"] if body["msgtype"] == "text" else body["msgmenu"]["head_content"])
