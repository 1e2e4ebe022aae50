"""/internal/incidents: what staff see of area incidents 片区故障 and decide."""

from collections.abc import Callable
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend.api.context import backend_of, in_thread
from backend.messages.incidents import INCIDENT_ACT, INCIDENT_VIEW, IncidentView
from backend.messages.reports import shaped
from backend.usecases import incidents as use_cases

incidents = Blueprint("incidents", url_prefix="/internal/incidents")


@incidents.get("/")
async def tell_incidents(request: Request) -> HTTPResponse:
    found = await in_thread(use_cases.every, store=backend_of(request).store)
    return json([_shown(seen) for seen in found])


@incidents.post("/confirm")
async def confirm(request: Request) -> HTTPResponse:
    return await _decided(request, use_cases.confirm)


@incidents.post("/dismiss")
async def dismiss(request: Request) -> HTTPResponse:
    return await _decided(request, use_cases.dismiss)


@incidents.post("/mend")
async def mend(request: Request) -> HTTPResponse:
    return await _decided(request, use_cases.mend)


async def _decided(request: Request, use_case: Callable[..., use_cases.Seen]) -> HTTPResponse:
    backend, act = backend_of(request), shaped(INCIDENT_ACT, request.body)
    now = backend.clock()
    seen = await in_thread(use_case, act=act, terms=backend.terms(at=now), store=backend.store, now=now)
    return json(_shown(seen))


def _shown(seen: use_cases.Seen) -> dict[str, Any]:
    incident = seen.incident
    view = IncidentView(
        number=incident.number,
        area=incident.area,
        service=incident.service,
        state=incident.state,
        proposed_at=incident.proposed_at,
        cause=incident.cause,
        outcome=incident.outcome,
        tickets=tuple(str(filed.ticket.number) for filed in seen.tickets),
    )
    shape: dict[str, Any] = INCIDENT_VIEW.dump_python(view, mode="json")
    return shape
