"""视为按期办结 (R1.15), on record with its facts and the written report, which goes to the head at once."""

from datetime import UTC, datetime

from backend.domain.deemed_on_time import Facts, deem_on_time
from backend.domain.handling import GROUND_LABELS
from backend.domain.ticket import Ticket
from backend.domain.written import ticket_number
from backend.messages.clock import DeemOnTime
from backend.messages.reports import TicketView
from backend.ports import Event, Filed, Store, Tickets
from backend.refusals import NoHead
from backend.usecases import acts, once
from backend.usecases.filing import Terms
from backend.work.outgoing import to_staff


def deem(*, act: DeemOnTime, terms: Terms, store: Store, now: datetime) -> TicketView:
    """Refuses as `deem_on_time` does, and with NoHead where the report goes to somebody else."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        facts = Facts(
            ground=act.ground,
            called_at=act.called_at,
            at_door=act.at_door,
            reported_in_writing=bool(act.report.strip()) and act.reported_to is not None,
        )
        head = acts.member_of(terms, job_number=act.reported_to) if act.reported_to else None
        if head and not (head.is_head or head.is_leader):
            raise NoHead(job_number=head.job_number)
        rule = terms.charter.deemed_on_time
        ticket = deem_on_time(filed.ticket, facts=facts, rule=rule, by=act.by, at=now, reason=act.reason)
        if head:
            text = _report(ticket, act)
            tickets.outbox.add(to_staff(head, text, key=f"deemed:{act.request_id}", now=now, about=str(ticket.number)))
        detail = {
            "ground": act.ground,
            "calledAt": [_written(called) for called in act.called_at],
            "atDoor": _written(act.at_door) if act.at_door else None,
            "leader": act.reported_to,
            "report": act.report or None,
        }
        return ticket, [acts.entry(ticket, Event.EXCUSED, act, now=now, detail=detail)]

    return acts.carried_out_within(act, done, terms=terms, store=store, now=now)


def _report(ticket: Ticket, act: DeemOnTime) -> str:
    return (
        f"书面报告：工单 {ticket_number(ticket.number)} 因{GROUND_LABELS[act.ground]}视为按期办结。"
        f"{act.reason}。{act.report}（报告人工号 {act.by}）"
    )


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
