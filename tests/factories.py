"""Things for tests: each factory takes only what the test is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from backend.domain.account import Account
from backend.domain.charter import (
    Area,
    Charter,
    Clause,
    ClockStart,
    Duty,
    Limit,
    LimitUnit,
    Operator,
    OwnerRule,
    StaffGrade,
    StaffMember,
    Wording,
)
from backend.domain.outage import Outage
from backend.domain.promise import Promise
from backend.domain.quiet_hours import QuietHours
from backend.domain.ticket import Ticket, TicketNumber
from backend.domain.vocabulary import (
    AccountStatus,
    AreaLevel,
    Channel,
    District,
    FaultKind,
    Mark,
    OutageKind,
    PromiseKind,
    Service,
    TicketType,
)
from backend.domain.working_time import SHANGHAI, Calendar

CLOSING = time(17, 30)
QUIET = QuietHours(begin=time(21), end=time(8), evening=time(20), morning=time(9), source="自定", mark=Mark.CONFIGURED)
WEEKDAYS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7}
UNITS = {"分钟": LimitUnit.MINUTES, "小时": LimitUnit.HOURS, "工作日": LimitUnit.WORKING_DAYS}


def at(text: str) -> datetime:
    """'2026-09-28 10:00' in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def rows(table: str) -> list[dict[str, str]]:
    """'a | b' under a heading, one row a line."""
    heading, *lines = (line for line in table.splitlines() if line.strip())
    names = [cell.strip() for cell in heading.split("|")]
    return [dict(zip(names, (cell.strip() for cell in line.split("|")), strict=True)) for line in lines]


def a_limit(text: str = "24 小时") -> Limit:
    amount, unit = text.split()
    return Limit(amount=int(amount), unit=UNITS[unit])


def a_clause(within: str = "24 小时", **changes: object) -> Clause:
    clause = Clause(
        key="general_fault_repair",
        label="一般故障修复",
        rule="R1.1",
        source="001 §4.3",
        mark=Mark.SOURCE,
        kind=PromiseKind.SETTLE,
        limit=a_limit(within),
        starts=ClockStart.ACCEPTANCE,
        ticket_type=TicketType.FAULT,
        subjects=frozenset(),
        grade=None,
        district=None,
        effective_from=None,
        remark=None,
        charter_version="2026-11-01",
    )
    return replace(clause, **changes)


def a_calendar(*known_years: int, days_off: tuple[str, ...] = (), make_up_days: tuple[str, ...] = ()) -> Calendar:
    return Calendar(
        name="测试日历",
        known_years=frozenset(known_years),
        days_off={date.fromisoformat(on): "放假" for on in days_off},
        make_up_days={date.fromisoformat(on): "调休上班" for on in make_up_days},
    )


def a_promise(due: datetime | None = None, *, kind: PromiseKind = PromiseKind.SETTLE, **changes: object) -> Promise:
    told = Promise(
        kind=kind,
        clause="general_fault_repair",
        label="一般故障修复",
        rule="R1.1",
        source="001 §4.3",
        mark=Mark.SOURCE,
        limit=a_limit(),
        remark=None,
        started_at=(due or at("2026-11-21 10:00")).astimezone(UTC) - timedelta(days=1),
        due=due.astimezone(UTC) if due else None,
        provisional=False,
        reason=None,
        calendar="测试日历",
        charter_version="2026-11-01",
        steps=(),
    )
    return replace(told, **changes)


def a_ticket(*, accepted_at: datetime | None = None, **changes: object) -> Ticket:
    accepted_at = accepted_at or at("2026-11-21 10:00")
    facts: dict[str, object] = {
        "number": TicketNumber.make(day=date(2026, 11, 21), running=42),
        "matter_id": "matter",
        "ticket_type": TicketType.FAULT,
        "subject": FaultKind.NO_SIGNAL,
        "service": Service.TV,
        "description": "电视无信号",
        "contact_phone": "+8613807911234",
        "channel": Channel.WEBCHAT,
        "conversation": "conversation",
        "accepted_at": accepted_at,
        "owner": "1024",
        "promises": (a_promise(accepted_at + timedelta(days=1)),),
        "needs_return_visit": True,
        "by": "bot",
    }
    return Ticket.accept(**{**facts, **changes})


