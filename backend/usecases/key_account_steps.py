"""The steps of a key-account order 大客户业务工序 (R7.4), kept in the ticket's audit."""

from collections.abc import Sequence
from datetime import datetime

from backend import queries
from backend.domain.charter import Charter
from backend.domain.handling import KeyAccounts
from backend.domain.key_account_steps import Entered, Stay, next_step, stays
from backend.domain.ticket import OPEN, Ticket, TicketNumber
from backend.domain.vocabulary import TicketType
from backend.messages.acts import StaffAct
from backend.messages.reports import TicketView
from backend.ports import Entry, Event, Filed, Store, Tickets
from backend.refusals import NoKeyAccountSteps
from backend.usecases import once
from backend.usecases.acts import carried_out_within, entry
from backend.usecases.filing import Terms


def advance(*, act: StaffAct, terms: Terms, store: Store, now: datetime) -> TicketView:
    """The next step takes the order over: who does it answers from now on. Refuses with NoKeyAccountSteps, StepsDone,
    TransitionNotAllowed."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        rule, ticket = _rule(filed, terms.charter), filed.ticket
        ticket.only_from(OPEN, verb="转入下一工序")
        step = next_step(_entered(tickets.history(numbers=[ticket.number])[ticket.number]), rule=rule)
        return ticket, [entry(ticket, Event.STEP_ENTERED, act, now=now, detail={"step": step.key})]

    return carried_out_within(act, done, terms=terms, store=store, now=now)


def has_step_left(ticket: Ticket, *, charter: Charter, tickets: Tickets) -> bool:
    rule = charter.key_accounts
    if rule is None or ticket.ticket_type is not TicketType.ORDER:
        return False
    return len(_entered(tickets.history(numbers=[ticket.number])[ticket.number])) < len(rule.steps)


def stays_of(number: TicketNumber, *, terms: Terms, store: Store) -> tuple[Stay, ...]:
    """Refuses with TicketNotFound, NoKeyAccountSteps."""
    filed, history = queries.read(number=number, store=store)
    return stays(
        _entered(history),
        rule=_rule(filed, terms.charter),
        ended_at=filed.ticket.resolved_at,
        calendar=terms.calendar,
        closing_time=terms.charter.operator.closing_time,
    )


def _rule(filed: Filed, charter: Charter) -> KeyAccounts:
    if charter.key_accounts is None or filed.ticket.ticket_type is not TicketType.ORDER:
        raise NoKeyAccountSteps
    return charter.key_accounts


def _entered(history: Sequence[Entry]) -> list[Entered]:
    return [
        Entered(step=str(each.detail["step"]), by=each.by, at=each.at)
        for each in history
        if each.event is Event.STEP_ENTERED
    ]
