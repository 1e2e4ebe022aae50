"""/desk/api/session and /desk/api/password: signing in and out, passwords."""

from dataclasses import dataclass
from typing import Annotated, Any

import structlog
from pydantic import Field
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, empty

from bot.desk.audit import Deed
from bot.desk.gate import COOKIE, PREFIX
from bot.desk.parts import Desk
from bot.desk.passwords import LONGEST, check, one_time
from bot.desk.sessions import Session
from bot.desk.shapes import read
from bot.desk.who import LEADER, SignedIn, Staff, signed_in_of, staff_of
from bot.errors import OneTimePasswordLapsed, PasswordChangedMeanwhile, StaffUnknown, WrongPassword
from bot.responses import json_response

COOKIE_PATH = "/desk"
logger = structlog.get_logger()

Password = Annotated[str, Field(min_length=1, max_length=LONGEST)]


@dataclass(frozen=True, kw_only=True)
class SigningIn:
    job_number: Annotated[str, Field(min_length=1, max_length=32)]
    password: Password


@dataclass(frozen=True, kw_only=True)
class ChangingPassword:
    old: Password
    new: Password


def entrance(desk: Desk) -> Blueprint:
    doors = Blueprint("desk_entrance", url_prefix=PREFIX)

    @doors.get("/session")
    async def who_am_i(request: Request) -> HTTPResponse:
        """Also for who has yet to change a one-time password."""
        return _shown(signed_in_of(request), desk)

    @doors.post("/session")
    async def sign_in(request: Request) -> HTTPResponse:
        """A wrong job number and a wrong password are answered alike."""
        given, now = read(request, SigningIn), desk.clock()
        await desk.threads(desk.tries.count, address=request.client_ip, job_number=given.job_number, at=now)
        member = desk.charter.member(given.job_number)
        account = await desk.threads(desk.accounts.of, given.job_number)
        fits = await desk.passwords.fits(given.password, hashed=account.password_hash if account else None)
        if not fits or account is None or member is None:
            logger.warning("desk_sign_in_refused")
            raise WrongPassword
        if account.has_lapsed(now=now):
            raise OneTimePasswordLapsed
        return await _opened(desk, Staff.of(member), one_time=account.one_time, act=Deed.SIGNED_IN)

    @doors.delete("/session")
    async def sign_out(request: Request) -> HTTPResponse:
        signed_in, now = signed_in_of(request), desk.clock()
        await desk.threads(desk.sessions.end, signed_in.session.token)
        who = signed_in.staff.job_number
        await desk.threads(desk.presence.leave, agent=who)
        await desk.threads(desk.audit.record, who=who, act=Deed.SIGNED_OUT, about=who, at=now)
        response = empty()
        response.delete_cookie(COOKIE, path=COOKIE_PATH)
        return response

    @doors.post("/password")
    async def change_password(request: Request) -> HTTPResponse:
        """Ends every other session of the account."""
        staff, given, now = signed_in_of(request).staff, read(request, ChangingPassword), desk.clock()
        await desk.threads(desk.tries.count, address=request.client_ip, job_number=staff.job_number, at=now)
        account = await desk.threads(desk.accounts.of, staff.job_number)
        if account is None or not await desk.passwords.fits(given.old, hashed=account.password_hash):
            raise WrongPassword
        check(given.new, job_number=staff.job_number, before=given.old)
        hashed = await desk.passwords.hashed(given.new)
        if not await desk.threads(desk.accounts.change, account=account, password_hash=hashed, at=now):
            raise PasswordChangedMeanwhile
        return await _opened(desk, staff, one_time=False, act=Deed.PASSWORD_CHANGED)

    @doors.post("/staff/<job_number:str>/password")
    async def issue_password(request: Request, job_number: str) -> HTTPResponse:
        """A one-time password for another member; what it replaces and every session of theirs end."""
        leader, now = staff_of(request, LEADER), desk.clock()
        if desk.charter.member(job_number) is None:
            raise StaffUnknown
        password = one_time()
        hashed = await desk.passwords.hashed(password)
        await desk.threads(desk.accounts.issue, job_number=job_number, password_hash=hashed, at=now)
        await desk.record(leader.job_number, Deed.PASSWORD_ISSUED, about=job_number)
        return json_response({"job_number": job_number, "one_time_password": password}, status=201)

    return doors


async def _opened(desk: Desk, staff: Staff, *, one_time: bool, act: Deed) -> HTTPResponse:
    now = desk.clock()
    token = await desk.threads(desk.sessions.open, job_number=staff.job_number, at=now)
    await desk.threads(desk.audit.record, who=staff.job_number, act=act, about=staff.job_number, at=now)
    session = Session(token=token, job_number=staff.job_number, one_time=one_time, opened_at=now)
    response = _shown(SignedIn(session=session, staff=staff), desk)
    response.add_cookie(
        COOKIE,
        token,
        path=COOKIE_PATH,
        secure=desk.secure,
        httponly=True,
        samesite="Strict",
        max_age=int(desk.sessions.longest.total_seconds()),
    )
    return response


def _shown(signed_in: SignedIn, desk: Desk) -> HTTPResponse:
    staff, session = signed_in.staff, signed_in.session
    department = desk.charter.department(staff.department) if staff.department else None
    shown: dict[str, Any] = {
        "job_number": staff.job_number,
        "role": staff.role,
        "title": staff.title,
        "department": staff.department,
        "department_name": department.name if department else None,
        "areas": list(staff.areas),
        "must_change_password": session.one_time,
        "ends_at": (session.opened_at + desk.sessions.longest).isoformat(timespec="seconds"),
        "csrf": session.csrf,
    }
    return json_response(shown)
