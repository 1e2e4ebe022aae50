"""TMF621 Trouble Ticket Management v5: create, read, list, patch."""

from collections.abc import Sequence

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend import queries
from backend.api.context import Backend, backend_of, in_thread, partner_of
from backend.api.errors import BadRequest, NotOffered
from backend.api.tmf621_body import JSON, json_object, media_type, wanted_fields
from backend.api.tmf621_openapi import document
from backend.api.tmf621_patch import TAKEN, patch_of
from backend.api.tmf621_request import new_report
from backend.api.tmf621_search import links, search
from backend.api.tmf621_ticket import ATTRIBUTES, BASE_PATH, Json, trouble_ticket
from backend.domain.errors import InvalidTicketNumber
from backend.domain.ticket import TicketNumber
from backend.ports import Entry, Filed
from backend.refusals import TicketNotFound
from backend.usecases import amending
from backend.usecases import tickets as usecases
from backend.usecases.amending import Amendment

tmf621 = Blueprint("tmf621", url_prefix=BASE_PATH)


@tmf621.post("/troubleTicket")
async def create(request: Request) -> HTTPResponse:
    backend, now = backend_of(request), backend_of(request).clock()
    media_type(request.headers.get("content-type"), allowed=(JSON,))
    body = json_object(request.body)
    fields = wanted_fields(_query(request))
    report = new_report(body, now=now)

    def work() -> Json:
        receipt = usecases.accept(
            report=report,
            terms=backend.terms(at=report.accepted_at),
            store=backend.store,
            accounts=backend.accounts,
            now=now,
            reported_severity=body["severity"],
            by=partner_of(request),
        )
        return _shown(backend, TicketNumber.parse(receipt.ticket_number), fields)

    ticket = await in_thread(work)
    return json(ticket, status=201, headers={"Location": ticket["href"]})


@tmf621.get("/troubleTicket")
async def find(request: Request) -> HTTPResponse:
    backend = backend_of(request)
    query = _query(request)
    page, fields = search(query), wanted_fields(query)

    def work() -> tuple[list[Json], int]:
        found = queries.search(
            criteria=page.criteria, order=page.order, offset=page.offset, limit=page.limit, store=backend.store
        )
        shown = [
            trouble_ticket(filed, history=found.history[filed.ticket.number], url=backend.url, fields=fields)
            for filed in found.filed
        ]
        return shown, found.total

    shown, total = await in_thread(work)
    url = f"{backend.url}{BASE_PATH}/troubleTicket"
    headers = {
        "Link": links(url, query, page=page, total=total),
        "X-Total-Count": str(total),
        "X-Result-Count": str(len(shown)),
    }
    return json(shown, headers=headers)


@tmf621.get("/troubleTicket/<number:str>")
async def read(request: Request, number: str) -> HTTPResponse:
    backend = backend_of(request)
    fields = wanted_fields(_query(request))
    return json(await in_thread(_shown, backend, _number(number), fields))


@tmf621.patch("/troubleTicket/<number:str>")
async def patch(request: Request, number: str) -> HTTPResponse:
    backend, now = backend_of(request), backend_of(request).clock()
    sent = patch_of(request.body, media_type=media_type(request.headers.get("content-type"), allowed=TAKEN))
    fields = wanted_fields(_query(request))

    def wished(filed: Filed, history: Sequence[Entry]) -> Amendment:
        return sent.amendment(trouble_ticket(filed, history=history, url=backend.url))

    def work() -> Json:
        amending.amend(
            number=_number(number),
            wished=wished,
            by=partner_of(request),
            terms=backend.terms(at=now),
            store=backend.store,
            now=now,
        )
        return _shown(backend, _number(number), fields)

    return json(await in_thread(work))


@tmf621.get("/openapi.json")
async def describe(_request: Request) -> HTTPResponse:
    return json(document())


async def not_offered(_request: Request, other: str) -> HTTPResponse:
    raise NotOffered(what=other)


tmf621.add_route(not_offered, "/<other:path>", methods=["GET", "POST", "PATCH", "DELETE"])


def _shown(backend: Backend, number: TicketNumber, fields: frozenset[str] = ATTRIBUTES) -> Json:
    filed, history = queries.read(number=number, store=backend.store)
    return trouble_ticket(filed, history=history, url=backend.url, fields=fields)


def _number(text: str) -> TicketNumber:
    try:
        return TicketNumber.parse(text)
    except InvalidTicketNumber as wrong:
        raise TicketNotFound from wrong


def _query(request: Request) -> dict[str, str]:
    args = request.get_args(keep_blank_values=True)  # a filter by nothing is none that may be passed over
    repeated = sorted(name for name, values in args.items() if len(values) > 1)
    if repeated:
        raise BadRequest(problems=f"given twice: {', '.join(repeated)} (alternatives are separated by commas)")
    return {name: values[0] for name, values in args.items()}
