"""TMF621 Trouble Ticket Management v5: create, read, list, patch."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend import queries, usecases
from backend.api import tmf621_request
from backend.api.context import Backend, backend_of, in_thread
from backend.api.errors import BadRequest, NotOffered
from backend.api.tmf621_ticket import ATTRIBUTES, BASE_PATH, Json, trouble_ticket
from backend.domain.errors import InvalidTicketNumber
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import Channel
from backend.refusals import TicketNotFound

tmf621 = Blueprint("tmf621", url_prefix=BASE_PATH)
MERGE_PATCH = frozenset({"application/merge-patch+json", "application/json"})


@tmf621.post("/troubleTicket")
async def create(request: Request) -> HTTPResponse:
    backend, now = backend_of(request), backend_of(request).clock()
    body = tmf621_request.body_of(request.body)
    fields = tmf621_request.wanted_fields(_query(request))
    report = tmf621_request.new_report(body, now=now)

    def work() -> Json:
        receipt = usecases.accept(
            report=report,
            terms=backend.terms(at=report.accepted_at),
            store=backend.store,
            accounts=backend.accounts,
            now=now,
            reported_severity=body["severity"],
        )
        return _shown(backend, TicketNumber.parse(receipt.ticket_number), fields)

    ticket = await in_thread(work)
    return json(ticket, status=201, headers={"Location": ticket["href"]})


@tmf621.get("/troubleTicket")
async def find(request: Request) -> HTTPResponse:
    backend = backend_of(request)
    fields = tmf621_request.wanted_fields(_query(request))
    search = tmf621_request.search(_query(request))

    def work() -> tuple[list[Json], int]:
        found = queries.search(
            criteria=search.criteria,
            newest_first=search.newest_first,
            offset=search.offset,
            limit=search.limit,
            store=backend.store,
        )
        shown = [
            trouble_ticket(filed, history=found.history[filed.ticket.number], url=backend.url, fields=fields)
            for filed in found.filed
        ]
        return shown, found.total

    shown, total = await in_thread(work)
    return json(shown, headers={"X-Total-Count": str(total), "X-Result-Count": str(len(shown))})


@tmf621.get("/troubleTicket/<number:str>")
async def read(request: Request, number: str) -> HTTPResponse:
    backend = backend_of(request)
    fields = tmf621_request.wanted_fields(_query(request))
    return json(await in_thread(_shown, backend, _number(number), fields))


@tmf621.patch("/troubleTicket/<number:str>")
async def patch(request: Request, number: str) -> HTTPResponse:
    backend, now = backend_of(request), backend_of(request).clock()
    media_type = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if media_type not in MERGE_PATCH:
        raise NotOffered(what=media_type)
    change = tmf621_request.status_patch(tmf621_request.body_of(request.body))
    fields = tmf621_request.wanted_fields(_query(request))

    def work() -> Json:
        usecases.change_status(
            number=_number(number),
            to=change.status,
            reason=change.reason,
            by=Channel.PARTNER,
            terms=backend.terms(at=now),
            store=backend.store,
            now=now,
        )
        return _shown(backend, _number(number), fields)

    return json(await in_thread(work))


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
    repeated = sorted(name for name, values in request.args.items() if len(values) > 1)
    if repeated:
        raise BadRequest(problems=f"given twice: {', '.join(repeated)} (alternatives are separated by commas)")
    return {name: values[0] for name, values in request.args.items()}
