"""What a busy store refuses 503 was not written: who speaks to a backend through these asks for it again."""

import asyncio
import time
from http import HTTPStatus

import httpx

PATIENCE = 60.0  # seconds
AGAIN_AFTER = 0.2


def _is_to_be_asked_again(answer: httpx.Response, *, until: float) -> bool:
    return answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE and time.monotonic() < until


class AskedAgain(httpx.HTTPTransport):
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        until = time.monotonic() + PATIENCE
        while _is_to_be_asked_again(answer := super().handle_request(request), until=until):
            answer.close()
            time.sleep(AGAIN_AFTER)
        return answer


class AsyncAskedAgain(httpx.AsyncHTTPTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        until = time.monotonic() + PATIENCE
        while _is_to_be_asked_again(answer := await super().handle_async_request(request), until=until):
            await answer.aclose()
            await asyncio.sleep(AGAIN_AFTER)
        return answer
