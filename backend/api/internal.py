"""What actions and bot call, through backend.client."""

from collections.abc import Callable

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend import queries
from backend.api.context import backend_of, in_thread
from backend.domain.outage import Outage
from backend.domain.vocabulary import Service
from backend.messages.accounts import AccountProof, account_to_dict, account_view
from backend.messages.acts import RECEIPT_CODE
from backend.messages.outages import Announcement, Ending, Moving, outage_to_dict
from backend.messages.reports import (
    Appointment,
    Conversation,
    Proof,
    Report,
    ShapeInvalid,
    TicketView,
    VisitAnswer,
    Wish,
    receipt_to_dict,
    shaped,
    ticket_view_to_dict,
)
from backend.usecases import dispatching, outages, payments, wishes
from backend.usecases import tickets as usecases
from backend.usecases.account_proof import account_of
from backend.usecases.payments import PAYMENT

internal = Blueprint("internal", url_prefix="/internal")


@internal.post("/tickets")
async def file_report(request: Request) -> HTTPResponse:
    backend, report = backend_of(request), Report.from_json(request.body)
    receipt = await in_thread(
        lambda: usecases.accept(
            report=report,
            terms=backend.terms(at=report.accepted_at),
            store=backend.store,
            accounts=backend.accounts,
            now=backend.clock(),
        )
    )
    return json(receipt_to_dict(receipt), status=200 if receipt.already_filed or receipt.already_open else 201)


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


@internal.post("/tickets-of-conversation")
async def tell_tickets(request: Request) -> HTTPResponse:
    backend, asked = backend_of(request), Conversation.from_json(request.body)
    found = await in_thread(
        queries.of_conversation,
        conversation=asked.conversation,
        caller=asked.caller,
        store=backend.store,
        now=backend.clock(),
    )
    return json([ticket_view_to_dict(view) for view in found])


@internal.post("/appointment")
async def change_appointment(request: Request) -> HTTPResponse:
    wish = Appointment.from_json(request.body)
    return await _carried_out(request, lambda **where: wishes.change_appointment(wish=wish, **where))


@internal.post("/withdrawal")
async def withdraw(request: Request) -> HTTPResponse:
    wish = Wish.from_json(request.body)
    return await _carried_out(request, lambda **where: wishes.withdraw(wish=wish, **where))


@internal.post("/materials")
async def supply_materials(request: Request) -> HTTPResponse:
    wish = Wish.from_json(request.body)
    return await _carried_out(request, lambda **where: wishes.supply_materials(wish=wish, **where))


@internal.post("/return-visit")
async def answer_visit(request: Request) -> HTTPResponse:
    answer = VisitAnswer.from_json(request.body)
    return await _carried_out(request, lambda **where: wishes.answer_visit(answer=answer, **where))


async def _carried_out(request: Request, use_case: Callable[..., TicketView]) -> HTTPResponse:
    backend = backend_of(request)
    now = backend.clock()
    view = await in_thread(use_case, terms=backend.terms(at=now), store=backend.store, now=now)
    return json(ticket_view_to_dict(view))


@internal.post("/receipt")
async def confirm_receipt(request: Request) -> HTTPResponse:
    """接单 by the code that stands in the order."""
    code = shaped(RECEIPT_CODE, request.body).receipt_token
    return await _carried_out(request, lambda **where: dispatching.receive_by_token(receipt_token=code, **where))


@internal.post("/account")
async def tell_account(request: Request) -> HTTPResponse:
    backend, proof = backend_of(request), AccountProof.from_json(request.body)
    account = await in_thread(
        account_of, proof=proof, accounts=backend.accounts, store=backend.store, now=backend.clock()
    )
    return json(account_to_dict(account_view(account)))


@internal.post("/payments")
async def take_payment(request: Request) -> HTTPResponse:
    """What the operator's billing tells; 201 with the order to resume, 200 with null where nothing has to be."""
    backend, payment = backend_of(request), shaped(PAYMENT, request.body)
    receipt = await in_thread(
        payments.paid,
        payment=payment,
        terms=backend.terms(at=payment.paid_at),
        store=backend.store,
        accounts=backend.accounts,
        now=backend.clock(),
    )
    return json(receipt_to_dict(receipt), status=201) if receipt else json(None)


@internal.get("/outages")
async def tell_outages(request: Request) -> HTTPResponse:
    """?area=…&service=…: what holds now or is ahead there; without a service, for any."""
    backend, service = backend_of(request), request.args.get("service")
    found = await in_thread(
        outages.known,
        area=request.args.get("area") or "",
        service=_service(service) if service else None,
        store=backend.store,
        now=backend.clock(),
    )
    return json([outage_to_dict(outage) for outage in found])


@internal.get("/announcements")
async def tell_announcements(request: Request) -> HTTPResponse:
    """What holds now or is ahead in any area, changes too."""
    backend = backend_of(request)
    return json(
        [outage_to_dict(each) for each in await in_thread(outages.announced, store=backend.store, now=backend.clock())]
    )


@internal.post("/outages")
async def announce_outage(request: Request) -> HTTPResponse:
    announcement = Announcement.from_json(request.body)
    told = await _made_known(request, lambda **where: outages.announce(announcement=announcement, **where))
    return json(told, status=201)


@internal.post("/outages/<number:int>/move")
async def move_outage(request: Request, number: int) -> HTTPResponse:
    moving = Moving.from_json(request.body)
    return json(await _made_known(request, lambda **where: outages.move(number=number, moving=moving, **where)))


@internal.post("/outages/<number:int>/end")
async def end_outage(request: Request, number: int) -> HTTPResponse:
    by = Ending.from_json(request.body).ended_by
    return json(await _made_known(request, lambda **where: outages.end(number=number, by=by, **where)))


async def _made_known(request: Request, use_case: Callable[..., Outage]) -> dict[str, object]:
    backend = backend_of(request)
    outage = await in_thread(use_case, charter=backend.charters.newest, store=backend.store, now=backend.clock())
    return outage_to_dict(outage)


def _service(word: str) -> Service:
    try:
        return Service(word)
    except ValueError as wrong:
        raise ShapeInvalid(("service: is none of the vocabulary",)) from wrong
