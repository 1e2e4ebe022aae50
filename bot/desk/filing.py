"""/desk/api/conversations/…/draft and …/tickets: filing a ticket from a conversation, with what is known already."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import AwareDatetime, Field
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend.client import BackendUnavailable, CustomerInPanel, Receipt, Report
from backend.domain.vocabulary import (
    Channel,
    ComplaintKind,
    FaultKind,
    OrderKind,
    QuestionKind,
    Service,
    TicketType,
)
from backend.domain.written import phone as as_dialled
from bot.conversations.messages import Message, Speaker
from bot.desk.audit import Deed
from bot.desk.conversations import SERVES
from bot.desk.gate import PREFIX
from bot.desk.panel import customer_of, understood_of
from bot.desk.parts import Desk
from bot.desk.phones import e164
from bot.desk.shapes import dumped, read, shaped
from bot.desk.who import Staff, staff_of
from bot.errors import WrongFields
from bot.responses import correlation_id, json_response
from bot.wording import asks_for_a_person

LOOKED_BACK: Final = 100  # messages
READ_NOW: Final = 5  # messages
TOLD: Final = 1000  # characters of a description that is put together
KINDS: Final = {
    TicketType.FAULT: FaultKind,
    TicketType.COMPLAINT: ComplaintKind,
    TicketType.ORDER: OrderKind,
    TicketType.QUESTION: QuestionKind,
}
_OF_INTENT: Final[dict[str, tuple[TicketType, str]]] = {
    **{f"report_fault_{kind}": (TicketType.FAULT, str(kind)) for kind in FaultKind},
    "report_danger": (TicketType.FAULT, FaultKind.DANGER),
    **{f"complain_{kind}": (TicketType.COMPLAINT, str(kind)) for kind in ComplaintKind},
    **{f"ask_process_{kind}": (TicketType.ORDER, str(kind)) for kind in OrderKind},
    "ask_process_transfer_owner": (TicketType.ORDER, OrderKind.TRANSFER),
    "request_human": (TicketType.QUESTION, QuestionKind.CALLBACK),
    "request_answer": (TicketType.QUESTION, QuestionKind.ANSWER),
}
Words = Annotated[str, Field(min_length=1, max_length=2000)]


@dataclass(frozen=True, kw_only=True)
class Filing:
    """`matter_id`: the page's own, as in the draft: the same again is the same ticket. `contact_phone`: as it is
    dialled, or None for the one that the channel knows. `joins`, `about`: numbers of tickets."""

    matter_id: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\x21-\x7e]+$")]
    ticket_type: TicketType
    subject: Annotated[str, Field(min_length=1, max_length=64)]
    description: Words
    service: Service | None = None
    address: Words | None = None
    contact_phone: Annotated[str, Field(max_length=32)] | None = None
    requested_at: AwareDatetime | None = None
    requested_text: Words | None = None
    about: str | None = None
    joins: str | None = None
    attachments: Annotated[tuple[str, ...], Field(max_length=20)] = ()


def filing(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_filing", url_prefix=f"{PREFIX}/conversations")

    @pages.get("/<conversation:str>/draft")
    async def draft(request: Request, conversation: str) -> HTTPResponse:
        """What a ticket of this conversation would say, as far as it is known, in the customer's words: with a row in
        the audit for whoever does not serve them."""
        staff, trace = staff_of(request, *SERVES), correlation_id(request)
        takeover = await desk.threads(desk.takeovers.of, conversation=conversation)
        if not takeover.is_held_by(staff.job_number):
            await desk.record(staff.job_number, Deed.WORDS_SHOWN, about=conversation)
        known = await desk.threads(desk.peers.conversation, conversation=conversation)
        said = await _said(desk, conversation)
        words = [each for each in said if not each.attachment and not asks_for_a_person(each.text)]
        read_as = await _understood(desk, conversation, words, trace)
        matter = _matter(read_as)
        found = await _customer(desk, staff, conversation, trace)
        return json_response(
            {
                "matter_id": f"desk:{conversation}:{said[-1].seq if said else 0}",
                "ticket_type": matter[0] if matter else None,
                "subject": matter[1] if matter else None,
                "service": _entity(read_as, "service"),
                "description": "；".join(each.text for each in words)[-TOLD:],
                "address": _entity(read_as, "address"),
                "contact_phone": as_dialled(phone) if (phone := _entity(read_as, "phone")) else None,
                "phone_known": as_dialled(known.phone)[-4:] if known.phone else None,
                "attachments": [each.attachment for each in said if each.attachment],
                "open_tickets": [row.number for row in found.tickets] if found else None,
                "owner": await _owner(desk, conversation, staff),
            }
        )

    @pages.post("/<conversation:str>/tickets")
    async def file(request: Request, conversation: str) -> HTTPResponse:
        """201 with a new ticket; 200 where the matter was filed before, or another open ticket covers it."""
        staff, given = staff_of(request, *SERVES), read(request, Filing)
        known = await desk.threads(desk.peers.conversation, conversation=conversation)
        if given.subject not in set(KINDS[given.ticket_type]):
            raise WrongFields(what="“subject” 不是这类工单的事由")
        area_code = desk.charter.operator.area_code
        phone = e164(given.contact_phone, area_code=area_code) if given.contact_phone else known.phone
        if phone is None:
            raise WrongFields(what="还没有联系电话，请先问客户")
        now = desk.clock()
        report = shaped(Report, _report(given, conversation=conversation, channel=known.channel, phone=phone, at=now))
        receipt = await desk.backend.file(
            _owned(report, owner=await _owner(desk, conversation, staff), here=staff.job_number),
            correlation_id=correlation_id(request),
        )
        who, about = staff.job_number, receipt.ticket_number
        await desk.threads(desk.audit.record, who=who, act=Deed.FILED, about=about, at=now)
        new = not (receipt.already_filed or receipt.already_open)
        return json_response(dumped(Receipt, receipt), status=201 if new else 200)

    return pages


def _report(given: Filing, *, conversation: str, channel: str, phone: str, at: datetime) -> dict[str, Any]:
    fields = {name: getattr(given, name) for name in given.__dataclass_fields__ if name != "contact_phone"}
    return fields | {
        "by_staff": True,
        "contact_phone": phone,
        "accepted_at": at,
        "channel": Channel(channel),
        "conversation": conversation,
    }


def _owned(report: Report, *, owner: str, here: str) -> Report:
    """R2.1, R2.2: who received the customer first, and who is there now: the highest in rank owns."""
    return replace(report, agent=owner, present=() if here == owner else (here,))


async def _owner(desk: Desk, conversation: str, staff: Staff) -> str:
    """The first member of staff who received this customer (R2.1)."""
    taken = await desk.threads(desk.takeovers.of, conversation=conversation)
    return taken.owner or staff.job_number


async def _said(desk: Desk, conversation: str) -> list[Message]:
    """By the customer, lately."""
    cards = await desk.threads(desk.cards.of, [conversation], at=desk.clock())
    after = max(0, cards[0].last_seq - LOOKED_BACK) if cards else 0
    said = await desk.log.messages(conversation=conversation, after=after)
    return [each for each in said if each.speaker is Speaker.CUSTOMER]


async def _understood(desk: Desk, conversation: str, said: list[Message], trace: str) -> list[dict[str, Any]]:
    """As the assistant understood it then; of what was written to an agent, the latest, read now."""
    earlier, latest = said[:-READ_NOW], said[-READ_NOW:]
    kept = await desk.threads(desk.cards.understood, conversation, [each.seq for each in earlier])
    read_now = [await understood_of(desk, conversation, each, correlation_id=trace) for each in latest]
    return [*(dict(kept[each.seq]) for each in earlier if each.seq in kept), *filter(None, read_now)]


def _matter(read_as: list[dict[str, Any]]) -> tuple[TicketType, str] | None:
    """The latest that names one."""
    intents = [str(each.get("intent")) for each in read_as]
    return next((_OF_INTENT[intent] for intent in reversed(intents) if intent in _OF_INTENT), None)


def _entity(read_as: list[dict[str, Any]], name: str) -> str | None:
    """As it was said last."""
    entities = [entity for each in read_as for entity in each.get("entities") or ()]
    return next((str(each["value"]) for each in reversed(entities) if each["entity"] == name), None)


async def _customer(desk: Desk, staff: Staff, conversation: str, trace: str) -> CustomerInPanel | None:
    known = await desk.threads(desk.peers.conversation, conversation=conversation)
    try:
        return await customer_of(desk, known, staff, correlation_id=trace)
    except BackendUnavailable:
        return None
