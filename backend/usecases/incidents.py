"""Area incidents 片区故障: proposed where several faults of one area are open, confirmed by a leader, mended as one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from backend.domain.agenda import Due, Task
from backend.domain.area_incident import AreaIncident, IncidentState, are_many
from backend.domain.charter import Charter
from backend.domain.outage import Outage
from backend.domain.ownership import leader_to_report_to
from backend.domain.ticket import Ticket
from backend.domain.vocabulary import Grade, OutageKind, TicketStatus, TicketType
from backend.domain.written import moment, ticket_number
from backend.messages.incidents import IncidentAct
from backend.ports import Claim, Entry, Event, Filed, Store, Tickets
from backend.refusals import IncidentNotFound
from backend.usecases.acts import leader_of, member_of
from backend.usecases.filing import Terms
from backend.usecases.tickets import OURSELVES, promises_from
from backend.work.due import Means, ticket_of
from backend.work.outgoing import to_customer, to_staff


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An incident and the tickets that hang under it."""

    incident: AreaIncident
    tickets: tuple[Filed, ...]


def falls_due(filed: Filed, charter: Charter) -> Iterator[Due]:
    """Looked at right after filing, and again after a reopening."""
    ticket = filed.ticket
    if charter.incident and ticket.ticket_type is TicketType.FAULT and ticket.area and ticket.service:
        yield Due(task=Task.LOOK_FOR_INCIDENT, at=filed.filed_at, key=str(ticket.times_reopened))


