"""A member of staff before the desk's API."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from sqlalchemy import Engine

from bot.desk.accounts import Accounts
from bot.desk.gate import COOKIE, CSRF_HEADER
from bot.desk.passwords import Passwords
from bot.desk.sessions import Session, Sessions

API = "/desk/api"
PASSWORD = "wuxian-dianshi-2026"
ONE_TIME = "abcd-efgh-jkmn-pqrs"
HASHED = {password: Passwords().hash(password) for password in (PASSWORD, ONE_TIME)}


def an_account(database: Engine, job_number: str, *, one_time: bool = False) -> None:
    """With PASSWORD, or with ONE_TIME."""
    accounts, now = Accounts(database), datetime.now(UTC)
    accounts.issue(job_number=job_number, password_hash=HASHED[ONE_TIME], at=now)
    account = accounts.of(job_number)
    assert account is not None
    if not one_time:
        assert accounts.change(account=account, password_hash=HASHED[PASSWORD], at=now)


def a_session(database: Engine, job_number: str) -> Session:
    """Without the slow way through the password."""
    now, lasting = datetime.now(UTC), timedelta(hours=1)
    token = Sessions(database, idle=lasting, longest=lasting).open(job_number=job_number, at=now)
    return Session(token=token, job_number=job_number, one_time=False, opened_at=now)


@dataclass
class Member:
    """Their browser: the cookie, and the token that the page sends with every change."""

    http: httpx.AsyncClient
    job_number: str
    csrf: str

    @classmethod
    async def signs_in(
        cls, http: httpx.AsyncClient, database: Engine, job_number: str, *, one_time: bool = False
    ) -> "Member":
        an_account(database, job_number, one_time=one_time)
        session = a_session(database, job_number)
        http.cookies.set(COOKIE, session.token)
        return cls(http, job_number, session.csrf)

    async def get(self, path: str, **wanted: Any) -> httpx.Response:
        return await self.http.get(f"{API}{path}", params=wanted)

    async def post(self, path: str, body: object = None, *, method: str = "POST", **headers: str) -> httpx.Response:
        sent = {CSRF_HEADER: self.csrf} | headers
        return await self.http.request(method, f"{API}{path}", json=body, headers=sent)
