"""The sample customers 客户资料 in SQL, and who has tried to prove to be one."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select

from backend.domain.account import Account
from backend.domain.vocabulary import AccountStatus, Service
from backend.store.engine import alone_in
from backend.store.tables import account_attempt, customer_account

if TYPE_CHECKING:
    from backend.store.repository import SqlStore

FEN_A_YUAN = 100


class TableAccounts:
    """`backend.ports.Accounts` on the table beside the tickets."""

    def __init__(self, store: "SqlStore") -> None:
        self._store = store

    def of_number(self, *, number: str) -> Account | None:
        return next(iter(self._where(customer_account.c.number == number)), None)

    def of_phone(self, *, phone: str) -> Sequence[Account]:
        return self._where(customer_account.c.phone == phone)

    def of_area(self, *, area: str, after: str, limit: int) -> Sequence[Account]:
        return self._where(customer_account.c.area == area, customer_account.c.number > after, limit=limit)

    def running_out(self, *, until: date, after: str, limit: int) -> Sequence[Account]:
        active = customer_account.c.status == AccountStatus.ACTIVE
        return self._where(
            active, customer_account.c.paid_until <= until, customer_account.c.number > after, limit=limit
        )

    def important(self, *, after: str, limit: int) -> Sequence[Account]:
        return self._where(customer_account.c.important, customer_account.c.number > after, limit=limit)

    def _where(self, *conditions: ColumnElement[bool], limit: int | None = None) -> Sequence[Account]:
        with self._store.reading() as tickets:
            return tickets.customers.where(*conditions, limit=limit)


class SqlCustomers:
    """On one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def where(self, *conditions: ColumnElement[bool], limit: int | None = None) -> Sequence[Account]:
        wanted = select(customer_account).where(*conditions).order_by(customer_account.c.number).limit(limit)
        return tuple(_read(row) for row in self._sql.execute(wanted).mappings())

    def count(self) -> int:
        return self._sql.execute(select(func.count()).select_from(customer_account)).scalar_one()

    def put(self, accounts: Iterable[Account]) -> None:
        """Each takes the place of the one with its number."""
        rows = [_row(account) for account in accounts]
        numbers = [row["number"] for row in rows]
        self._sql.execute(customer_account.delete().where(customer_account.c.number.in_(numbers)))
        if rows:
            self._sql.execute(insert(customer_account), rows)

    def put_first(self, accounts: Iterable[Account]) -> bool:
        """Only into an empty table. Who comes at the same time waits, and finds it filled."""
        alone_in(customer_account, self._sql)
        if self.count():
            return False
        self.put(accounts)
        return True

    def clear(self) -> None:
        self._sql.execute(customer_account.delete())


class SqlAccountAttempts:
    """`backend.ports.AccountAttempts` on one connection, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def enter(self) -> None:
        alone_in(account_attempt, self._sql)

    def record(self, *, number: str, conversation: str, at: datetime, proven: bool) -> None:
        attempt = {"account_number": number, "conversation": conversation, "at": at, "proven": proven}
        self._sql.execute(insert(account_attempt), attempt)

    def failed_of_conversation(self, *, conversation: str, since: datetime) -> int:
        return self._failed(account_attempt.c.conversation == conversation, since)

    def failed_at_account(self, *, number: str, since: datetime) -> int:
        return self._failed(account_attempt.c.account_number == number, since)

    def has_proven(self, *, number: str, conversation: str) -> bool:
        of_both = account_attempt.c.account_number == number, account_attempt.c.conversation == conversation
        return (
            self._sql.execute(select(account_attempt.c.id).where(*of_both, account_attempt.c.proven)).first()
            is not None
        )

    def _failed(self, condition: ColumnElement[bool], since: datetime) -> int:
        failed = select(func.count()).where(condition, account_attempt.c.at > since, ~account_attempt.c.proven)
        return self._sql.execute(failed).scalar_one()


def _row(account: Account) -> dict[str, Any]:
    return {
        "number": account.number,
        "phone": account.phone,
        "status": account.status,
        "services": sorted(account.services),
        "balance_fen": int(account.balance * FEN_A_YUAN),
        "paid_until": account.paid_until,
        "package": account.package,
        "address": account.address,
        "area": account.area,
        "important": account.important,
        "sample": account.sample,
    }


def _read(row: RowMapping) -> Account:
    return Account(
        number=row["number"],
        phone=row["phone"],
        status=AccountStatus(row["status"]),
        services=frozenset(map(Service, row["services"])),
        balance=Decimal(row["balance_fen"]) / FEN_A_YUAN,
        paid_until=row["paid_until"],
        package=row["package"],
        address=row["address"],
        area=row["area"],
        important=row["important"],
        sample=row["sample"],
    )
