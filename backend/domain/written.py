"""Facts as they are written to people, the same by every process."""

import re
from datetime import date, datetime

from backend.domain.ticket_number import TicketNumber
from backend.domain.working_time import local

WEEKDAYS = "一二三四五六日"


def moment(at: datetime) -> str:
    """11月22日（周日）20:31."""
    here = local(at)
    return f"{here.month}月{here.day}日（周{WEEKDAYS[here.weekday()]}）{here:%H:%M}"


def day(on: date) -> str:
    """2027年3月31日."""
    return f"{on.year}年{on.month}月{on.day}日"


def ticket_number(number: TicketNumber) -> str:
    """261121 0042 7."""
    return " ".join(number.spoken_groups)


def phone(e164: str) -> str:
    """As it is dialled within China: 13807911234, 079186123456; a foreign number as it is."""
    if not e164.startswith("+86"):
        return e164
    national = e164.removeprefix("+86")
    return national if national.startswith("1") else f"0{national}"


def takes_sms(e164: str) -> bool:
    """A mobile of China: a landline can't be sent an SMS."""
    return re.fullmatch(r"\+861[3-9]\d{9}", e164) is not None
