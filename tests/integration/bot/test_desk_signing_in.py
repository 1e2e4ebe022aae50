"""Staff sign in and out, change passwords and issue them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from backend.charters import load_charter
from bot.conversations.database import open_database, writing
from bot.desk.accounts import Accounts, first_member
from bot.desk.audit import Audit, Deed
from bot.desk.gate import COOKIE, CSRF_HEADER
from bot.desk.sessions import Sessions
from bot.desk.tables import sessions
from scripts.postgresql import NotInstalled, server
from tests.integration.bot.desk import API, HASHED, ONE_TIME, PASSWORD, an_account
from tests.integration.bot.visitor import PATIENCE

AT = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)
NEW = "xin-mima-2026-tv"


async def signing_in(bot: Any, job_number: str = "1031", password: str = PASSWORD) -> httpx.Response:
    async with httpx.AsyncClient(base_url=bot.url, timeout=PATIENCE) as http:
        return await http.post(f"{API}/session", json={"job_number": job_number, "password": password})


def cookie_of(response: httpx.Response) -> str:
    return response.headers["set-cookie"]


class Clock:
    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


async def test_who_signs_in_is_known_by_the_charter(bot):
    an_account(bot.database, "1014")
    answer = await signing_in(bot, "1014")
    assert answer.status_code == 200
    shown = answer.json()
    assert {name: shown[name] for name in ("job_number", "role", "title", "department_name", "areas")} == {
        "job_number": "1014",
        "role": "agent",
        "title": "片区客户经理",
        "department_name": "网络运行维护部",
        "areas": ["qingshanhu", "gaoxin"],
    }
    assert not shown["must_change_password"]


async def test_the_cookie_is_for_our_own_page_alone(bot, start_bot):
    an_account(bot.database, "1031")
    cookie = cookie_of(await signing_in(bot))
    assert {"HttpOnly", "SameSite=Strict", "Path=/desk"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    async with start_bot(proxies=1) as behind_a_proxy:
        assert "Secure" in cookie_of(await signing_in(behind_a_proxy))


async def test_a_wrong_password_and_an_unknown_number_are_answered_alike(bot):
    an_account(bot.database, "1031")
    wrong = [await signing_in(bot, "1031", "something else"), await signing_in(bot, "1032"), await signing_in(bot, "9")]
    assert {answer.status_code for answer in wrong} == {401}
    assert {answer.text for answer in wrong} == {'{"error": "wrong_password", "message": "工号或密码不对。"}'}
    assert "set-cookie" not in wrong[0].headers


async def test_a_form_of_another_site_signs_nobody_in(bot):
    an_account(bot.database, "1031")
    body = f'{{"job_number": "1031", "password": "{PASSWORD}"}}'
    answer = await bot.http.post(f"{API}/session", content=body, headers={"Content-Type": "text/plain"})
    assert answer.status_code == 400


async def test_guessing_is_slowed_down_for_the_account_and_for_the_address(bot):
    an_account(bot.database, "1031")
    guesses = [await signing_in(bot, password=f"guess {number}") for number in range(11)]
    assert [answer.status_code for answer in guesses] == [401] * 10 + [429]
    assert int(guesses[-1].headers["Retry-After"]) > 500
    assert (await signing_in(bot)).status_code == 429

    others = [await signing_in(bot, f"no-{number}", "guess") for number in range(19)]
    assert [answer.status_code for answer in others] == [401] * 18 + [429]


async def test_the_database_holds_no_token_that_opens_the_desk(bot):
    async with bot.member("1031") as member:
        with bot.database.connect() as connection:
            [kept] = connection.scalars(select(sessions.c.token_hash)).all()
        assert (await member.get("/session")).status_code == 200
        member.http.cookies.set(COOKIE, kept)
        assert (await member.get("/session")).status_code == 401


async def test_who_signs_out_is_out(bot):
    async with bot.member("1031") as member:
        token = member.http.cookies[COOKIE]
        assert (await member.post("/session", method="DELETE")).status_code == 204
        member.http.cookies.set(COOKIE, token)
        assert (await member.get("/session")).status_code == 401


async def test_a_session_ends_when_nobody_uses_it_and_in_any_case_in_the_end(start_bot):
    clock = Clock()
    lasting = {"desk_idle": timedelta(minutes=30), "desk_longest": timedelta(hours=2)}
    async with start_bot(clock=clock, **lasting) as bot, bot.member("1031") as member:
        for _ in range(5):
            clock.now += timedelta(minutes=20)
            assert (await member.get("/session")).status_code == 200
        clock.now += timedelta(minutes=21)  # two hours and a minute
        assert (await member.get("/session")).status_code == 401

    async with start_bot(clock=clock, **lasting) as bot:
        an_account(bot.database, "1031")
        clock.now = datetime.now(UTC)
        async with bot.member("1031") as member:
            clock.now += timedelta(minutes=31)
            assert (await member.get("/session")).status_code == 401


async def test_a_one_time_password_is_changed_first(bot):
    an_account(bot.database, "1003", one_time=True)
    async with httpx.AsyncClient(base_url=bot.url, timeout=PATIENCE) as http:
        answer = await http.post(f"{API}/session", json={"job_number": "1003", "password": ONE_TIME})
        assert answer.json()["must_change_password"]
        token, headers = http.cookies[COOKIE], {CSRF_HEADER: answer.json()["csrf"]}

        changed = await http.post(f"{API}/password", json={"old": ONE_TIME, "new": NEW}, headers=headers)
        assert changed.status_code == 200
        assert not changed.json()["must_change_password"]
        assert http.cookies[COOKIE] != token
        http.cookies.set(COOKIE, token, domain="127.0.0.1", path="/desk")
        assert (await http.get(f"{API}/session")).status_code == 401
    assert (await signing_in(bot, "1003", ONE_TIME)).status_code == 401
    assert (await signing_in(bot, "1003", NEW)).status_code == 200


@pytest.mark.parametrize("new", ["kurz", "aaaaaaaaaaaa", "mima-1031-mima", PASSWORD, "x" * 129])
async def test_a_weak_password_is_refused(bot, new):
    async with bot.member("1031") as member:
        answer = await member.post("/password", {"old": PASSWORD, "new": new})
        assert answer.status_code == 422
    assert (await signing_in(bot)).status_code == 200


async def test_a_leader_issues_a_one_time_password_and_the_old_one_and_its_sessions_end(bot):
    async with bot.member("1003") as leader, bot.member("1031") as member:
        issued = await leader.post("/staff/1031/password")
        assert issued.status_code == 201
        assert (await member.get("/session")).status_code == 401
        assert (await signing_in(bot)).status_code == 401
        password = issued.json()["one_time_password"]
        assert (await signing_in(bot, password=password)).json()["must_change_password"]
        assert (await leader.post("/staff/7777/password")).json()["error"] == "staff_unknown"

    rows = Audit(bot.database).rows(about="1031", before=None, most=10)
    assert [(row.who, row.act) for row in rows] == [("1031", "signed_in"), ("1003", "password_issued")]
    assert not any(password in row.reason for row in rows)


async def test_a_one_time_password_lapses(start_bot):
    clock = Clock()
    async with start_bot(clock=clock) as bot:
        an_account(bot.database, "1003", one_time=True)
        clock.now += timedelta(days=8)
        assert (await signing_in(bot, "1003", ONE_TIME)).json()["error"] == "one_time_password_lapsed"


@pytest.mark.parametrize("operator", ["jiangxi", "langzhong", "zhangjiagang", "zhumadian"])
def test_every_operator_has_somebody_who_gets_the_first_password(operator):
    assert first_member(load_charter(operator=operator)).is_leader


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    if request.param == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path / 'desk.sqlite'}")
        yield opened
        opened.dispose()
        return
    try:
        with server() as running:
            opened = open_database(running.create("desk"))
            yield opened
            opened.dispose()
    except NotInstalled as missing:
        pytest.skip(str(missing))


def test_the_first_account_is_opened_once_accounts_change_once_and_the_audit_is_kept(database):
    accounts, audit = Accounts(database), Audit(database)
    lasting = Sessions(database, idle=timedelta(hours=1), longest=timedelta(hours=1))
    assert accounts.open_first(job_number="1003", password_hash=HASHED[ONE_TIME], at=AT)
    assert not accounts.open_first(job_number="1004", password_hash=HASHED[ONE_TIME], at=AT)
    assert accounts.job_numbers() == {"1003"}

    account = accounts.of("1003")
    token = lasting.open(job_number="1003", at=AT)
    assert accounts.change(account=account, password_hash=HASHED[PASSWORD], at=AT)
    assert not accounts.change(account=account, password_hash=HASHED[ONE_TIME], at=AT)
    assert accounts.of("1003").password_hash == HASHED[PASSWORD]
    assert lasting.of(token, at=AT) is None

    audit.record(who="1003", act=Deed.SIGNED_IN, about="1003", at=AT, reason="why")
    for change in ("UPDATE desk_audit SET who = 'x'", "DELETE FROM desk_audit"):
        with pytest.raises(DBAPIError, match="append only"), writing(database).begin() as connection:
            connection.execute(text(change))
    [row] = audit.rows(who="1003", before=None, most=10)
    assert (row.who, row.at, row.reason) == ("1003", AT, "why")
    assert audit.rows(before=row.id, most=10) == []
    audit.record(who="1003", act=Deed.SIGNED_OUT, about="1003", at=AT)
    assert [found.id for found in audit.rows(act="signed_in", before=None, most=10)] == [row.id]
