"""Area incidents in SQL."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from backend.domain.area_incident import STANDING, AreaIncident, IncidentState
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import Service
from backend.store.agenda import insert_once
from backend.store.tables import incident as table
from backend.store.tables import incident_ticket


class SqlIncidents:
    """`backend.ports.Incidents` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, incident: AreaIncident) -> AreaIncident:
        row = asdict(incident)
        del row["number"]
        number = self._sql.execute(insert(table), row).inserted_primary_key
        assert number is not None  # noqa: S101 - for the type checker
        return replace(incident, number=number[0])

    def get(self, *, number: int) -> AreaIncident | None:
        return next(iter(self._many(table.c.number == number)), None)

    def save(self, incident: AreaIncident) -> None:
        self._sql.execute(update(table).where(table.c.number == incident.number), asdict(incident))

    def standing(self, *, area: str, service: Service) -> AreaIncident | None:
        here = table.c.area == area, table.c.service == service, table.c.state.in_(STANDING)
        return next(iter(self._many(*here)), None)

    def all(self) -> Sequence[AreaIncident]:
        return self._many()

    def hang(self, *, ticket: TicketNumber, under: int) -> bool:
        return insert_once(self._sql, incident_ticket, {"ticket_number": str(ticket), "incident": under})

    def tickets_of(self, *, number: int) -> Sequence[TicketNumber]:
        hanging = select(incident_ticket.c.ticket_number).where(incident_ticket.c.incident == number)
        found = self._sql.execute(hanging.order_by(incident_ticket.c.ticket_number)).scalars()
        return tuple(map(TicketNumber, found))

    def _many(self, *conditions: Any) -> Sequence[AreaIncident]:
        found = self._sql.execute(select(table).where(*conditions).order_by(table.c.number.desc())).mappings()
        return tuple(_read(row) for row in found)


def _read(row: RowMapping) -> AreaIncident:
    return AreaIncident(**{**row, "service": Service(row["service"]), "state": IncidentState(row["state"])})
