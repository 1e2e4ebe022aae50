"""Who does which due work, and which work a ticket brings: one line a topic."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from backend.domain.agenda import Due, Task
from backend.domain.charter import Charter
from backend.ports import Filed
from backend.usecases import (
    area_notices,
    complaints,
    dispatching,
    following_up,
    incidents,
    key_customers,
    reminders,
    visiting,
    watching,
)
from backend.work.due import Handler

FALLS_DUE: Final[tuple[Callable[[Filed, Charter], Iterator[Due]], ...]] = (
    complaints.falls_due,
    dispatching.falls_due,
    following_up.falls_due,
    incidents.falls_due,
    visiting.falls_due,
    watching.falls_due,
)

HANDLERS: Final[Mapping[Task, Handler]] = {  # of every task but DELIVER, which backend/work/delivery.py carries out
    Task.ASK_FOR_ANNOTATION: complaints.ask_for_annotation,
    Task.DISPATCH: dispatching.dispatch,
    Task.ASK_IF_SOLVED: visiting.ask_if_solved,
    Task.CLOSE_UNREACHED: visiting.close_what_nobody_answered,
    Task.FOLLOW_UP_OUTCOME: following_up.follow_up,
    Task.PLAN_KEY_VISITS: key_customers.plan_visits,
    Task.REMIND_OF_FEES: reminders.remind,
    Task.TELL_AREA: area_notices.tell_area,
    Task.TELL_OF_INCIDENT: incidents.tell_of_incident,
    Task.LOOK_FOR_INCIDENT: incidents.look_for_one,
    Task.WARN_HANDLER: watching.warn_handler,
    Task.REPORT_OVERDUE: watching.report_overdue,
    Task.FORETELL: watching.foretell,
    Task.APOLOGISE: watching.apologise,
    Task.REPORT_TO_LEADER: watching.report_to_leader,
}
