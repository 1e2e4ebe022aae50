"""Promises 承诺: a clause and the start of its clock make a due time – or none, with the reason (R1.14, R1.20).

A promise is made once and stored; it is never computed again when it is read.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from backend.domain.charter import Charter, Clause, Limit, NoClause
from backend.domain.vocabulary import District, Excuse, Grade, Mark, PromiseKind, TicketType
from backend.domain.working_time import Calendar, Count, Step, count_elapsed, count_working_days, local


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What was promised: under which clause, charter version and calendar. `due` and `started_at` in UTC.

    `due` None: nothing is promised, `reason` says why. `provisional`: `due` rests on a year whose holiday notice is
    not known; `reason` says so.
    """

    kind: PromiseKind
    clause: str
    label: str
    rule: str | None
    source: str | None
    mark: Mark | None
    limit: Limit | None
    remark: str | None
    started_at: datetime
    due: datetime | None
    provisional: bool
    reason: str | None
    calendar: str
    charter_version: str
    steps: tuple[Step, ...]
    excused: Excuse | None = None

    @property
    def waits(self) -> bool:
        """Its clock has not started: materials are missing (R1.13)."""
        return self.due is None and self.limit is not None


WAITS = "时限从手续办齐、材料齐全时起算"


def counted(*, limit: Limit, start: datetime, calendar: Calendar, closing_time: time) -> Count:
    """When a limit ends that starts then (R1.14)."""
    if limit.elapsed is None:
        return count_working_days(start=start, days=limit.amount, calendar=calendar, closing_time=closing_time)
    return count_elapsed(start=start, elapsed=limit.elapsed)


def _why_provisional(count: Count) -> str | None:
    if not count.unknown_years:
        return None
    years = "、".join(str(year) for year in count.unknown_years)
    return f"{years} 年放假通知尚未收录，这个时间是暂定的；通知公布后只会提前，不会推后"


def promise(*, clause: Clause | NoClause, accepted_at: datetime, calendar: Calendar, closing_time: time) -> Promise:
    """The promise of one clause. A naive `accepted_at` is a ValueError."""
    local(accepted_at)
    started_at = accepted_at.astimezone(UTC)
    if isinstance(clause, NoClause):
        return Promise(
            kind=clause.kind,
            clause=clause.key,
            label=clause.label,
            rule=None,
            source=None,
            mark=None,
            limit=None,
            remark=None,
            started_at=started_at,
            due=None,
            provisional=False,
            reason=clause.told,
            calendar=calendar.name,
            charter_version=clause.charter_version,
            steps=(),
        )
    count = counted(limit=clause.limit, start=accepted_at, calendar=calendar, closing_time=closing_time)
    return Promise(
        kind=clause.kind,
        clause=clause.key,
        label=clause.label,
        rule=clause.rule,
        source=clause.source,
        mark=clause.mark,
        limit=clause.limit,
        remark=clause.remark,
        started_at=started_at,
        due=count.due,
        provisional=bool(count.unknown_years),
        reason=_why_provisional(count),
        calendar=calendar.name,
        charter_version=clause.charter_version,
        steps=count.steps,
    )


def promises_for(
    *,
    charter: Charter,
    ticket_type: TicketType,
    subject: str,
    grade: Grade | None,
    district: District | None,
    accepted_at: datetime,
    calendar: Calendar,
    papers_in: bool = False,
) -> tuple[Promise, ...]:
    """All promises that a new ticket carries, at least one: the soonest kind first (respond before settle).

    Where papers are wanted, the clock of settling waits until they are in (R1.13); `accepted_at` is then that moment.
    """
    waiting = not papers_in and bool(charter.papers(ticket_type=ticket_type, subject=subject))
    made = (
        promise(
            clause=clause,
            accepted_at=accepted_at,
            calendar=calendar,
            closing_time=charter.operator.closing_time,
        )
        for clause in charter.clauses(matter=ticket_type, subject=subject, grade=grade, district=district)
    )
    return tuple(_not_started(each) if waiting and each.kind is PromiseKind.SETTLE else each for each in made)


def _not_started(made: Promise) -> Promise:
    if made.limit is None:
        return made
    return replace(made, due=None, provisional=False, reason=WAITS, steps=())


def keep_earlier(*, told: Promise, computed: Promise) -> Promise:
    """Nothing lengthens a promise already told (R1.20): the earlier due time stands; a tie keeps what was told."""
    if computed.due is None or (told.due is not None and told.due <= computed.due):
        return told
    return replace(computed, excused=told.excused)


def settle_provisional(*, told: Promise, calendar: Calendar, closing_time: time) -> Promise:
    """A provisional promise, counted again now that `calendar` may know the year: the earlier of told and computed.

    Unchanged while the notice is still missing. The steps and the calendar are the new count's: they show why.
    """
    if not told.provisional or told.due is None or told.limit is None:
        return told
    count = counted(limit=told.limit, start=told.started_at, calendar=calendar, closing_time=closing_time)
    if count.unknown_years:
        return told
    settled = replace(told, provisional=False, calendar=calendar.name, steps=count.steps)
    if told.due <= count.due:
        note = "按已公布的放假通知核定：原先告知的时间更早，维持不变" if told.due < count.due else None
        return replace(settled, reason=note)
    return replace(settled, due=count.due, reason=None)
