"""/internal/force-majeure: what a leader has declared (R1.18)."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend.api.context import backend_of, in_thread
from backend.messages.force_majeure import DECLARED, declaration_to_dict
from backend.messages.reports import shaped
from backend.usecases import force_majeure as use_cases

force_majeure = Blueprint("force_majeure", url_prefix="/internal/force-majeure")


@force_majeure.post("")
async def declare(request: Request) -> HTTPResponse:
    backend, declared = backend_of(request), shaped(DECLARED, request.body)
    declaration = await in_thread(
        use_cases.declare,
        declared=declared,
        charter=backend.charters.newest,
        store=backend.store,
        now=backend.clock(),
    )
    return json(declaration_to_dict(declaration), status=201)


@force_majeure.get("")
async def declared(request: Request) -> HTTPResponse:
    declarations = await in_thread(use_cases.declared, store=backend_of(request).store)
    return json([declaration_to_dict(each) for each in declarations])
