"""What every response has in common: JSON in UTF-8, security headers, the correlation id, errors in Chinese."""

import asyncio
import json
from pathlib import Path
from typing import Any, Final

import structlog
from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import MethodNotAllowed, NotFound, PayloadTooLarge, SanicException
from sanic.response import BaseHTTPResponse
from sanic.response.convenience import guess_content_type

from backend import telemetry
from backend.client import BackendUnavailable, Refused
from backend.domain.errors import Refusal
from bot.errors import (
    STATUS,
    BackendAway,
    BodyTooLarge,
    MethodUnknown,
    PageUnknown,
    RequestMalformed,
    Unexpected,
)

LARGEST_BODY: Final = 64 * 1024  # 1,000 characters, each written as \uXXXX\uXXXX, and room beside
TOLD_APART: Final = ("agent", "phrase", "rule", "better")  # details of a refusal that a page shows by themselves
SECURITY_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
EITHER_WAY: Final = {"Vary": "Accept-Encoding"}  # of what is sent packed to who unpacks it
GZIP: Final = {"Content-Encoding": "gzip"}
logger: Final = structlog.get_logger()


def json_response(
    content: dict[str, Any] | list[Any], *, status: int = 200, headers: dict[str, str] | None = None
) -> HTTPResponse:
    body = json.dumps(content, ensure_ascii=False)
    return HTTPResponse(body, status=status, headers=headers, content_type="application/json; charset=utf-8")


async def file_response(path: Path, *, headers: dict[str, str], name: str | None = None) -> HTTPResponse:
    """Read whole in one thread: who goes away meanwhile leaves no open file behind, as with `sanic.response.file`.

    `name`: what tells its type, where that is not the path's own.
    """
    body = await asyncio.to_thread(path.read_bytes)
    return HTTPResponse(body, headers=headers, content_type=guess_content_type(name or path.name))


def correlation_id(request: Request) -> str:
    return str(request.ctx.correlation_id)


def accepts_gzip(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "")


def refusal_response(refusal: Refusal) -> HTTPResponse:
    headers = {"WWW-Authenticate": "Bearer"} if STATUS[type(refusal)] == 401 else {}
    if "retry_after" in refusal.details:
        headers["Retry-After"] = str(refusal.details["retry_after"])
    content = {"error": refusal.code, "message": refusal.message}
    content |= {name: str(refusal.details[name]) for name in TOLD_APART if name in refusal.details}
    return json_response(content, status=STATUS[type(refusal)], headers=headers)


def prepare(app: Sanic[Any, Any]) -> None:
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY
    app.config.REQUEST_TIMEOUT = 20
    app.config.KEEP_ALIVE_TIMEOUT = 30
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 5.0
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.ACCESS_LOG = False  # it would write addresses

    @app.on_request
    async def bind(request: Request) -> None:
        request.ctx.correlation_id = telemetry.accepted_correlation_id(
            request.headers.get(telemetry.CORRELATION_HEADER)
        )
        telemetry.bind(correlation_id=request.ctx.correlation_id)

    @app.on_response  # type: ignore[untyped-decorator]  # Sanic leaves it untyped
    async def secure(request: Request, response: BaseHTTPResponse) -> None:
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers[telemetry.CORRELATION_HEADER] = getattr(request.ctx, "correlation_id", "")

    @app.exception(Exception)
    async def refuse(_request: Request, error: Exception) -> HTTPResponse:
        if isinstance(error, Refused):  # by the backend, in its words and with its status
            return json_response({"error": error.code, "message": error.message}, status=error.status)
        return refusal_response(as_refusal(error))


def as_refusal(error: Exception) -> Refusal:
    match error:
        case Refusal():
            return error
        case BackendUnavailable():
            logger.warning("backend_unavailable", reason=error.reason)
            return BackendAway()
        case NotFound():
            return PageUnknown()
        case MethodNotAllowed():
            return MethodUnknown()
        case PayloadTooLarge():
            return BodyTooLarge()
        case SanicException() if error.status_code < 500:
            return RequestMalformed()
        case _:
            logger.error("request_failed", exc_info=error)
            return Unexpected()