def look_for_one(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    """Hangs the fault under the incident of its area and service, or proposes one where there are many."""
    filed = ticket_of(claim, tickets)
    charter = means.terms_at(now).charter
    area, service = filed.ticket.area, filed.ticket.service
    if charter.incident is None or area is None or service is None or not filed.ticket.is_open:
        return
    standing = tickets.incidents.standing(area=area, service=service)
    if standing:
        _hang([filed], under=standing, tickets=tickets, now=now)
        return
    faults = [
        other
        for other in tickets.open_in_area(area=area)
        if other.ticket.ticket_type is TicketType.FAULT and other.ticket.service is service
    ]
    if not are_many((fault.ticket.accepted_at for fault in faults), rule=charter.incident, now=now):
        return
    proposed = tickets.incidents.add(AreaIncident.propose(area=area, service=service, at=now))
    _hang(faults, under=proposed, tickets=tickets, now=now)
    head = leader_to_report_to(charter=charter, at=now, open_matters=tickets.open_matters)
    place = charter.area(area)
    where = place.name if place else area
    text = f"{where}有 {len(faults)} 张未修复的同类报修，疑似片区故障（{proposed.number} 号），请核实。"
    tickets.outbox.add(to_staff(head, text, key=_key(proposed), now=now))


def tell_of_incident(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    """What is mended by the morning is no news any more."""
    filed, incident = ticket_of(claim, tickets), tickets.incidents.get(number=int(claim.due.key))
    if incident is None:
        raise LookupError(claim.due.key)
    if filed.ticket.is_open and incident.state is IncidentState.CONFIRMED:
        at = means.terms_at(now).charter.operator.quiet_hours.after(now)
        _tell(filed, incident, tickets=tickets, at=at, by_day=True)


def confirm(*, act: IncidentAct, terms: Terms, store: Store, now: datetime) -> Seen:
    """确认: a leader's decision that it is one matter and major; customers who report next are told of it at once.

    The tickets are graded major, which never lengthens what was told (R1.20). Refuses with LeaderNeeded,
    IncidentNotFound, IncidentDecided, ReasonMissing.
    """
    leader_of(terms, job_number=act.by, verb="确认片区故障")
    with store.writing() as tickets:
        incident = _found(act, tickets)
        outage = tickets.outages.add(
            Outage(
                kind=OutageKind.KNOWN_OUTAGE,
                area=incident.area,
                services=frozenset({incident.service}),
                cause=act.text,
                starts_at=incident.proposed_at,
                expected_until=act.expected_until,
                announced_by=act.by,
                announced_at=now,
            )
        )
        incident = incident.confirm(by=act.by, at=now, cause=act.text, outage=outage.number)
        tickets.incidents.save(incident)
        for filed in _hanging(incident, tickets):
            if filed.ticket.is_open:
                _grade_major(filed, incident, act=act, terms=terms, tickets=tickets, now=now)
        return Seen(incident=incident, tickets=_hanging(incident, tickets))


def dismiss(*, act: IncidentAct, terms: Terms, store: Store, now: datetime) -> Seen:
    """排除: each fault is a matter of its own again. Refuses as `confirm` does."""
    leader_of(terms, job_number=act.by, verb="排除片区故障")
    with store.writing() as tickets:
        incident = _found(act, tickets).dismiss(by=act.by, at=now, reason=act.text)
        tickets.incidents.save(incident)
        return Seen(incident=incident, tickets=_hanging(incident, tickets))


def mend(*, act: IncidentAct, terms: Terms, store: Store, now: datetime) -> Seen:
    """修复: settles all that hangs under it and ends its announcement; each is visited by its own rule (R5.1)."""
    member_of(terms, job_number=act.by)
    with store.writing() as tickets:
        incident = _found(act, tickets).mend(by=act.by, at=now, outcome=act.text)
        tickets.incidents.save(incident)
        outage = tickets.outages.get(number=incident.outage or 0)
        if outage and not outage.is_over(at=now):
            tickets.outages.save(outage.end(by=act.by, at=now))
        for filed in _hanging(incident, tickets):
            if filed.ticket.is_open:
                _settle(filed, incident, act=act, tickets=tickets, now=now)
        return Seen(incident=incident, tickets=_hanging(incident, tickets))


def every(*, store: Store) -> Sequence[Seen]:
    """The newest first."""
    with store.reading() as tickets:
        return [Seen(incident=each, tickets=_hanging(each, tickets)) for each in tickets.incidents.all()]


def _found(act: IncidentAct, tickets: Tickets) -> AreaIncident:
    incident = tickets.incidents.get(number=act.incident)
    if incident is None:
        raise IncidentNotFound(number=act.incident)
    return incident


def _hanging(incident: AreaIncident, tickets: Tickets) -> tuple[Filed, ...]:
    found = (tickets.get(number=number) for number in tickets.incidents.tickets_of(number=incident.number))
    return tuple(filed for filed in found if filed)


def _hang(faults: Sequence[Filed], *, under: AreaIncident, tickets: Tickets, now: datetime) -> None:
    for filed in faults:
        if not tickets.incidents.hang(ticket=filed.ticket.number, under=under.number):
            continue
        _record(filed.ticket, Event.HUNG_UNDER_INCIDENT, under, by=OURSELVES, tickets=tickets, now=now)
        if under.state is IncidentState.CONFIRMED:
            _tell(filed, under, tickets=tickets, at=now, by_day=False)


def _grade_major(
    filed: Filed, incident: AreaIncident, *, act: IncidentAct, terms: Terms, tickets: Tickets, now: datetime
) -> None:
    ticket, reason = filed.ticket, f"{incident.number} 号片区故障，负责人确认为重大故障：{act.text}"
    if ticket.grade is not Grade.MAJOR:
        major = replace(filed, ticket=replace(ticket, grade=Grade.MAJOR))
        promises = promises_from(ticket.accepted_at, filed=major, terms=terms)
        ticket = ticket.regrade(grade=Grade.MAJOR, leader=act.by, at=now, reason=reason, promises=promises)
        tickets.save(ticket)
    _record(ticket, Event.REGRADED, incident, by=act.by, tickets=tickets, now=now, reason=reason)
    quiet = terms.charter.operator.quiet_hours
    due = Due(task=Task.TELL_OF_INCIDENT, at=quiet.after(now), key=str(incident.number))
    tickets.agenda.add(subject=str(ticket.number), due=due, detail={})


def _settle(filed: Filed, incident: AreaIncident, *, act: IncidentAct, tickets: Tickets, now: datetime) -> None:
    ticket = filed.ticket
    if ticket.status is not TicketStatus.IN_PROGRESS:
        ticket = ticket.start(by=act.by, at=now)
    ticket = ticket.resolve(by=act.by, at=now, outcome=act.text)
    tickets.save(ticket)
    _record(ticket, Event.STATUS_CHANGED, incident, by=act.by, tickets=tickets, now=now, reason=act.text)


def _record(
    ticket: Ticket,
    event: Event,
    incident: AreaIncident,
    *,
    by: str,
    tickets: Tickets,
    now: datetime,
    reason: str | None = None,
) -> None:
    detail = {"incident": incident.number}
    tickets.record(
        Entry(number=ticket.number, at=now, by=by, event=event, status=ticket.status, reason=reason, detail=detail)
    )


def _tell(filed: Filed, incident: AreaIncident, *, tickets: Tickets, at: datetime, by_day: bool) -> None:
    text, key = _told(filed, incident), _key(incident, filed)
    tickets.outbox.add(to_customer(filed.ticket, text, key=key, at=at, by_day=by_day))


def _told(filed: Filed, incident: AreaIncident) -> str:
    due = next((told.due for told in filed.ticket.promises if told.due), None)
    promised = f"对您的承诺不变，最迟 {moment(due)} 前修好。" if due else ""
    return (
        f"您报修的问题（工单 {ticket_number(filed.ticket.number)}）已确认是片区故障：{incident.cause}，正在抢修。"
        f"{promised}修好会马上告诉您。"
    )


def _key(incident: AreaIncident, filed: Filed | None = None) -> str:
    whom = f":{filed.ticket.number}" if filed else ""
    return f"incident-{incident.number}:{incident.state}{whom}"
