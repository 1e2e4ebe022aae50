"""Accountability 责任追究 (R6.1–R6.6): a breach opens a case by itself; the person is heard, then it is decided."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from backend.domain.accountability import Accountability, Answerable
from backend.domain.accountability_case import A_YEAR, Breach, Case, Step, acts_before
from backend.domain.charter import Charter
from backend.domain.promise import Promise
from backend.domain.written import moment
from backend.messages.accountability import CaseAct, CaseDecision
from backend.ports import Change, Event, Filed, Store, Tickets
from backend.refusals import AccountabilityNotPublished, CaseNotFound
from backend.usecases.acts import member_of
from backend.usecases.filing import Terms
from backend.work.outgoing import to_staff


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A case, and how many acts were punished within the year before it (R6.3)."""

    case: Case
    acts_before: int


def open_cases(change: Change, *, charter: Charter, tickets: Tickets) -> None:
    """One for each breach (R6.1): a promise reported overdue or kept late, a complaint upheld."""
    if charter.accountability is None:
        return
    for case in (*_late(change, charter), *_upheld(change, charter)):
        known = tickets.cases.of_breach(key=case.key)
        if known is None:
            tickets.cases.open(case)
        elif known.kept_at != case.kept_at:
            tickets.cases.save(replace(known, kept_at=case.kept_at))


def hear(*, act: CaseAct, terms: Terms, store: Store, now: datetime) -> Judged:
    """陈述和申辩 (R6.5). Refuses with StaffUnknown, CaseNotFound, CaseDecided, ReasonMissing."""
    member_of(terms, job_number=act.by)
    return _changed(
        act, lambda case, _before: case.hear(by=act.by, at=now, statement=act.text), store=store, terms=terms, now=now
    )


def decide(*, act: CaseDecision, terms: Terms, store: Store, now: datetime) -> Judged:
    """Refuses as `Case.decide` does, with StaffUnknown, CaseNotFound and AccountabilityNotPublished."""
    by, rules = member_of(terms, job_number=act.by), _rules(terms)

    def decided(case: Case, before: int) -> Case:
        return case.decide(
            rules=rules,
            by=by,
            at=now,
            gravity=act.gravity,
            reason=act.text,
            heavier=act.heavier,
            lighter=act.lighter,
            acts_before=before,
        )

    return _changed(act, decided, store=store, terms=terms, now=now)


def dismiss(*, act: CaseAct, terms: Terms, store: Store, now: datetime) -> Judged:
    """不予追究. Refuses as `Case.dismiss` does, with StaffUnknown, CaseNotFound and AccountabilityNotPublished."""
    by, rules = member_of(terms, job_number=act.by), _rules(terms)
    return _changed(
        act,
        lambda case, _before: case.dismiss(rules=rules, by=by, at=now, reason=act.text),
        store=store,
        terms=terms,
        now=now,
    )


def every(*, store: Store) -> Sequence[Judged]:
    """The newest first."""
    with store.reading() as tickets:
        cases = tickets.cases.all()
        return [Judged(case=case, acts_before=acts_before(cases, case=case)) for case in cases]


def offers(case: Case, *, by: str, charter: Charter) -> tuple[Step, ...]:
    """What that member of staff may do about it now; nothing where nobody of that number, or no rule, is known."""
    member, rules = charter.member(by), charter.accountability
    return case.offered(member=member, rules=rules) if member and rules else ()


def _late(change: Change, charter: Charter) -> Iterator[Case]:
    """The head of the department answers for it (R1.19); the handler, who is in none, himself."""
    ticket, at = change.after.ticket, change.entries[-1].at
    reported = {
        (entry.detail.get("promise"), entry.detail.get("due"))
        for entry in change.entries
        if entry.event is Event.OVERDUE_REPORTED
    }
    late = ticket.late_promises(now=at)
    department = charter.department_of(ticket.handler) or charter.department_of(ticket.owner)
    for told in ticket.promises:
        if told in late or (told.kind, str(told.due)) in reported:
            yield Case(
                key=_key(change.after, told),
                ticket=ticket.number,
                breach=Breach.LATE,
                what=told.label,
                due=told.due,
                kept_at=ticket.kept_at(told),
                against=Answerable.DEPARTMENT if department else Answerable.PERSON,
                answerable=department.head if department else ticket.handler,
                department=department.key if department else None,
                opened_at=at,
            )


def _upheld(change: Change, charter: Charter) -> Iterator[Case]:
    """Of the person whom the conclusion names, else of the department that it was handled in."""
    ticket = change.after.ticket
    for upheld in change.entries:
        if upheld.event is not Event.COMPLAINT_UPHELD:
            continue
        staff = upheld.detail.get("staff")
        department = charter.department_of(str(staff or ticket.handler))
        head = department.head if department and not staff else None
        answerable = head or str(staff or ticket.handler)
        yield Case(
            key=f"{upheld.number}:{Breach.COMPLAINT}:{answerable}",
            ticket=upheld.number,
            breach=Breach.COMPLAINT,
            what="投诉属实",
            due=None,
            kept_at=None,
            against=Answerable.DEPARTMENT if head else Answerable.PERSON,
            answerable=answerable,
            department=department.key if department else None,
            opened_at=upheld.at,
        )


def _key(filed: Filed, told: Promise) -> str:
    """Of a promise and its round: an extension or an earlier due time makes no other breach of it."""
    return f"{filed.ticket.number}:{told.kind}:{told.started_at:%Y%m%dT%H%M%S}"


def _rules(terms: Terms) -> Accountability:
    if terms.charter.accountability is None:
        raise AccountabilityNotPublished
    return terms.charter.accountability


def _changed(act: CaseAct, change: Callable[[Case, int], Case], *, store: Store, terms: Terms, now: datetime) -> Judged:
    """Whose case it is hears of the decision."""
    with store.writing() as tickets:
        case = tickets.cases.get(number=act.case)
        if case is None:
            raise CaseNotFound(number=act.case)
        year = tickets.cases.opened_within(since=case.opened_at - A_YEAR, until=case.opened_at)
        before = acts_before(year, case=case)
        case = change(case, before)
        tickets.cases.save(case)
        member = terms.charter.member(case.answerable)
        if case.carried_out_from and member:
            text = (
                f"{case.number} 号责任追究（工单 {case.ticket}，{case.what}）已决定：{'、'.join(case.measures)}，"
                f"{moment(case.carried_out_from)} 起执行。理由：{case.reason}。"
            )
            key = f"case-{case.number}:{case.state}"
            tickets.outbox.add(to_staff(member, text, key=key, now=now, about=str(case.ticket)))
        return Judged(case=case, acts_before=before)
