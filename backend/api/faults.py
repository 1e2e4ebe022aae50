"""/internal/faults: faults of staff, as a leader records them (R7.1)."""

from sanic import Blueprint, HTTPResponse, Request, empty

from backend.api.context import backend_of, in_thread
from backend.messages.faults import FAULT_NOTED
from backend.messages.reports import shaped
from backend.usecases import faults as use_cases

faults = Blueprint("faults", url_prefix="/internal/faults")


@faults.post("")
async def record(request: Request) -> HTTPResponse:
    backend, noted = backend_of(request), shaped(FAULT_NOTED, request.body)
    now = backend.clock()
    await in_thread(use_cases.record, noted=noted, terms=backend.terms(at=now), store=backend.store, now=now)
    return empty(status=204)
