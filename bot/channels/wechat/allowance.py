"""How many customer-service messages 客服消息 a customer may be sent: opened by what they do, used up one by one.

WeChat's rule since June 2023: five within 48 hours of a message of theirs, three within a minute of a click, a follow
or a scan. They do not add up: another act of the kind begins anew.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.channels.wechat.tables import allowances, followers
from bot.conversations.database import writing


class Opening(StrEnum):
    MESSAGE = "message"  # 用户发送消息
    CLICK = "click"  # 点击自定义菜单, and the options of a menu message
    FOLLOW = "follow"  # 关注公众号
    SCAN = "scan"  # 扫描二维码


MOMENT: Final = timedelta(minutes=1)
ALLOWED: Final = {
    Opening.MESSAGE: (5, timedelta(hours=48)),
    Opening.CLICK: (3, MOMENT),
    Opening.FOLLOW: (3, MOMENT),
    Opening.SCAN: (3, MOMENT),
}


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One message of the allowance, to be sent or put back."""

    openid: str
    kind: Opening
    opened_at: datetime


class Allowance:
    """Blocking; `conversations.threads.Threads` calls it from the event loop. All times are aware."""

    def __init__(self, database: Engine) -> None:
        self._reading = database
        self._writing = writing(database)

    def opened(self, *, openid: str, kind: Opening, at: datetime) -> None:
        """The customer has done something, `at` by WeChat's clock; told again it changes nothing."""
        most, lasts = ALLOWED[kind]
        row = {"openid": openid, "kind": kind, "remaining": most, "opened_at": at, "closes_at": at + lasts}
        with self._writing.begin() as connection:
            there = _insert(connection)(allowances).values(row)
            fresh = {name: row[name] for name in ("remaining", "opened_at", "closes_at")}
            connection.execute(
                there.on_conflict_do_update(
                    index_elements=["openid", "kind"], set_=fresh, where=allowances.c.opened_at < at
                )
            )
            _follows(connection, openid, follows=True, at=at)

    def take(self, *, openid: str, at: datetime) -> Taken | None:
        """One message out of the window that closes first; None where none is left."""
        with self._writing.begin() as connection:
            rows = connection.execute(
                select(allowances).where(_open(openid, at)).order_by(allowances.c.closes_at).with_for_update()
            )
            row = rows.mappings().first()
            if row is None:
                return None
            taken = Taken(openid=openid, kind=Opening(row["kind"]), opened_at=row["opened_at"])
            changed = update(allowances).where(_is(taken), allowances.c.remaining == row["remaining"])
            connection.execute(changed.values(remaining=row["remaining"] - 1))
            return taken

    def put_back(self, taken: Taken) -> None:
        """It was not sent; where the customer has opened a new window meanwhile, that one is whole anyway."""
        most, _ = ALLOWED[taken.kind]
        back = (
            update(allowances)
            .where(_is(taken), allowances.c.remaining < most)
            .values(remaining=allowances.c.remaining + 1)
        )
        with self._writing.begin() as connection:
            connection.execute(back)

    def left(self, *, openid: str, at: datetime) -> int:
        """How many messages can be sent now."""
        wanted = select(func.coalesce(func.sum(allowances.c.remaining), 0)).where(_open(openid, at))
        with self._reading.begin() as connection:
            return int(connection.scalar(wanted) or 0)

    def used_up(self, *, openid: str, at: datetime, closed: bool = False) -> None:
        """WeChat says that nothing is left (45047) of what was opened up to then, whatever we have counted; `closed`:
        that its time is over (45015)."""
        gone = update(allowances).where(allowances.c.openid == openid, allowances.c.opened_at <= at)
        over = {"remaining": 0, "closes_at": at} if closed else {"remaining": 0}
        with self._writing.begin() as connection:
            connection.execute(gone.values(over))

    def left_us(self, *, openid: str, at: datetime) -> None:
        """取消关注: nothing can be sent until they follow or write again."""
        with self._writing.begin() as connection:
            _follows(connection, openid, follows=False, at=at)

    def follows(self, *, openid: str) -> bool:
        """False only for who has left: of anybody else nothing is known that forbids it."""
        wanted = select(followers.c.follows).where(followers.c.openid == openid)
        with self._reading.begin() as connection:
            return connection.scalar(wanted) is not False


def _open(openid: str, at: datetime) -> ColumnElement[bool]:
    gone = select(followers.c.openid).where(followers.c.openid == openid, followers.c.follows.is_(False))
    return and_(allowances.c.openid == openid, allowances.c.remaining > 0, allowances.c.closes_at > at, ~gone.exists())


def _is(taken: Taken) -> ColumnElement[bool]:
    return and_(
        allowances.c.openid == taken.openid,
        allowances.c.kind == taken.kind,
        allowances.c.opened_at == taken.opened_at,
    )


def _follows(connection: Connection, openid: str, *, follows: bool, at: datetime) -> None:
    """What is told late changes nothing."""
    there = _insert(connection)(followers).values(openid=openid, follows=follows, changed_at=at)
    connection.execute(
        there.on_conflict_do_update(
            index_elements=["openid"],
            set_={"follows": follows, "changed_at": at},
            where=followers.c.changed_at <= at,
        )
    )


def _insert(connection: Connection) -> type[postgresql.Insert] | type[sqlite.Insert]:
    return postgresql.Insert if connection.dialect.name == "postgresql" else sqlite.Insert
