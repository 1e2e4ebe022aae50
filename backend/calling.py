"""How the backend is called: within a time limit for the whole call, and with only two ways to fail."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, NoReturn, TypeVar

import httpx
from pydantic import TypeAdapter

from backend.messages.reports import OF_HTTP, ShapeInvalid, shaped
from backend.telemetry import CORRELATION_HEADER

BACKEND_TIMEOUT: Final = 2.0  # seconds for a whole call; backend < actions < engine < bot
REPORT_TIMEOUT: Final = 20.0  # of what counts a year's tickets, for a member of staff: no customer waits for it
Shape = TypeVar("Shape")


class BackendUnavailable(Exception):
    """工单系统暂时连接不上。"""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(Exception):
    """The backend says no, for a reason the customer can be told: `message` is Chinese and ready to say."""

    def __init__(self, *, code: str, message: str, status: int) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code
        self.message = message


class Caller:
    """Raises BackendUnavailable (no connection, too slow, 5xx, an answer out of shape) or Refused (4xx)."""

    def __init__(
        self,
        *,
        base_url: str,
        token: str,
        transport: httpx.AsyncBaseTransport | None = None,
        time_limit: float = BACKEND_TIMEOUT,
    ) -> None:
        self._limit = time_limit
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=time_limit,
            transport=transport or httpx.AsyncHTTPTransport(retries=1),
            trust_env=False,
        )

    async def ready(self) -> bool:
        try:
            async with asyncio.timeout(self._limit):
                return (await self._http.get("/readyz")).status_code == HTTPStatus.OK
        except (httpx.HTTPError, TimeoutError):
            return False

    async def aclose(self) -> None:
        await self._http.aclose()

    async def _post(self, path: str, body: str, correlation_id: str) -> httpx.Response:
        return await self._call("POST", path, correlation_id, content=body)

    async def _get(self, path: str, wanted: Mapping[str, str], correlation_id: str) -> httpx.Response:
        return await self._call("GET", path, correlation_id, params=wanted)

    async def _get_report(self, path: str, wanted: Mapping[str, str], correlation_id: str) -> httpx.Response:
        limit = max(self._limit, REPORT_TIMEOUT)
        return await self._call("GET", path, correlation_id, limit=limit, params=wanted, timeout=limit)

    async def _call(
        self, method: str, path: str, correlation_id: str, *, limit: float | None = None, **sent: Any
    ) -> httpx.Response:
        limit = limit or self._limit
        headers = {CORRELATION_HEADER: correlation_id, "Content-Type": "application/json"}
        try:
            async with asyncio.timeout(limit):  # httpx limits each step; this limits the whole call
                answer = await self._http.request(method, path, headers=headers, **sent)
        except TimeoutError as slow:
            raise BackendUnavailable(f"no answer within {limit} s") from slow
        except httpx.HTTPError as broken:
            raise BackendUnavailable(type(broken).__name__) from broken
        if not answer.is_success:
            _fail(answer)
        return answer


def read(adapter: TypeAdapter[Shape], answer: httpx.Response) -> Shape:
    try:
        return shaped(adapter, answer.content)
    except ShapeInvalid as wrong:
        raise BackendUnavailable("an answer out of shape") from wrong


def _fail(answer: httpx.Response) -> NoReturn:
    # A wrong token, path or size is a mistake of ours, never something to tell the customer as a refusal.
    if not answer.is_client_error or answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise BackendUnavailable(f"HTTP {answer.status_code}")
    try:
        refusal = answer.json()
        code, message = str(refusal["code"]), str(refusal["message"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise BackendUnavailable(f"HTTP {answer.status_code} without a reason") from wrong
    if code.startswith(OF_HTTP):
        raise BackendUnavailable(f"HTTP {answer.status_code}")
    raise Refused(code=code, message=message, status=answer.status_code)
