"""Whose ticket it is: told only for its number and the last four digits of the phone, with few attempts."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from backend.domain.ticket import TicketNumber
from backend.messages.reports import Proof
from backend.ports import Filed, FilingCollision, Store, Tickets
from backend.refusals import TicketLocked, TicketNotProven, TooManyAttempts

WINDOW: Final = timedelta(minutes=15)
PER_CONVERSATION: Final = 5  # wrong attempts in the window, whatever ticket or account they were at
DAY: Final = timedelta(hours=24)
PER_TICKET: Final = 20  # wrong attempts a day from everywhere: four digits hold 10,000 guesses


def is_known(filed: Filed, *, conversation: str, tickets: Tickets) -> bool:
    """Whether the conversation filed the ticket, or has proven it before."""
    filed_here = filed.ticket.conversation == conversation
    return filed_here or tickets.has_proven(number=filed.ticket.number, conversation=conversation)


def prove(*, proof: Proof, store: Store, now: datetime) -> Filed:
    """Raises InvalidTicketNumber for a mistyped number (its check digit tells: no secret is in that, and it doesn't
    count as an attempt), TicketNotProven alike for an unknown number and wrong digits, TooManyAttempts, TicketLocked.

    Counting and recording are one transaction, so that many at once get no attempt more. Who is known and right has
    nothing recorded, and waits for nobody.
    """
    number = TicketNumber.parse(proof.ticket_number)
    with store.reading() as tickets:
        filed = _proven(number, proof=proof, tickets=tickets, now=now)
        if filed and is_known(filed, conversation=proof.conversation, tickets=tickets):
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
    known = filed is not None and is_known(filed, conversation=proof.conversation, tickets=tickets)
    if not known and tickets.failed_attempts_at_ticket(number=str(number), since=now - DAY) >= PER_TICKET:
        raise TicketLocked
    if filed is None or proof.phone_last_four is None:
        return filed if known else None
    return filed if filed.ticket.contact_phone[-4:] == proof.phone_last_four.strip() else None


def refuse_guessing(*, tickets: Tickets, conversation: str, now: datetime) -> None:
    """Raises TooManyAttempts."""
    since = now - WINDOW
    at_tickets = tickets.failed_attempts_of_conversation(conversation=conversation, since=since)
    at_accounts = tickets.account_attempts.failed_of_conversation(conversation=conversation, since=since)
    if at_tickets + at_accounts >= PER_CONVERSATION:
        raise TooManyAttempts(minutes=int(WINDOW.total_seconds() // 60))
