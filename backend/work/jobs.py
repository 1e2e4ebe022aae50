"""What the backend does by itself. DBOS wakes it up; what is to be done, and what is done, our own table says."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any, Final

import structlog
from dbos import DBOS, ScheduleInput

from backend.api.context import Backend
from backend.ports import Medium
from backend.usecases import daily, visiting
from backend.usecases import tickets as usecases
from backend.work.delivery import Deliverer, Delivery
from backend.work.due import Doing, Means
from backend.work.handlers import HANDLERS
from backend.work.worker import Patience, Worker

# Fixed: DBOS leaves for ever what another version began. No job keeps a state of its own that a version could break.
VERSION: Final = "1"
EVERY_2_SECONDS: Final = "*/2 * * * * *"
HOURLY: Final = "0 * * * *"
QUEUE_LOOKS_EVERY: Final = 0.5  # seconds
DELIVERIES_AT_ONCE: Final = 4  # a listener that answers slowly holds up nobody else
KEPT: Final = timedelta(hours=1)  # DBOS's own record of finished jobs
FORGOTTEN_AT_ONCE: Final = 1000
STOP_WITHIN: Final = 6  # seconds: one delivery, and a second for DBOS to look

WORK: Final = Patience(first=timedelta(seconds=5), longest=timedelta(hours=1), attempts=14)  # some five hours
MESSAGES: Final = Patience(first=timedelta(seconds=5), longest=timedelta(hours=1), attempts=34)  # more than a day
_log = structlog.get_logger(__name__)

Job = Callable[[], object]


@contextmanager
def running(
    backend: Backend, *, deliverers: Mapping[Medium, Deliverer], system_database_url: str, executor_id: str
) -> Iterator[Event]:
    """Runs the jobs until the block ends. Once the event is set, no new work is taken.

    `executor_id`: the same each time this process is started, and no other process's: what it held when it was killed
    it takes up at once, where others wait for the end of the lease.
    """
    stopping = Event()

    def worker(**how: Any) -> Worker:
        return Worker(store=backend.store, clock=backend.clock, by=executor_id, **how)

    means = Means(terms_at=lambda at: backend.terms(at=at), accounts=backend.accounts, public_url=backend.public_url)
    doing = Doing(store=backend.store, clock=backend.clock, means=means, handlers=HANDLERS)
    delivery = Delivery(
        store=backend.store,
        clock=backend.clock,
        deliverers=deliverers,
        quiet_hours_at=lambda at: backend.terms(at=at).charter.operator.quiet_hours,
    )
    work = worker(lanes=False, carry_out=doing, patience=WORK)
    messages = worker(lanes=True, carry_out=delivery, patience=MESSAGES)
    with backend.store.writing() as tickets:
        if left := tickets.agenda.let_go(by=executor_id):
            _log.warning("due.left_by_a_kill", claims=left)
    logging.getLogger("dbos").addHandler(logging.NullHandler())  # without one DBOS adds its own, in a shape of its own
    DBOS(
        config={
            "name": "shouwen-backend",
            "system_database_url": system_database_url,
            "application_version": VERSION,
            "executor_id": executor_id,
            "log_level": "WARNING",
            "use_listen_notify": False,
            "sys_db_pool_size": 5,
        }
    )
    try:
        DBOS.launch()
        _schedule(
            _job("due_work", lambda: work.work_off(stopping=stopping.is_set), EVERY_2_SECONDS),
            _job("messages", lambda: messages.work_off(stopping=stopping.is_set), EVERY_2_SECONDS, DELIVERIES_AT_ONCE),
            _job("settle_provisional", lambda: settle_provisional(backend), HOURLY),
            _job("plan_the_day", lambda: plan_the_day(backend), HOURLY),
            _job("publish_seeds", lambda: visiting.publish_seeds(store=backend.store, now=backend.clock()), HOURLY),
            _job("tidy_up", _tidy_up, HOURLY),
        )
        DBOS.trigger_schedule("settle_provisional")  # a restart may have brought the year's holiday notice
        yield stopping
    finally:
        stopping.set()
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=STOP_WITHIN)


def settle_provisional(backend: Backend) -> usecases.Settled:
    settled = usecases.settle_provisional(
        calendar=backend.calendar,
        closing_time_of=backend.charters.closing_time_of,
        store=backend.store,
        now=backend.clock(),
    )
    if settled.firm or settled.still_provisional:
        _log.info("job.settled_provisional", firm=len(settled.firm), waiting=len(settled.still_provisional))
    return settled


def plan_the_day(backend: Backend) -> None:
    now = backend.clock()
    daily.plan_today(charter=backend.terms(at=now).charter, store=backend.store, now=now)


def _job(name: str, job: Job, schedule: str, at_once: int = 1) -> ScheduleInput:
    """In a queue of its own, so that none waits for another; `at_once` of it in one process."""

    @DBOS.workflow(name=name)
    def run(_at: datetime, _context: object) -> None:
        try:
            job()
        except Exception:
            _log.exception("job.failed", job=name)  # the next round tries again
            raise

    DBOS.register_queue(name, worker_concurrency=at_once, polling_interval_sec=QUEUE_LOOKS_EVERY)
    return ScheduleInput(schedule_name=name, workflow_fn=run, schedule=schedule, queue_name=name)


def _schedule(*jobs: ScheduleInput) -> None:
    DBOS.apply_schedules(list(jobs))


def _tidy_up() -> None:
    """One step, as else DBOS would record the very records that are deleted."""
    DBOS.run_step({"name": "tidy_up"}, _forget_finished_jobs)


def _forget_finished_jobs() -> None:
    before = (datetime.now(UTC) - KEPT).isoformat()
    while finished := DBOS.list_workflows(
        completed_before=before, limit=FORGOTTEN_AT_ONCE, load_input=False, load_output=False
    ):
        DBOS.delete_workflows([job.workflow_id for job in finished])
