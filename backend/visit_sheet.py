"""The call sheet of return visits 回访呼叫单: whom to call now, what to ask, and who is better called later."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Final

from backend.desk_views import rows_shown
from backend.domain.board import View
from backend.domain.charter import Charter
from backend.domain.visit import Visit
from backend.masking import without_phones
from backend.messages.desk import BoardRow, VisitView
from backend.messages.visit_sheet import CallRow, ScriptView, SheetAsked, VisitSheet
from backend.ports import Filed, Store
from backend.ports.board import Wanted
from backend.usecases.acts import member_of
from backend.usecases.filing import Terms
from backend.usecases.visit_question import script
from backend.usecases.visiting import between_tries

MOST: Final = 200  # those that fall due first
NEVER: Final = datetime.max.replace(tzinfo=UTC)


def visit_sheet(*, asked: SheetAsked, terms: Terms, store: Store, now: datetime) -> VisitSheet:
    """Who may be called now stands first, by when the visit falls due; who was tried a while ago waits for the next
    try. Refuses with StaffUnknown."""
    member_of(terms, job_number=asked.by)
    charter = terms.charter
    wanted = Wanted(
        view=View.VISITS, job_number=asked.by, areas=(), handlers=(), ticket_type=None, area=asked.area or None
    )
    with store.reading() as tickets:
        page = tickets.board.page(wanted, now=now, offset=0, limit=MOST)
        tried = [
            tickets.visits.of_round(number=filed.ticket.number, round=filed.ticket.times_reopened)
            for filed in page.filed
        ]
    shown = rows_shown(list(zip(page.filed, page.urges, strict=True)), charter=charter, now=now)
    rows = [
        _row(filed, row, tries, by=asked.by, charter=charter)
        for filed, row, tries in zip(page.filed, shown, tried, strict=True)
    ]
    quiet = charter.operator.quiet_hours
    return VisitSheet(
        published=bool(charter.return_visits),
        times=charter.visit_attempts.times if charter.visit_attempts else None,
        content_from=charter.visit_marks.content_from if charter.visit_marks else None,
        quiet_until=quiet.after(now) if quiet.hold(at=now) else None,
        rows=tuple(sorted(rows, key=lambda each: _order(each, now=now))),
        total=page.total,
    )


def _row(filed: Filed, row: BoardRow, tried: Sequence[Visit], *, by: str, charter: Charter) -> CallRow:
    ticket, times = filed.ticket, charter.visit_attempts.times if charter.visit_attempts else 0
    last = tried[-1] if tried else None
    again = charter.operator.quiet_hours.after(last.at + between_tries(ticket, times=times)) if last else None
    said = script(ticket, by=by, charter=charter)
    return CallRow(
        row=row,
        outcome=without_phones(ticket.outcome),
        resolved_at=ticket.resolved_at,
        tried=len(tried),
        last=_visit_view(last) if last else None,
        again_at=min(again, row.next.due) if again and row.next else again,
        script=ScriptView(**{**asdict(said), "conduct": {str(key): text for key, text in said.conduct.items()}}),
    )


def _order(each: CallRow, *, now: datetime) -> tuple[bool, datetime, datetime]:
    waits = each.again_at is not None and each.again_at > now
    return waits, each.row.next.due if each.row.next else NEVER, each.row.accepted_at


def _visit_view(visit: Visit) -> VisitView:
    return VisitView(
        attempt=visit.attempt,
        at=visit.at,
        by=visit.by,
        outcome=visit.outcome,
        satisfaction=visit.satisfaction,
        conduct=None,
        remark=without_phones(visit.remark),
    )
