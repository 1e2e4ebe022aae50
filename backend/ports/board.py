"""The board of tickets 工单看板: what is unfinished, by what falls due next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from backend.domain.board import View
from backend.domain.vocabulary import TicketType

if TYPE_CHECKING:
    from backend.ports.tickets import Filed


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`areas`: keys, `handlers`: job numbers, of View.AREA: either is enough. `ticket_type`, `area`: narrower still."""

    view: View
    job_number: str
    areas: tuple[str, ...]
    handlers: tuple[str, ...]
    ticket_type: TicketType | None
    area: str | None


@dataclass(frozen=True, kw_only=True)
class BoardPage:
    filed: "tuple[Filed, ...]"
    urges: Sequence[int]  # beside `filed`
    total: int


class Board(Protocol):
    def page(self, wanted: Wanted, *, now: datetime, offset: int, limit: int) -> BoardPage:
        """What falls due next first; what has no due time last, the oldest acceptance first."""
