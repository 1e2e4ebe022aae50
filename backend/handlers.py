"""Who does which due work, and which work a ticket brings: one line a topic."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from backend import area_notices, dispatching, incidents, reminders, visiting, watching
from backend.domain.agenda import Due, Task
from backend.domain.charter import Charter
from backend.due import Handler
from backend.ports import Filed

FALLS_DUE: Final[tuple[Callable[[Filed, Charter], Iterator[Due]], ...]] = (
    dispatching.falls_due,
    incidents.falls_due,
    visiting.falls_due,
    watching.falls_due,
)

HANDLERS: Final[Mapping[Task, Handler]] = {  # of every task but DELIVER, which backend/delivery.py carries out
    Task.DISPATCH: dispatching.dispatch,
    Task.ASK_IF_SOLVED: visiting.ask_if_solved,
    Task.CLOSE_UNREACHED: visiting.close_what_nobody_answered,
    Task.REMIND_OF_FEES: reminders.remind,
    Task.TELL_AREA: area_notices.tell_area,
    Task.LOOK_FOR_INCIDENT: incidents.look_for_one,
    Task.WARN_HANDLER: watching.warn_handler,
    Task.REPORT_OVERDUE: watching.report_overdue,
    Task.REPORT_TO_LEADER: watching.report_to_leader,
}
