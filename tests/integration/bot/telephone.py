"""A stand-in of jambonz on loopback: its REST API as documented, and the webhooks of the calls that it places."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from sanic import HTTPResponse, Request, Sanic
from sanic.response import json as json_response

from bot.outreach.telephone import JambonzAccount
from tests.integration.bot.caller import SECRET, Caller

API_KEY = "api-key-of-the-tests"
CALLER_ID = "+8679196130"
HOOKS = {"busy": (486, "busy"), "no-answer": (487, "no-answer"), "failed": (503, "failed")}


@dataclass
class Callee(Caller):
    """Somebody who is called. `tag`: what the call was placed with, in every webhook of it."""

    tag: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> dict[str, Any]:
        outbound = {"direction": "outbound", "from": CALLER_ID, "to": self.phone, "customerData": self.tag}
        return {**super().base, **outbound}

    async def picks_up(self) -> str:
        await self.tells("in-progress", 200)
        await self.hook("/hotline/start")
        return self.heard[-1]

    async def hangs_up(self) -> None:
        await self.tells("completed", 200, duration=20, call_termination_by="caller")

    async def tells(self, status: str, sip_status: int, **more: Any) -> None:
        told = {**self.base, "call_status": status, "sip_status": sip_status, **more}
        self.posted.append(("/hotline/status", told))
        answer = await self.post("/hotline/status", told)
        assert (answer.status_code, answer.json()) == (200, [])


@dataclass
class Platform:
    """`behaviour`: rings (and waits for the test), busy, no-answer, failed, silent (rings, and no webhook ever comes),
    refuses, away, slow."""

    behaviour: str = "rings"
    secret: str = SECRET
    bot: httpx.AsyncClient | None = None
    calls: list[dict[str, Any]] = field(default_factory=list)
    callees: list[Callee] = field(default_factory=list)
    url: str = ""
    _told: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def account(self) -> JambonzAccount:
        return JambonzAccount(
            url=self.url, account="account-1", api_key=API_KEY, caller_id=CALLER_ID, application="application-1"
        )

    async def place(self, request: Request) -> HTTPResponse:
        if request.headers.get("authorization") != f"Bearer {API_KEY}":
            return json_response({"msg": "unauthorized"}, status=401)
        if self.behaviour == "away":
            return json_response({"msg": "no available feature servers at this time"}, status=480)
        if self.behaviour == "refuses":
            return json_response({"msg": "application_sid not found"}, status=400)
        wanted = request.json
        self.calls.append(wanted)
        assert wanted["to"]["type"] == "phone"
        assert {"application_sid", "from", "to", "timeout", "tag"} == set(wanted)
        sid = str(uuid4())
        if self.bot and self.behaviour != "silent":
            callee = Callee(http=self.bot, phone=wanted["to"]["number"], sid=sid, secret=self.secret, tag=wanted["tag"])
            self.callees.append(callee)
            self._told.append(asyncio.create_task(self._rings(callee)))
        if self.behaviour == "slow":
            await asyncio.sleep(5)
        return json_response({"sid": sid}, status=201)

    async def _rings(self, callee: Callee) -> None:
        await callee.tells("trying", 100)
        await callee.tells("ringing", 180)
        if self.behaviour in HOOKS:
            sip, status = HOOKS[self.behaviour]
            await callee.tells(status, sip)

    async def told(self) -> None:
        """All that it has to tell of its own accord was told."""
        await asyncio.gather(*self._told)


@asynccontextmanager
async def telephone(serving: Any) -> AsyncIterator[Platform]:
    platform = Platform()
    app: Sanic[Any, Any] = Sanic(f"jambonz-{uuid4().hex}", configure_logging=False)

    @app.post("/v1/Accounts/<_account:str>/Calls")
    async def create(request: Request, _account: str) -> HTTPResponse:
        return await platform.place(request)

    async with serving(app) as url:
        platform.url = url
        yield platform
