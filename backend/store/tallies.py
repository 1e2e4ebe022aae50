"""Counts of tickets in SQL: a few statements over the tickets of a span; nothing is loaded to be counted."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, case, func, or_, select

from backend.domain.performance import AnswerTimes, Behind, Cell, Coverage, Tally, Threat
from backend.domain.ticket_number import TicketNumber
from backend.domain.vocabulary import TicketStatus, TicketType
from backend.ports.tallies import Among, Measure, Row, Rows, Span
from backend.store.behind import (
    NOT_REACHED,
    UPHELD,
    VISIT_WAITS,
    WAS_VISITED,
    accepted_within,
    answerable,
    answered_in_time,
    counting,
    stands_behind,
)
from backend.store.seconds import seconds_between
from backend.store.standing import at_risk, counted_late, kept_in_time, overdue
from backend.store.tables import accountability_case, promise, ticket, visit, visit_draw

_KEY: Final = ("area", "handler", "ticket_type", "subject")
_KEY_COLUMNS: Final = tuple(ticket.c[name] for name in _KEY)
_PROMISED: Final = promise.join(ticket, promise.c.ticket_number == ticket.c.number)
_DRAWN: Final = visit_draw.join(ticket, visit_draw.c.ticket_number == ticket.c.number)
_VISITED: Final = visit.join(ticket, visit.c.ticket_number == ticket.c.number)
_ROW: Final = ("number", "ticket_type", "subject", "status", "area", "owner", "handler", "accepted_at")


class SqlTallies:
    """`backend.ports.Tallies` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def cells(self, *, accepted: Span, measure: Measure) -> Sequence[Cell]:
        tallies: dict[tuple[Any, ...], Tally] = defaultdict(Tally)
        for counted in _countings(accepted, measure):
            for row in self._sql.execute(counted).mappings():
                counts = {name: int(row[name]) for name in row if name not in _KEY}
                tallies[tuple(row[name] for name in _KEY)] += Tally(**counts)
        return tuple(
            Cell(area=area, handler=handler, ticket_type=TicketType(ticket_type), subject=subject, tally=tally)
            for (area, handler, ticket_type, subject), tally in tallies.items()
        )

    def marks(self, *, accepted: Span) -> Mapping[int, int]:
        given = (
            select(visit.c.satisfaction, func.count().label("times"))
            .select_from(_VISITED)
            .where(accepted_within(accepted), visit.c.satisfaction.is_not(None))
            .group_by(visit.c.satisfaction)
        )
        return {row.satisfaction: row.times for row in self._sql.execute(given)}

    def upheld(self, *, accepted: Span) -> Mapping[str | None, int]:
        department = accountability_case.c.department
        decided = (
            select(department, func.count(ticket.c.number.distinct()).label("complaints"))
            .select_from(accountability_case.join(ticket, accountability_case.c.ticket_number == ticket.c.number))
            .where(accepted_within(accepted), UPHELD)
            .group_by(department)
        )
        return {row.department: row.complaints for row in self._sql.execute(decided)}

    def answer_times(self, *, accepted: Span) -> Sequence[AnswerTimes]:
        counting = select(ticket.c.ticket_type, func.count().label("tickets")).where(accepted_within(accepted))
        by_type = self._sql.execute(counting.group_by(ticket.c.ticket_type))
        tickets = {row.ticket_type: row.tickets for row in by_type}
        waits: dict[str | None, dict[tuple[int, int], float]] = defaultdict(dict)
        for row in self._sql.execute(_waits(accepted)):
            waits[row.ticket_type][row.rank, row.answered] = row.seconds
            waits[None][row.rank_of_all, row.answered_of_all] = row.seconds
        return tuple(
            _answer_times(ticket_type, tickets=of_type, waits=waits[ticket_type])
            for ticket_type, of_type in [(None, sum(tickets.values())), *sorted(tickets.items())]
        )

    def coverage(self, *, accepted: Span) -> Sequence[Coverage]:
        rounds = (
            select(
                visit_draw.c.rule,
                func.count().label("settled"),
                _times(visit_draw.c.drawn).label("drawn"),
                _times(WAS_VISITED).label("visited"),
                _times(VISIT_WAITS).label("waits"),
                _times(NOT_REACHED).label("not_reached"),
            )
            .select_from(_DRAWN)
            .where(accepted_within(accepted))
            .group_by(visit_draw.c.rule)
            .order_by(visit_draw.c.rule)
        )
        return tuple(Coverage(**row) for row in self._sql.execute(rounds).mappings())

    def threats(self, *, measure: Measure) -> Sequence[Threat]:
        threatened = (
            select(
                ticket.c.area,
                ticket.c.handler,
                _times(at_risk(measure)).label("at_risk"),
                _times(overdue(measure)).label("overdue"),
            )
            .select_from(_PROMISED)
            .where(or_(at_risk(measure), overdue(measure)))
            .group_by(ticket.c.area, ticket.c.handler)
        )
        return tuple(Threat(**row) for row in self._sql.execute(threatened).mappings())

    def behind(
        self, behind: Behind, *, accepted: Span, among: Among, measure: Measure, offset: int, limit: int
    ) -> Rows:
        wanted = stands_behind(behind, among=among, accepted=accepted, measure=measure)
        total = self._sql.execute(select(func.count()).select_from(ticket).where(wanted)).scalar_one()
        counted = counting(behind, among=among, accepted=accepted, measure=measure)
        page = (
            select(*(ticket.c[name] for name in _ROW))
            .where(wanted)
            .order_by(ticket.c.accepted_at.desc(), ticket.c.number.desc())
            .offset(offset)
            .limit(limit)
        )
        return Rows(
            rows=tuple(_row(dict(row)) for row in self._sql.execute(page).mappings()),
            total=total,
            counted=self._sql.execute(counted).scalar_one(),
        )


