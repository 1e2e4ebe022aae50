"""Fee reminders 到期提醒: who is paid until soon hears of it ahead of time, once for each end (R1.11)."""

from datetime import datetime, time
from typing import Final

from backend.domain.agenda import Due, Task
from backend.domain.working_time import SHANGHAI, local
from backend.domain.written import day
from backend.due import Means
from backend.outgoing import to_account
from backend.ports import Claim, Store, Tickets

PAGE: Final = 200  # customers a transaction
IN_THE_MORNING: Final = time(9, tzinfo=SHANGHAI)  # when the day's reminders go out
_SUBJECT: Final = "fee-reminders"


def plan_today(*, store: Store, now: datetime) -> None:
    """Once is enough, again changes nothing; a day on which nobody worked is made up for by the next."""
    with store.writing() as tickets:
        _plan(on=local(now), after="", tickets=tickets)


def remind(claim: Claim, *, tickets: Tickets, means: Means, now: datetime) -> None:
    """A page of the customers whose time runs out within the charter's span; where there are more, the next is due."""
    charter = means.terms_at(now).charter
    if charter.reminders is None:
        return
    on, _, after = claim.due.key.partition(":")
    until = datetime.fromisoformat(on).date() + charter.reminders.ahead
    page = means.accounts.running_out(until=until, after=after, limit=PAGE)
    for account in page:
        if account.paid_until is None:
            continue
        text = (
            f"【{charter.operator.short_name}】您的费用缴到 {day(account.paid_until)}，为不影响使用，请及时续缴。"
            f"咨询请拨 {charter.operator.hotline}。"
        )
        key = f"{_SUBJECT}:{account.number}:{account.paid_until}"
        tickets.outbox.add(to_account(account, text, key=key, now=now))
    if len(page) == PAGE:
        _plan(on=claim.due.at, after=page[-1].number, tickets=tickets)


def _plan(*, on: datetime, after: str, tickets: Tickets) -> None:
    today = local(on).date()
    due = Due(task=Task.REMIND_OF_FEES, at=datetime.combine(today, IN_THE_MORNING), key=f"{today}:{after}")
    tickets.agenda.add(subject=_SUBJECT, due=due, detail={})
