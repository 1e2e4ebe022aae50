"""Known outages 已知故障 and planned maintenance 停机检修, announced by staff for an area (R1.10, R9.x)."""

from dataclasses import dataclass, replace
from datetime import datetime

from backend.domain.errors import EndsBeforeItBegins, MaintenanceNeedsEnd, OutageOver
from backend.domain.vocabulary import OutageKind, Service

KIND_LABELS = {
    OutageKind.KNOWN_OUTAGE: "已知故障",
    OutageKind.MAINTENANCE: "停机检修",
}


@dataclass(frozen=True, kw_only=True)
class Outage:
    """`expected_until` is the operator's own figure, no promise of ours; `announced_by` and `ended_by` job numbers.

    `number` is given by the store; 0 before.
    """

    number: int = 0
    kind: OutageKind
    area: str  # the charter's key
    services: frozenset[Service]
    cause: str
    starts_at: datetime
    expected_until: datetime | None
    announced_by: str
    announced_at: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None

    def __post_init__(self) -> None:
        if self.kind is OutageKind.MAINTENANCE and self.expected_until is None:
            raise MaintenanceNeedsEnd
        if self.expected_until is not None and self.expected_until <= self.starts_at:
            raise EndsBeforeItBegins

    def is_over(self, *, at: datetime) -> bool:
        """A planned work ends by its plan; a fault goes on until somebody says that it is mended."""
        planned_end = self.expected_until if self.kind is OutageKind.MAINTENANCE else None
        return self.ended_at is not None or (planned_end is not None and planned_end <= at)

    def is_ahead(self, *, at: datetime) -> bool:
        return self.starts_at > at

    def hits(self, *, area: str, service: Service | None) -> bool:
        """Without a service: any of them."""
        return self.area == area and (service is None or service in self.services)

    def end(self, *, by: str, at: datetime) -> "Outage":
        if self.is_over(at=at):
            raise OutageOver(number=self.number)
        return replace(self, ended_at=at, ended_by=by)
