"""Whose ticket it is: told only for its number and the last four digits of the phone, with few attempts."""

from datetime import datetime, timedelta
from typing import Final

from backend.domain.ticket import TicketNumber
from backend.messages import Proof
from backend.ports import Filed, Store
from backend.refusals import TicketLocked, TicketNotProven, TooManyAttempts

WINDOW: Final = timedelta(minutes=15)
PER_CONVERSATION: Final = 5  # wrong attempts in the window, whatever ticket they were at
DAY: Final = timedelta(hours=24)
PER_TICKET: Final = 20  # wrong attempts a day from everywhere: four digits hold 10,000 guesses


def prove(*, proof: Proof, store: Store, now: datetime) -> Filed:
    """Raises InvalidTicketNumber for a mistyped number (its check digit tells: no secret is in that, and it doesn't
    count as an attempt), TicketNotProven alike for an unknown number and wrong digits, TooManyAttempts, TicketLocked.
    """
    number = TicketNumber.parse(proof.ticket_number)
    with store.reading() as tickets:
        guesses = tickets.failed_attempts_of_conversation(conversation=proof.conversation, since=now - WINDOW)
        if guesses >= PER_CONVERSATION:
            raise TooManyAttempts(minutes=int(WINDOW.total_seconds() // 60))
        if tickets.failed_attempts_at_ticket(number=str(number), since=now - DAY) >= PER_TICKET:
            raise TicketLocked
        filed = tickets.get(number=number)
    if filed is not None and filed.ticket.contact_phone[-4:] == proof.phone_last_four.strip():
        return filed
    with store.writing() as tickets:
        tickets.record_failed_attempt(number=str(number), conversation=proof.conversation, at=now)
    raise TicketNotProven
