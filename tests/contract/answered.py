"""What the backend answers in a conversation without one: a receipt, tickets, an account in arrears, an outage."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from backend.client import OwnerView, PromiseView, Receipt, TicketView
from backend.domain.ticket_number import TicketNumber
from backend.domain.vocabulary import AccountStatus, Mark, OutageKind, PromiseKind, Service, TicketStatus, TicketType
from backend.messages.accounts import AccountView, account_to_dict
from backend.messages.reports import receipt_to_dict

AT = "2026-11-21T12:31:00+00:00"
NUMBER = TicketNumber.make(day=date(2026, 11, 21), running=42).text
OWNER = OwnerView(job_number="1024", phone="0791-86112345", role="维修员", sample=True)
PROMISE = PromiseView(
    kind=PromiseKind.SETTLE,
    clause="general_fault_repair",
    label="一般故障修复",
    rule="R1.1",
    source="001 §4.3",
    mark=Mark.SOURCE,
    remark=None,
    due=datetime(2026, 11, 22, 12, 31, tzinfo=UTC),
    provisional=False,
    reason=None,
    calendar="国务院办公厅",
    limit="24 小时",
)
RECEIPT = receipt_to_dict(
    Receipt(
        ticket_number=NUMBER,
        status=TicketStatus.ACKNOWLEDGED,
        ticket_type=TicketType.FAULT,
        subject="no_signal",
        accepted_at=datetime.fromisoformat(AT),
        promises=(PROMISE,),
        owner=OWNER,
        already_filed=False,
        already_open=False,
        reported_to=None,
    )
)
VIEW = TicketView(
    number=NUMBER,
    status=TicketStatus.IN_PROGRESS,
    ticket_type=TicketType.FAULT,
    subject="no_signal",
    accepted_at=datetime.fromisoformat(AT),
    promises=(PROMISE,),
    owner=OWNER,
    overdue=False,
    urges=1,
    service=Service.TV,
)
OF_AN_ORDER = TicketNumber.make(day=date(2026, 11, 21), running=43).text
SETTLED = TicketNumber.make(day=date(2026, 11, 21), running=44).text
GUARDED = TicketNumber.make(day=date(2026, 11, 21), running=45).text  # changed only once its phone is bound
WRONG_DIGITS = "0000"
VIEWS = {
    NUMBER: VIEW,
    OF_AN_ORDER: replace(
        VIEW,
        number=OF_AN_ORDER,
        status=TicketStatus.PENDING,
        ticket_type=TicketType.ORDER,
        subject="transfer",
        service=None,
        awaits_materials=True,
    ),
    SETTLED: replace(VIEW, number=SETTLED, status=TicketStatus.RESOLVED),
    GUARDED: replace(VIEW, number=GUARDED),
}
ACCOUNT = account_to_dict(
    AccountView(
        status=AccountStatus.CUT_OFF,
        services=(Service.TV, Service.BROADBAND),
        balance=Decimal(-72),
        arrears=Decimal(72),
        paid_until=date(2026, 8, 31),
        package=None,
        sample=True,
    )
)
ACCOUNT_NUMBER, DIGITS = "9900000022", "0002"
GUARDED_ACCOUNT, GUARDED_DIGITS = "9900000033", "0003"  # told only once its phone is bound
NOT_BOUND = {"code": "phone_not_bound", "message": "要先核实尾号1234的手机是您本人的。"}
SENT = {"tail": "1234", "minutes": 5}
RIGHT_CODE = "112233"
BOUND = {"phone": "+8613807911234", "bound_at": AT, "until": "2027-05-20T12:31:00+00:00"}
STRUCK = "wanli"  # the area with an outage
OUTAGE = {
    "number": 7,
    "kind": OutageKind.KNOWN_OUTAGE,
    "area": STRUCK,
    "services": [Service.TV, Service.BROADBAND],
    "cause": "光缆被挖断",
    "starts_at": "2026-11-21T10:00:00+00:00",
    "expected_until": "2026-11-21T20:00:00+00:00",
}
