"""Materials 材料 as the staff checks them: what is missing is told at one time (R2.4), and the clock starts (R1.13)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from backend.domain.materials import found_missing
from backend.domain.written import ticket_number
from backend.messages.acts import StaffAct
from backend.messages.clock import MissingMaterials
from backend.messages.reports import TicketView
from backend.ports import Entry, Event, Filed, Store, Tickets
from backend.usecases import acts, once
from backend.usecases.filing import Terms
from backend.usecases.tickets import promises_from
from backend.work.outgoing import to_customer

MISSING: Final = "missing"  # in the detail of an entry: what the staff found missing


def missing(*, act: MissingMaterials, terms: Terms, store: Store, now: datetime) -> TicketView:
    """缺材料. Refuses with NothingMissing, MaterialsToldAlready."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        number = filed.ticket.number
        told_before = _told(tickets.history(numbers=[number])[number])
        ticket = found_missing(filed.ticket, missing=act.missing, told_before=told_before, by=act.by, at=now)
        text = (
            f"工单 {ticket_number(number)} 的材料核对过了，还要补这些，一次说全：{'、'.join(act.missing)}。{act.reason}"
        )
        at = terms.charter.operator.quiet_hours.after(now)
        tickets.outbox.add(to_customer(ticket, text, key=f"{MISSING}:{act.request_id}", at=at, by_day=True))
        return ticket, [acts.entry(ticket, Event.STATUS_CHANGED, act, now=now, detail={MISSING: list(act.missing)})]

    return acts.carried_out_within(act, done, terms=terms, store=store, now=now)


def complete(*, act: StaffAct, terms: Terms, store: Store, now: datetime) -> TicketView:
    """材料齐全. Refuses with NoMaterialsAwaited."""

    def done(filed: Filed) -> once.Done:
        promises = promises_from(now, filed=filed, terms=terms)
        ticket = filed.ticket.supply_materials(by=act.by, at=now, promises=promises)
        return ticket, [acts.entry(ticket, Event.STATUS_CHANGED, act, now=now)]

    return acts.carried_out(act, done, terms=terms, store=store, now=now)


def _told(history: Sequence[Entry]) -> Sequence[str] | None:
    """What the staff named when it first checked."""
    first = next((entry.detail[MISSING] for entry in history if MISSING in entry.detail), None)
    return [str(paper) for paper in first] if isinstance(first, list) else None
