"""断电、强杀: whenever the process that does due work is killed, nothing is lost and nothing is done twice."""

import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from backend.domain.agenda import Due, Task
from backend.domain.ticket import TicketNumber
from backend.ports import Medium
from backend.store.accounts import TableAccounts
from backend.store.engine import open_engine
from backend.store.repository import SqlStore
from backend.store.tables import due_work, matter, outbox
from backend.usecases import tickets as usecases
from backend.usecases.filing import Terms
from backend.work.worker import LEASE
from tests.factories import at
from tests.integration.backend.killed import KEY, Run
from tests.integration.backend.support import SHARED, a_report, emptied, migrated

pytestmark = pytest.mark.timeout(600)

NOON = at("2026-11-29 12:00")
YESTERDAY = NOON - timedelta(days=1)
COMMITS = 20  # of one worker: 4 works and 4 messages, each claimed and finished, and four looks that find nothing
KEYS = [[f"{ticket}-{which}" for which in range(2)] for ticket in range(2)]  # a ticket's work, the earliest first


NewScene = Callable[[], "AbstractContextManager[Scene]"]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A database with two tickets and work that fell due while nobody worked."""

    run: Run

    def caught_up(self) -> None:
        """Another process comes when the leases of the dead have run out. What was held at the kill may stay locked
        for a moment longer, until PostgreSQL has noticed: so it looks again."""
        later = replace(self.run, now=self.run.now + LEASE, kill_at=None, by="other")
        for _ in range(50):
            assert later.ends()
            if not self.unfinished():
                return
            time.sleep(0.1)
        raise AssertionError(f"left undone: {self.unfinished()}")

    def unfinished(self) -> list[str]:
        engine = open_engine(self.run.database_url)
        with engine.connect() as connection:
            left = list(connection.execute(select(due_work.c.key).where(due_work.c.finished_at.is_(None))).scalars())
        engine.dispose()
        return left

    def judge(self, *, kills: int) -> None:
        """Each work has had its effect once, in the order of its ticket; each message went out, once where nobody was
        killed between handing it over and writing that down."""
        engine = open_engine(self.run.database_url)
        with engine.connect() as connection:
            of_matters = select(matter.c.ticket_number).order_by(matter.c.matter_id)
            numbers = [TicketNumber(number) for number in connection.execute(of_matters).scalars()]
            messages = sorted(connection.execute(select(outbox.c.key)).scalars())
        with SqlStore(engine).reading() as tickets:
            history = tickets.history(numbers=numbers)
        engine.dispose()
        done = [[entry.detail[KEY] for entry in history[number] if KEY in entry.detail] for number in numbers]
        delivered = self.run.delivered.read_text("ascii").split()
        first_time = list(dict.fromkeys(delivered))

        assert done == KEYS
        assert messages == sorted(f"told-{key}" for keys in KEYS for key in keys)
        assert [[key for key in first_time if key in keys] for keys in KEYS] == KEYS
        assert sum(Counter(delivered).values()) - len(first_time) <= kills

    def judge_by_phone(self) -> None:
        """Nobody reads in the conversation: each message went to the phone as well, one of each in the outbox."""
        engine = open_engine(self.run.database_url)
        with engine.connect() as connection:
            by_phone = sorted(connection.execute(select(outbox.c.key).where(outbox.c.medium == Medium.SMS)).scalars())
        engine.dispose()
        keys = [key for keys in KEYS for key in keys]
        delivered = Counter(self.run.delivered.read_text("ascii").split())

        assert by_phone == sorted(f"told-{key}:phone" for key in keys)
        assert set(delivered) == {*keys, *(f"sms-{key}" for key in keys)}
        assert delivered.total() - len(delivered) <= 1, "at most what was being handed over at the kill went out twice"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def scene(database: str, request: pytest.FixtureRequest, tmp_path: Path, terms: Terms) -> Iterator[NewScene]:
    """Makes a scene as often as it is asked to; each is gone after its block."""
    if database == "sqlite":
        template = tmp_path / "template.sqlite"
        migrated(f"sqlite:///{template}")
        prepare(f"sqlite:///{template}", terms)
    else:
        server = request.getfixturevalue("postgresql")
        emptied(server.url(SHARED))  # of what the test before left
        prepare(server.create("template", template=SHARED), terms)

    @contextmanager
    def scene() -> Iterator[Scene]:
        delivered = tmp_path / "delivered"
        delivered.write_text("")
        if database == "sqlite":
            url = f"sqlite:///{shutil.copy(template, tmp_path / 'killed.sqlite')}"
            yield Scene(run=Run(database_url=url, now=NOON, delivered=delivered))
            for file in tmp_path.glob("killed.sqlite*"):
                file.unlink()
        else:
            url = server.create("killed", template="template")
            yield Scene(run=Run(database_url=url, now=NOON, delivered=delivered))
            server.drop("killed")

    yield scene
    if database == "postgresql":
        server.drop("template")


def prepare(url: str, terms: Terms) -> None:
    engine = open_engine(url)
    store = SqlStore(engine)
    for which, keys in enumerate(KEYS):
        report = a_report(matter_id=f"matter-{which}", contact_phone=f"+8613807911{which:03}", conversation=f"c{which}")
        accounts = TableAccounts(store)
        receipt = usecases.accept(report=report, terms=terms, store=store, accounts=accounts, now=report.accepted_at)
        with store.writing() as tickets:
            for hours, key in enumerate(keys):
                due = Due(task=Task.DELIVER, at=YESTERDAY + timedelta(hours=hours), key=key)
                tickets.agenda.add(subject=receipt.ticket_number, due=due, detail={})
    engine.dispose()


def test_killed_at_every_commit_point_while_messages_that_nobody_reads_go_on_to_the_phone(scene: NewScene) -> None:
    for kill_at in count(1):
        with scene() as killed:
            run = replace(killed.run, nobody_reads=True)
            survived = replace(run, kill_at=kill_at).ends()
            replace(killed, run=run).caught_up()
            replace(killed, run=run).judge_by_phone()
        if survived:
            assert kill_at > COMMITS
            return


def test_one_worker_killed_at_every_commit_point(scene: NewScene) -> None:
    for kill_at in count(1):
        with scene() as killed:
            survived = replace(killed.run, kill_at=kill_at).ends()
            killed.caught_up()
            killed.judge(kills=not survived)
        if survived:
            break

    assert kill_at == 2 * COMMITS + 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # its file has one owner: the workers are threads
def test_two_workers_of_one_process_killed_at_every_commit_point(scene: NewScene) -> None:
    for kill_at in count(1):
        with scene() as killed:
            survived = replace(killed.run, workers=2, kill_at=kill_at).ends()
            killed.caught_up()
            killed.judge(kills=0 if survived else 2)  # each may have been between handing over and writing down
        if survived:
            break

    assert kill_at > 2 * COMMITS


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_one_of_two_processes_killed_at_every_commit_point_while_the_other_works_on(scene: NewScene) -> None:
    kills = 0
    for kill_at in range(1, 2 * COMMITS + 1):
        with scene() as killed:
            both = (replace(killed.run, kill_at=kill_at).start(), replace(killed.run, by="survivor").start())
            for process in both:
                process.join()
            assert both[1].exitcode == 0
            kills += both[0].exitcode != 0
            killed.caught_up()
            killed.judge(kills=both[0].exitcode != 0)

    assert kills > COMMITS // 2  # how much of the work the killed one gets, nobody knows


def test_the_jobs_as_dbos_runs_them_killed_again_and_again(scene: NewScene, database: str, tmp_path: Path) -> None:
    with scene() as killed:
        system = f"sqlite:///{tmp_path / 'dbos.sqlite'}" if database == "sqlite" else killed.run.database_url
        points = (1, 4, 7, 10)
        for times, kill_at in enumerate(points):
            run = replace(killed.run, now=NOON + times * LEASE, kill_at=kill_at)
            process = run.serve(system_database_url=system)
            process.join()
            assert process.exitcode == -signal.SIGKILL

        process = replace(killed.run, now=NOON + len(points) * LEASE).serve(system_database_url=system)
        while process.is_alive() and killed.unfinished():
            time.sleep(0.1)
        process.kill()
        process.join()
        killed.judge(kills=len(points))
