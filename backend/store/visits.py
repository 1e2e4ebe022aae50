"""Return visits in SQL."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from backend.domain.ticket import TicketNumber
from backend.domain.visit import Conduct, Visit, VisitOutcome
from backend.domain.visit_draw import Seed
from backend.ports.visits import Draw
from backend.store.agenda import insert_once
from backend.store.tables import visit, visit_draw, visit_seed


class SqlVisits:
    """`backend.ports.Visits` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def seed_of(self, *, month: date) -> Seed | None:
        row = self._sql.execute(select(visit_seed).where(visit_seed.c.month == month)).mappings().first()
        return Seed(**row) if row else None

    def publish(self, seed: Seed) -> None:
        insert_once(self._sql, visit_seed, asdict(seed))

    def enter_draw(self, *, month: date, rule: str) -> int:
        self._sql.execute(select(visit_seed.c.month).where(visit_seed.c.month == month).with_for_update())
        drawn = select(func.count()).where(visit_draw.c.month == month, visit_draw.c.rule == rule)
        return self._sql.execute(drawn).scalar_one() + 1

    def record_draw(self, draw: Draw) -> None:
        self._sql.execute(insert(visit_draw), _row(draw))

    def draws_of(self, *, month: date) -> Sequence[Draw]:
        of_month = select(visit_draw).where(visit_draw.c.month == month)
        found = self._sql.execute(of_month.order_by(visit_draw.c.rule, visit_draw.c.position)).mappings()
        return tuple(Draw(**_named(row)) for row in found)

    def add(self, made: Visit) -> None:
        row = _row(made)
        del row["by"]
        self._sql.execute(insert(visit), {**row, "done_by": made.by})

    def revise(self, made: Visit) -> None:
        key = visit.c.ticket_number == str(made.number), visit.c.round == made.round, visit.c.attempt == made.attempt
        told = {"satisfaction": made.satisfaction, "conduct": made.conduct, "remark": made.remark}
        self._sql.execute(update(visit).where(*key).values(**told))

    def of_round(self, *, number: TicketNumber, round: int) -> Sequence[Visit]:  # noqa: A002
        of_it = visit.c.ticket_number == str(number), visit.c.round == round
        found = self._sql.execute(select(visit).where(*of_it).order_by(visit.c.attempt)).mappings()
        return tuple(_visit(row) for row in found)


def _row(record: Draw | Visit) -> dict[str, Any]:
    row = asdict(record)
    del row["number"]
    return {**row, "ticket_number": str(record.number)}


def _named(row: RowMapping) -> dict[str, Any]:
    fields = dict(row)
    number = TicketNumber(fields.pop("ticket_number"))
    return {**fields, "number": number}


def _visit(row: RowMapping) -> Visit:
    fields = _named(row)
    said = fields.pop("conduct")
    conduct = {Conduct(asked): answer for asked, answer in said.items()} if said else None
    outcome, by = VisitOutcome(fields.pop("outcome")), fields.pop("done_by")
    return Visit(**fields, outcome=outcome, by=by, conduct=conduct)
