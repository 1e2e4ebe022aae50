"""One call of WeChat's interface: in time, with an answer that is one, and every failure with its kind."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import httpx

from bot.channels.wechat.errors import WechatRefused, WechatUnavailable

CALL_TIMEOUT: Final = 5.0  # seconds for one call, all in all
MOST_BYTES: Final = 64 * 1024  # of an answer in JSON


class Calls:
    def __init__(
        self, *, base_url: str, timeout: float = CALL_TIMEOUT, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._timeout = timeout
        self._http = httpx.AsyncClient(base_url=base_url, timeout=timeout, transport=transport)

    async def post(self, path: str, body: Mapping[str, Any], *, token: str | None = None) -> dict[str, Any]:
        """The answer's fields. Raises WechatRefused, WechatUnavailable."""
        content, _ = await self._answer("POST", path, body=body, token=token, most=MOST_BYTES)
        return _fields(content)

    async def download(self, path: str, *, token: str, query: Mapping[str, str], most: int) -> bytes:
        """A file, of which no more than `most` bytes and one are read. Raises WechatRefused, WechatUnavailable."""
        content, kind = await self._answer("GET", path, token=token, query=query, most=most + 1)
        if "json" in kind or kind.startswith("text/"):
            _fields(content)
            raise WechatUnavailable("no file")
        return content

    async def close(self) -> None:
        await self._http.aclose()

    async def _answer(
        self,
        method: str,
        path: str,
        *,
        most: int,
        body: Mapping[str, Any] | None = None,
        token: str | None = None,
        query: Mapping[str, str] | None = None,
    ) -> tuple[bytes, str]:
        """Never chained to what httpx raised: its text would quote the address, and with it the token."""
        params = {**(query or {}), **({"access_token": token} if token else {})}
        content = bytearray()
        try:
            async with asyncio.timeout(self._timeout):  # httpx only limits each read by itself
                async with self._http.stream(method, path, params=params, json=body) as response:
                    if response.status_code != httpx.codes.OK:
                        raise WechatUnavailable(f"status {response.status_code}")
                    async for part in response.aiter_bytes():
                        content += part
                        if len(content) >= most:
                            break
        except (TimeoutError, httpx.TimeoutException):
            raise WechatUnavailable("no answer in time") from None
        except (httpx.HTTPError, httpx.InvalidURL) as broken:
            raise WechatUnavailable(type(broken).__name__) from None
        return bytes(content[:most]), response.headers.get("content-type", "")


def _fields(content: bytes) -> dict[str, Any]:
    """Raises WechatRefused, WechatUnavailable."""
    try:
        fields = httpx.Response(httpx.codes.OK, content=content).json()
    except (ValueError, RecursionError):
        raise WechatUnavailable("no JSON") from None
    if not isinstance(fields, dict) or not isinstance(fields.get("errcode", 0), int):
        raise WechatUnavailable("no answer")
    if fields.get("errcode"):
        raise WechatRefused(fields["errcode"])
    return fields