def _countings(accepted: Span, measure: Measure) -> Iterator[Select[Any]]:
    within = accepted_within(accepted)
    yield (
        select(
            *_KEY_COLUMNS,
            func.count().label("tickets"),
            _times(answered_in_time(measure)).label("answered_in_time"),
            _times(answerable(measure)).label("answerable"),
        )
        .where(within)
        .group_by(*_KEY_COLUMNS)
    )
    yield (
        select(*_KEY_COLUMNS, _times(kept_in_time(measure)).label("kept"), _times(counted_late(measure)).label("late"))
        .select_from(_PROMISED)
        .where(within)
        .group_by(*_KEY_COLUMNS)
    )
    yield (
        select(*_KEY_COLUMNS, func.sum(visit.c.satisfaction).label("marks"), func.count().label("marked"))
        .select_from(_VISITED)
        .where(within, visit.c.satisfaction.is_not(None))
        .group_by(*_KEY_COLUMNS)
    )


def _waits(accepted: Span) -> Select[Any]:
    """The median wait and the one that nine of ten did not exceed, of each type and of all."""
    seconds = seconds_between(ticket.c.accepted_at, ticket.c.first_answered_at)
    a_type: dict[str, Any] = {"partition_by": ticket.c.ticket_type}
    ranked = (
        select(
            ticket.c.ticket_type,
            seconds.label("seconds"),
            func.row_number().over(order_by=seconds, **a_type).label("rank"),
            func.count().over(**a_type).label("answered"),
            func.row_number().over(order_by=seconds).label("rank_of_all"),
            func.count().over().label("answered_of_all"),
        )
        .where(accepted_within(accepted), ticket.c.first_answered_at.is_not(None))
        .subquery()
    )
    of_type, of_all = ranked.c.answered, ranked.c.answered_of_all
    return select(ranked).where(
        or_(
            ranked.c.rank.in_([_median(of_type), _ninth(of_type)]),
            ranked.c.rank_of_all.in_([_median(of_all), _ninth(of_all)]),
        )
    )


def _median(many: Any) -> Any:
    return (many + 1) // 2


def _ninth(many: Any) -> Any:
    return (many * 9 + 9) // 10


def _answer_times(ticket_type: str | None, *, tickets: int, waits: Mapping[tuple[int, int], float]) -> AnswerTimes:
    answered = next((many for _, many in waits), 0)
    return AnswerTimes(
        ticket_type=TicketType(ticket_type) if ticket_type else None,
        answered=answered,
        unanswered=tickets - answered,
        median=waits.get((_median(answered), answered)),
        ninth=waits.get((_ninth(answered), answered)),
    )


def _times(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _row(facts: dict[str, Any]) -> Row:
    read = {"number": TicketNumber(facts["number"]), "status": TicketStatus(facts["status"])}
    return Row(**{**facts, **read, "ticket_type": TicketType(facts["ticket_type"])})
