"""A backend that promises what an operator's charter says."""

from __future__ import annotations

from dataclasses import dataclass, fields

import httpx

from backend.calendars import state_council_calendar
from backend.client import PromiseView, Receipt, Report
from backend.domain.charter import Charter
from backend.domain.promise import Promise, promises_for
from backend.domain.vocabulary import TicketStatus
from backend.messages.reports import receipt_to_dict
from tests.contract.answered import NUMBER, OWNER
from tests.contract.backend import Backend


@dataclass
class PromisingBackend(Backend):
    """Promises for a report what the charter says."""

    charter: Charter | None = None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/internal/tickets":
            self.receipt = receipt_to_dict(self._receipt(Report.from_json(request.content)))
        return await super().__call__(request)

    def _receipt(self, report: Report) -> Receipt:
        area = self.charter.area(report.area) if report.area else None
        made = promises_for(
            charter=self.charter,
            ticket_type=report.ticket_type,
            subject=report.subject,
            grade=report.grade,
            district=area.district if area else None,
            accepted_at=report.accepted_at,
            calendar=state_council_calendar(),
        )
        return Receipt(
            ticket_number=NUMBER,
            status=TicketStatus.ACKNOWLEDGED,
            ticket_type=report.ticket_type,
            subject=report.subject,
            accepted_at=report.accepted_at,
            promises=tuple(map(_shown, made)),
            owner=OWNER,
            already_filed=False,
            already_open=False,
            reported_to=None,
        )


def _shown(made: Promise) -> PromiseView:
    facts = {field.name: getattr(made, field.name) for field in fields(PromiseView)}
    return PromiseView(**{**facts, "limit": made.limit.text if made.limit else None})
