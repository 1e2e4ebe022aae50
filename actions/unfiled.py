"""Reports that could not be filed: kept on disk, filed when the backend is back, the customer told the number."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import structlog
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, delete, event, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_ignore
from sqlalchemy.engine import Engine

from backend.client import BackendUnavailable, Report

log = structlog.get_logger()
metadata = MetaData()
unfiled = Table(
    "unfiled",
    metadata,
    Column("matter_id", String, primary_key=True),
    Column("report_json", String, nullable=False),
    Column("kept_at", String, nullable=False),  # ISO 8601, UTC
    Column("attempts", Integer, nullable=False, default=0),
    Column("last_error", String),
    # Refused, or failed in a way that trying again does not mend: a person looks at it (`backend.cli unfiled`).
    Column("set_aside", Integer, nullable=False, default=0),
)
# Matters whose number was told by a notice: a turn that runs again does not tell it a second time.
told = Table("told", metadata, Column("matter_id", String, primary_key=True))


def _open(path: Path) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True)  # an error would quote the report

    @event.listens_for(engine, "connect")
    def durable(connection, _record) -> None:  # type: ignore[no-untyped-def]
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA busy_timeout=2000")

    @event.listens_for(engine, "begin")
    def begin_immediate(connection) -> None:  # type: ignore[no-untyped-def]
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    metadata.create_all(engine)
    return engine


class Unfiled:
    """The reports that wait, oldest first. The file belongs to the actions process."""

    def __init__(self, path: Path) -> None:
        self._engine = _open(path)
        with self._engine.begin() as connection:  # a new start may be a mended one
            connection.execute(update(unfiled).values(set_aside=0))
        self.woken = asyncio.Event()

    def keep(self, report: Report, *, at: datetime) -> None:
        row = {
            "matter_id": report.matter_id,
            "report_json": report.to_json(),
            "kept_at": at.astimezone(UTC).isoformat(),
            "attempts": 0,
        }
        with self._engine.begin() as connection:
            connection.execute(insert_or_ignore(unfiled).on_conflict_do_nothing(), row)
        self.woken.set()

    def kept(self, *, matter_id: str) -> Report | None:
        """The report of this matter, if it waits."""
        with self._engine.begin() as connection:
            found = connection.scalar(select(unfiled.c.report_json).where(unfiled.c.matter_id == matter_id))
        return Report.from_json(found) if found else None

    def was_told(self, *, matter_id: str) -> bool:
        with self._engine.begin() as connection:
            return connection.scalar(select(told.c.matter_id).where(told.c.matter_id == matter_id)) is not None

    def waiting(self) -> list[Report]:
        with self._engine.begin() as connection:
            ready = select(unfiled.c.report_json).where(unfiled.c.set_aside == 0)
            rows = connection.scalars(ready.order_by(unfiled.c.kept_at)).all()
        return [Report.from_json(row) for row in rows]

    def failed(self, report: Report, *, error: str, set_aside: bool) -> None:
        row = unfiled.c.matter_id == report.matter_id
        tried = {"attempts": unfiled.c.attempts + 1, "last_error": error, "set_aside": int(set_aside)}
        with self._engine.begin() as connection:
            connection.execute(update(unfiled).where(row).values(**tried))

    def done(self, report: Report) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(unfiled).where(unfiled.c.matter_id == report.matter_id))
            connection.execute(insert_or_ignore(told).on_conflict_do_nothing(), {"matter_id": report.matter_id})


async def file_what_waits(
    waiting: Unfiled, *, file_and_tell: Callable[[Report], Awaitable[None]], every: float
) -> None:
    """Run for ever. A report leaves the file only after its ticket exists and its customer was told.

    Filing and telling are idempotent, so dying between them does nothing twice.
    """
    while True:
        for report in waiting.waiting():
            try:
                await file_and_tell(report)
            except Exception as error:  # one report that can't be filed must not hold up the others
                passing = isinstance(error, BackendUnavailable | NoticeFailed)
                waiting.failed(report, error=type(error).__name__, set_aside=not passing)
                log.warning("report_still_unfiled", matter_id=report.matter_id, error=type(error).__name__)
            else:
                waiting.done(report)
                log.info("unfiled_report_filed", matter_id=report.matter_id)
        waiting.woken.clear()
        try:
            await asyncio.wait_for(waiting.woken.wait(), timeout=every)
        except TimeoutError:
            continue


class NoticeFailed(Exception):
    """The bot did not take the notice."""
