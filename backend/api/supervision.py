"""/internal/supervision: figures of a span, the tickets behind them, and the sheet of an assessment."""

from collections.abc import Mapping
from typing import Any, Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from backend.api.context import backend_of, in_thread
from backend.messages.assessments import SHEET
from backend.messages.reports import shaped_value
from backend.messages.supervision import BEHIND_ASKED, ROWS, SPAN_ASKED, SUPERVISION
from backend.usecases import assessment
from backend.usecases import supervision as use_cases

supervision: Final = Blueprint("supervision", url_prefix="/internal/supervision")


@supervision.get("/")
async def tell_figures(request: Request) -> HTTPResponse:
    """?since=2026-11-01&until=2026-12-01: of the tickets accepted from the first day to before the second."""
    backend, asked = backend_of(request), shaped_value(SPAN_ASKED, _query(request))
    found = await in_thread(
        use_cases.supervise, asked=asked, charter=backend.charters.newest, store=backend.store, now=backend.clock()
    )
    return json(SUPERVISION.dump_python(found, mode="json"))


@supervision.get("/tickets")
async def tell_tickets(request: Request) -> HTTPResponse:
    """?behind=late&since=…&until=…&area=…: those behind a figure; see `BehindAsked`."""
    backend, asked = backend_of(request), shaped_value(BEHIND_ASKED, _query(request))
    found = await in_thread(
        use_cases.behind, asked=asked, charter=backend.charters.newest, store=backend.store, now=backend.clock()
    )
    return json(ROWS.dump_python(found, mode="json"))


@supervision.get("/sheet")
async def tell_sheet(request: Request) -> HTTPResponse:
    """?since=…&until=…: a line for each area, person and department; points where the span is a month."""
    backend, asked = backend_of(request), shaped_value(SPAN_ASKED, _query(request))
    use_cases.span_of(asked)
    found = await in_thread(
        assessment.sheet,
        since=asked.since,
        until=asked.until,
        charter=backend.charters.newest,
        store=backend.store,
        now=backend.clock(),
    )
    return json(SHEET.dump_python(found, mode="json"))


def _query(request: Request) -> Mapping[str, Any]:
    return dict(request.get_query_args(keep_blank_values=True))
