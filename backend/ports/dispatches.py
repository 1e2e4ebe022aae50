"""Orders to the repair staff 派单."""

from collections.abc import Sequence
from typing import Protocol

from backend.domain.dispatch import Dispatch
from backend.domain.ticket_number import TicketNumber


class Dispatches(Protocol):
    def add(self, dispatch: Dispatch) -> None: ...

    def save(self, dispatch: Dispatch) -> None: ...

    def of_ticket(self, *, number: TicketNumber) -> Sequence[Dispatch]:
        """The first one first."""

    def of_token(self, *, receipt_token: str) -> Dispatch | None: ...
