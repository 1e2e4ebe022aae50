"""大客户回访 (R5.5): a planned visit of a key customer, and what was said at it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from backend.domain.errors import KeyVisitMadeAlready
from backend.domain.ticket_facts import written


@dataclass(frozen=True, kw_only=True)
class KeyVisit:
    """`account`: the customer number; `staff`: the job number of who was asked to make it. `number` is given by the
    store; 0 before."""

    number: int = 0
    account: str
    planned_on: date
    staff: str
    made_at: datetime | None = None
    made_by: str | None = None
    said: str | None = None

    def made(self, *, by: str, at: datetime, said: str) -> "KeyVisit":
        """Refuses with KeyVisitMadeAlready, ReasonMissing."""
        if self.made_at:
            raise KeyVisitMadeAlready(number=self.number)
        return replace(self, made_at=at, made_by=by, said=written(said, verb="登记大客户回访"))
