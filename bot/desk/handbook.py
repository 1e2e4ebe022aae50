"""/desk/api/handbook: the handbook of the charter, and a short test of knowledge made from it (R7.5)."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import Field
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend.domain.handbook import Chapter
from backend.domain.handbook import handbook as chapters
from backend.domain.knowledge_test import Question
from bot.desk.audit import Deed
from bot.desk.gate import PREFIX
from bot.desk.knowledge import Taken
from bot.desk.parts import Desk
from bot.desk.shapes import dumped, read
from bot.desk.who import AGENT, staff_of
from bot.responses import json_response

MOST: Final = 500  # results shown
Chosen = dict[Annotated[str, Field(max_length=128)], Annotated[int, Field(ge=0, le=9)]]


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The option taken, counted from 0, by the question's key."""

    chosen: Annotated[Chosen, Field(max_length=50)]


def handbook(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_handbook", url_prefix=f"{PREFIX}/handbook")

    @pages.get("/")
    async def show(request: Request) -> HTTPResponse:
        """Each item with the rule and source that it stands on; a chapter without any says what is not published."""
        staff_of(request)
        shown = [dumped(Chapter, chapter) for chapter in chapters(desk.charter)]
        return json_response({"version": desk.charter.version, "chapters": shown})

    @pages.get("/tests")
    async def results(request: Request) -> HTTPResponse:
        """An agent's own; to heads, leaders and supervisors everybody's, the latest first."""
        staff = staff_of(request)
        whose = staff.job_number if staff.role is AGENT else None
        found = await desk.threads(desk.knowledge.handed_in, job_number=whose, most=MOST)
        return json_response([_result(taken) for taken in found])

    @pages.post("/tests")
    async def begin(request: Request) -> HTTPResponse:
        staff = staff_of(request)
        number, questions = await desk.threads(desk.knowledge.begin, job_number=staff.job_number, at=desk.clock())
        return json_response({"id": number, "questions": [_asked(question) for question in questions]}, status=201)

    @pages.post("/tests/<number:int>")
    async def hand_in(request: Request, number: int) -> HTTPResponse:
        """The score, and of each mistake the right answer with its rule."""
        staff, answers, now = staff_of(request), read(request, Answers), desk.clock()
        score = await desk.threads(
            desk.knowledge.hand_in, id=number, job_number=staff.job_number, chosen=answers.chosen, at=now
        )
        about = f"knowledge-test/{number}"
        await desk.threads(desk.audit.record, who=staff.job_number, act=Deed.TESTED, about=about, at=now)
        mistakes = [
            _asked(question) | {"right": question.right, "rule": question.rule, "source": question.source}
            for question in score.mistakes
        ]
        return json_response({"right": score.right, "of": score.of, "mistakes": mistakes})

    return pages


def _asked(question: Question) -> dict[str, Any]:
    return {"key": question.key, "ask": question.ask, "options": list(question.options)}


def _result(taken: Taken) -> dict[str, Any]:
    shown: dict[str, Any] = dumped(Taken, taken)
    return {name: shown[name] for name in ("id", "job_number", "begun_at", "handed_in_at", "score", "questions")}
