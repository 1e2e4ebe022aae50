"""The calls of supervision 监督: counted over many tickets, so with a time limit of their own."""

from backend.calling import Caller, read
from backend.messages.assessments import SHEET, SheetView
from backend.messages.supervision import (
    BEHIND_ASKED,
    ROWS,
    SUPERVISION,
    BehindAsked,
    RowsView,
    SpanAsked,
    SupervisionView,
)


class SupervisionCalls(Caller):
    async def supervision(self, asked: SpanAsked, *, correlation_id: str) -> SupervisionView:
        """Refused where the span ends before it begins."""
        return read(SUPERVISION, await self._get_report("/internal/supervision/", _query(asked), correlation_id))

    async def tickets_behind(self, asked: BehindAsked, *, correlation_id: str) -> RowsView:
        """The tickets behind a figure, the newest acceptance first."""
        wanted = {
            key: str(value) for key, value in BEHIND_ASKED.dump_python(asked, mode="json").items() if value is not None
        }
        return read(ROWS, await self._get_report("/internal/supervision/tickets", wanted, correlation_id))

    async def assessment_sheet(self, asked: SpanAsked, *, correlation_id: str) -> SheetView:
        """Refused where the operator has published no assessment."""
        return read(SHEET, await self._get_report("/internal/supervision/sheet", _query(asked), correlation_id))


def _query(asked: SpanAsked) -> dict[str, str]:
    return {"since": asked.since.isoformat(), "until": asked.until.isoformat()}
