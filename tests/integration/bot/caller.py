"""A telephone call through jambonz, as its feature server posts it: every webhook signed, every hook followed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx

from bot.channels.hotline import jambonz

SECRET = "hotline-secret-of-the-tests"
MOBILE = "+8613807911234"

Verbs = list[dict[str, Any]]


@dataclass
class Caller:
    """`heard`: all that was said to them, reply by reply; `last` the verbs of the last reply."""

    http: httpx.AsyncClient
    phone: str = MOBILE
    sid: str = field(default_factory=lambda: uuid4().hex)
    secret: str = SECRET
    heard: list[str] = field(default_factory=list)
    last: Verbs = field(default_factory=list)
    posted: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def base(self) -> dict[str, Any]:
        return {
            "call_sid": self.sid,
            "call_id": f"sip-{self.sid}",
            "direction": "inbound",
            "from": self.phone,
            "to": "+8679196130",
            "call_status": "in-progress",
            "sip_status": 200,
        }

    async def post(self, path: str, told: Mapping[str, Any], *, header: str | None = None) -> httpx.Response:
        body = json.dumps(told, ensure_ascii=False).encode()
        signature = header if header is not None else jambonz.signature(body=body, secret=self.secret, at=_now())
        return await self.http.post(path, content=body, headers={jambonz.SIGNATURE: signature})

    async def hook(self, path: str, **told: Any) -> Verbs:
        callback = {**self.base, **told}
        self.posted.append((path, callback))
        response = await self.post(path, callback)
        assert response.status_code == 200, response.text
        verbs: Verbs = response.json()
        self.last = verbs
        self.heard.append(_spoken(verbs))
        while self.last[-1]["verb"] == "redirect":
            await self.hook(self.last[-1]["actionHook"])
        return self.last

    async def calls(self) -> str:
        await self.hook("/hotline/start")
        return self.heard[-1]

    async def says(self, *transcripts: str, confidence: float = 0.9, reason: str = "speechDetected") -> str:
        listed = [
            {"transcript": each, "confidence": round(confidence - place * 0.1, 2)}
            for place, each in enumerate(transcripts)
        ]
        return await self._next(
            reason=reason, speech={"language_code": "zh-CN", "is_final": True, "alternatives": listed}
        )

    async def mumbles(self, text: str) -> str:
        return await self.says(text, confidence=0.2, reason="stt-low-confidence")

    async def types(self, digits: str) -> str:
        return await self._next(reason="dtmfDetected", digits=digits)

    async def is_silent(self) -> str:
        return await self._next(reason="timeout")

    async def _next(self, **told: Any) -> str:
        """What is said in answer, over all replies until the platform listens again."""
        before = len(self.heard)
        await self.hook(self.last[-1]["actionHook"], **told)
        return "".join(self.heard[before:])

    @property
    def hook_of_gather(self) -> str:
        assert self.last[-1]["verb"] == "gather", self.last
        hook: str = self.last[-1]["actionHook"]
        return hook


def _spoken(verbs: Verbs) -> str:
    return "".join(verb.get("text") or verb.get("say", {}).get("text", "") for verb in verbs)


def _now() -> datetime:
    return datetime.now(UTC)
