"""/desk/api/supervision: figures of a span, the tickets behind each, the sheet of an assessment; each also as CSV."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Final, TypeVar

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from backend.client import BehindAsked, RowView, SpanAsked
from backend.domain.ticket_states import STATUS_LABELS
from backend.domain.working_time import local
from bot.desk.audit import Deed
from bot.desk.gate import PREFIX
from bot.desk.parts import Desk
from bot.desk.shapes import dumped, shaped
from bot.desk.spreadsheet import Cell, sheet
from bot.desk.supervision_tables import BEHIND_LABELS, ROW_HEAD, TABLES, sheet_of_assessment
from bot.desk.who import HEAD, LEADER, SUPERVISOR, staff_of
from bot.errors import PageUnknown, WrongFields
from bot.responses import correlation_id, json_response

WHO: Final = (HEAD, LEADER, SUPERVISOR)
AT_A_TIME: Final = 500  # tickets of an export
MOST: Final = 20_000  # tickets of one file; the rest is of another span

Span = TypeVar("Span", bound=SpanAsked)


def supervision(desk: Desk) -> Blueprint:
    pages = Blueprint("desk_supervision", url_prefix=f"{PREFIX}/supervision")

    @pages.get("/")
    async def figures(request: Request) -> HTTPResponse:
        """?since=2026-11-01&until=2026-12-01: accepted from the first day to before the second."""
        staff_of(request, *WHO)
        found = await desk.backend.supervision(_span(request), correlation_id=correlation_id(request))
        return json_response(dumped(type(found), found))

    @pages.get("/tickets")
    async def behind(request: Request) -> HTTPResponse:
        """?behind=late&since=…&until=…: see `BehindAsked`."""
        staff_of(request, *WHO)
        found = await desk.backend.tickets_behind(_behind(request), correlation_id=correlation_id(request))
        return json_response(dumped(type(found), found))

    @pages.get("/sheet")
    async def assessment(request: Request) -> HTTPResponse:
        staff_of(request, *WHO)
        found = await desk.backend.assessment_sheet(_span(request), correlation_id=correlation_id(request))
        return json_response(dumped(type(found), found))

    @pages.get("/csv/<table:str>")
    async def export(request: Request, table: str) -> HTTPResponse:
        """A table of `TABLES`, `sheet`, or `tickets` with the query of those behind a figure."""
        staff = staff_of(request, *WHO)
        turn = correlation_id(request)
        if table == "tickets":
            asked = _behind(request)
            name, head, rows = (
                f"工单明细 {BEHIND_LABELS[asked.behind]}",
                ROW_HEAD,
                [row async for row in _every(desk, asked, turn)],
            )
        elif table == "sheet":
            found = await desk.backend.assessment_sheet(_span(request), correlation_id=turn)
            name, head, rows = sheet_of_assessment(found)
        elif table in TABLES:
            name, head, rows = TABLES[table](await desk.backend.supervision(_span(request), correlation_id=turn))
        else:
            raise PageUnknown
        span = _span(request)
        await desk.record(staff.job_number, Deed.EXPORTED, about=f"supervision/{table}")
        return sheet(f"{desk.charter.operator.short_name} {name} {span.since} 至 {span.until} 前", head=head, rows=rows)

    return pages


async def _every(desk: Desk, asked: BehindAsked, turn: str) -> AsyncIterator[list[Cell]]:
    """Of more than fit into one file, the last row says so."""
    for offset in range(0, MOST, AT_A_TIME):
        page = replace(asked, offset=offset, limit=AT_A_TIME)
        found = await desk.backend.tickets_behind(page, correlation_id=turn)
        for row in found.rows:
            yield _row(row, desk)
        if offset + AT_A_TIME >= found.total:
            return
    yield [f"共 {found.total} 张工单，这里只有前 {MOST} 张，其余请缩短时间段再导出"]


def _row(row: RowView, desk: Desk) -> list[Cell]:
    area, accepted = desk.charter.area(row.area or ""), f"{local(row.accepted_at):%Y-%m-%d %H:%M}"
    place = area.name if area else row.area
    return [row.number, row.name, STATUS_LABELS[row.status], place, row.owner, row.handler, accepted]


def _span(request: Request) -> SpanAsked:
    span: SpanAsked = shaped(SpanAsked, {name: request.args.get(name) for name in ("since", "until")})
    return _forward(span)


def _behind(request: Request) -> BehindAsked:
    asked: BehindAsked = shaped(BehindAsked, dict(request.get_query_args(keep_blank_values=True)))
    return _forward(asked)


def _forward(span: Span) -> Span:
    """Raises WrongFields."""
    if span.until <= span.since:
        raise WrongFields(what="截止日期要在开始日期之后")
    return span
