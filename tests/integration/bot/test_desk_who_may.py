"""Every endpoint of the desk with every role and with none. One that is not in the table fails."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sanic import Sanic

from backend.domain.staff import StaffGrade
from bot.desk.gate import COOKIE, CSRF_HEADER
from bot.errors import CsrfMissing, NotForYourRole, NotSignedIn, PasswordMustChange
from tests.integration.bot.desk import a_session, an_account

AGENT, HEAD, LEADER, SUPERVISOR = StaffGrade
EVERYBODY = frozenset(StaffGrade)
LEADERS = frozenset({LEADER})
REVIEWERS = frozenset({LEADER, SUPERVISOR})
ABOVE_AGENTS = frozenset({HEAD, LEADER, SUPERVISOR})  # of windows and departments, and who supervises them
HEADS = frozenset({HEAD, LEADER})
SERVES = EVERYBODY - {SUPERVISOR}  # who talks to customers
JOB_NUMBERS = {AGENT: "1031", HEAD: "1001", LEADER: "1003", SUPERVISOR: "1009"}  # of Jiangxi

ENTRANCE = {
    ("GET", "/session"): EVERYBODY,
    ("DELETE", "/session"): EVERYBODY,
    ("POST", "/password"): EVERYBODY,
}  # open to whoever has yet to change a one-time password, too
SIGN_IN = ("POST", "/session")  # open to all
WHO_MAY = ENTRANCE | {
    ("POST", "/staff/<job_number>/password"): LEADERS,
    ("GET", "/annotations"): ABOVE_AGENTS,
    ("GET", "/hall/greeting"): EVERYBODY,
    ("POST", "/hall/acceptances"): SERVES,
    ("GET", "/hall/duty-log/<on>"): EVERYBODY,
    ("POST", "/hall/duty-log"): SERVES,
    ("POST", "/hall/duty-log/<number>/end"): SERVES,
    ("GET", "/hall/opinions"): EVERYBODY,
    ("POST", "/hall/opinions"): SERVES,
    ("GET", "/handovers"): EVERYBODY,
    ("GET", "/handovers/in-hand"): SERVES,
    ("POST", "/handovers"): SERVES,
    ("POST", "/handovers/<number>/take"): SERVES,
    ("GET", "/key-visits"): EVERYBODY,
    ("POST", "/key-visits/<number>"): SERVES,
    ("POST", "/key-visits/<number>/contact"): SERVES,
    ("GET", "/handbook"): EVERYBODY,
    ("GET", "/handbook/tests"): EVERYBODY,
    ("POST", "/handbook/tests"): EVERYBODY,
    ("POST", "/handbook/tests/<number>"): EVERYBODY,
    ("GET", "/gaps"): ABOVE_AGENTS,
    ("POST", "/gaps"): ABOVE_AGENTS,
    ("GET", "/gaps/intents"): ABOVE_AGENTS,
    ("GET", "/gaps/phrases"): ABOVE_AGENTS,
    ("POST", "/gaps/phrases/<number>"): REVIEWERS,
    ("GET", "/gaps/patch"): REVIEWERS,
    ("POST", "/gaps/patch"): REVIEWERS,
    ("GET", "/supervision"): ABOVE_AGENTS,
    ("GET", "/supervision/tickets"): ABOVE_AGENTS,
    ("GET", "/supervision/sheet"): ABOVE_AGENTS,
    ("GET", "/supervision/csv/<table>"): ABOVE_AGENTS,
    ("GET", "/staff"): EVERYBODY,
    ("GET", "/words"): EVERYBODY,
    ("GET", "/audit"): REVIEWERS,
    ("GET", "/canned"): EVERYBODY,
    ("GET", "/charter"): EVERYBODY,
    ("GET", "/conversations/<conversation>/customer"): EVERYBODY,
    ("GET", "/conversations/<conversation>/suggestions"): SERVES,
    ("GET", "/conversations/<conversation>/draft"): SERVES,
    ("POST", "/conversations/<conversation>/tickets"): SERVES,
    ("GET", "/visits"): SERVES,
    ("GET", "/tickets"): EVERYBODY,
    ("GET", "/tickets/<number>"): EVERYBODY,
    ("POST", "/tickets/<number>/contact"): EVERYBODY,
    ("POST", "/tickets/<number>/acts/<verb>"): EVERYBODY,  # what is whose the backend knows
    ("GET", "/incidents"): EVERYBODY,
    ("POST", "/incidents/<number>/confirm"): LEADERS,
    ("POST", "/incidents/<number>/dismiss"): LEADERS,
    ("POST", "/incidents/<number>/mend"): EVERYBODY - {SUPERVISOR},
    ("GET", "/outages"): EVERYBODY,
    ("POST", "/outages"): HEADS,
    ("POST", "/outages/<number>/move"): HEADS,
    ("POST", "/outages/<number>/end"): HEADS,
    ("GET", "/force-majeure"): EVERYBODY,
    ("POST", "/force-majeure"): LEADERS,
    ("GET", "/cases"): EVERYBODY,  # agents and heads: their own
    ("POST", "/cases/<number>/hear"): EVERYBODY,
    ("POST", "/cases/<number>/decide"): REVIEWERS,
    ("POST", "/cases/<number>/dismiss"): REVIEWERS,
    ("GET", "/events"): EVERYBODY,
    ("GET", "/presence"): EVERYBODY,
    ("PUT", "/presence"): SERVES,
    ("DELETE", "/presence"): SERVES,
    ("GET", "/conversations"): EVERYBODY,
    ("GET", "/conversations/<conversation>"): EVERYBODY,
    ("GET", "/conversations/<conversation>/messages"): EVERYBODY,
    ("GET", "/conversations/<conversation>/photos/<attachment>"): EVERYBODY,
    ("POST", "/conversations/<conversation>/phone"): SERVES,
    ("POST", "/conversations/<conversation>/words"): EVERYBODY,
    ("POST", "/conversations/<conversation>/claim"): SERVES,
    ("POST", "/conversations/<conversation>/step-in"): SERVES,
    ("POST", "/conversations/<conversation>/hand-back"): SERVES,
    ("POST", "/conversations/<conversation>/transfer"): SERVES,
    ("POST", "/conversations/<conversation>/close"): SERVES,
    ("POST", "/conversations/<conversation>/messages"): SERVES,
    ("POST", "/conversations/<conversation>/notes"): SERVES,
    ("POST", "/conversations/<conversation>/read"): SERVES,
    ("POST", "/conversations/<conversation>/typing"): SERVES,
    ("POST", "/conversations/<conversation>/photos"): SERVES,
}

Endpoint = tuple[str, str]
DOCUMENTED = Path(__file__).parents[3] / "docs/desk-api.md"


@pytest.fixture
async def browser(bot: Any) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=bot.url, timeout=10.0) as http:
        yield http


def endpoints(app: Sanic[Any, Any]) -> set[Endpoint]:
    routes = [route for route in app.router.routes if f"/{route.path}".startswith("/desk/api")]
    return {(method, plain(route.path)) for route in routes for method in route.methods}


def plain(path: str) -> str:
    """/desk/api/staff/<job_number:str>/password as the table has it."""
    parts = path.removeprefix("desk/api").split("/")
    plain = "/".join(f"{part.partition(':')[0].rstrip('>')}>" if part.startswith("<") else part for part in parts)
    return plain.rstrip("/")


async def refusal(http: httpx.AsyncClient, endpoint: Endpoint, **headers: str) -> str | None:
    """The code of a refusal for who asks; None: they were let in, whatever came of it."""
    method, path = endpoint
    concrete = "/".join("1" if part.startswith("<") else part for part in path.split("/"))
    called = http.stream(method, f"/desk/api{concrete}", headers=headers, json={} if method != "GET" else None)
    async with called as answer:  # a stream of events never ends
        if answer.status_code not in (401, 403):
            return None
        await answer.aread()
        code: str = answer.json()["error"]
        return code


def test_every_endpoint_is_in_the_table(bot):
    assert endpoints(bot.app) == {*WHO_MAY, SIGN_IN}


def test_every_endpoint_is_in_the_page_writers_list(bot):
    told = DOCUMENTED.read_text("utf-8").replace("…/", "/conversations/<conversation>/")
    missing = {endpoint for endpoint in endpoints(bot.app) if f"`{' '.join(endpoint)}`" not in told}
    assert not missing


async def test_nobody_gets_in_without_signing_in(bot, browser):
    for forged in (None, uuid4().hex):
        if forged:
            browser.cookies.set(COOKIE, forged)
        for endpoint in WHO_MAY:
            assert await refusal(browser, endpoint) == NotSignedIn.code, endpoint


@pytest.mark.parametrize("role", StaffGrade)
async def test_a_role_gets_in_where_it_may_and_nowhere_else(bot, browser, role):
    job_number = JOB_NUMBERS[role]
    for endpoint, roles in WHO_MAY.items():
        an_account(bot.database, job_number)
        session = a_session(bot.database, job_number)
        browser.cookies.set(COOKIE, session.token)
        refused = await refusal(browser, endpoint, **{CSRF_HEADER: session.csrf})
        may = refused in (None, "wrong_password")  # let in, but the password sent is nobody's
        assert may is (role in roles), (endpoint, refused)
        assert may or refused == NotForYourRole.code, endpoint


async def test_a_change_needs_the_token_of_our_page(bot, browser):
    an_account(bot.database, "1003")
    browser.cookies.set(COOKIE, a_session(bot.database, "1003").token)
    for endpoint in WHO_MAY:
        if endpoint[0] != "GET":
            assert await refusal(browser, endpoint) == CsrfMissing.code, endpoint
            assert await refusal(browser, endpoint, **{CSRF_HEADER: "0" * 64}) == CsrfMissing.code, endpoint


async def test_a_one_time_password_opens_nothing_but_its_change(bot, browser):
    for endpoint in WHO_MAY.keys() - ENTRANCE.keys():
        an_account(bot.database, "1003", one_time=True)
        session = a_session(bot.database, "1003")
        browser.cookies.set(COOKIE, session.token)
        refused = await refusal(browser, endpoint, **{CSRF_HEADER: session.csrf})
        assert refused == PasswordMustChange.code, endpoint
