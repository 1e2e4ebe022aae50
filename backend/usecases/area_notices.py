"""Notices to an area 公告到户: planned work and changes reach each customer of the area ahead of time (R1.10), and so
does it when they are moved or called off."""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from backend.domain.agenda import Due, Task
from backend.domain.charter import Charter
from backend.domain.outage import KIND_LABELS, Outage
from backend.domain.written import moment
from backend.ports import Claim, Message, Tickets
from backend.work.due import Means
from backend.work.outgoing import to_account

PAGE: Final = 200  # customers a transaction: the database is not held up
_SUBJECT: Final = "outage-"
_STARTS_AT: Final = "starts_at"  # of the work, as the notice tells it
_MOMENTS: Final = (_STARTS_AT, "before")


class News(StrEnum):
    ANNOUNCED = "announced"
    MOVED = "moved"  # to who was told of it; to the others as if it were new
    CALLED_OFF = "called_off"  # to who was told of it only


def plan(outage: Outage, news: News, *, tickets: Tickets, now: datetime, before: datetime | None = None) -> None:
    """`before`: when it was to begin until it was moved."""
    detail = {"news": news, "starts_at": outage.starts_at.isoformat(), "round": f"{news}-{now.isoformat()}"}
    if before:
        detail["before"] = before.isoformat()
    _plan(outage.number, after="", detail=detail, tickets=tickets, now=now)


def tell_area(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    """A page of the area's customers; where there are more, the next page is due. What is not so any more is told to
    nobody."""
    outage = tickets.outages.get(number=int(claim.subject.removeprefix(_SUBJECT)))
    if outage is None:
        raise LookupError(claim.subject)
    detail = {name: str(said) for name, said in claim.detail.items()}
    news = News(detail.get("news", News.ANNOUNCED))
    starts_at, before = (datetime.fromisoformat(detail[name]) if name in detail else None for name in _MOMENTS)
    moved_since = starts_at is not None and starts_at != outage.starts_at
    if moved_since or (news is not News.CALLED_OFF and outage.is_over(at=now)):
        return
    charter, after = means.terms_at(now).charter, detail.get("after", claim.due.key)
    quiet, latest = charter.operator.quiet_hours, _latest(outage, news, before=before, charter=charter)
    at = quiet.after_unless_late(now, latest=latest)
    by_day = quiet.has_time(at, latest=latest)
    page = means.accounts.of_area(area=outage.area, after=after, limit=PAGE)
    for account in page:
        if outage.stops_service and not account.services & outage.services:
            continue
        notice = to_account(account, _text(outage), key=f"{claim.subject}:{account.number}", at=at, by_day=by_day)
        if news is not News.ANNOUNCED:
            heard = tickets.outbox.take_back(subject=notice.subject, key=notice.key, now=now)
            text = _change(outage, news, heard=heard)
            if text is None:
                continue
            notice = replace(notice, key=f"{notice.key}:{detail['round']}", body={**notice.body, "text": text})
        told = {**notice.body, _STARTS_AT: outage.starts_at.isoformat()}
        tickets.outbox.add(replace(notice, body=told))
    if len(page) == PAGE:
        _plan(outage.number, after=page[-1].number, detail=detail, tickets=tickets, now=now)


def _plan(number: int, *, after: str, detail: dict[str, str], tickets: Tickets, now: datetime) -> None:
    due = Due(task=Task.TELL_AREA, at=now, key=f"{detail.get('round', '')}:{after}")
    tickets.agenda.add(subject=f"{_SUBJECT}{number}", due=due, detail=detail | {"after": after})


def _latest(outage: Outage, news: News, *, before: datetime | None, charter: Charter) -> datetime:
    """When they have to know at the latest; of what is not to be, before they have made ready for it."""
    ahead = charter.notice_ahead.ahead if charter.notice_ahead else timedelta(0)
    if news is News.CALLED_OFF:
        return outage.starts_at
    return min(before or outage.starts_at, outage.starts_at - ahead)


def _change(outage: Outage, news: News, *, heard: Message | None) -> str | None:
    """None where there is nothing to tell: it never reached them, or they heard of this very time."""
    if heard is None:
        return None if news is News.CALLED_OFF else _text(outage)
    said = heard.body.get(_STARTS_AT)  # not in a notice of an older version
    before = datetime.fromisoformat(str(said)) if said else None
    if news is News.MOVED and before == outage.starts_at:
        return None
    known_as = f"原定{moment(before)}的" if before else "之前通知的"
    change = "已经取消" if news is News.CALLED_OFF else f"改到{_when(outage)}"
    return f"{_head(outage)}{known_as}{outage.cause}{change}。给您带来不便，请谅解。"


def _text(outage: Outage) -> str:
    return f"{_head(outage)}{_when(outage)}：{outage.cause}。给您带来不便，请谅解。"


def _head(outage: Outage) -> str:
    return f"【{KIND_LABELS[outage.kind]}】"


def _when(outage: Outage) -> str:
    until = f"至{moment(outage.expected_until)}" if outage.expected_until else ""
    return f"{moment(outage.starts_at)}{until}"
