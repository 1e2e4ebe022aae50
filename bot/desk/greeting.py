"""迎宾屏 (R2.7): who greets now, who else is on duty, and what can be accepted at the counter."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from backend.domain.charter import Charter, Clause, NoClause, StaffMember
from backend.domain.hall import lobby_managers
from backend.domain.labels import matter_label
from backend.domain.vocabulary import ComplaintKind, FaultKind, OrderKind, QuestionKind, TicketType

SUBJECTS: Final[Mapping[TicketType, tuple[str, ...]]] = {  # what can be accepted at the counter
    TicketType.FAULT: tuple(FaultKind),
    TicketType.ORDER: tuple(OrderKind),
    TicketType.COMPLAINT: tuple(ComplaintKind),
    TicketType.QUESTION: (QuestionKind.ANSWER, QuestionKind.CALLBACK),
}
NO_LOBBY: Final = "公司没有设大堂经理，由值班负责人接待"
NOBODY_NOW: Final = "大堂经理现在不当班，由值班负责人接待"


def greeting(charter: Charter, *, at: datetime) -> dict[str, Any]:
    """As JSON can hold it. `note`: why nobody of the lobby is named; None where somebody is."""
    on_duty = [member for member in charter.staff if member.on_duty(at=at)]
    lobby = lobby_managers(charter=charter, at=at)
    has_lobby = any(member.lobby for member in charter.staff)
    return {
        "operator": charter.operator.short_name,
        "greeting": charter.wording.greeting,
        "farewell": charter.wording.farewell,
        "lobby": [_member(member) for member in lobby],
        "note": None if lobby else NOBODY_NOW if has_lobby else NO_LOBBY,
        "heads": [_member(member) for member in on_duty if member.is_head],
        "on_duty": [_member(member) for member in on_duty],
        "matters": [
            _matter(charter, ticket_type, subject) for ticket_type, each in SUBJECTS.items() for subject in each
        ],
    }


def _member(member: StaffMember) -> dict[str, Any]:
    return {
        "job_number": member.job_number,
        "title": member.role,
        "phone": member.phone,
        "department": member.department,
        "sample": member.sample,
    }


def _matter(charter: Charter, ticket_type: TicketType, subject: str) -> dict[str, Any]:
    """`promises`: what the charter promises of such a matter, or why it promises nothing; the receipt alone counts."""
    process = charter.processes.get(subject) if ticket_type is TicketType.ORDER else None
    clauses = charter.clauses(matter=ticket_type, subject=subject)
    at_once = charter.on_the_spot is not None and subject in charter.on_the_spot.subjects
    return {
        "ticket_type": ticket_type,
        "subject": subject,
        "label": matter_label(ticket_type=ticket_type, subject=subject),
        "steps": list(process.steps) if process else [],
        "materials": list(process.materials) if process else [],
        "papers": list(charter.papers(ticket_type=ticket_type, subject=subject)),
        "on_the_spot": at_once,
        "sample": process.sample if process else False,
        "promises": [_promise(clause) for clause in clauses],
    }


def _promise(clause: Clause | NoClause) -> dict[str, Any]:
    limit = clause.limit.text if isinstance(clause, Clause) else None
    remark = clause.remark if isinstance(clause, Clause) else clause.told
    return {"kind": clause.kind, "label": clause.label, "limit": limit, "remark": remark}
