"""调整等级 (R1.20): by a stated rule or a leader's decision on record; no promise gets longer by it."""

from dataclasses import replace
from datetime import datetime

from backend.domain.vocabulary import TicketType
from backend.messages.clock import Regrade
from backend.messages.reports import TicketView
from backend.ports import Event, Filed, Store, Tickets
from backend.refusals import RuleUnknown
from backend.usecases import acts, once
from backend.usecases.filing import Terms
from backend.usecases.tickets import promises_from
from backend.usecases.urgent import report_if_urgent


def regrade(*, act: Regrade, terms: Terms, store: Store, now: datetime) -> TicketView:
    """Refuses with LeaderNeeded, RuleUnknown, ReasonMissing, TransitionNotAllowed."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        before = filed.ticket
        if act.rule is None:
            acts.leader_of(terms, job_number=act.by, verb="调整等级")
        elif before.ticket_type is not TicketType.COMPLAINT or act.rule not in _rules(terms):
            raise RuleUnknown(rule=act.rule)
        made = before.main_promise
        graded = replace(filed, ticket=replace(before, grade=act.grade))
        ticket = before.regrade(
            grade=act.grade,
            leader=None if act.rule else act.by,
            rule=act.rule or "",
            at=now,
            reason=act.reason,
            promises=promises_from(made.started_at if made else now, filed=graded, terms=terms),
        )
        detail = {"grade": act.grade, "rule": act.rule}
        tickets.save(ticket)
        tickets.record(acts.entry(ticket, Event.REGRADED, act, now=now, detail=detail))
        return report_if_urgent(ticket, charter=terms.charter, tickets=tickets, by=act.by, now=now), []

    return acts.carried_out_within(act, done, terms=terms, store=store, now=now)


def _rules(terms: Terms) -> frozenset[str]:
    """The keys of the charter's rules by which a complaint is major (R1.16)."""
    return frozenset(rule.key for rule in terms.charter.major_complaints)
