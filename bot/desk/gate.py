"""Before every endpoint of the desk: whose cookie it is, and that a change was sent by our own page."""

import hmac
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from sanic import Request

from backend.domain.charter import Charter
from bot.conversations.threads import Threads
from bot.desk.sessions import Sessions
from bot.desk.who import SignedIn, Staff
from bot.errors import CsrfMissing

PREFIX: Final = "/desk/api"
COOKIE: Final = "shouwen_desk"
CSRF_HEADER: Final = "Shouwen-Csrf"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
SIGN_IN: Final = ("POST", f"{PREFIX}/session")  # who signs in has no token yet


def gate(
    *, sessions: Sessions, charter: Charter, threads: Threads, clock: Callable[[], datetime]
) -> Callable[[Request], Awaitable[None]]:
    """A request middleware. Raises CsrfMissing; who is nobody is refused by `who.staff_of`."""

    async def recognise(request: Request) -> None:
        path = f"/{request.route.path}" if request.route else ""
        token = request.cookies.get(COOKIE)
        if not token or not path.startswith(f"{PREFIX}/"):
            return
        session = await threads(sessions.of, token, at=clock())
        member = charter.member(session.job_number) if session else None
        if session is None or member is None:  # who has left the staff is nobody here
            return
        if request.method not in SAFE and (request.method, path) != SIGN_IN:
            given = request.headers.get(CSRF_HEADER, "")
            if not hmac.compare_digest(given.encode(), session.csrf.encode()):
                raise CsrfMissing
        request.ctx.signed_in = SignedIn(session=session, staff=Staff.of(member))

    return recognise
