"""POST /internal/due/<id>/retry: a dead letter is due again, for who keeps the system running."""

from http import HTTPStatus

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty

from backend.api.context import backend_of, in_thread
from backend.work.due import retry

due = Blueprint("due", url_prefix="/internal/due")


@due.post("/<id:int>/retry")
async def retry_dead_letter(request: Request, id: int) -> HTTPResponse:  # noqa: A002 - the row's name
    backend = backend_of(request)
    await in_thread(retry, id=id, store=backend.store, now=backend.clock())
    return empty(status=HTTPStatus.NO_CONTENT)
