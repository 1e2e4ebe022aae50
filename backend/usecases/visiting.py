"""Return visits 回访: drawn when a matter is settled (R5.1–R5.3), asked up to so many times within the limit, and what
is found: solved closes, unsolved reopens the same ticket (R5.6). Records are kept (R5.7)."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from backend.domain.agenda import Due, Task
from backend.domain.charter import Charter, ClockStart
from backend.domain.promise import Promise, promise
from backend.domain.return_visit import ReturnVisitRule
from backend.domain.ticket import Ticket
from backend.domain.visit import Visit, VisitOutcome, close_unreached
from backend.domain.visit_draw import Seed, is_drawn
from backend.domain.vocabulary import PromiseKind, TicketStatus
from backend.domain.working_time import Calendar, local
from backend.domain.written import ticket_number
from backend.messages.acts import VisitMade
from backend.messages.reports import TicketView, VisitAnswer
from backend.ports import Change, Claim, Entry, Event, Filed, Store, Tickets
from backend.ports.visits import Draw
from backend.usecases import once
from backend.usecases.acts import carried_out_within, entry
from backend.usecases.filing import Terms
from backend.usecases.tickets import OURSELVES, promises_from
from backend.usecases.visit_question import asked
from backend.work.due import Means, ticket_of
from backend.work.outgoing import to_staff, to_visit

A_DAY: Final = timedelta(days=1)  # between two tries, where no limit says how soon


def publish_seeds(*, store: Store, now: datetime) -> None:
    """This month's, where there is none yet, and the next one's before it begins."""
    this_month = local(now).date().replace(day=1)
    next_month = (this_month + timedelta(days=31)).replace(day=1)
    with store.writing() as tickets:
        for month in (this_month, next_month):
            if tickets.visits.seed_of(month=month) is None:
                tickets.visits.publish(Seed(month=month, text=secrets.token_hex(16), published_at=now))


def draw(change: Change, *, charter: Charter, calendar: Calendar, tickets: Tickets) -> Change:
    """Is what was settled just now to be visited? Then by when (R5.1), as a promise of its own."""
    filed, at = change.after, change.entries[-1].at
    was = change.before.ticket.status if change.before else None
    rule = charter.return_visit(ticket_type=filed.ticket.ticket_type, subject=filed.ticket.subject)
    if filed.ticket.status is not TicketStatus.RESOLVED or was is TicketStatus.RESOLVED or rule is None:
        return change
    made = _drawn(filed.ticket, rule, tickets=tickets, at=at)
    ticket = replace(filed.ticket, needs_return_visit=made.drawn)
    if made.drawn:
        ticket = replace(ticket, promises=(*ticket.promises, *_to_visit(filed, charter, calendar, at=at)))
    tickets.save(ticket)
    drawn = Entry(
        number=ticket.number,
        at=at,
        by=OURSELVES,
        event=Event.VISIT_DRAWN,
        status=ticket.status,
        detail={"month": f"{made.month:%Y-%m}", "rule": made.rule, "position": made.position, "drawn": made.drawn},
    )
    tickets.record(drawn)
    return replace(change, after=replace(filed, ticket=ticket), entries=(*change.entries, drawn))


def falls_due(filed: Filed, charter: Charter) -> Iterator[Due]:
    """The tries, evenly within the limit, and after the last one in vain the end; each round anew."""
    ticket, attempts = filed.ticket, charter.visit_attempts
    if ticket.status is not TicketStatus.RESOLVED or not ticket.needs_return_visit:
        return
    if attempts is None or ticket.resolved_at is None:
        return
    pause = between_tries(ticket, times=attempts.times)
    end = ticket.resolved_at + (attempts.times + 1) * pause
    for attempt in range(1, attempts.times + 1) if ticket.visited_at is None else ():
        at = charter.operator.quiet_hours.after_unless_late(ticket.resolved_at + attempt * pause, latest=end)
        yield Due(task=Task.ASK_IF_SOLVED, at=at, key=f"{ticket.times_reopened}:{attempt}")
    yield Due(task=Task.CLOSE_UNREACHED, at=end, key=str(ticket.times_reopened))


def between_tries(ticket: Ticket, *, times: int) -> timedelta:
    """Evenly within the limit; where none says how soon, a day."""
    due = next((told.due for told in ticket.promises if told.kind is PromiseKind.FOLLOW_UP), None)
    return (due - ticket.resolved_at) / (times + 1) if due and ticket.resolved_at else A_DAY


def ask_if_solved(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    """The question goes to the customer; the answer comes as a wish, or as an act of who has called."""
    filed = ticket_of(claim, tickets)
    ticket = filed.ticket
    if not _awaits_visit(ticket):
        return
    tried = _tried(ticket, tickets)
    attempt = _next(ticket, tried, at=now, by=OURSELVES, outcome=VisitOutcome.ASKED)
    tickets.visits.add(attempt)
    tickets.record(_entry(ticket, Event.VISIT_ATTEMPTED, now=now, detail={"attempt": attempt.attempt}))
    charter, call_id = means.terms_at(now).charter, f"visit:{ticket.number}:{claim.due.key}"
    most = charter.visit_attempts.times if charter.visit_attempts else 0
    # Who picks up the phone that was left with the ticket may hear how it stands, and answer for it.
    tickets.record_proven(number=ticket.number, conversation=call_id, at=now)
    question = to_visit(
        ticket,
        asked(ticket, operator=charter.operator),
        call_id=call_id,
        at=charter.operator.quiet_hours.after(now),
        last=attempt.attempt >= most,
    )
    tickets.outbox.add(question)


def close_what_nobody_answered(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    """Who said that it is solved and then nothing more is taken at their word; who is not satisfied is not."""
    ticket, charter = ticket_of(claim, tickets).ticket, means.terms_at(now).charter
    if not _is_drawn(ticket) or charter.visit_attempts is None:
        return
    tried = _tried(ticket, tickets)
    if ticket.visited_at is None:
        most = charter.visit_attempts.times
        closed = close_unreached(ticket, tried=len(tried), most=most, by=OURSELVES, at=now)
    elif all(charter.is_content(made.satisfaction) for made in tried):
        closed = ticket.close(by=OURSELVES, at=now)
    else:
        return
    tickets.save(closed)
    tickets.record(_entry(closed, Event.STATUS_CHANGED, now=now, reason=closed.status_reason))


def visit(*, act: VisitMade, terms: Terms, store: Store, now: datetime) -> TicketView:
    """回访 by a member of staff. Solved closes, unsolved reopens with a new promise; who is not satisfied is heard by
    the owner at once (R5.6). Refuses with TransitionNotAllowed, NobodyAnswered."""

    def done(filed: Filed, tickets: Tickets) -> once.Done:
        ticket, outcome = filed.ticket, VisitOutcome(act.outcome)
        ticket.only_from({TicketStatus.RESOLVED}, verb="登记回访")
        tried = _next(ticket, _tried(ticket, tickets), at=now, by=act.by, outcome=outcome)
        made = tried.answered(satisfaction=act.satisfaction, conduct=act.conduct, remark=act.reason)
        tickets.visits.add(made)
        said = {"outcome": outcome.value, "satisfaction": act.satisfaction}
        visited = entry(ticket, Event.RETURN_VISIT, act, now=now, detail={k: v for k, v in said.items() if v})
        match outcome:
            case VisitOutcome.SOLVED if terms.charter.is_content(made.satisfaction):
                ticket = ticket.confirm_solved(by=act.by, at=now).close(by=act.by, at=now)
            case VisitOutcome.SOLVED:
                ticket = ticket.confirm_solved(by=act.by, at=now)
                _tell_owner(filed, made, terms=terms, tickets=tickets, now=now)
                return ticket, [visited]
            case VisitOutcome.UNSOLVED:
                promises = promises_from(now, filed=filed, terms=terms)
                ticket = ticket.reopen(by=act.by, at=now, reason=f"回访未解决：{act.reason}", promises=promises)
            case _:
                return ticket, [visited]
        return ticket, [visited, entry(ticket, Event.STATUS_CHANGED, act, now=now)]

    return carried_out_within(act, done, terms=terms, store=store, now=now)


def note_answer(*, answer: VisitAnswer, filed: Filed, terms: Terms, tickets: Tickets, now: datetime) -> Visit:
    """By the customer: one visit, in however many messages it is answered."""
    outcome = VisitOutcome.SOLVED if answer.solved else VisitOutcome.UNSOLVED
    tried = _tried(filed.ticket, tickets)
    begun = next((made for made in tried if (made.by, made.outcome) == (answer.conversation, outcome)), None)
    made = begun or _next(filed.ticket, tried, at=now, by=answer.conversation, outcome=outcome)
    told = replace(
        made,
        satisfaction=answer.satisfaction or made.satisfaction,
        conduct=answer.conduct or made.conduct,
        remark=answer.remark or made.remark or (None if answer.solved else answer.text),
    )
    if begun:
        tickets.visits.revise(told)
    else:
        tickets.visits.add(told)
    is_content = terms.charter.is_content
    if is_content(made.satisfaction) and not is_content(told.satisfaction):
        _tell_owner(filed, told, terms=terms, tickets=tickets, now=now)
    return told


def _drawn(ticket: Ticket, rule: ReturnVisitRule, *, tickets: Tickets, at: datetime) -> Draw:
    month = local(at).date().replace(day=1)
    seed = _seed(month, tickets=tickets, at=at)
    position = tickets.visits.enter_draw(month=month, rule=rule.name)
    made = Draw(
        number=ticket.number,
        round=ticket.times_reopened,
        month=month,
        rule=rule.name,
        position=position,
        percent=rule.percent,
        drawn=is_drawn(position, percent=rule.percent, seed=seed.text),
    )
    tickets.visits.record_draw(made)
    return made


def _seed(month: date, *, tickets: Tickets, at: datetime) -> Seed:
    """Published before the month; where nobody worked then, now, which its date shows."""
    seed = tickets.visits.seed_of(month=month)
    if seed is None:
        seed = Seed(month=month, text=secrets.token_hex(16), published_at=at)
        tickets.visits.publish(seed)
    return seed


def _to_visit(filed: Filed, charter: Charter, calendar: Calendar, *, at: datetime) -> tuple[Promise, ...]:
    ticket = filed.ticket
    return tuple(
        promise(clause=clause, accepted_at=at, calendar=calendar, closing_time=charter.operator.closing_time)
        for clause in charter.commitments
        if clause.concerns(matter=ticket.ticket_type, subject=ticket.subject, starts=ClockStart.REPAIR)
    )


def _awaits_visit(ticket: Ticket) -> bool:
    return _is_drawn(ticket) and ticket.visited_at is None


def _is_drawn(ticket: Ticket) -> bool:
    return ticket.status is TicketStatus.RESOLVED and ticket.needs_return_visit


def _tried(ticket: Ticket, tickets: Tickets) -> Sequence[Visit]:
    return tickets.visits.of_round(number=ticket.number, round=ticket.times_reopened)


def _next(ticket: Ticket, tried: Sequence[Visit], *, at: datetime, by: str, outcome: VisitOutcome) -> Visit:
    return Visit(
        number=ticket.number, round=ticket.times_reopened, attempt=len(tried) + 1, at=at, by=by, outcome=outcome
    )


def _tell_owner(filed: Filed, made: Visit, *, terms: Terms, tickets: Tickets, now: datetime) -> None:
    """Whoever is not satisfied is heard by the owner at once (R5.6)."""
    owner = terms.charter.member(filed.ticket.owner)
    if owner is None:
        return
    number = ticket_number(filed.ticket.number)
    words = f"：{made.remark}" if made.remark else ""
    text = f"工单 {number} 回访满意度 {made.satisfaction} 分{words}。请联系客户当面处理。"
    key = f"dissatisfied:{made.number}:{made.round}:{made.attempt}"
    tickets.outbox.add(to_staff(owner, text, key=key, now=now, about=str(filed.ticket.number)))


def _entry(
    ticket: Ticket,
    event: Event,
    *,
    now: datetime,
    reason: str | None = None,
    detail: dict[str, object] | None = None,
) -> Entry:
    return Entry(
        number=ticket.number,
        at=now,
        by=OURSELVES,
        event=event,
        status=ticket.status,
        reason=reason,
        detail=detail or {},
    )
