"""/internal/desk: what staff see at the desk, and their acts as it lets them through."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import NotFound
from sanic.response import json

from backend import desk_views
from backend.api.acts import VERBS
from backend.api.context import backend_of, in_thread
from backend.desk_customer import customer
from backend.domain.staff_acts import Verb
from backend.messages.desk import (
    BOARD_ASKED,
    BOARD_VIEW,
    CONTACT,
    CUSTOMER_ASKED,
    CUSTOMER_IN_PANEL,
    LOOKING,
    TICKET_IN_FULL,
)
from backend.messages.reports import shaped, ticket_view_to_dict
from backend.messages.staff_acts import SHAPES
from backend.messages.visit_sheet import SHEET_ASKED, VISIT_SHEET
from backend.usecases.acts import refuse_others
from backend.visit_sheet import visit_sheet

desk = Blueprint("desk", url_prefix="/internal/desk")


@desk.post("/board")
async def show_board(request: Request) -> HTTPResponse:
    backend, asked = backend_of(request), shaped(BOARD_ASKED, request.body)
    now = backend.clock()
    board = await in_thread(desk_views.board, asked=asked, terms=backend.terms(at=now), store=backend.store, now=now)
    return json(BOARD_VIEW.dump_python(board, mode="json"))


@desk.post("/ticket")
async def show_ticket(request: Request) -> HTTPResponse:
    backend, looking = backend_of(request), shaped(LOOKING, request.body)
    now = backend.clock()
    ticket = await in_thread(
        desk_views.in_full, looking=looking, terms=backend.terms(at=now), store=backend.store, now=now
    )
    return json(TICKET_IN_FULL.dump_python(ticket, mode="json"))


@desk.post("/visits")
async def show_visits(request: Request) -> HTTPResponse:
    backend, asked = backend_of(request), shaped(SHEET_ASKED, request.body)
    now = backend.clock()
    sheet = await in_thread(visit_sheet, asked=asked, terms=backend.terms(at=now), store=backend.store, now=now)
    return json(VISIT_SHEET.dump_python(sheet, mode="json"))


@desk.post("/contact")
async def show_contact(request: Request) -> HTTPResponse:
    backend, looking = backend_of(request), shaped(LOOKING, request.body)
    contact = await in_thread(desk_views.contact, looking=looking, store=backend.store)
    return json(CONTACT.dump_python(contact, mode="json"))


@desk.post("/customer")
async def show_customer(request: Request) -> HTTPResponse:
    backend, asked = backend_of(request), shaped(CUSTOMER_ASKED, request.body)
    now = backend.clock()
    found = await in_thread(
        customer, asked=asked, terms=backend.terms(at=now), store=backend.store, accounts=backend.accounts, now=now
    )
    return json(CUSTOMER_IN_PANEL.dump_python(found, mode="json"))


@desk.post("/acts/<verb:str>")
async def act(request: Request, verb: str) -> HTTPResponse:
    """As /internal/acts, for whom it is to do."""
    if verb not in set(Verb):
        raise NotFound
    theirs = Verb(verb)
    backend, said = backend_of(request), shaped(SHAPES[theirs], request.body)
    now = backend.clock()
    terms = backend.terms(at=now)
    await in_thread(refuse_others, theirs, act=said, terms=terms, store=backend.store)
    view = await in_thread(VERBS[theirs], act=said, terms=terms, store=backend.store, now=now)
    return json(ticket_view_to_dict(view))
