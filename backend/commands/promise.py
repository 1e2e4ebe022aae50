"""`promise`: what would be promised for a matter accepted at a moment, with every day counted or left out, and why."""

import json
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Annotated

import typer

from backend.calendars import state_council_calendar
from backend.commands.common import DEFAULT_OPERATOR, DEFAULT_ROOT, OperatorOption, RootOption, charter_or_fail, fail
from backend.domain.charter import Charter, Clause, ClockStart, NoClause, Typical
from backend.domain.promise import Promise, promise
from backend.domain.vocabulary import Cause, District, FaultKind, Grade, OrderKind, PromiseKind, Service, TicketType
from backend.domain.working_time import local


class Matter(StrEnum):
    FAULT = "fault"
    INSTALL = "install"
    RESUME = "resume"
    COMPLAINT = "complaint"
    RESPONSE = "response"  # R1.6: the answer on the complaint line
    DISPATCH = "dispatch"  # R1.7: the order to the repair staff
    CONTACT = "contact"  # R1.8: their call to the customer; the clock starts with their receipt of the order


def show_promise(
    *,
    operator: OperatorOption = DEFAULT_OPERATOR,
    root: RootOption = DEFAULT_ROOT,
    matter: Annotated[Matter, typer.Option(help="What the customer brings.")],
    grade: Annotated[Grade | None, typer.Option(help="With fault; general if not given.")] = None,
    district: Annotated[District | None, typer.Option(help="With install.")] = None,
    cause: Annotated[Cause | None, typer.Option(help="With fault: of which the usual figure is told.")] = None,
    accepted_at: Annotated[
        str, typer.Option(help="The clock's start, ISO 8601 with a time zone: 2026-09-28T10:00+08:00.")
    ],
    explain: Annotated[bool, typer.Option("--explain", help="A readable list instead of JSON.")] = False,
) -> None:
    """By when a matter will be settled, answered, dispatched …: JSON, or with --explain a list.

    Where nothing is promised, due is null, reason says why, and typical tells what is reported as usual.
    """
    if grade and matter is not Matter.FAULT:
        fail("--grade goes with --matter fault only")
    if district and matter is not Matter.INSTALL:
        fail("--district goes with --matter install only")
    if cause and matter is not Matter.FAULT:
        fail("--cause goes with --matter fault only")
    accepted = _moment(accepted_at)
    charter = charter_or_fail(operator=operator, root=root, on=local(accepted).date())
    clause = _clause(charter=charter, matter=matter, grade=grade, district=district, cause=cause)
    try:
        made = promise(
            clause=clause,
            accepted_at=accepted,
            calendar=state_council_calendar(),
            closing_time=charter.operator.closing_time,
        )
        described = {**_describe(made), "typical": [_usual(figure) for figure in _typical(clause)]}
    except OverflowError:
        fail(f"--accepted-at {accepted_at}: the due time is beyond the calendar")
    if explain:
        typer.echo("\n".join(_listed(made)))
    else:
        facts = {"operator": operator, "matter": matter.value, "accepted_at": local(accepted).isoformat(), **described}
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        fail(f"--accepted-at {text}: is not a date and time like 2026-09-28T10:00+08:00")
    if at.tzinfo is None:
        fail(f"--accepted-at {text}: needs a time and a time zone, like 2026-09-28T10:00+08:00")
    try:
        local(at)
    except OverflowError:
        fail(f"--accepted-at {text}: is beyond the calendar")
    return at


def _clause(
    *, charter: Charter, matter: Matter, grade: Grade | None, district: District | None, cause: Cause | None
) -> Clause | NoClause:
    by_cable = Service.TV in charter.operator.services
    subject = FaultKind.NO_SIGNAL if by_cable else FaultKind.TELEPHONE
    of_fault = partial(charter.clause, matter=TicketType.FAULT, subject=subject)
    match matter:
        case Matter.FAULT:
            return of_fault(grade=grade, cause=cause)
        case Matter.DISPATCH:
            return of_fault(kind=PromiseKind.DISPATCH)
        case Matter.CONTACT:
            return of_fault(kind=PromiseKind.CONTACT, starts=ClockStart.RECEIPT)
        case Matter.INSTALL | Matter.RESUME:
            return charter.clause(matter=TicketType.ORDER, subject=OrderKind(matter), district=district)
        case Matter.COMPLAINT | Matter.RESPONSE:
            kind = PromiseKind.RESPOND if matter is Matter.RESPONSE else PromiseKind.SETTLE
            return charter.clause(matter=TicketType.COMPLAINT, subject="complaint", kind=kind)


def _typical(clause: Clause | NoClause) -> tuple[Typical, ...]:
    return clause.typical if isinstance(clause, NoClause) else ()


def _usual(figure: Typical) -> dict[str, object]:
    return {
        "label": figure.label,
        "text": figure.text,
        "within": figure.within.text,
        "cause": figure.cause,
        "rule": figure.rule,
        "source": figure.source,
        "mark": figure.mark,
    }


def _describe(made: Promise) -> dict[str, object]:
    return {
        "due": local(made.due).isoformat() if made.due else None,
        "provisional": made.provisional,
        "reason": made.reason,
        "kind": made.kind,
        "clause": made.clause,
        "label": made.label,
        "limit": made.limit.text if made.limit else None,
        "rule": made.rule,
        "source": made.source,
        "mark": made.mark,
        "remark": made.remark,
        "charter": made.charter_version,
        "calendar": made.calendar,
        "steps": [{"date": step.date.isoformat(), "counted": step.counted, "why": step.why} for step in made.steps],
    }


def _listed(made: Promise) -> list[str]:
    lines = [f"{made.label}（{made.limit.text}）" if made.limit else made.label]
    if made.due:
        due = local(made.due)
        lines.append(f"最迟 {due:%Y-%m-%d} 周{'一二三四五六日'[due.weekday()]} {due:%H:%M}")
    if made.reason:
        lines.append(f"{'暂定' if made.provisional else '说明'}：{made.reason}")
    if made.rule:
        lines.append(f"依据：{made.rule}，{made.source}（{made.mark}）；承诺版本 {made.charter_version}")
    if made.remark:
        lines.append(f"前提或除外：{made.remark}")
    lines.append(f"日历：{made.calendar}")
    lines += [
        f"  {'计入' if step.counted else '不计'} {step.date} 周{'一二三四五六日'[step.date.weekday()]}  {step.why}"
        for step in made.steps
    ]
    return lines
