"""值班日志 (R2.7): who was on duty, what was noted, and what is unfinished from days before."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from backend.domain.charter import Charter
from backend.domain.hall import DutyNote
from backend.domain.working_time import SHANGHAI
from backend.messages.hall import DutyEnded, DutyLogView, DutyNoted, DutyNoteView, ShiftView
from backend.ports import Store
from backend.refusals import DutyNoteNotFound
from backend.usecases.acts import member_of
from backend.usecases.filing import Terms


def note(*, noted: DutyNoted, terms: Terms, store: Store, now: datetime) -> DutyNoteView:
    """Refuses with StaffUnknown."""
    by = member_of(terms, job_number=noted.by).job_number
    entry = DutyNote(key=noted.key, at=now, written_by=by, text=noted.text.strip(), event=noted.event)
    with store.writing() as tickets:
        return _view(tickets.duty_notes.add(entry))


def end(*, ended: DutyEnded, terms: Terms, store: Store, now: datetime) -> DutyNoteView:
    """了结: an unfinished event. Refuses with StaffUnknown, DutyNoteNotFound, NoEventToEnd."""
    by = member_of(terms, job_number=ended.by).job_number
    with store.writing() as tickets:
        entry = tickets.duty_notes.get(number=ended.number)
        if entry is None:
            raise DutyNoteNotFound(number=ended.number)
        done = entry.end(by=by, at=now, outcome=ended.outcome)
        tickets.duty_notes.save(done)
        return _view(done)


def of_day(*, on: date, charter: Charter, store: Store) -> DutyLogView:
    """A day is one in Asia/Shanghai."""
    start = datetime.combine(on, time(), tzinfo=SHANGHAI)
    with store.reading() as tickets:
        notes = tickets.duty_notes.written(since=start, until=start + timedelta(days=1))
        carried = tickets.duty_notes.carried(to=start)
    return DutyLogView(on=on, shifts=_shifts(charter, on=on), notes=_views(notes), carried=_views(carried))


def _shifts(charter: Charter, *, on: date) -> tuple[ShiftView, ...]:
    shifts = [
        ShiftView(job_number=shift.job_number, title=member.role, start=shift.start, end=shift.end)
        for member in charter.staff
        for shift in member.shifts(on=on)
    ]
    return tuple(sorted(shifts, key=lambda shift: (shift.start, shift.job_number)))


def _views(notes: Sequence[DutyNote]) -> tuple[DutyNoteView, ...]:
    return tuple(map(_view, notes))


def _view(note: DutyNote) -> DutyNoteView:
    return DutyNoteView(
        number=note.number,
        at=note.at,
        by=note.written_by,
        text=note.text,
        event=note.event,
        ended_at=note.ended_at,
        ended_by=note.ended_by,
        outcome=note.outcome,
    )
