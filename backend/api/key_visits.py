"""/internal/key-visits: the plan, and a key customer was visited (R5.5)."""

from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend.api.context import backend_of, in_thread
from backend.domain.key_visit import KeyVisit
from backend.messages.hall import KEY_VISIT_PLAN
from backend.messages.key_visits import KEY_CONTACT, KEY_VISIT_ACT, KEY_VISIT_VIEW, KeyVisitView
from backend.messages.reports import shaped
from backend.usecases import key_customers

key_visits: Final = Blueprint("key_visits", url_prefix="/internal/key-visits")


@key_visits.get("/")
async def tell_plan(request: Request) -> HTTPResponse:
    backend = backend_of(request)
    plan = await in_thread(
        key_customers.planned, charter=backend.charters.newest, store=backend.store, accounts=backend.accounts
    )
    return json(KEY_VISIT_PLAN.dump_python(plan, mode="json"))


@key_visits.get("/<number:int>/contact")
async def tell_contact(request: Request, number: int) -> HTTPResponse:
    backend = backend_of(request)
    contact = await in_thread(key_customers.contact, number=number, store=backend.store, accounts=backend.accounts)
    return json(KEY_CONTACT.dump_python(contact, mode="json"))


@key_visits.post("/")
async def record(request: Request) -> HTTPResponse:
    backend, act = backend_of(request), shaped(KEY_VISIT_ACT, request.body)
    now = backend.clock()
    made: KeyVisit = await in_thread(
        key_customers.record, act=act, terms=backend.terms(at=now), store=backend.store, now=now
    )
    return json(KEY_VISIT_VIEW.dump_python(KeyVisitView(**vars(made)), mode="json"))
