"""What is done once a day for customers by their number: in the morning, a page of them a transaction."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from backend.domain.account import Account
from backend.domain.agenda import Due, Task
from backend.domain.working_time import SHANGHAI, local
from backend.ports import Claim, Store, Tickets

PAGE: Final = 200  # customers a transaction: the database is not held up
IN_THE_MORNING: Final = time(9, tzinfo=SHANGHAI)
SUBJECTS: Final = {Task.REMIND_OF_FEES: "fee-reminders", Task.PLAN_KEY_VISITS: "key-customers"}


def plan_today(*, store: Store, now: datetime) -> None:
    """Once is enough, again changes nothing; a day on which nobody worked is made up for by the next."""
    with store.writing() as tickets:
        for task in SUBJECTS:
            _plan(task, on=local(now).date(), after="", tickets=tickets)


def page_of(claim: Claim) -> tuple[date, str]:
    """The day, and the customer number after which the page begins."""
    on, _, after = claim.due.key.partition(":")
    return date.fromisoformat(on), after


def plan_next(claim: Claim, page: Sequence[Account], *, tickets: Tickets) -> None:
    """Where there are more, the next page is due."""
    if len(page) == PAGE:
        on, _ = page_of(claim)
        _plan(claim.task, on=on, after=page[-1].number, tickets=tickets)


def _plan(task: Task, *, on: date, after: str, tickets: Tickets) -> None:
    due = Due(task=task, at=datetime.combine(on, IN_THE_MORNING), key=f"{on}:{after}")
    tickets.agenda.add(subject=SUBJECTS[task], due=due, detail={})
