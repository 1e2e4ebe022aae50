"""A customer who has codes sent and says them, and how that is refused."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from backend.domain.errors import Refusal
from backend.domain.vocabulary import Channel
from backend.messages.binding import Bound, CodeSaid, CodeSent, CodeWish
from backend.ports import Medium
from backend.store.accounts import TableAccounts
from backend.store.repository import SqlStore
from backend.store.tables import outbox
from backend.usecases import binding
from tests.integration.backend.support import FRIDAY_EVENING

PHONE, OTHER_PHONE = "+8613807911234", "+8613807915678"
RULES = binding.BindingRules(key=b"a key", wechat=timedelta(days=180), web=timedelta(days=7), per_hour=100)


class Desk:
    """A customer's side: has a code sent, reads it off the SMS, says it."""

    def __init__(self, store: SqlStore, charter: object) -> None:
        self.store, self.charter = store, charter
        self.rules = RULES

    def ask(
        self, phone: str | None = PHONE, *, conversation: str = "of-zhang", now: datetime = FRIDAY_EVENING, **of: str
    ) -> CodeSent:
        request_id = of.pop("request_id", f"asked {now.isoformat()} {phone}")
        wish = CodeWish(conversation=conversation, request_id=request_id, phone=phone, **of)
        return binding.send_code(
            wish=wish,
            charter=self.charter,
            rules=self.rules,
            accounts=TableAccounts(self.store),
            store=self.store,
            now=now,
        )

    def say(
        self,
        code: str,
        *,
        conversation: str = "of-zhang",
        now: datetime = FRIDAY_EVENING,
        channel: Channel = Channel.WEBCHAT,
        request_id: str | None = None,
    ) -> Bound:
        said = CodeSaid(
            conversation=conversation, request_id=request_id or f"said {code} {now}", channel=channel, code=code
        )
        return binding.check_code(said=said, rules=self.rules, store=self.store, now=now)

    def sms(self, phone: str = PHONE) -> list[str]:
        with self.store._engine.connect() as connection:
            rows = connection.execute(select(outbox).where(outbox.c.recipient == phone)).mappings().all()
        assert all(row["medium"] == Medium.SMS for row in rows)
        return [row["body"]["text"] for row in sorted(rows, key=lambda row: row["not_before"])]

    def code(self, phone: str = PHONE) -> str:
        found = re.search(r"验证码 (\d{6})，", self.sms(phone)[-1])
        assert found
        return found[1]

    def bound(self, *, conversation: str = "of-zhang", now: datetime = FRIDAY_EVENING) -> list[str]:
        return [each.phone for each in binding.bound_phones(conversation=conversation, store=self.store, now=now)]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def refusal(act: Callable[..., object], *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as refused:
        act(*args, **kwargs)
    return refused.value


def after(**span: float) -> datetime:
    return FRIDAY_EVENING + timedelta(**span)
