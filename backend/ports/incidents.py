"""Area incidents 片区故障."""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.area_incident import AreaIncident
from backend.domain.ticket_number import TicketNumber
from backend.domain.vocabulary import Service


class Incidents(Protocol):
    def add(self, incident: AreaIncident) -> AreaIncident:
        """Gives it its number."""

    def get(self, *, number: int) -> AreaIncident | None: ...

    def save(self, incident: AreaIncident) -> None: ...

    def standing(self, *, area: str, service: Service) -> AreaIncident | None:
        """Proposed or confirmed; of one area and service there is one at a time."""

    def all(self) -> Sequence[AreaIncident]:
        """The newest first."""

    def hang(self, *, ticket: TicketNumber, under: int) -> bool:
        """False where it hangs there already."""

    def tickets_of(self, *, number: int) -> Sequence[TicketNumber]: ...
