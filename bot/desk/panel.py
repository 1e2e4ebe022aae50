"""/desk/api/conversations/…/customer, …/suggestions: what an agent has at hand beside the conversation."""

from typing import Any, Final

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend.client import BackendUnavailable, BoardRow, CustomerAsked, CustomerInPanel
from backend.domain.ticket_number import TicketNumber
from backend.domain.written import moment, ticket_number
from bot.conversations.messages import Conversation, Message, Speaker
from bot.desk.canned import CannedReply, canned_replies
from bot.desk.charter_pages import hits_shown
from bot.desk.conversations import SERVES
from bot.desk.finding import Hit, suggest
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.shapes import dumped
from bot.desk.who import Staff, staff_of
from bot.engine import EngineFailure
from bot.responses import correlation_id, json_response
from bot.wording import asks_for_a_person

MOST: Final = 6
OF_TICKETS: Final = frozenset({"ticket_progress", "ticket_urge", "change_appointment", "cancel_ticket"})


def panel(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_panel", url_prefix=f"{PREFIX}/conversations")
    replies = canned_replies(desk.charter)

    @pages.get("/<conversation:str>/customer")
    async def customer(request: Request, conversation: str) -> HTTPResponse:
        """Accounts, area with its manager, open matters with what is due next; masked."""
        staff = staff_of(request)
        known = await desk.threads(desk.peers.conversation, conversation=conversation)
        found = await customer_of(desk, known, staff, correlation_id=correlation_id(request))
        return json_response(dumped(CustomerInPanel, found))

    @pages.get("/<conversation:str>/suggestions")
    async def suggestions(request: Request, conversation: str) -> HTTPResponse:
        """For the customer's last message: what was understood, and replies that fit. Nothing is done by asking."""
        staff = staff_of(request, *SERVES)
        known = await desk.threads(desk.peers.conversation, conversation=conversation)
        last = await last_said(desk, conversation)
        if last is None:
            return json_response({"seq": None, "understood": None, "replies": []})
        understood = await understood_of(desk, conversation, last, correlation_id=correlation_id(request))
        hits = suggest(last.text, understood, replies, most=MOST)
        if understood and understood.get("intent") in OF_TICKETS:
            hits = [*await _of_tickets(desk, known, staff, correlation_id=correlation_id(request)), *hits][:MOST]
        return json_response({"seq": last.seq, "understood": understood, "replies": hits_shown(hits)})

    return pages


async def customer_of(desk: Desk, known: Conversation, staff: Staff, *, correlation_id: str) -> CustomerInPanel:
    asked = CustomerAsked(by=staff.job_number, conversation=known.id, phone=known.phone)
    return await desk.backend.customer_of(asked, correlation_id=correlation_id)


async def last_said(desk: Desk, conversation: str) -> Message | None:
    """By the customer, in words: of the matter, where they told of one before they asked for a person."""
    card = await desk.threads(desk.cards.of, [conversation], at=desk.clock())
    after = max(0, card[0].last_seq - 100) if card else 0
    said = await desk.log.messages(conversation=conversation, after=after)
    theirs = [each for each in reversed(said) if each.speaker is Speaker.CUSTOMER and not each.attachment]
    return next((each for each in theirs if not asks_for_a_person(each.text)), theirs[0] if theirs else None)


async def understood_of(desk: Desk, conversation: str, said: Message, *, correlation_id: str) -> dict[str, Any] | None:
    """As the assistant understood it then; what was written to an agent, by the sentence alone. None: nobody knows."""
    kept = await desk.threads(desk.cards.understood, conversation, [said.seq])
    if said.seq in kept:
        return dict(kept[said.seq])
    try:
        return await desk.engine.understanding(text=said.text, correlation_id=correlation_id)
    except EngineFailure:
        return None


async def _of_tickets(desk: Desk, known: Conversation, staff: Staff, *, correlation_id: str) -> list[Hit]:
    """How the customer's matters stand, each ready to be said."""
    try:
        found = await customer_of(desk, known, staff, correlation_id=correlation_id)
    except BackendUnavailable:
        return []
    return [Hit(reply=_progress(row), score=100.0) for row in found.tickets[:2]]


def _progress(row: BoardRow) -> CannedReply:
    due = f"，{row.next.label}最迟 {moment(row.next.due)}" if row.next else ""
    late = "，已经超时，非常抱歉" if row.overdue else ""
    number = ticket_number(TicketNumber(row.number))
    stands = f"您的工单 {number}（{row.subject_label}）现在是“{row.status_label}”{due}{late}。"
    text = f"{stands}首问责任人工号 {row.owner}，负责到底。"
    return CannedReply(id=f"ticket:{row.number}", topic="进度", title=row.subject_label, text=text)
