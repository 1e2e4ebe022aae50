"""Announcing known outages and maintenance, moving and ending them, and which an area should know of (R1.10)."""

from collections.abc import Sequence
from datetime import datetime

from backend.domain.charter import Charter
from backend.domain.outage import Outage
from backend.domain.vocabulary import SERVICE_LABELS, Service
from backend.messages.outages import Announcement, Moving
from backend.ports import Store, Tickets
from backend.refusals import AreaUnknown, OutageNotFound, ServiceNotOffered, StaffUnknown
from backend.usecases import area_notices
from backend.usecases.area_notices import News


def announce(*, announcement: Announcement, charter: Charter, store: Store, now: datetime) -> Outage:
    """What is planned goes out to the customers of the area as well (R1.10); said again, it is the same announcement.
    Refuses with AreaUnknown, StaffUnknown,
    ServiceNotOffered, MaintenanceNeedsEnd, EndsBeforeItBegins, AnnouncedTooLate."""
    if charter.area(announcement.area) is None:
        raise AreaUnknown(area=announcement.area)
    _refuse_strangers(charter, job_number=announcement.announced_by)
    if foreign := announcement.services - charter.operator.services:
        raise ServiceNotOffered(services="、".join(SERVICE_LABELS[each] for each in sorted(foreign)))
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
            area_notices.plan(announced, News.ANNOUNCED, tickets=tickets, now=now)
        return announced


def move(*, number: int, moving: Moving, charter: Charter, store: Store, now: datetime) -> Outage:
    """改期; who was told of it hears of it again (R1.10). Moved to where it stands, nothing happens. Refuses with
    OutageNotFound, OutageOver, NotAhead, MaintenanceNeedsEnd, EndsBeforeItBegins, AnnouncedTooLate, StaffUnknown."""
    _refuse_strangers(charter, job_number=moving.moved_by)
    with store.writing() as tickets:
        standing = _standing(tickets, number=number)
        moved = standing.move(starts_at=moving.starts_at, expected_until=moving.expected_until, at=now)
        if moved == standing:
            return standing
        if charter.notice_ahead:
            moved.refuse_late(ahead=charter.notice_ahead.ahead, quiet=charter.operator.quiet_hours, said_at=now)
        tickets.outages.save(moved)
        area_notices.plan(moved, News.MOVED, tickets=tickets, now=now, before=standing.starts_at)
        return moved


def end(*, number: int, by: str, charter: Charter, store: Store, now: datetime) -> Outage:
    """What is called off before it begins is told to whoever was told of it (R1.10). Refuses with OutageNotFound,
    OutageOver, StaffUnknown."""
    _refuse_strangers(charter, job_number=by)
    with store.writing() as tickets:
        standing = _standing(tickets, number=number)
        ended = standing.end(by=by, at=now)
        tickets.outages.save(ended)
        if ended.is_planned and ended.is_ahead(at=now):
            area_notices.plan(ended, News.CALLED_OFF, tickets=tickets, now=now)
        return ended


def _standing(tickets: Tickets, *, number: int) -> Outage:
    standing = tickets.outages.get(number=number)
    if standing is None:
        raise OutageNotFound(number=number)
    return standing


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
