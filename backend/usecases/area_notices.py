"""Notices to an area 公告到户: planned work and changes reach each customer of the area ahead of time (R1.10)."""

from datetime import datetime, timedelta
from typing import Final

from backend.domain.agenda import Due, Task
from backend.domain.outage import KIND_LABELS, Outage
from backend.domain.written import moment
from backend.ports import Claim, Tickets
from backend.work.due import Means
from backend.work.outgoing import to_account

PAGE: Final = 200  # customers a transaction: the database is not held up


def plan(outage: Outage, *, tickets: Tickets, now: datetime) -> None:
    _plan(outage.number, after="", tickets=tickets, now=now)


def tell_area(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    """A page of the area's customers; where there are more, the next page is due."""
    outage = tickets.outages.get(number=int(claim.subject.removeprefix(_SUBJECT)))
    if outage is None:
        raise LookupError(claim.subject)
    if outage.is_over(at=now):
        return
    charter = means.terms_at(now).charter
    ahead = charter.notice_ahead.ahead if charter.notice_ahead else timedelta(0)
    quiet, latest = charter.operator.quiet_hours, outage.starts_at - ahead
    at = quiet.after_unless_late(now, latest=latest)
    by_day = quiet.has_time(at, latest=latest)
    page = means.accounts.of_area(area=outage.area, after=claim.due.key, limit=PAGE)
    for account in page:
        if not outage.stops_service or account.services & outage.services:
            key = f"{claim.subject}:{account.number}"
            tickets.outbox.add(to_account(account, _text(outage), key=key, at=at, by_day=by_day))
    if len(page) == PAGE:
        _plan(outage.number, after=page[-1].number, tickets=tickets, now=now)


def _plan(number: int, *, after: str, tickets: Tickets, now: datetime) -> None:
    due = Due(task=Task.TELL_AREA, at=now, key=after)
    tickets.agenda.add(subject=f"{_SUBJECT}{number}", due=due, detail={})


_SUBJECT: Final = "outage-"


def _text(outage: Outage) -> str:
    until = f"至{moment(outage.expected_until)}" if outage.expected_until else ""
    return f"【{KIND_LABELS[outage.kind]}】{moment(outage.starts_at)}{until}：{outage.cause}。给您带来不便，请谅解。"
