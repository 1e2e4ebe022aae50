"""POST /internal/acts/<verb>: what members of staff do to a ticket. One table of the verbs."""

from collections.abc import Callable, Mapping
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import NotFound
from sanic.response import json

from backend.api.context import backend_of, in_thread
from backend.domain.staff_acts import Verb
from backend.domain.vocabulary import TicketStatus
from backend.messages.reports import TicketView, shaped, ticket_view_to_dict
from backend.messages.staff_acts import SHAPES
from backend.usecases import acts as use_cases
from backend.usecases import (
    complaints,
    deeming,
    dispatching,
    erasure,
    extensions,
    handovers,
    key_account_steps,
    materials,
    moving,
    owners,
    regrading,
    visiting,
)

acts = Blueprint("acts", url_prefix="/internal/acts")

UseCase = Callable[..., TicketView]
VERBS: Final[Mapping[Verb, UseCase]] = {
    Verb.RECEIVE: dispatching.receive,
    Verb.CONTACTED: dispatching.contacted,
    Verb.START: moving.to(TicketStatus.IN_PROGRESS),
    Verb.RESPOND: use_cases.respond,
    Verb.RESOLVE: dispatching.resolve,
    Verb.CONCLUDE: complaints.conclude,
    Verb.MISSING_MATERIALS: materials.missing,
    Verb.COMPLETE_MATERIALS: materials.complete,
    Verb.HOLD: moving.to(TicketStatus.HELD),
    Verb.TRANSFER: use_cases.transfer,
    Verb.REFER: owners.refer,
    Verb.ASK_EXTENSION: extensions.request,
    Verb.DECIDE_EXTENSION: extensions.decide,
    Verb.DEEM_ON_TIME: deeming.deem,
    Verb.REGRADE: regrading.regrade,
    Verb.CHANGE_OWNER: owners.change_owner,
    Verb.ANNOTATE: complaints.annotate,
    Verb.NAME_INVESTIGATOR: complaints.name_investigator,
    Verb.NEXT_STEP: key_account_steps.advance,
    Verb.STOPPING_POINT: handovers.stop,
    Verb.VISIT: visiting.visit,
    Verb.CLOSE: moving.to(TicketStatus.CLOSED),
    Verb.REOPEN: moving.reopen,
    Verb.CANCEL: moving.cancel,
    Verb.REJECT: moving.to(TicketStatus.REJECTED),
    Verb.ERASE: erasure.erase,
    Verb.REMARK: moving.remark,
}


@acts.post("/<verb:str>")
async def act(request: Request, verb: str) -> HTTPResponse:
    if verb not in set(Verb):
        raise NotFound
    theirs = Verb(verb)
    backend, said = backend_of(request), shaped(SHAPES[theirs], request.body)
    now = backend.clock()
    view = await in_thread(VERBS[theirs], act=said, terms=backend.terms(at=now), store=backend.store, now=now)
    return json(ticket_view_to_dict(view))
