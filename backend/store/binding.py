"""Codes and bound phones in SQL."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, insert, select, update

from backend.ports import BoundPhone, Code
from backend.store.engine import alone_in
from backend.store.tables import bound_phone, phone_code


class SqlCodes:
    """`backend.ports.Codes` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def enter(self) -> None:
        alone_in(phone_code, self._sql)

    def add(
        self, *, conversation: str, request_id: str, phone: str, salt: str, digest: str, at: datetime, until: datetime
    ) -> Code:
        row = {
            "conversation": conversation,
            "request_id": request_id,
            "phone": phone,
            "salt": salt,
            "digest": digest,
            "sent_at": at,
            "expires_at": until,
            "attempts": 0,
        }
        return _code(self._sql.execute(insert(phone_code).values(row).returning(phone_code)).mappings().one())

    def of_request(self, *, conversation: str, request_id: str) -> Code | None:
        return self._one(phone_code.c.conversation == conversation, phone_code.c.request_id == request_id)

    def newest(self, *, conversation: str) -> Code | None:
        return self._one(phone_code.c.conversation == conversation)

    def try_on(self, *, id: int, most: int, at: datetime) -> bool:  # noqa: A002
        is_open = phone_code.c.attempts < most, phone_code.c.used_at.is_(None), phone_code.c.expires_at > at
        tried = update(phone_code).where(phone_code.c.id == id, *is_open).values(attempts=phone_code.c.attempts + 1)
        return self._sql.execute(tried).rowcount == 1

    def use(self, *, id: int, by: str, at: datetime) -> bool:  # noqa: A002
        unused = phone_code.c.id == id, phone_code.c.used_at.is_(None)
        return self._sql.execute(update(phone_code).where(*unused).values(used_at=at, used_by=by)).rowcount == 1

    def sent(self, *, since: datetime, phone: str | None = None, conversation: str | None = None) -> int:
        counted = select(func.count()).select_from(phone_code).where(phone_code.c.sent_at > since)
        if phone is not None:
            counted = counted.where(phone_code.c.phone == phone)
        if conversation is not None:
            counted = counted.where(phone_code.c.conversation == conversation)
        return self._sql.execute(counted).scalar_one()

    def last_sent(self, *, phone: str) -> datetime | None:
        latest = select(phone_code.c.sent_at).where(phone_code.c.phone == phone)
        return self._sql.execute(latest.order_by(phone_code.c.sent_at.desc()).limit(1)).scalar_one_or_none()

    def forget(self, *, before: datetime) -> None:
        self._sql.execute(delete(phone_code).where(phone_code.c.sent_at < before))

    def _one(self, *conditions: ColumnElement[bool]) -> Code | None:
        wanted = select(phone_code).where(*conditions).order_by(phone_code.c.id.desc()).limit(1)
        row = self._sql.execute(wanted).mappings().first()
        return _code(row) if row else None


class SqlBoundPhones:
    """`backend.ports.BoundPhones` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def put(self, *, conversation: str, bound: BoundPhone) -> None:
        this = bound_phone.c.conversation == conversation, bound_phone.c.phone == bound.phone
        self._sql.execute(delete(bound_phone).where(*this))
        row = {"conversation": conversation, "phone": bound.phone, "bound_at": bound.bound_at, "until": bound.until}
        self._sql.execute(insert(bound_phone).values(row))

    def of_conversation(self, *, conversation: str, at: datetime) -> Sequence[BoundPhone]:
        held = select(bound_phone).where(bound_phone.c.conversation == conversation, bound_phone.c.until > at)
        rows = self._sql.execute(held.order_by(bound_phone.c.bound_at.desc())).mappings()
        return tuple(BoundPhone(phone=row["phone"], bound_at=row["bound_at"], until=row["until"]) for row in rows)

    def clear(self, *, conversation: str) -> None:
        self._sql.execute(delete(bound_phone).where(bound_phone.c.conversation == conversation))


def _code(row: RowMapping) -> Code:
    return Code(**{field.name: row[field.name] for field in fields(Code)})
