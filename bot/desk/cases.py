"""/desk/api/cases: accountability 责任追究 (R6): whose case it is is heard, then whom the charter names decides."""

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend.client import CaseAct, CaseDecision, CaseVerb, CaseView
from bot.desk.audit import Deed
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.shapes import body_of, dumped, shaped
from bot.desk.who import AGENT, HEAD, LEADER, SUPERVISOR, Staff, staff_of
from bot.errors import NotForYourRole
from bot.responses import correlation_id, json_response


def cases(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_cases", url_prefix=f"{PREFIX}/cases")

    @pages.get("/")
    async def listed(request: Request) -> HTTPResponse:
        """The newest first; an agent and a head see their own."""
        staff = staff_of(request)
        found = await _seen(staff, request)
        return json_response(dumped(tuple[CaseView, ...], found))

    @pages.post("/<number:int>/hear")
    async def hear(request: Request, number: int) -> HTTPResponse:
        """`text`: what the person states (R6.5), written by whoever hears it, or by the person."""
        staff = staff_of(request)
        if staff.role in (AGENT, HEAD) and number not in {case.number for case in await _seen(staff, request)}:
            raise NotForYourRole
        return await _judged(request, staff, "hear", CaseAct, number)

    @pages.post("/<number:int>/decide")
    async def decide(request: Request, number: int) -> HTTPResponse:
        return await _judged(request, staff_of(request, LEADER, SUPERVISOR), "decide", CaseDecision, number)

    @pages.post("/<number:int>/dismiss")
    async def dismiss(request: Request, number: int) -> HTTPResponse:
        return await _judged(request, staff_of(request, LEADER, SUPERVISOR), "dismiss", CaseAct, number)

    async def _seen(staff: Staff, request: Request) -> tuple[CaseView, ...]:
        found = await desk.backend.cases(by=staff.job_number, correlation_id=correlation_id(request))
        if staff.role in (LEADER, SUPERVISOR):
            return found
        return tuple(case for case in found if case.answerable == staff.job_number)

    async def _judged(
        request: Request, staff: Staff, verb: CaseVerb, shape: type[CaseAct], number: int
    ) -> HTTPResponse:
        said: CaseAct = shaped(shape, body_of(request) | {"case": number, "by": staff.job_number})
        judged = await desk.backend.judge_case(verb, said, correlation_id=correlation_id(request))
        await desk.record(staff.job_number, Deed(f"case_{verb}"), about=f"case:{number}")
        return json_response(dumped(CaseView, judged))

    return pages
