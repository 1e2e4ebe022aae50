"""Whose ticket it is: told only for its number and the last four digits of the phone, with few attempts – or to whom
that phone is bound, which alone lets it be changed."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import Channel, OrderKind, TicketType
from backend.messages.reports import Proof, Report
from backend.ports import Filed, FilingCollision, Store, Tickets
from backend.refusals import PhoneNotBound, TicketLocked, TicketNotProven, TooManyAttempts

WINDOW: Final = timedelta(minutes=15)
PER_CONVERSATION: Final = 5  # wrong attempts in the window, whatever ticket or account they were at
DAY: Final = timedelta(hours=24)
CUSTOMERS: Final = frozenset({Channel.WEBCHAT, Channel.WECHAT, Channel.HOTLINE})  # who speaks there is one
CHANGES_A_SERVICE: Final = frozenset({OrderKind.SUSPEND, OrderKind.RESUME, OrderKind.TRANSFER})
PER_TICKET: Final = 20  # wrong attempts a day from everywhere: four digits hold 10,000 guesses


def numbers_of(*, conversation: str, caller: str | None, tickets: Tickets, now: datetime) -> frozenset[str]:
    """The phones, E.164, that are this customer's: those bound by a code, and the one that the call comes from."""
    bound = tickets.bound_phones.of_conversation(conversation=conversation, at=now)
    return frozenset({each.phone for each in bound} | ({caller} if caller else set()))


def is_known(filed: Filed, *, conversation: str, caller: str | None, tickets: Tickets, now: datetime) -> bool:
    """Whether the conversation filed the ticket, has proven it before, or is its customer's by the phone."""
    if filed.ticket.conversation == conversation:
        return True
    if tickets.has_proven(number=filed.ticket.number, conversation=conversation):
        return True
    return filed.ticket.contact_phone in numbers_of(conversation=conversation, caller=caller, tickets=tickets, now=now)


def refuse_unbound(filed: Filed, *, proof: Proof, tickets: Tickets, now: datetime) -> None:
    """To change a ticket it is not enough to know of it: whoever filed with somebody else's phone would be asked
    nothing. Raises PhoneNotBound."""
    phone = filed.ticket.contact_phone
    if phone not in numbers_of(conversation=proof.conversation, caller=proof.caller, tickets=tickets, now=now):
        raise PhoneNotBound(tail=phone[-4:])


def refuse_unbound_order(report: Report, *, tickets: Tickets, now: datetime) -> None:
    """What changes a customer's service is ordered by who has shown a phone to be theirs, at the desk, by a partner.

    Raises PhoneNotBound.
    """
    by_customer = report.channel in CUSTOMERS and not report.by_staff
    if not (by_customer and report.ticket_type is TicketType.ORDER and report.subject in CHANGES_A_SERVICE):
        return
    if not numbers_of(conversation=report.conversation, caller=report.caller, tickets=tickets, now=now):
        raise PhoneNotBound(tail=report.contact_phone[-4:])


def prove(*, proof: Proof, store: Store, now: datetime) -> Filed:
    """Raises InvalidTicketNumber for a mistyped number (its check digit tells: no secret is in that, and it doesn't
    count as an attempt), TicketNotProven alike for an unknown number and wrong digits, TooManyAttempts, TicketLocked.

    Counting and recording are one transaction, so that many at once get no attempt more. Who is known and right has
    nothing recorded, and waits for nobody.
    """
    number = TicketNumber.parse(proof.ticket_number)
    with store.reading() as tickets:
        filed = _proven(number, proof=proof, tickets=tickets, now=now)
        if filed and _is_known_to(proof, filed, tickets=tickets, now=now):
            return filed
    with suppress(FilingCollision), store.writing() as tickets:  # proven by a report that joins just now is proven
        tickets.account_attempts.enter()
        filed = _proven(number, proof=proof, tickets=tickets, now=now)
        if filed is None:
            tickets.record_failed_attempt(number=str(number), conversation=proof.conversation, at=now)
        else:
            tickets.record_proven(number=number, conversation=proof.conversation, at=now)
    if filed is None:
        raise TicketNotProven
    return filed


def _proven(number: TicketNumber, *, proof: Proof, tickets: Tickets, now: datetime) -> Filed | None:
    """None: wrong digits, or no such ticket. Refuses with TooManyAttempts, TicketLocked."""
    refuse_guessing(tickets=tickets, conversation=proof.conversation, now=now)
    filed = tickets.get(number=number)
    # What strangers guess wrong must not lock out who filed the ticket, or has proven it before.
    known = filed is not None and _is_known_to(proof, filed, tickets=tickets, now=now)
    if not known and tickets.failed_attempts_at_ticket(number=str(number), since=now - DAY) >= PER_TICKET:
        raise TicketLocked
    if filed is None or proof.phone_last_four is None:
        return filed if known else None
    return filed if filed.ticket.contact_phone[-4:] == proof.phone_last_four.strip() else None


def _is_known_to(proof: Proof, filed: Filed, *, tickets: Tickets, now: datetime) -> bool:
    return is_known(filed, conversation=proof.conversation, caller=proof.caller, tickets=tickets, now=now)


def refuse_guessing(*, tickets: Tickets, conversation: str, now: datetime) -> None:
    """Raises TooManyAttempts."""
    since = now - WINDOW
    at_tickets = tickets.failed_attempts_of_conversation(conversation=conversation, since=since)
    at_accounts = tickets.account_attempts.failed_of_conversation(conversation=conversation, since=since)
    if at_tickets + at_accounts >= PER_CONVERSATION:
        raise TooManyAttempts(minutes=int(WINDOW.total_seconds() // 60))
