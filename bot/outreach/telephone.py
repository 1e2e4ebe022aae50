"""Placing a call through a telephone platform: jambonz's REST API, whose webhooks then come to our hotline.

Documented at docs.jambonz.org, "create a call": the application names the webhooks, and `tag` comes back with each of
them, so that the call is known before its number is.
"""

import asyncio
from dataclasses import dataclass
from typing import Final, Protocol

import httpx

from bot.channels.hotline.jambonz import TAG

RINGS_FOR: Final = 45  # seconds
CALL_TIMEOUT: Final = 3.0  # seconds to ask for a call: below the five that the backend waits
AGAIN_LATER: Final = frozenset({408, 425, 429, 480})  # too many at once; 480: no media server is free


class CallRefused(Exception):
    """The platform does not place this call, now or later; says the status, never the number."""


class PlatformAway(Exception):
    """The platform can't be reached, or has no line free. Whether it placed the call is unknown after a time-out."""


class Telephone(Protocol):
    async def place(self, *, phone: str, call: str) -> str:
        """Rings E.164 `phone`; the platform's number of the call. Raises CallRefused, PlatformAway."""


@dataclass(frozen=True, kw_only=True)
class JambonzAccount:
    """`url` as its API is reached, without /v1; `caller_id`: the number that is shown to who is called."""

    url: str
    account: str
    api_key: str
    caller_id: str
    application: str


class Jambonz:
    def __init__(self, account: JambonzAccount, *, timeout: float = CALL_TIMEOUT) -> None:
        self._account = account
        self._timeout = timeout
        self._http = httpx.AsyncClient(
            base_url=account.url, headers={"Authorization": f"Bearer {account.api_key}"}, timeout=timeout
        )

    async def place(self, *, phone: str, call: str) -> str:
        wanted = {
            "application_sid": self._account.application,
            "from": self._account.caller_id,
            "to": {"type": "phone", "number": phone},
            "timeout": RINGS_FOR,
            "tag": {TAG: call},
        }
        path = f"/v1/Accounts/{self._account.account}/Calls"
        try:
            async with asyncio.timeout(self._timeout):  # httpx only limits each read by itself
                answer = await self._http.post(path, json=wanted)
        except (TimeoutError, httpx.HTTPError) as broken:
            raise PlatformAway(type(broken).__name__) from broken
        if answer.is_client_error and answer.status_code not in AGAIN_LATER:
            raise CallRefused(f"HTTP {answer.status_code}")
        if not answer.is_success:
            raise PlatformAway(f"HTTP {answer.status_code}")
        return _sid(answer)

    async def close(self) -> None:
        await self._http.aclose()


def _sid(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["sid"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise PlatformAway("an answer without the call's number") from wrong
