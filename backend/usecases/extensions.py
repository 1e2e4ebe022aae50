"""Extensions 延期 (R1.17): asked for, decided, and told to the customer; one transaction each."""

from collections.abc import Mapping
from datetime import UTC, datetime

from backend.domain.extension import ExtensionRequest, ask, extend, may_decide, standing
from backend.domain.staff import Decider
from backend.domain.ticket import Ticket
from backend.domain.written import moment, ticket_number
from backend.messages.clock import AskExtension, DecideExtension
from backend.messages.reports import TicketView
from backend.ports import Entry, Event, Filed, Store, Tickets
from backend.refusals import ExtensionAskedAlready, NoExtensionAsked
from backend.usecases import acts, once
from backend.usecases.filing import Terms
from backend.work.outgoing import to_customer


def request(*, act: AskExtension, terms: Terms, store: Store, now: datetime) -> TicketView:
    """申请延期. At the customer's own wish, where the charter leaves it to that, it is granted at once."""
    rule = terms.charter.extension

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        ticket = filed.ticket
        asked = ask(
            ticket,
            rule=rule,
            by=act.by,
            at=now,
            wished_due=act.wished_due,
            reason=act.reason,
            words=act.words,
        )
        if tickets.extensions.pending(number=ticket.number):
            raise ExtensionAskedAlready
        asked = tickets.extensions.add(asked)
        detail = {"told": str(asked.told), "wishedDue": str(asked.wished_due), "words": asked.words}
        entry = acts.entry(ticket, Event.EXTENSION_ASKED, act, now=now, detail=detail)
        if rule is None or rule.decided_by is not Decider.CUSTOMER_WISH:
            return ticket, [entry]
        by_wish = asked.decided(by=act.by, at=now, approved=True, reason="客户自己的要求")
        ticket, extended = _granted(ticket, by_wish, act, tickets=tickets, now=now, told_at=now, by_day=False)
        return ticket, [entry, extended]

    return acts.carried_out_within(act, done, terms=terms, store=store, now=now)


def decide(*, act: DecideExtension, terms: Terms, store: Store, now: datetime) -> TicketView:
    """批准延期, or not. Refuses with NoExtensionAsked, NotTheirsToDecide, LimitHasRunOut, ReasonMissing."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        ticket = filed.ticket
        may_decide(terms.charter.extension, member=acts.member_of(terms, job_number=act.by))
        asked = tickets.extensions.pending(number=ticket.number)
        if asked is None:
            raise NoExtensionAsked
        decided = asked.decided(by=act.by, at=now, approved=act.approved, reason=act.reason)
        if act.approved:
            told_at = terms.charter.operator.quiet_hours.after(now)
            ticket, entry = _granted(ticket, decided, act, tickets=tickets, now=now, told_at=told_at, by_day=True)
            return ticket, [entry]
        tickets.extensions.save(decided)
        return ticket, [acts.entry(ticket, Event.EXTENSION_REFUSED, act, now=now, detail={"told": str(asked.told)})]

    return acts.carried_out_within(act, done, terms=terms, store=store, now=now)


def _granted(
    ticket: Ticket,
    decided: ExtensionRequest,
    act: AskExtension | DecideExtension,
    *,
    tickets: Tickets,
    now: datetime,
    told_at: datetime,
    by_day: bool,
) -> tuple[Ticket, Entry]:
    extended, detail = extended_to(ticket, decided, tickets=tickets, now=now)
    how = "按您的要求" if decided.words else "经批准"
    until = f"{how}延到 {moment(decided.wished_due)}，原来是 {moment(decided.told)}"
    text = f"工单 {ticket_number(ticket.number)} 的时限{until}。原因：{decided.reason}。"
    tickets.outbox.add(to_customer(extended, text, key=f"extended:{act.request_id}", at=told_at, by_day=by_day))
    return extended, acts.entry(extended, Event.EXTENDED, act, now=now, detail=detail)


def extended_to(
    ticket: Ticket, decided: ExtensionRequest, *, tickets: Tickets, now: datetime
) -> tuple[Ticket, Mapping[str, object]]:
    """The ticket with its new due time, the decision kept; and what the audit says of it."""
    made, before = standing(ticket, at=now)
    extended = extend(ticket, to=decided.wished_due, by=decided.decided_by or "", at=now, reason=decided.decision or "")
    tickets.extensions.save(decided)
    due = decided.wished_due.astimezone(UTC)
    return extended, {"clause": made.clause, "told": str(before), "due": str(due)}
