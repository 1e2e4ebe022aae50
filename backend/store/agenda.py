"""Due work and outgoing messages in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from backend.domain.agenda import Due, Task
from backend.ports import Claim, Medium, Message
from backend.store.tables import due_work as table
from backend.store.tables import outbox

UNFINISHED = and_(table.c.finished_at.is_(None), table.c.dead_at.is_(None))
FREE: Mapping[str, None] = {"claimed_by": None, "claimed_until": None}


def insert_once(connection: Connection, into: Any, row: Mapping[str, object]) -> bool:
    """Writes the row unless one of its keys is there already; True where it was written."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return connection.execute(dialect.insert(into).values(**row).on_conflict_do_nothing()).rowcount > 0


class SqlAgenda:
    """`backend.ports.Agenda` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def plan(self, *, subject: str, wanted: Sequence[Due]) -> None:
        planned = select(table).where(table.c.subject == subject, table.c.detail.is_(None))
        known = {(row.task, row.key): row for row in self._sql.execute(planned)}
        missing = {(due.task, due.key): due for due in wanted}
        for name, row in known.items():
            due = missing.pop(name, None)
            if row.finished_at or row.dead_at:
                continue
            this = table.c.id == row.id
            if due is None:
                self._sql.execute(delete(table).where(this))
            elif due.at != row.at:
                self._sql.execute(update(table).where(this).values(at=due.at, **FREE))
        if missing:
            self._sql.execute(insert(table), [_row(subject, due) for due in missing.values()])

    def add(self, *, subject: str, due: Due, lane: str | None = None, detail: Mapping[str, object]) -> None:
        insert_once(self._sql, table, _row(subject, due) | {"lane": lane, "detail": dict(detail)})

    def claim(self, *, now: datetime, until: datetime, by: str, limit: int) -> Sequence[Claim]:
        earlier = table.alias("earlier")
        kept_waiting = exists().where(
            earlier.c.lane == table.c.lane,
            earlier.c.id < table.c.id,
            earlier.c.finished_at.is_(None),
            earlier.c.dead_at.is_(None),
        )
        free = or_(table.c.claimed_until.is_(None), table.c.claimed_until <= now)
        found = self._sql.execute(
            select(table.c.id)
            .where(UNFINISHED, table.c.at <= now, free, ~kept_waiting)
            .order_by(table.c.at, table.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=table)
        )
        mine = table.c.id.in_(found.scalars().all())
        taken = {"claimed_by": by, "claimed_until": until, "attempts": table.c.attempts + 1}
        self._sql.execute(update(table).where(mine).values(taken))
        return self._claims(mine)

    def holds(self, claim: Claim, *, now: datetime) -> bool:
        if claim.until <= now:
            return False
        held = select(table.c.id).where(self._held(claim)).with_for_update()
        return self._sql.execute(held).first() is not None

    def finish(self, claim: Claim, *, at: datetime) -> None:
        self._end(claim, finished_at=at)

    def postpone(self, claim: Claim, *, to: datetime, error: str) -> None:
        self._end(claim, at=to, last_error=error)

    def bury(self, claim: Claim, *, at: datetime, error: str) -> None:
        self._end(claim, dead_at=at, last_error=error)

    def dead(self) -> Sequence[Claim]:
        return self._claims(table.c.dead_at.is_not(None))

    def revive(self, *, id: int, at: datetime) -> bool:  # noqa: A002
        this = table.c.id == id, table.c.dead_at.is_not(None)
        return self._sql.execute(update(table).where(*this).values(at=at, dead_at=None, attempts=0)).rowcount > 0

    def _held(self, claim: Claim) -> Any:
        return and_(
            table.c.id == claim.id, table.c.claimed_by == claim.by, table.c.claimed_until == claim.until, UNFINISHED
        )

    def _end(self, claim: Claim, **values: object) -> None:
        self._sql.execute(update(table).where(self._held(claim)).values(**values, **FREE))

    def _claims(self, which: Any) -> Sequence[Claim]:
        found = self._sql.execute(select(table).where(which).order_by(table.c.at, table.c.id)).mappings()
        return tuple(_claim(row) for row in found)


class SqlOutbox:
    """`backend.ports.Outbox`: a message is due work in the lane of its recipient and subject."""

    def __init__(self, connection: Connection, agenda: SqlAgenda) -> None:
        self._sql = connection
        self._agenda = agenda

    def add(self, message: Message) -> None:
        row = {name: getattr(message, name) for name in outbox.columns.keys()}  # noqa: SIM118 - columns, not names
        if insert_once(self._sql, outbox, row):
            self._agenda.add(
                subject=message.subject,
                due=Due(task=Task.DELIVER, at=message.not_before, key=message.key),
                lane=f"{_lanes(message.medium, message.recipient)}{message.subject}",
                detail={},
            )

    def get(self, *, key: str) -> Message | None:
        row = self._sql.execute(select(outbox).where(outbox.c.key == key)).mappings().first()
        return Message(**{**row, "medium": Medium(row["medium"])}) if row else None

    def undelivered(self, *, medium: Medium, recipient: str) -> int:
        owed = select(func.count()).select_from(table).where(table.c.finished_at.is_(None), _to(medium, recipient))
        return self._sql.execute(owed).scalar_one()

    def revive(self, *, medium: Medium, recipient: str, at: datetime) -> int:
        dead = and_(table.c.dead_at.is_not(None), _to(medium, recipient))
        return self._sql.execute(update(table).where(dead).values(at=at, dead_at=None, attempts=0)).rowcount


def _lanes(medium: Medium, recipient: str) -> str:
    """What the lanes to this recipient begin with."""
    return f"{medium}:{recipient}:"


def _to(medium: Medium, recipient: str) -> Any:
    return table.c.lane.startswith(_lanes(medium, recipient), autoescape=True)


def _row(subject: str, due: Due) -> dict[str, Any]:
    return {"subject": subject, "task": due.task, "key": due.key, "at": due.at, "attempts": 0}


def _claim(row: RowMapping) -> Claim:
    return Claim(
        id=row["id"],
        subject=row["subject"],
        due=Due(task=Task(row["task"]), at=row["at"], key=row["key"]),
        detail=row["detail"] or {},
        attempt=row["attempts"],
        by=row["claimed_by"] or "",
        until=row["claimed_until"] or row["at"],
    )
