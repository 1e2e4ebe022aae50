"""POST /internal/listeners/<id>/revive|remove: for who keeps the system running. Listeners themselves use /hub."""

from http import HTTPStatus

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty

from backend.api.context import backend_of, in_thread
from backend.usecases import hub

listeners = Blueprint("listeners", url_prefix="/internal/listeners")


@listeners.post("/<listener:str>/revive")
async def revive(request: Request, listener: str) -> HTTPResponse:
    backend = backend_of(request)
    await in_thread(hub.revive, id=listener, store=backend.store, now=backend.clock())
    return empty(status=HTTPStatus.NO_CONTENT)


@listeners.post("/<listener:str>/remove")
async def remove(request: Request, listener: str) -> HTTPResponse:
    await in_thread(hub.remove, id=listener, store=backend_of(request).store)
    return empty(status=HTTPStatus.NO_CONTENT)
