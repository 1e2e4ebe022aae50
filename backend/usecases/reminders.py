"""Fee reminders 到期提醒: who is paid until soon hears of it ahead of time, once for each end (R1.11)."""

from datetime import datetime

from backend.domain.written import day
from backend.ports import Claim, Tickets
from backend.usecases import daily
from backend.work.due import Means
from backend.work.outgoing import to_account


def remind(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    """A page of the customers whose time runs out within the charter's span."""
    charter = means.terms_at(now).charter
    if charter.reminders is None:
        return
    on, after = daily.page_of(claim)
    at = charter.operator.quiet_hours.after(now)
    page = means.accounts.running_out(until=on + charter.reminders.ahead, after=after, limit=daily.PAGE)
    for account in page:
        if account.paid_until is None:
            continue
        text = (
            f"【{charter.operator.short_name}】您的费用缴到 {day(account.paid_until)}，为不影响使用，请及时续缴。"
            f"咨询请拨 {charter.operator.hotline}。"
        )
        key = f"{claim.subject}:{account.number}:{account.paid_until}"
        tickets.outbox.add(to_account(account, text, key=key, at=at, by_day=True))
    daily.plan_next(claim, page, tickets=tickets)
