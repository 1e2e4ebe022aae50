"""What actions and bot call, through backend.client."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend import queries, usecases
from backend.api.context import backend_of, in_thread
from backend.messages import Asker, Proof, Report, receipt_to_dict, ticket_view_to_dict

internal = Blueprint("internal", url_prefix="/internal")


@internal.post("/tickets")
async def file_report(request: Request) -> HTTPResponse:
    backend, report = backend_of(request), Report.from_json(request.body)
    receipt = await in_thread(
        lambda: usecases.accept(
            report=report, terms=backend.terms(at=report.accepted_at), store=backend.store, now=backend.clock()
        )
    )
    return json(receipt_to_dict(receipt), status=200 if receipt.already_filed or receipt.already_open else 201)


@internal.post("/tickets/open")
async def tell_open_tickets(request: Request) -> HTTPResponse:
    backend, asker = backend_of(request), Asker.from_json(request.body)
    views = await in_thread(queries.open_of_conversation, asker=asker, store=backend.store, now=backend.clock())
    return json([ticket_view_to_dict(view) for view in views])


@internal.post("/progress")
async def tell_progress(request: Request) -> HTTPResponse:
    backend, proof = backend_of(request), Proof.from_json(request.body)
    view = await in_thread(queries.progress, proof=proof, store=backend.store, now=backend.clock())
    return json(ticket_view_to_dict(view))


@internal.post("/urge")
async def urge_ticket(request: Request) -> HTTPResponse:
    backend, proof = backend_of(request), Proof.from_json(request.body)
    view = await in_thread(usecases.urge, proof=proof, store=backend.store, now=backend.clock())
    return json(ticket_view_to_dict(view))
