"""Where it can be installed (R2.11): asked before an install is filed, noted by the staff, published."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from backend.capacity_messages import AreaView, Noting
from backend.domain.capacity import filed_as
from backend.domain.charter import Charter
from backend.messages import Report
from backend.ports import Capacity, Noted, Store
from backend.refusals import AreaUnknown, StaffUnknown


def order_or_interest(report: Report, *, charter: Charter, capacity: Capacity | None) -> Report:
    """An install where none is possible becomes a noted wish. An address in no listed area is not judged."""
    as_reported = report.ticket_type, report.subject
    if filed_as(ticket_type=report.ticket_type, subject=report.subject, is_open=False) == as_reported:
        return report
    area = charter.area(report.area) if report.area else charter.place(report.address or "")
    if area is None:
        return report
    (view,) = areas(charter=charter, capacity=capacity, only=[area.key])
    kind, subject = filed_as(ticket_type=report.ticket_type, subject=report.subject, is_open=view.is_open)
    return replace(report, ticket_type=kind, subject=subject)


def areas(*, charter: Charter, capacity: Capacity | None, only: Sequence[str] | None = None) -> tuple[AreaView, ...]:
    """Open and not yet open, in the charter's order. Without a capacity: by the charter alone."""
    listed = [area for area in charter.areas if only is None or area.key in only]
    said = capacity.is_open(areas=[area.key for area in listed]) if capacity else {}
    return tuple(
        AreaView(
            area=area.key,
            name=area.name,
            city=area.city,
            is_open=said.get(area.key, area.open_for_installation),
        )
        for area in listed
    )


def note(*, area: str, noting: Noting, charter: Charter, store: Store, now: datetime) -> None:
    """Refuses with AreaUnknown, StaffUnknown."""
    if charter.area(area) is None:
        raise AreaUnknown(area=area)
    if charter.member(noting.noted_by) is None:
        raise StaffUnknown(job_number=noting.noted_by)
    with store.writing() as tickets:
        tickets.capacity_notes.put(Noted(area=area, is_open=noting.is_open, noted_by=noting.noted_by, noted_at=now))
