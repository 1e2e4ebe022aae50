"""What is done once a day for customers by their number: in the morning, a page of them a transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from backend.domain.account import Account
from backend.domain.agenda import Due, Task
from backend.domain.charter import Charter
from backend.domain.working_time import local
from backend.ports import Claim, Store, Tickets

PAGE: Final = 200  # customers a transaction: the database is not held up
SUBJECTS: Final = {Task.REMIND_OF_FEES: "fee-reminders", Task.PLAN_KEY_VISITS: "key-customers"}


def plan_today(*, charter: Charter, store: Store, now: datetime) -> None:
    """In the charter's morning. Once is enough, again changes nothing; a day on which nobody worked is made up for by
    the next."""
    on = local(now).date()
    at = charter.operator.quiet_hours.round_on(on)
    with store.writing() as tickets:
        for task in SUBJECTS:
            _plan(task, on=on, after="", at=at, tickets=tickets)


def page_of(claim: Claim) -> tuple[date, str]:
    """The day, and the customer number after which the page begins."""
    on, _, after = claim.due.key.partition(":")
    return date.fromisoformat(on), after


def plan_next(claim: Claim, page: Sequence[Account], *, tickets: Tickets) -> None:
    """Where there are more, the next page is due."""
    if len(page) == PAGE:
        on, _ = page_of(claim)
        _plan(claim.task, on=on, after=page[-1].number, at=claim.due.at, tickets=tickets)


def _plan(task: Task, *, on: date, after: str, at: datetime, tickets: Tickets) -> None:
    due = Due(task=task, at=at, key=f"{on}:{after}")
    tickets.agenda.add(subject=SUBJECTS[task], due=due, detail={})
