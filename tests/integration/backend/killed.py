"""Due work in a process of its own, which kills itself at a commit: what only the tests of kills start."""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Lock, Thread
from unittest.mock import patch

from sqlalchemy import Engine

from backend.api.context import Backend
from backend.calendars import state_council_calendar
from backend.capacity_source import capacity_of
from backend.charter_book import CharterBook
from backend.domain.agenda import Task
from backend.domain.ticket import TicketNumber
from backend.ports import Entry, Medium, Message
from backend.ports import Event as Happened
from backend.store.accounts import TableAccounts
from backend.store.engine import open_engine
from backend.store.repository import SqlStore
from backend.usecases.binding import BindingRules
from backend.work import consequences, jobs
from backend.work.consequences import Consequences
from backend.work.delivery import Deliverer, Delivery
from backend.work.due import Doing, Means
from backend.work.jobs import MESSAGES, WORK, running
from backend.work.outgoing import instead
from backend.work.worker import Worker

ROOT = Path(__file__).resolve().parents[3]
CHARTERS = CharterBook(operator="jiangxi", root=ROOT / "charters")  # read once, before the processes part
KEY = "due"  # in the detail of an entry: the work it comes from
_processes = get_context("forkserver")
_processes.set_forkserver_preload([__name__])


@dataclass(frozen=True, kw_only=True)
class Run:
    """`kill_at` counts the points of commits: before the first is 1, after it 2, before the second 3 …"""

    database_url: str
    now: datetime
    delivered: Path  # gets what each message says as it goes out, one a line
    workers: int = 1
    kill_at: int | None = None
    by: str = "worker"
    nobody_reads: bool = False  # what goes into a conversation has to go out by phone instead

    def start(self):  # type: ignore[no-untyped-def]
        process = _processes.Process(target=_work, args=(self,))
        process.start()
        return process

    def serve(self, *, system_database_url: str):  # type: ignore[no-untyped-def]
        """The jobs as the backend runs them, for ever."""
        process = _processes.Process(target=_serve, args=(self, system_database_url))
        process.start()
        return process

    def ends(self) -> bool:
        """Runs it; False where it was killed."""
        process = self.start()
        process.join()
        assert process.exitcode in {0, -signal.SIGKILL}
        return process.exitcode == 0


class Countdown:
    """Wraps each commit of the engine, of whatever thread."""

    def __init__(self, points: int | None) -> None:
        self._left = points
        self._lock = Lock()

    def watch(self, engine: Engine) -> None:
        commit = engine.dialect.do_commit

        def counted(connection) -> None:  # type: ignore[no-untyped-def]
            self._pass()
            commit(connection)
            self._pass()

        engine.dialect.do_commit = counted

    def _pass(self) -> None:
        with self._lock:
            if self._left is None:
                return
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def remind(claim, *, tickets, now, **_: object) -> None:  # type: ignore[no-untyped-def]
    """A handler as the real ones are: it changes the ticket's record and tells the customer."""
    filed = tickets.get(number=TicketNumber(claim.subject))
    entry = Entry(
        number=filed.ticket.number,
        at=now,
        by="shouwen",
        event=Happened.URGED,
        status=filed.ticket.status,
        detail={KEY: claim.due.key},
    )
    tickets.record(entry)
    message = Message(
        key=f"told-{claim.due.key}",
        medium=Medium.CONVERSATION,
        recipient=filed.ticket.conversation,
        subject=claim.subject,
        body={"text": claim.due.key, "phone": "+8613807911234"},
        not_before=now,
    )
    tickets.outbox.add(message)


def _work(run: Run) -> None:
    engine = open_engine(run.database_url)
    Countdown(run.kill_at).watch(engine)
    threads = [Thread(target=_work_off, args=(run, engine, which)) for which in range(run.workers)]
    with patch.object(consequences, "FALLS_DUE", ()):  # no work but what the test has planned
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    engine.dispose()


def _work_off(run: Run, engine: Engine, which: int) -> None:
    workers = list(
        _workers(run, SqlStore(engine, follow=Consequences(charters=CHARTERS).follow), by=f"{run.by}-{which}")
    )
    while sum(worker.work_off() for worker in workers):
        pass


def _serve(run: Run, system_database_url: str) -> None:
    engine = open_engine(run.database_url)
    Countdown(run.kill_at).watch(engine)
    backend = Backend(
        store=SqlStore(engine, follow=Consequences(charters=CHARTERS).follow),
        accounts=TableAccounts(SqlStore(engine)),
        capacity=capacity_of(adapter=None, store=SqlStore(engine)),
        charters=CHARTERS,
        calendar=state_council_calendar(),
        clock=lambda: run.now,
        token="",
        binding=BindingRules(key=b"", wechat=timedelta(days=180), web=timedelta(days=7), per_hour=100),
        partners={},
        url="",
    )
    with (
        patch.object(consequences, "FALLS_DUE", ()),
        patch.object(jobs, "HANDLERS", dict.fromkeys(Task, remind)),
        running(
            backend,
            deliverers={Medium.CONVERSATION: _deliverer(run)},
            system_database_url=system_database_url,
            executor_id="killed",
        ),
    ):
        Event().wait()


def _deliverer(run: Run) -> Deliverer:
    def deliver(message: Message, *, time_out: float) -> Message | None:
        with run.delivered.open("a", encoding="ascii") as delivered:
            delivered.write(f"{'sms-' * (message.medium is Medium.SMS)}{message.body['text']}\n")
        return instead(message) if run.nobody_reads and message.medium is Medium.CONVERSATION else None

    return deliver


def _workers(run: Run, store: SqlStore, *, by: str) -> Iterator[Worker]:
    def clock() -> datetime:
        return run.now

    means = Means(terms_at=lambda _at: None, accounts=TableAccounts(store))  # type: ignore[arg-type,return-value]
    doing = Doing(store=store, clock=clock, means=means, handlers=dict.fromkeys(Task, remind))
    delivery = Delivery(
        store=store,
        clock=clock,
        deliverers={medium: _deliverer(run) for medium in (Medium.CONVERSATION, Medium.SMS)},
        quiet_hours_at=lambda at: CHARTERS.on(at.date()).operator.quiet_hours,
    )
    yield Worker(store=store, clock=clock, by=by, lanes=False, carry_out=doing, patience=WORK)
    yield Worker(store=store, clock=clock, by=by, lanes=True, carry_out=delivery, patience=MESSAGES)
