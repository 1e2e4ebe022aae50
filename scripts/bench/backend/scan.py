"""The scan for due work among a million promises that are watched, with few and with many that are closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from sqlalchemy import Engine, text

from backend.store.agenda import due_now
from backend.store.engine import reading

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
AT_ONCE = 10_000  # rows of one statement
SCANS = 200
FILL = text(
    """
    INSERT INTO due_work (subject, task, "key", at, try_at, attempts, finished_at)
    WITH RECURSIVE made (which) AS
        (SELECT CAST(:first AS INTEGER) UNION ALL SELECT which + 1 FROM made WHERE which < :last)
    SELECT 'ticket-' || (which / 4), 'deliver', 'work-' || which, :at, :at, 0, :finished_at FROM made
    """
)


@dataclass(frozen=True, kw_only=True)
class Scan:
    closed: int
    milliseconds: float
    plan: Sequence[str]


def measure(engine: Engine, *, open_ones: int, due: int, closed: Sequence[int]) -> Sequence[Scan]:
    """`due` of the open ones are due now, the others within the weeks to come. `closed`: how many, growing."""
    filled = _fill(engine, first=0, count=due, at=NOW - timedelta(hours=1), finished_at=None)
    filled = _fill(engine, first=filled, count=open_ones - due, at=NOW + timedelta(minutes=1), finished_at=None)
    scans, already = [], 0
    for count in closed:
        past = NOW - timedelta(days=30)
        filled = _fill(engine, first=filled, count=count - already, at=past, finished_at=past)
        already = count
        _analyze(engine)
        scans.append(Scan(closed=count, milliseconds=_scanned(engine), plan=_plan(engine)))
    return scans


def _fill(engine: Engine, *, first: int, count: int, at: datetime, finished_at: datetime | None) -> int:
    for start in range(first, first + count, AT_ONCE):
        row = {
            "first": start,
            "last": min(start + AT_ONCE, first + count) - 1,
            "at": _stored(engine, at + timedelta(minutes=(start - first) // AT_ONCE)),
            "finished_at": _stored(engine, finished_at),
        }
        with engine.begin() as connection:
            connection.execute(FILL, row)
    return first + count


def _stored(engine: Engine, moment: datetime | None) -> datetime | str | None:
    """As the store's own type writes it."""
    if moment is None or engine.dialect.name == "postgresql":
        return moment
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


def _scanned(engine: Engine) -> float:
    """Milliseconds of one, in the middle of many."""
    took = []
    with reading(engine) as connection:
        for _ in range(SCANS):
            began = perf_counter()
            connection.execute(due_now(now=NOW, limit=1, lanes=False)).all()
            took.append(perf_counter() - began)
    return 1000 * median(took)


def _plan(engine: Engine) -> Sequence[str]:
    query = due_now(now=NOW, limit=1, lanes=False).compile(engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF)"
    with reading(engine) as connection:
        return [str(row[-1]) for row in connection.execute(text(f"{explain} {query}".replace(":", r"\:")))]


def _analyze(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE due_work" if engine.dialect.name == "postgresql" else "ANALYZE")
