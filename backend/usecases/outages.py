"""Announcing known outages and maintenance, ending them, and which of them an area should know of (R1.10)."""

from collections.abc import Sequence
from datetime import datetime

from backend.domain.charter import Charter
from backend.domain.outage import Outage
from backend.domain.vocabulary import Service
from backend.messages.outages import Announcement
from backend.ports import Store
from backend.refusals import AreaUnknown, OutageNotFound, ServiceNotOffered, StaffUnknown
from backend.usecases import area_notices


def announce(*, announcement: Announcement, charter: Charter, store: Store, now: datetime) -> Outage:
    """What is planned goes out to the customers of the area as well (R1.10); said again, it is the same announcement.
    Refuses with AreaUnknown, StaffUnknown,
    ServiceNotOffered, MaintenanceNeedsEnd, EndsBeforeItBegins, AnnouncedTooLate."""
    if charter.area(announcement.area) is None:
        raise AreaUnknown(area=announcement.area)
    _refuse_strangers(charter, job_number=announcement.announced_by)
    if foreign := announcement.services - charter.operator.services:
        raise ServiceNotOffered(services="、".join(sorted(foreign)))
    outage = Outage(
        kind=announcement.kind,
        area=announcement.area,
        services=announcement.services,
        cause=announcement.cause,
        starts_at=announcement.starts_at,
        expected_until=announcement.expected_until,
        announced_by=announcement.announced_by,
        announced_at=now,
    )
    with store.writing() as tickets:
        if again := next((each for each in tickets.outages.not_ended() if each.says_the_same(outage)), None):
            return again
        if charter.notice_ahead:
            outage.refuse_late(ahead=charter.notice_ahead.ahead, quiet=charter.operator.quiet_hours)
        announced = tickets.outages.add(outage)
        if announced.is_planned:
            area_notices.plan(announced, tickets=tickets, now=now)
        return announced


def end(*, number: int, by: str, charter: Charter, store: Store, now: datetime) -> Outage:
    """Refuses with OutageNotFound, OutageOver, StaffUnknown."""
    _refuse_strangers(charter, job_number=by)
    with store.writing() as tickets:
        standing = tickets.outages.get(number=number)
        if standing is None:
            raise OutageNotFound(number=number)
        ended = standing.end(by=by, at=now)
        tickets.outages.save(ended)
        return ended


def known(*, area: str, service: Service | None, store: Store, now: datetime) -> Sequence[Outage]:
    """What stops a service there now, or will, the earliest first."""
    with store.reading() as tickets:
        standing = tickets.outages.not_ended()
    return [
        outage
        for outage in standing
        if outage.stops_service and not outage.is_over(at=now) and outage.hits(area=area, service=service)
    ]


def announced(*, store: Store, now: datetime) -> Sequence[Outage]:
    """What is posted (R1.10): all that isn't over, changes too, the earliest first."""
    with store.reading() as tickets:
        standing = tickets.outages.not_ended()
    return [outage for outage in standing if not outage.is_over(at=now)]


def _refuse_strangers(charter: Charter, *, job_number: str) -> None:
    if charter.member(job_number) is None:
        raise StaffUnknown(job_number=job_number)
