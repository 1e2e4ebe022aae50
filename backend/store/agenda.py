"""Due work and outgoing messages in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    RowMapping,
    Select,
    Table,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from backend.domain.agenda import Due, Task
from backend.ports import Backlog, Claim, Medium, Message, Standing
from backend.store.statements import insert_into
from backend.store.tables import due_work as table
from backend.store.tables import outbox

UNFINISHED: Final = and_(table.c.finished_at.is_(None), table.c.dead_at.is_(None))
DEAD: Final = table.c.dead_at.is_not(None)
IN_LANE: Final = table.c.lane.is_not(None)
NO_LANE: Final = table.c.lane.is_(None)
FREE: Final[Mapping[str, None]] = {"claimed_by": None, "claimed_until": None}


def insert_once(connection: Connection, into: Any, row: Mapping[str, object]) -> bool:
    """Writes the row unless one of its keys is there already; True where it was written."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    written = dialect.insert(into).values(**row).on_conflict_do_nothing().returning(*into.primary_key)
    return connection.execute(written).first() is not None


class SqlAgenda:
    """`backend.ports.Agenda` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def plan(self, *, subject: str, wanted: Sequence[Due], is_new: bool = False) -> None:
        known = {} if is_new else self._planned(subject)
        missing = {(due.task, due.key): due for due in wanted}
        for name, row in known.items():
            due = missing.pop(name, None)
            if row.finished_at or row.dead_at:
                continue
            this = table.c.id == row.id
            if due is None:
                self._sql.execute(delete(table).where(this))
            elif due.at != row.at:
                self._sql.execute(update(table).where(this).values(_from_now_on(at=due.at) | {"at": due.at}))
        if missing:
            self._sql.execute(insert_into(table), [_row(subject, due) for due in missing.values()])

    def _planned(self, subject: str) -> dict[tuple[Any, str], Row[Any]]:
        planned = select(table).where(table.c.subject == subject, table.c.detail.is_(None))
        return {(row.task, row.key): row for row in self._sql.execute(planned)}

    def add(self, *, subject: str, due: Due, lane: str | None = None, detail: Mapping[str, object]) -> None:
        insert_once(self._sql, table, _row(subject, due) | {"lane": lane, "detail": dict(detail)})

    def claim(self, *, now: datetime, until: datetime, by: str, limit: int, lanes: bool = False) -> Sequence[Claim]:
        found = self._sql.execute(due_now(now=now, limit=limit, lanes=lanes)).scalars().all()
        if not found:
            return ()
        taken = {"claimed_by": by, "claimed_until": until, "attempts": table.c.attempts + 1}
        claimed = self._sql.execute(update(table).where(table.c.id.in_(found)).values(taken).returning(table))
        return tuple(sorted(map(_claim, claimed.mappings()), key=lambda claim: found.index(claim.id)))

    def holds(self, claim: Claim, *, now: datetime) -> bool:
        if claim.until <= now:
            return False
        held = select(table.c.id).where(_held(claim)).with_for_update()
        return self._sql.execute(held).first() is not None

    def let_go(self, *, by: str) -> int:
        held = table.c.claimed_by == by, UNFINISHED
        return self._sql.execute(update(table).where(*held).values(**FREE)).rowcount

    def finish(self, claim: Claim, *, at: datetime) -> None:
        self._end(claim, finished_at=at)

    def postpone(self, claim: Claim, *, to: datetime, error: str) -> None:
        self._end(claim, try_at=to, last_error=error)

    def put_off(self, claim: Claim, *, to: datetime) -> None:
        self._end(claim, at=to, try_at=to, attempts=0, last_error=None)

    def bury(self, claim: Claim, *, at: datetime, error: str) -> None:
        self._end(claim, dead_at=at, last_error=error)

    def unfinished(self, *, limit: int) -> Sequence[Standing]:
        rows = self._sql.execute(select(table).where(UNFINISHED).order_by(table.c.try_at, table.c.id).limit(limit))
        return tuple(map(_standing, rows.mappings()))

    def dead(self) -> Sequence[Standing]:
        rows = self._sql.execute(select(table).where(DEAD).order_by(table.c.dead_at, table.c.id))
        return tuple(map(_standing, rows.mappings()))

    def backlog(self, *, now: datetime) -> Backlog:
        oldest = [select(func.min(table.c.try_at)).where(UNFINISHED, of_kind) for of_kind in (NO_LANE, IN_LANE)]
        waits = [at for query in oldest if (at := self._sql.execute(query).scalar_one()) and at <= now]
        dead = self._sql.execute(select(func.count(), func.min(table.c.dead_at)).where(DEAD)).one()
        return Backlog(waits_since=min(waits, default=None), dead=dead[0], dead_since=dead[1])

    def revive(self, *, id: int, at: datetime) -> bool:  # noqa: A002
        this = table.c.id == id, DEAD
        return self._sql.execute(update(table).where(*this).values(_from_now_on(at=at))).rowcount > 0

    def _end(self, claim: Claim, **values: object) -> None:
        self._sql.execute(update(table).where(_held(claim)).values(**values, **FREE))


def due_now(*, now: datetime, limit: int, lanes: bool) -> Select[tuple[int]]:
    """The rows that `claim` hands out. In a lane the oldest row goes first, unless it is for later; of a subject's
    other work the earliest, unless it is waiting to be tried again."""
    earlier = table.alias("earlier")
    if lanes:
        goes_first = and_(earlier.c.lane == table.c.lane, earlier.c.id < table.c.id, earlier.c.at <= now)
    else:
        before = tuple_(earlier.c.try_at, earlier.c.id) < tuple_(table.c.try_at, table.c.id)
        goes_first = and_(earlier.c.subject == table.c.subject, earlier.c.lane.is_(None), before)
    kept_waiting = exists().where(earlier.c.finished_at.is_(None), earlier.c.dead_at.is_(None), goes_first)
    return (
        select(table.c.id)
        .where(
            UNFINISHED,
            IN_LANE if lanes else NO_LANE,
            table.c.try_at <= now,
            or_(table.c.claimed_until.is_(None), table.c.claimed_until <= now),
            table.c.task.in_(tuple(Task)),  # what a newer version has planned waits for it
            ~kept_waiting,
        )
        .order_by(table.c.try_at, table.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=table)
    )


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
        return _message(self._sql.execute(select(outbox).where(outbox.c.key == key)).mappings().first())

    def take_back(self, *, subject: str, key: str, now: datetime) -> Message | None:
        def these(of: Table) -> ColumnElement[bool]:
            column = of.c.key
            return and_(of.c.subject == subject, or_(column == key, column.startswith(f"{key}:", autoescape=True)))

        free = or_(table.c.claimed_until.is_(None), table.c.claimed_until <= now)
        waiting = table.c.task == Task.DELIVER, these(table), table.c.finished_at.is_(None), free
        taken = self._sql.execute(delete(table).where(*waiting).returning(table.c.key)).scalars().all()
        self._sql.execute(delete(outbox).where(outbox.c.key.in_(taken)))
        gone = select(outbox).where(these(outbox)).order_by(outbox.c.key.desc()).limit(1)
        return _message(self._sql.execute(gone).mappings().first())

    def forget_text(self, *, key: str) -> None:
        self._sql.execute(update(outbox).where(outbox.c.key == key).values(body={"text": ""}))

    def undelivered(self, *, medium: Medium, recipient: str) -> int:
        owed = select(func.count()).select_from(table).where(table.c.finished_at.is_(None), _to(medium, recipient))
        return self._sql.execute(owed).scalar_one()

    def revive(self, *, medium: Medium, recipient: str, at: datetime) -> int:
        dead = and_(DEAD, _to(medium, recipient))
        return self._sql.execute(update(table).where(dead).values(_from_now_on(at=at))).rowcount


def _message(row: RowMapping | None) -> Message | None:
    return Message(**{**row, "medium": Medium(row["medium"])}) if row else None


def _lanes(medium: Medium, recipient: str) -> str:
    """What the lanes to this recipient begin with."""
    return f"{medium}:{recipient}:"


def _to(medium: Medium, recipient: str) -> ColumnElement[bool]:
    return table.c.lane.startswith(_lanes(medium, recipient), autoescape=True)


def _row(subject: str, due: Due) -> dict[str, Any]:
    return {"subject": subject, "task": due.task, "key": due.key, "at": due.at, "try_at": due.at, "attempts": 0}


def _from_now_on(*, at: datetime) -> dict[str, Any]:
    """Tried as if it had never been."""
    return {"try_at": at, "attempts": 0, "last_error": None, "dead_at": None, **FREE}


def _held(claim: Claim) -> ColumnElement[bool]:
    return and_(
        table.c.id == claim.id, table.c.claimed_by == claim.by, table.c.claimed_until == claim.until, UNFINISHED
    )


def _due(row: RowMapping) -> Due:
    return Due(task=Task(row["task"]), at=row["at"], key=row["key"])


def _claim(row: RowMapping) -> Claim:
    return Claim(
        id=row["id"],
        subject=row["subject"],
        due=_due(row),
        detail=row["detail"] or {},
        attempt=row["attempts"],
        by=row["claimed_by"],
        until=row["claimed_until"],
    )


def _standing(row: RowMapping) -> Standing:
    return Standing(
        id=row["id"],
        subject=row["subject"],
        due=_due(row),
        attempts=row["attempts"],
        try_at=row["try_at"],
        held_until=row["claimed_until"],
        error=row["last_error"],
        dead_at=row["dead_at"],
    )
