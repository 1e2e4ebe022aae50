"""/desk/api/hall: the greeting screen, pre-acceptance at the counter, the duty log and the opinion book (R2.7)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, Field
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend import telemetry
from backend.client import DutyEnded, DutyNoted, OpinionNoted, OpinionView, Report
from backend.domain.hall import OpinionKind
from backend.domain.vocabulary import Channel, ComplaintKind, Service, TicketType
from backend.domain.working_time import local
from bot.desk.audit import Deed
from bot.desk.conversations import SERVES
from bot.desk.gate import PREFIX
from bot.desk.greeting import SUBJECTS, greeting
from bot.desk.parts import Desk
from bot.desk.phones import e164
from bot.desk.shapes import dumped, read, shaped
from bot.desk.who import staff_of
from bot.errors import WrongFields
from bot.responses import correlation_id, json_response

Id = Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9-]+$")]
Words = Annotated[str, Field(min_length=1, max_length=1900)]
Told = Annotated[str, Field(max_length=32)]
JobNumbers = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=32)], ...], Field(max_length=20)]


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """What a customer brings to the counter. `id`, made by the page, makes it harmless twice; `present`: job numbers
    of colleagues beside (R2.2)."""

    id: Id
    ticket_type: TicketType
    subject: Annotated[str, Field(min_length=1, max_length=64)]
    description: Words
    contact_phone: Told
    service: Service | None = None
    address: Annotated[str, Field(max_length=200)] | None = None
    wished_at: AwareDatetime | None = None
    wished: Annotated[str, Field(max_length=200)] | None = None
    present: JobNumbers = ()


@dataclass(frozen=True, kw_only=True)
class OpinionWritten:
    id: Id
    kind: OpinionKind
    words: Words
    subject: ComplaintKind = ComplaintKind.OTHER
    contact_phone: Told | None = None
    present: JobNumbers = ()


@dataclass(frozen=True, kw_only=True)
class NoteWritten:
    id: Id
    text: Words
    event: bool = False


@dataclass(frozen=True, kw_only=True)
class Ended:
    outcome: Words


@dataclass(frozen=True, kw_only=True)
class Page:
    offset: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50


def hall(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_hall", url_prefix=f"{PREFIX}/hall")

    @pages.get("/greeting")
    async def greet(request: Request) -> HTTPResponse:
        staff_of(request)
        now = desk.clock()
        log = await desk.backend.duty_log(on=local(now).date(), correlation_id=correlation_id(request))
        unfinished = [note for note in (*log.carried, *log.notes) if note.event and note.ended_at is None]
        shown = greeting(desk.charter, at=now)
        return json_response(shown | {"unfinished": [dumped(type(note), note) for note in unfinished]})

    @pages.post("/acceptances")
    async def accept(request: Request) -> HTTPResponse:
        """预受理: filed as from any other channel, with the same promises; who accepts it answers for it first."""
        staff, said = staff_of(request, *SERVES), read(request, Acceptance)
        if said.subject not in SUBJECTS[said.ticket_type]:
            raise WrongFields(what="“subject”不是这类事项")
        report = _report(said, desk, job_number=staff.job_number, at=desk.clock())
        receipt = await desk.backend.file(report, correlation_id=correlation_id(request))
        await desk.record(staff.job_number, Deed.ACCEPTED, about=receipt.ticket_number)
        known = receipt.already_filed or receipt.already_open
        return json_response(dumped(type(receipt), receipt), status=200 if known else 201)

    @pages.get("/duty-log/<on:str>")
    async def duty_log(request: Request, on: str) -> HTTPResponse:
        """A day's: 2026-11-29."""
        staff_of(request)
        day: date = shaped(date, on)
        log = await desk.backend.duty_log(on=day, correlation_id=correlation_id(request))
        return json_response(dumped(type(log), log))

    @pages.post("/duty-log")
    async def note(request: Request) -> HTTPResponse:
        staff, said = staff_of(request, *SERVES), read(request, NoteWritten)
        noted = DutyNoted(key=said.id, by=staff.job_number, text=said.text, event=said.event)
        entry = await desk.backend.note_duty(noted, correlation_id=correlation_id(request))
        await desk.record(staff.job_number, Deed.DUTY_NOTED, about=f"duty-note/{entry.number}")
        return json_response(dumped(type(entry), entry), status=201)

    @pages.post("/duty-log/<number:int>/end")
    async def end(request: Request, number: int) -> HTTPResponse:
        staff, said = staff_of(request, *SERVES), read(request, Ended)
        ended = DutyEnded(number=number, by=staff.job_number, outcome=said.outcome)
        entry = await desk.backend.end_duty_note(ended, correlation_id=correlation_id(request))
        await desk.record(staff.job_number, Deed.DUTY_EVENT_ENDED, about=f"duty-note/{number}")
        return json_response(dumped(type(entry), entry))

    @pages.get("/opinions")
    async def opinions(request: Request) -> HTTPResponse:
        """What is owed an answer first, the oldest of it first; then the newest first."""
        staff_of(request)
        page: Page = shaped(Page, dict(request.get_query_args()))
        found = await desk.backend.opinions(
            offset=page.offset, limit=page.limit, correlation_id=correlation_id(request)
        )
        shown = [_shown(each) for each in found.opinions]
        return json_response({"opinions": shown, "total": found.total, "unanswered": found.unanswered})

    @pages.post("/opinions")
    async def write(request: Request) -> HTTPResponse:
        staff, said = staff_of(request, *SERVES), read(request, OpinionWritten)
        noted = OpinionNoted(
            key=said.id,
            kind=said.kind,
            words=said.words,
            by=staff.job_number,
            present=said.present,
            subject=said.subject,
            contact_phone=_phone(said.contact_phone, desk) if said.contact_phone else None,
        )
        entry = await desk.backend.note_opinion(noted, correlation_id=correlation_id(request))
        await desk.record(staff.job_number, Deed.OPINION_NOTED, about=entry.ticket or f"opinion/{entry.number}")
        return json_response(_shown(entry), status=201)

    return pages


def _report(said: Acceptance, desk: Desk, *, job_number: str, at: datetime) -> Report:
    return Report(
        matter_id=said.id,
        ticket_type=said.ticket_type,
        subject=said.subject,
        service=said.service,
        description=said.description,
        address=said.address,
        contact_phone=_phone(said.contact_phone, desk),
        accepted_at=at,
        requested_at=said.wished_at,
        requested_text=said.wished,
        channel=Channel.COUNTER,
        conversation=f"counter-{said.id}",
        agent=job_number,
        present=said.present,
    )


def _shown(opinion: OpinionView) -> dict[str, Any]:
    """Without a phone that somebody wrote into the book."""
    shown: dict[str, Any] = dumped(OpinionView, opinion)
    return shown | {"words": telemetry.mask(opinion.words)}


def _phone(said: str, desk: Desk) -> str:
    return e164(said, area_code=desk.charter.operator.area_code)