def a_resolved_ticket(*, resolved_at: datetime | None = None, **changes: object) -> Ticket:
    ticket = a_ticket(**changes)
    resolved_at = resolved_at or ticket.accepted_at + timedelta(hours=20)
    return ticket.start(by="1024", at=ticket.accepted_at).resolve(by="1024", at=resolved_at, outcome="换了接头")


def a_duty(text: str) -> Duty:
    """'一二三四五 08:30-17:30'."""
    days, hours = text.split()
    start, end = (time.fromisoformat(hour) for hour in hours.split("-"))
    return Duty(weekdays=frozenset(WEEKDAYS[day] for day in days), start=start, end=end)


def a_member(
    job_number: str,
    *duties: str,
    rank: int = 1,
    areas: tuple[str, ...] = (),
    is_head: bool = False,
    **changes: object,
) -> StaffMember:
    member = StaffMember(
        job_number=job_number,
        role="维修员",
        grade=StaffGrade.HEAD if is_head else StaffGrade.AGENT,
        rank=rank,
        phone="96130",
        department=None,
        areas=areas,
        duties=tuple(a_duty(text) for text in duties),
        repairs=False,
        lobby=False,
        source=None,
        sample=True,
    )
    return replace(member, **changes)


def an_area(key: str, *aliases: str, city: str = "南昌市", manager: str = "", **changes: object) -> Area:
    area = Area(
        key=key,
        name=key,
        city=city,
        aliases=aliases,
        elsewhere=(),
        district=District.URBAN,
        level=AreaLevel.CITY,
        manager=manager,
        team=(),
        households=4500,
        open_for_installation=True,
        source=None,
        sample=True,
    )
    return replace(area, **changes)


def a_charter(**changes: object) -> Charter:
    """An empty charter, with the owner order as shipped."""
    operator = Operator(
        id="test",
        name="测试广电",
        short_name="测试",
        hotline="96130",
        supervision_phone="96130",
        area_code="0791",
        short_numbers=("96130",),
        services=frozenset(Service),
        closing_time=CLOSING,
        owner_order=tuple(OwnerRule),
        quiet_hours=QUIET,
        source="test",
        samples=frozenset(),
    )
    wording = Wording(
        greeting="您好", farewell="再见", forbidden={}, danger={}, emergency={}, work_id="工作证", visit="会先联系您。",
        address_example="中山路1号",
        urgent_subjects=frozenset({"danger"}),
    )  # fmt: skip
    charter = Charter(
        operator=operator, version="2026-11-01", digest="", commitments=(), pledges=(), return_visits=(),
        major_complaints=(), fees=(),
        processes={}, error_codes=(), outlets=(), departments=(), areas=(), staff=(), wording=wording,
    )  # fmt: skip
    return replace(charter, **changes)


def an_account(**changes: object) -> Account:
    account = Account(
        number="9900000022",
        phone="+8613800000002",
        status=AccountStatus.CUT_OFF,
        services=frozenset({Service.TV}),
        balance=Decimal("-72.00"),
        paid_until=date(2026, 8, 31),
        package=None,
        address=None,
        area=None,
        important=False,
        sample=True,
    )
    return replace(account, **changes)


def an_outage(**changes: object) -> Outage:
    facts: dict[str, object] = {
        "kind": OutageKind.KNOWN_OUTAGE,
        "area": "wanli",
        "services": frozenset({Service.TV, Service.BROADBAND}),
        "cause": "光缆被挖断",
        "starts_at": at("2026-11-20 17:00"),
        "expected_until": None,
        "announced_by": "1041",
        "announced_at": at("2026-11-20 17:05"),
    }
    return Outage(**{**facts, **changes})
