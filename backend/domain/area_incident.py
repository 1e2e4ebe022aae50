"""Area incidents 片区故障: several open faults of one community become one matter, proposed as major (R1.2, R1.16).

What makes it major is a leader's decision, never its wording (R1.20).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from backend.domain.errors import IncidentDecided, IncidentNotConfirmed, ReasonMissing
from backend.domain.handling import Incident as IncidentRule
from backend.domain.vocabulary import Service


class IncidentState(StrEnum):
    PROPOSED = "proposed"  # 待确认
    CONFIRMED = "confirmed"  # 已确认，抢修中
    DISMISSED = "dismissed"  # 不是片区故障
    MENDED = "mended"  # 已修复


STATE_LABELS = {
    IncidentState.PROPOSED: "待确认",
    IncidentState.CONFIRMED: "已确认",
    IncidentState.DISMISSED: "已排除",
    IncidentState.MENDED: "已修复",
}
STANDING = frozenset({IncidentState.PROPOSED, IncidentState.CONFIRMED})


@dataclass(frozen=True, kw_only=True)
class AreaIncident:
    """`number` is given by the store; 0 before. `outage`: the announcement by which customers hear of it."""

    number: int = 0
    area: str
    service: Service
    state: IncidentState
    proposed_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    cause: str | None = None
    outage: int | None = None
    mended_at: datetime | None = None
    mended_by: str | None = None
    outcome: str | None = None

    @classmethod
    def propose(cls, *, area: str, service: Service, at: datetime) -> "AreaIncident":
        return cls(area=area, service=service, state=IncidentState.PROPOSED, proposed_at=at)

    def confirm(self, *, by: str, at: datetime, cause: str, outage: int) -> "AreaIncident":
        """By a leader; refuses with IncidentDecided, ReasonMissing."""
        self._only_proposed()
        cause = _written(cause, verb="确认片区故障")
        return replace(self, state=IncidentState.CONFIRMED, decided_by=by, decided_at=at, cause=cause, outage=outage)

    def dismiss(self, *, by: str, at: datetime, reason: str) -> "AreaIncident":
        """Each fault is a matter of its own again. Refuses with IncidentDecided, ReasonMissing."""
        self._only_proposed()
        reason = _written(reason, verb="排除片区故障")
        return replace(self, state=IncidentState.DISMISSED, decided_by=by, decided_at=at, outcome=reason)

    def mend(self, *, by: str, at: datetime, outcome: str) -> "AreaIncident":
        """Its repair settles all that hangs under it. Refuses with IncidentNotConfirmed, ReasonMissing."""
        if self.state is not IncidentState.CONFIRMED:
            raise IncidentNotConfirmed(state=STATE_LABELS[self.state])
        outcome = _written(outcome, verb="登记修复结果")
        return replace(self, state=IncidentState.MENDED, mended_by=by, mended_at=at, outcome=outcome)

    def _only_proposed(self) -> None:
        if self.state is not IncidentState.PROPOSED:
            raise IncidentDecided(state=STATE_LABELS[self.state])


def are_many(reported_at: Iterable[datetime], *, rule: IncidentRule, now: datetime) -> bool:
    """Are so many faults, still open, reported within the charter's span?"""
    return sum(now - at <= rule.within for at in reported_at) >= rule.faults


def _written(text: str, *, verb: str) -> str:
    if not text.strip():
        raise ReasonMissing(verb=verb)
    return text.strip()
