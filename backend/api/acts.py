"""POST /internal/acts/<verb>: what members of staff do to a ticket. One table of the verbs."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import TypeAdapter
from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import NotFound
from sanic.response import json

from backend import acts as use_cases
from backend import (
    complaints,
    deeming,
    dispatching,
    erasure,
    extensions,
    handovers,
    key_account_steps,
    materials,
    owners,
    regrading,
    visiting,
)
from backend.act_messages import CONTACTED, RESOLVED, STAFF_ACT, TRANSFER, VISIT_MADE
from backend.api.context import backend_of, in_thread
from backend.clock_messages import (
    ASK_EXTENSION,
    CHANGE_OWNER,
    DECIDE_EXTENSION,
    DEEM_ON_TIME,
    MISSING_MATERIALS,
    REFER,
    REGRADE,
)
from backend.complaint_messages import ANNOTATE, CONCLUDE, NAME_INVESTIGATOR
from backend.messages import TicketView, shaped, ticket_view_to_dict

acts = Blueprint("acts", url_prefix="/internal/acts")

VERBS: Final[Mapping[str, tuple[TypeAdapter[Any], Callable[..., TicketView]]]] = {
    "contacted": (CONTACTED, dispatching.contacted),
    "receive": (STAFF_ACT, dispatching.receive),
    "resolve": (RESOLVED, dispatching.resolve),
    "visit": (VISIT_MADE, visiting.visit),
    "respond": (STAFF_ACT, use_cases.respond),
    "missing-materials": (MISSING_MATERIALS, materials.missing),
    "complete-materials": (STAFF_ACT, materials.complete),
    "ask-extension": (ASK_EXTENSION, extensions.request),
    "decide-extension": (DECIDE_EXTENSION, extensions.decide),
    "deem-on-time": (DEEM_ON_TIME, deeming.deem),
    "regrade": (REGRADE, regrading.regrade),
    "change-owner": (CHANGE_OWNER, owners.change_owner),
    "refer": (REFER, owners.refer),
    "next-step": (STAFF_ACT, key_account_steps.advance),
    "annotate": (ANNOTATE, complaints.annotate),
    "name-investigator": (NAME_INVESTIGATOR, complaints.name_investigator),
    "conclude": (CONCLUDE, complaints.conclude),
    "stopping-point": (STAFF_ACT, handovers.stop),
    "erase": (STAFF_ACT, erasure.erase),
    "transfer": (TRANSFER, use_cases.transfer),
}


@acts.post("/<verb:str>")
async def act(request: Request, verb: str) -> HTTPResponse:
    if verb not in VERBS:
        raise NotFound
    shape, use_case = VERBS[verb]
    backend, said = backend_of(request), shaped(shape, request.body)
    now = backend.clock()
    view = await in_thread(use_case, act=said, terms=backend.terms(at=now), store=backend.store, now=now)
    return json(ticket_view_to_dict(view))
