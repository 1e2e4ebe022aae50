"""Faults of staff are recorded by a leader; points and money come of them at the end of the month (R7.1)."""

from datetime import datetime

from backend.messages.faults import FaultNoted
from backend.ports import Store
from backend.ports.faults import RecordedFault
from backend.refusals import PointsNotPublished
from backend.usecases.acts import leader_of, member_of
from backend.usecases.filing import Terms


def record(*, noted: FaultNoted, terms: Terms, store: Store, now: datetime) -> None:
    """Refuses with StaffUnknown, LeaderNeeded, PointsNotPublished."""
    leader_of(terms, job_number=noted.by, verb="登记考核扣分")
    member_of(terms, job_number=noted.member)
    if terms.charter.assessment is None or terms.charter.assessment.points is None:
        raise PointsNotPublished
    recorded = RecordedFault(
        member=noted.member, fault=noted.fault, on=noted.on, note=noted.note, recorded_by=noted.by, recorded_at=now
    )
    with store.writing() as tickets:
        tickets.faults.add(recorded)
