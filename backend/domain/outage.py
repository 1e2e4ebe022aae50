"""What staff announce for an area: known outages 已知故障, planned maintenance 停机检修, and changes such as new
services 新业务等变动 (R1.10)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from backend.domain.errors import AnnouncedTooLate, EndsBeforeItBegins, MaintenanceNeedsEnd, NotAhead, OutageOver
from backend.domain.quiet_hours import QuietHours
from backend.domain.vocabulary import OutageKind, Service

KIND_LABELS = {
    OutageKind.KNOWN_OUTAGE: "已知故障",
    OutageKind.MAINTENANCE: "停机检修",
    OutageKind.CHANGE: "业务变动",
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

    def says_the_same(self, other: "Outage") -> bool:
        """Of the same staff about the same time: an announcement that was sent twice."""
        return replace(self, number=other.number, announced_at=other.announced_at) == other

    def is_ahead(self, *, at: datetime) -> bool:
        return self.starts_at > at

    @property
    def is_planned(self) -> bool:
        return self.kind is not OutageKind.KNOWN_OUTAGE

    @property
    def stops_service(self) -> bool:
        return self.kind is not OutageKind.CHANGE

    def refuse_late(self, *, ahead: timedelta, quiet: QuietHours, said_at: datetime | None = None) -> None:
        """What is planned is announced so long ahead, and not at night (R1.10); `said_at`: when it was moved. Refuses
        with AnnouncedTooLate."""
        if self.is_planned and self.starts_at - quiet.after(said_at or self.announced_at) < ahead:
            raise AnnouncedTooLate(hours=int(ahead / timedelta(hours=1)))

    def hits(self, *, area: str, service: Service | None) -> bool:
        """Without a service: any of them."""
        return self.area == area and (service is None or service in self.services)

    def move(self, *, starts_at: datetime, expected_until: datetime | None, at: datetime) -> "Outage":
        """改期: of what is planned and has not begun. Refuses with OutageOver, NotAhead, MaintenanceNeedsEnd,
        EndsBeforeItBegins."""
        if self.is_over(at=at):
            raise OutageOver(number=self.number)
        if not self.is_planned or not self.is_ahead(at=at):
            raise NotAhead(number=self.number)
        return replace(self, starts_at=starts_at, expected_until=expected_until)

    def end(self, *, by: str, at: datetime) -> "Outage":
        if self.is_over(at=at):
            raise OutageOver(number=self.number)
        return replace(self, ended_at=at, ended_by=by)
