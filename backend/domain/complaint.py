"""Complaints 投诉: annotated and given an investigator where the charter says so (R1.5), and concluded – where the
company is at fault, with a remedy (R2.12)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from backend.domain.errors import (
    AnnotationNotGiven,
    ComplaintNotAnnotated,
    InvestigatorNotNamed,
    NotAComplaint,
    NotTheirsToAnnotate,
    RemedyMissing,
)
from backend.domain.handling import ComplaintHandling
from backend.domain.staff import StaffMember
from backend.domain.ticket import OPEN, Ticket
from backend.domain.vocabulary import TicketStatus, TicketType


class Finding(StrEnum):
    UPHELD = "upheld"  # 属实: the company is at fault
    NOT_UPHELD = "not_upheld"  # 不属于公司责任


@dataclass(frozen=True, kw_only=True)
class Conclusion:
    """调查结论. Where the company is at fault, there is a remedy 补救 (R2.12)."""

    finding: Finding
    answer: str
    remedy: str

    def __post_init__(self) -> None:
        if self.finding is Finding.UPHELD and not self.remedy.strip():
            raise RemedyMissing

    @property
    def text(self) -> str:
        """Without a full stop."""
        answer, remedy = (said.strip().rstrip("。") for said in (self.answer, self.remedy))
        return f"{answer}；补救：{remedy}" if remedy else answer


@dataclass(frozen=True, kw_only=True)
class Steps:
    """What has been done about a complaint so far; a reopening undoes none of it."""

    annotated: bool
    investigator_named: bool


def annotate(ticket: Ticket, *, rule: ComplaintHandling | None, member: StaffMember, at: datetime) -> Ticket:
    """批阅. Refuses with NotAComplaint, AnnotationNotGiven, NotTheirsToAnnotate, TransitionNotAllowed."""
    _for_whom_the_charter_names(ticket, rule=rule, member=member, verb="批阅")
    return ticket.noted(by=member.job_number, at=at)


def name_investigator(
    ticket: Ticket, *, rule: ComplaintHandling | None, member: StaffMember, investigator: str, at: datetime
) -> Ticket:
    """指定专人: who handles it from now on; the owner stays (R2.10). Refuses as `annotate` does."""
    its_rule = _for_whom_the_charter_names(ticket, rule=rule, member=member, verb="指定专人")
    if not its_rule.investigator_named:
        raise AnnotationNotGiven
    return replace(ticket.noted(by=member.job_number, at=at), handler=investigator)


def conclude(
    ticket: Ticket, *, rule: ComplaintHandling | None, steps: Steps, conclusion: Conclusion, by: str, at: datetime
) -> Ticket:
    """作结论: settles the complaint. Refuses with NotAComplaint, TransitionNotAllowed, and with ComplaintNotAnnotated
    or InvestigatorNotNamed where the charter wants it."""
    _only_open_complaints(ticket, verb="作结论")
    if rule and not steps.annotated:
        raise ComplaintNotAnnotated
    if rule and rule.investigator_named and not steps.investigator_named:
        raise InvestigatorNotNamed
    if ticket.status is not TicketStatus.IN_PROGRESS:
        ticket = ticket.start(by=by, at=at)
    return ticket.resolve(by=by, at=at, outcome=conclusion.text)


def _for_whom_the_charter_names(
    ticket: Ticket, *, rule: ComplaintHandling | None, member: StaffMember, verb: str
) -> ComplaintHandling:
    _only_open_complaints(ticket, verb=verb)
    if rule is None:
        raise AnnotationNotGiven
    if not member.may_decide(rule.annotated_by):
        raise NotTheirsToAnnotate(job_number=member.job_number)
    return rule


def _only_open_complaints(ticket: Ticket, *, verb: str) -> None:
    if ticket.ticket_type is not TicketType.COMPLAINT:
        raise NotAComplaint(verb=verb)
    ticket.only_from(OPEN, verb=verb)
