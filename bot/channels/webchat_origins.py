"""Which sites of others may use the chat: they are named in the settings, and nobody else may."""

from collections.abc import Collection
from typing import Final

from sanic import Blueprint, Request
from sanic.response import BaseHTTPResponse, HTTPResponse, empty

from bot.channels.webchat import ANSWERING

PATHS: Final = ("/sessions", "/messages", "/events", "/photos", "/photos/<attachment:str>", "/typing", "/read")
PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
    "Access-Control-Max-Age": "600",
}


def open_to(origins: Collection[str], chat: Blueprint, *more: Blueprint) -> None:
    """Answers what browsers ask before a page of another site may call the chat, and marks the answers it may read."""

    async def preflight(_request: Request, **_path: str) -> HTTPResponse:
        return empty(headers=PREFLIGHT)

    async def mark(request: Request, response: BaseHTTPResponse) -> None:
        response.headers["Vary"] = "Origin"
        origin = request.headers.get("origin")
        if origin in origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = f"Retry-After, {ANSWERING}"

    for number, path in enumerate(PATHS):
        chat.add_route(preflight, path, methods=["OPTIONS"], name=f"preflight-{number}")
    for part in (chat, *more):
        part.middleware(mark, "response")
