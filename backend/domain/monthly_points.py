"""Points and money of a month (R7.1), from the faults on record. Who shares a place has none: the peers' vote decides
it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from backend.domain.assessment import Fault, FaultPay, Place, PlacePay, Points
from backend.domain.ticket_number import TicketNumber


@dataclass(frozen=True, kw_only=True)
class FaultOfMember:
    """`note`: why it is on record; `ticket`: of a complaint that was upheld."""

    member: str
    fault: Fault
    on: date
    note: str = ""
    ticket: TicketNumber | None = None


@dataclass(frozen=True, kw_only=True)
class MonthOfMember:
    """`yuan` below zero: taken off. `running`: so many months in this place, this one included. `faults`: of this
    month, behind the points; `paid`: behind the yuan."""

    points: int
    place: Place | None
    running: int
    yuan: int
    consequences: tuple[str, ...]
    faults: tuple[FaultOfMember, ...]
    paid: tuple[PlacePay | FaultPay, ...]


def month_of(
    member: str, *, month: date, points: Points, members: Collection[str], faults: Collection[FaultOfMember]
) -> MonthOfMember:
    """`month`: its first day; `members`: those who are ranked; `faults`: of a year and more, of all of them."""
    scores = scores_of(month, points=points, members=members, faults=faults)
    place, running = place_of(member, scores), 0
    while place and place_of(member, scores) is place:
        running += 1
        month_before = _months_before(month, running)
        scores = scores_of(month_before, points=points, members=members, faults=faults)
    placed: list[PlacePay | FaultPay] = [
        pay for pay in points.place_pay if pay.place is place and running % pay.months == 0
    ]
    paid = [*placed, *_fault_pay(member, month=month, points=points, faults=faults)]
    own = tuple(each for each in faults if each.member == member and each.on.replace(day=1) == month)
    return MonthOfMember(
        points=score([each.fault for each in own], points=points),
        place=place,
        running=running,
        yuan=sum(pay.yuan for pay in paid),
        consequences=tuple(pay.consequence for pay in paid if pay.consequence),
        faults=own,
        paid=tuple(paid),
    )


def score(faults: Collection[Fault], *, points: Points) -> int:
    """No category falls below nought."""
    left = {category.key: category.points for category in points.categories}
    for fault in faults:
        for deduction in points.deductions:
            if deduction.fault is fault:
                left[deduction.category] = max(0, left[deduction.category] - deduction.points)
    return sum(left.values())


def scores_of(
    month: date, *, points: Points, members: Collection[str], faults: Collection[FaultOfMember]
) -> Mapping[str, int]:
    return {
        member: score(
            [each.fault for each in faults if each.member == member and each.on.replace(day=1) == month], points=points
        )
        for member in members
    }


def place_of(member: str, scores: Mapping[str, int]) -> Place | None:
    """First or last, alone; None for who shares a place, or is not ranked."""
    alone = {points for points, many in Counter(scores.values()).items() if many == 1}
    if member not in scores or scores[member] not in alone or len(scores) == 1:
        return None
    if scores[member] == max(scores.values()):
        return Place.FIRST
    return Place.LAST if scores[member] == min(scores.values()) else None


def _months_before(month: date, many: int) -> date:
    years, index = divmod(month.year * 12 + month.month - 1 - many, 12)
    return date(years, index + 1, 1)


def _fault_pay(member: str, *, month: date, points: Points, faults: Collection[FaultOfMember]) -> list[FaultPay]:
    """For each fault of this month, by how many there have been in the year that ends with it."""
    found = []
    for fault in {pay.fault for pay in points.fault_pay}:
        days = sorted(each.on for each in faults if each.member == member and each.fault is fault)
        rules = sorted((pay for pay in points.fault_pay if pay.fault is fault), key=lambda pay: pay.times)
        for index, on in enumerate(days):
            if on.replace(day=1) == month:
                times = sum(on - timedelta(days=365) <= before for before in days[: index + 1])
                found += [pay for pay in rules if pay.times <= times][-1:]
    return found
