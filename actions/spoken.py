"""Facts as they are written to a customer; a channel's render says them its own way."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import phonenumbers

from backend.domain import written
from backend.domain.clause import Clause
from backend.domain.posted import Fee, Process
from backend.domain.ticket_number import TicketNumber
from backend.domain.vocabulary import Mark
from backend.domain.written import WEEKDAYS, day, moment

__all__ = [
    "authority",
    "day",
    "moment",
    "money",
    "phone",
    "quoted",
    "sample_mark",
    "source",
    "ticket_number",
    "weekday",
]

_QUOTED = 30  # characters
SHANGHAI = ZoneInfo("Asia/Shanghai")


def weekday(at: datetime) -> str:
    """11月22日周日."""
    local = at.astimezone(SHANGHAI)
    return f"{local.month}月{local.day}日周{WEEKDAYS[local.weekday()]}"


def money(yuan: Decimal) -> str:
    """72 元, 120.50 元."""
    return f"{yuan:.0f} 元" if yuan == yuan.to_integral_value() else f"{yuan:.2f} 元"


def phone(e164: str) -> str:
    """138 0791 1234 for a mobile, 0791 8612 3456 for a landline."""
    number = phonenumbers.parse(e164)
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return national.replace("-", " ")


def ticket_number(text: str) -> str:
    """261121 0042 7."""
    return written.ticket_number(TicketNumber.parse(text))


def sample_mark(*, sample: bool) -> str:
    """What stands behind an entry that no source gives, wherever it is shown."""
    return "（示例）" if sample else ""


def own_mark(mark: Mark | None) -> str:
    """What stands behind a limit that no published text gives, wherever it is shown."""
    return "（公司自定时限）" if mark is Mark.CONFIGURED else ""


def source(posted: Fee | Process) -> str:
    """南昌有线网站，2016-10: where an entry stands."""
    return "，".join(part for part in (posted.source, posted.as_of, "示例" if posted.sample else "") if part)


def authority(clause: Clause) -> str:
    """On what a limit rests, for a customer who asks."""
    return {
        "source": "依据公开服务承诺",
        "product": "按本系统服务规则",
        "configured": "公司自定时限",
    }[clause.mark.value]


def quoted(text: str) -> str:
    """The beginning of what was said, to point at it: whole clauses as far as they fit."""
    if len(text) <= _QUOTED:
        return text
    clauses = text[: max((text.rfind(stop, 2, _QUOTED) for stop in "，,。；;！!？? "), default=-1)]
    return clauses if 2 <= len(clauses) < _QUOTED else text[:_QUOTED]
