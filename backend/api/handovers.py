"""/internal/handovers: what a shift hands over 交接班 (R2.9)."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend.api.context import backend_of, in_thread
from backend.messages.handovers import OFFERING, TAKING, handover_to_dict, matters_to_list
from backend.messages.reports import shaped
from backend.usecases import handovers as use_cases

handovers = Blueprint("handovers", url_prefix="/internal/handovers")


@handovers.get("/")
async def tell_handovers(request: Request) -> HTTPResponse:
    found = await in_thread(use_cases.every, store=backend_of(request).store)
    return json([handover_to_dict(each) for each in found])


@handovers.get("/of/<job_number:str>")
async def in_hand(request: Request, job_number: str) -> HTTPResponse:
    backend = backend_of(request)
    now = backend.clock()
    found = await in_thread(
        use_cases.in_hand, job_number=job_number, terms=backend.terms(at=now), store=backend.store, now=now
    )
    return json(matters_to_list(found))


@handovers.post("/offer")
async def offer(request: Request) -> HTTPResponse:
    backend, offering = backend_of(request), shaped(OFFERING, request.body)
    now = backend.clock()
    made = await in_thread(
        use_cases.make_offer, offering=offering, terms=backend.terms(at=now), store=backend.store, now=now
    )
    return json(handover_to_dict(made), status=201)


@handovers.post("/take")
async def take(request: Request) -> HTTPResponse:
    backend, taking = backend_of(request), shaped(TAKING, request.body)
    taken = await in_thread(use_cases.take, taking=taking, store=backend.store, now=backend.clock())
    return json(handover_to_dict(taken))
