"""Supervision 监督 (R1.22, R7.3): the figures of a span of acceptance, with the tickets behind each of them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from typing import Final

from backend.domain.charter import Charter
from backend.domain.labels import TYPE_LABELS, matter_label
from backend.domain.performance import (
    AnswerTimes,
    Behind,
    Cell,
    Coverage,
    Rate,
    Threat,
    complaint_rate,
    figures,
    reply_indicator,
)
from backend.domain.return_visit import ReturnVisitRule
from backend.domain.vocabulary import PromiseKind, TicketType
from backend.domain.working_time import SHANGHAI
from backend.messages.reports import ShapeInvalid
from backend.messages.supervision import (
    AnswerTimesView,
    BehindAsked,
    CoverageView,
    GroupView,
    RowsView,
    RowView,
    SpanAsked,
    SupervisionView,
    rate_view,
)
from backend.ports import Store
from backend.ports.tallies import Among, Measure, Row, Span

NOWHERE: Final = ""  # the key of what lies in no listed area, or is handled by nobody of a listed department


def supervise(*, asked: SpanAsked, charter: Charter, store: Store, now: datetime) -> SupervisionView:
    """Raises ShapeInvalid for a span that ends before it begins."""
    accepted, measure = span_of(asked), measure_of(charter, now=now)
    with store.reading() as tickets:
        found = tickets.tallies
        groups = _Groups(
            charter=charter,
            cells=found.cells(accepted=accepted, measure=measure),
            threats=found.threats(measure=measure),
            upheld=found.upheld(accepted=accepted),
        )
        marks, times = found.marks(accepted=accepted), found.answer_times(accepted=accepted)
        coverage = found.coverage(accepted=accepted)
    return SupervisionView(
        since=asked.since,
        until=asked.until,
        now=now,
        whole=groups.whole(),
        by_matter=tuple(groups.by_matter()),
        by_area=tuple(groups.by_area()),
        by_department=tuple(groups.by_department()),
        answer_times=tuple(map(_answer_times_view, times)),
        marks=(marks.get(1, 0), marks.get(2, 0), marks.get(3, 0), marks.get(4, 0), marks.get(5, 0)),
        upheld=sum(groups.upheld.values()),
        return_visits=tuple(_coverage_views(coverage, charter.return_visits)),
        reply_minutes=measure.reply_within.total_seconds() / 60 if measure.reply_within else None,
        warn_at_percent=measure.warn_at_percent,
        unpublished=tuple(_unpublished(charter)),
    )


def behind(*, asked: BehindAsked, charter: Charter, store: Store, now: datetime) -> RowsView:
    """The tickets behind a figure, the newest acceptance first. Raises ShapeInvalid as `supervise` does."""
    accepted, measure = span_of(asked), measure_of(charter, now=now)
    with store.reading() as tickets:
        found = tickets.tallies.behind(
            asked.behind,
            accepted=accepted,
            among=_among(asked, charter),
            measure=measure,
            offset=asked.offset,
            limit=asked.limit,
        )
    return RowsView(rows=tuple(map(_row_view, found.rows)), total=found.total, counted=found.counted)


def span_of(asked: SpanAsked) -> Span:
    """Whole days in Asia/Shanghai. Raises ShapeInvalid."""
    if asked.until <= asked.since:
        raise ShapeInvalid(("until: must be after since",))
    since, until = (datetime.combine(day, time(), tzinfo=SHANGHAI) for day in (asked.since, asked.until))
    return Span(since=since, until=until)


def measure_of(charter: Charter, *, now: datetime) -> Measure:
    reply = reply_indicator(charter.assessment)
    return Measure(
        reply_within=reply.within if reply else None,
        warn_at_percent=charter.watch.warn_at_percent if charter.watch else None,
        now=now,
    )


@dataclass(frozen=True, kw_only=True)
class _Groups:
    """`upheld`: complaints by the department at fault; None: one person's, of no department."""

    charter: Charter
    cells: Sequence[Cell]
    threats: Sequence[Threat]
    upheld: Mapping[str | None, int]

    def whole(self) -> GroupView:
        households = sum(area.households for area in self.charter.areas)
        return self._group("", "全部", lambda _: True, complaints=complaint_rate(self.cells, households=households))

    def by_matter(self) -> Iterator[GroupView]:
        for ticket_type, subject in sorted({(cell.ticket_type, cell.subject) for cell in self.cells}):
            these = [cell for cell in self.cells if (cell.ticket_type, cell.subject) == (ticket_type, subject)]
            found = figures(these, assessment=self.charter.assessment)
            yield GroupView(
                key=f"{ticket_type}:{subject}",
                name=matter_label(ticket_type=ticket_type, subject=subject),
                tickets=found.tickets,
                on_time=rate_view(found.on_time),
                replied=rate_view(found.replied) if found.replied else None,
                satisfied=rate_view(found.satisfied),
                ticket_type=ticket_type,
                subject=subject,
            )

    def by_area(self) -> Iterator[GroupView]:
        listed = {area.key: area for area in self.charter.areas}
        for area in listed.values():
            here = [cell for cell in self.cells if cell.area == area.key]
            rate = complaint_rate(here, households=area.households)
            yield self._group(area.key, area.name, partial(_lies_in, area.key), complaints=rate)
        elsewhere = self._group(NOWHERE, "不在已列片区", partial(_lies_in, None), complaints=None)
        if elsewhere.tickets or elsewhere.overdue or elsewhere.at_risk:
            yield elsewhere

    def by_department(self) -> Iterator[GroupView]:
        placed: set[str] = set()
        for department in self.charter.departments:
            members = self.charter.members_of(department.key)
            placed |= members
            yield self._department(department.key, department.name, members.__contains__)
        rest = self._department(NOWHERE, "未归部门", lambda handler: handler not in placed)
        if rest.tickets or rest.overdue or rest.at_risk:
            yield rest

    def _department(self, key: str, name: str, is_member: Callable[[str], bool]) -> GroupView:
        handled = sum(cell.tally.tickets for cell in self.cells if is_member(cell.handler))
        rate = Rate(part=self.upheld.get(key or None, 0), of=handled)
        return self._group(key, name, lambda of: is_member(of.handler), complaints=rate)

    def _group(
        self, key: str, name: str, belongs: Callable[[Cell | Threat], bool], *, complaints: Rate | None
    ) -> GroupView:
        found = figures(filter(belongs, self.cells), assessment=self.charter.assessment)
        threatened = [threat for threat in self.threats if belongs(threat)]
        return GroupView(
            key=key,
            name=name,
            tickets=found.tickets,
            on_time=rate_view(found.on_time),
            replied=rate_view(found.replied) if found.replied else None,
            satisfied=rate_view(found.satisfied),
            complaint_rate=rate_view(complaints) if complaints else None,
            at_risk=sum(threat.at_risk for threat in threatened),
            overdue=sum(threat.overdue for threat in threatened),
        )


