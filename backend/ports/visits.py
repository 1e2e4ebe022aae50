"""Return visits 回访: the month's seed, what was drawn, and who was tried when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from backend.domain.ticket_number import TicketNumber
from backend.domain.visit import Visit
from backend.domain.visit_draw import Seed


@dataclass(frozen=True, kw_only=True)
class Draw:
    """The ticket's place among those settled in a month under one rule, and whether it is visited."""

    number: TicketNumber
    round: int
    month: date
    rule: str
    position: int
    percent: int
    drawn: bool


class Visits(Protocol):
    def seed_of(self, *, month: date) -> Seed | None: ...

    def publish(self, seed: Seed) -> None:
        """Once for a month; a second one is not taken."""

    def enter_draw(self, *, month: date, rule: str) -> int:
        """The next position of the month; nobody else draws of this month until the transaction ends."""

    def record_draw(self, draw: Draw) -> None: ...

    def draws_of(self, *, month: date) -> Sequence[Draw]:
        """By rule and position."""

    def add(self, visit: Visit) -> None: ...

    def revise(self, visit: Visit) -> None:
        """The same try, by whom it was made, with what has been said since."""

    def of_round(self, *, number: TicketNumber, round: int) -> Sequence[Visit]:  # noqa: A002 - the field's word
        """The first try first."""
