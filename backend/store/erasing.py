"""What customers said and how they are reached, taken out of a ticket and all that was written about it."""

from typing import Final

from sqlalchemy import Connection, Text, cast, delete, select, update

from backend.domain.agenda import Task
from backend.domain.ticket import Ticket
from backend.ports.ledger import FACTS
from backend.store.tables import (
    accountability_case,
    audit,
    due_work,
    extension,
    handover,
    ledger,
    outbox,
    ticket,
    visit,
)

ERASED: Final = "（已抹除）"


def erase_words(connection: Connection, erased: Ticket) -> None:
    """`erased`: the ticket without words. What has not been said yet will not be."""
    number = str(erased.number)
    words = {
        "description": erased.description,
        "address": erased.address,
        "contact_phone": erased.contact_phone,
        "attachments": list(erased.attachments),
    }
    connection.execute(update(ticket).where(ticket.c.number == number).values(words))
    entries = select(audit.c.id, audit.c.detail).where(audit.c.ticket_number == number)
    for row in connection.execute(entries).all():
        facts = {name: value for name, value in row.detail.items() if name in FACTS}
        connection.execute(update(audit).where(audit.c.id == row.id).values(reason=None, detail=facts))
    connection.execute(update(ledger).where(ledger.c.ticket_number == number).values(words=None, salt=None))
    connection.execute(
        update(extension).where(extension.c.ticket_number == number).values(reason="", words=None, decision=None)
    )
    connection.execute(update(visit).where(visit.c.ticket_number == number).values(remark=None))
    of_it = accountability_case.c.ticket_number == number
    connection.execute(update(accountability_case).where(of_it).values(statement=None, reason=None))
    _erase_stopping_points(connection, number)
    connection.execute(delete(due_work).where(due_work.c.subject == number, due_work.c.task == Task.DELIVER))
    connection.execute(delete(outbox).where(outbox.c.subject == number))


def _erase_stopping_points(connection: Connection, number: str) -> None:
    listed = select(handover.c.number, handover.c.matters).where(cast(handover.c.matters, Text).contains(number))
    for row in connection.execute(listed).all():
        matters = [
            matter | {"stopped": matter["stopped"] and ERASED} if matter["ticket"] == number else matter
            for matter in row.matters
        ]
        connection.execute(update(handover).where(handover.c.number == row.number).values(matters=matters))
