"""POST /internal/key-visits: a key customer was visited (R5.5)."""

from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend import key_customers
from backend.api.context import backend_of, in_thread
from backend.domain.key_visit import KeyVisit
from backend.key_visit_messages import KEY_VISIT_ACT, KEY_VISIT_VIEW, KeyVisitView
from backend.messages import shaped

key_visits: Final = Blueprint("key_visits", url_prefix="/internal/key-visits")


@key_visits.post("/")
async def record(request: Request) -> HTTPResponse:
    backend, act = backend_of(request), shaped(KEY_VISIT_ACT, request.body)
    now = backend.clock()
    made: KeyVisit = await in_thread(
        key_customers.record, act=act, terms=backend.terms(at=now), store=backend.store, now=now
    )
    return json(KEY_VISIT_VIEW.dump_python(KeyVisitView(**vars(made)), mode="json"))