def _lies_in(area: str | None, of: Cell | Threat) -> bool:
    return of.area == area


def _among(asked: BehindAsked, charter: Charter) -> Among:
    """Of what was upheld, person and department are those at fault; of all else, who handles the ticket."""
    if asked.behind in {Behind.UPHELD, Behind.HELD_TO_ACCOUNT}:
        return Among(
            ticket_type=asked.ticket_type,
            subject=asked.subject,
            area=asked.area,
            at_fault=asked.department,
            answerable=asked.handler,
        )
    handlers: Collection[str] | None = [asked.handler] if asked.handler else None
    others: Collection[str] | None = None
    if asked.department:
        members = charter.members_of(asked.department)
        handlers = members if handlers is None else members & set(handlers)
    elif asked.department == NOWHERE:
        others = [member.job_number for member in charter.staff if member.department]
    return Among(
        ticket_type=asked.ticket_type,
        subject=asked.subject,
        area=asked.area,
        handlers=handlers,
        not_handlers=others,
        visit_rule=asked.visit_rule,
        mark=asked.mark,
    )


def _answer_times_view(times: AnswerTimes) -> AnswerTimesView:
    return AnswerTimesView(
        ticket_type=times.ticket_type,
        name=TYPE_LABELS[times.ticket_type] if times.ticket_type else "全部",
        answered=times.answered,
        unanswered=times.unanswered,
        median=_minutes(times.median),
        ninth=_minutes(times.ninth),
    )


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 60, 1)


def _coverage_views(found: Sequence[Coverage], rules: Iterable[ReturnVisitRule]) -> Iterator[CoverageView]:
    """Of each rule of the charter, and of what was drawn under one that it no longer has."""
    by_name = {each.rule: each for each in found}
    for rule in rules:
        yield _coverage_view(by_name.pop(rule.name, _nothing(rule.name)), rule)
    for each in by_name.values():
        yield _coverage_view(each, None)


def _nothing(name: str) -> Coverage:
    return Coverage(rule=name, settled=0, drawn=0, visited=0, waits=0, not_reached=0)


def _coverage_view(found: Coverage, rule: ReturnVisitRule | None) -> CoverageView:
    ticket_type, *subjects = found.rule.split(":")
    kind = TicketType(ticket_type)
    named = "、".join(matter_label(ticket_type=kind, subject=subject) for subject in subjects)
    return CoverageView(
        visit_rule=found.rule,
        name=named or TYPE_LABELS[kind],
        published=rule.percent if rule else None,
        rule=rule.rule if rule else None,
        source=rule.source if rule else None,
        mark=rule.mark if rule else None,
        settled=found.settled,
        drawn=found.drawn,
        visited=found.visited,
        waits=found.waits,
        not_reached=found.not_reached,
        covered=rate_view(Rate(part=found.visited, of=found.settled)),
    )


def _unpublished(charter: Charter) -> Iterator[str]:
    visited = {rule.ticket_type for rule in charter.return_visits}
    silent = [TYPE_LABELS[kind] for kind in (TicketType.FAULT, TicketType.COMPLAINT) if kind not in visited]
    if not charter.return_visits:
        yield "公司没有公布回访比例，不统计回访覆盖"
    elif silent:
        yield f"公司没有公布{'、'.join(silent)}的回访比例"
    if reply_indicator(charter.assessment) is None:
        yield "公司没有公布工单回复率的时限，不统计回复率"
    if charter.watch is None:
        yield "没有设定临期提醒，只统计已过时限的承诺"
    settled = {clause.ticket_type for clause in charter.commitments if clause.kind is PromiseKind.SETTLE}
    if TicketType.FAULT not in settled:
        yield "公司没有公布故障修复时限，按期率不含故障修复"


def _row_view(row: Row) -> RowView:
    return RowView(
        number=str(row.number),
        ticket_type=row.ticket_type,
        subject=row.subject,
        name=matter_label(ticket_type=row.ticket_type, subject=row.subject),
        status=row.status,
        area=row.area,
        owner=row.owner,
        handler=row.handler,
        accepted_at=row.accepted_at,
    )
