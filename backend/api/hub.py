"""TMF621's /hub: other systems register to be told of events."""

from http import HTTPStatus

import httpx
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, json

from backend.api.context import backend_of, in_thread, partner_of
from backend.api.errors import BadRequest
from backend.api.hub_request import registration
from backend.api.tmf621_body import JSON, json_object, media_type
from backend.api.tmf621_ticket import BASE_PATH, Json, shown_time
from backend.ports import Listener
from backend.usecases import hub as use_cases
from backend.usecases.callbacks import CallbackRefused, address_of

hub = Blueprint("hub", url_prefix=f"{BASE_PATH}/hub")


@hub.post("/")
async def register(request: Request) -> HTTPResponse:
    """201 also for one that is registered already: it is revived."""
    backend = backend_of(request)
    media_type(request.headers.get("content-type"), allowed=(JSON,))
    wished = registration(json_object(request.body))
    try:
        await address_of(httpx.URL(wished.callback).raw_host.decode("ascii"), private=backend.private_callbacks)
    except CallbackRefused as refused:
        raise BadRequest(problems=f"callback: {refused}") from refused
    listener = await in_thread(
        use_cases.register, wished, by=partner_of(request), store=backend.store, now=backend.clock()
    )
    _, waiting = await in_thread(use_cases.read, id=listener.id, store=backend.store)
    shown = _shown(listener, waiting=waiting, url=backend.url)
    return json(shown, status=HTTPStatus.CREATED, headers={"Location": shown["href"]})


@hub.get("/")
async def list_all(request: Request) -> HTTPResponse:
    backend = backend_of(request)
    found = await in_thread(use_cases.everyone, store=backend.store)
    return json([_shown(listener, waiting=waiting, url=backend.url) for listener, waiting in found])


@hub.get("/<listener:str>")
async def read(request: Request, listener: str) -> HTTPResponse:
    backend = backend_of(request)
    found, waiting = await in_thread(use_cases.read, id=listener, store=backend.store)
    return json(_shown(found, waiting=waiting, url=backend.url))


@hub.delete("/<listener:str>")
async def remove(request: Request, listener: str) -> HTTPResponse:
    await in_thread(use_cases.remove, id=listener, store=backend_of(request).store)
    return empty()


def _shown(listener: Listener, *, waiting: int, url: str) -> Json:
    """Beside the interface's own attributes: how it stands with the listener, and how many events wait for it."""
    whole: Json = {
        "@type": "Hub",
        "id": listener.id,
        "href": f"{url}{BASE_PATH}/hub/{listener.id}",
        "callback": listener.callback,
        "query": listener.query,
        "state": state_of(listener),
        "failingSince": shown_time(listener.failing_since),
        "parkedAt": shown_time(listener.parked_at),
        "waitingEvents": waiting,
    }
    return {name: value for name, value in whole.items() if value is not None}


def state_of(listener: Listener) -> str:
    if listener.parked_at:
        return "parked"
    return "failing" if listener.failing_since else "active"
