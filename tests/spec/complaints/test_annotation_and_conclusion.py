"""批阅、指定专人、作结论: who reads a complaint, who investigates it, and how it ends (R1.5, R2.12)."""

import pytest

from backend.domain.complaint import Conclusion, Finding, Steps, annotate, conclude, name_investigator
from backend.domain.errors import (
    AnnotationNotGiven,
    ComplaintNotAnnotated,
    InvestigatorNotNamed,
    NotAComplaint,
    NotTheirsToAnnotate,
    ReasonMissing,
    RemedyMissing,
    TransitionNotAllowed,
)
from backend.domain.handling import ComplaintHandling
from backend.domain.ownership import who_decides
from backend.domain.staff import Decider, StaffGrade
from backend.domain.vocabulary import ComplaintKind, Mark, TicketStatus, TicketType
from tests.factories import a_member, a_ticket, at

now = at("2026-11-21 15:00")
complaint = a_ticket(ticket_type=TicketType.COMPLAINT, subject=ComplaintKind.ATTITUDE, service=None)
director = a_member("5101", grade=StaffGrade.LEADER, department="suiping")
read_and_investigated = ComplaintHandling(
    annotated_by=Decider.LEADER, investigator_named=True, rule="R1.5", source="004 四", mark=Mark.SOURCE
)
only_read = ComplaintHandling(
    annotated_by=Decider.LEADER, investigator_named=False, rule="R1.5", source="自定", mark=Mark.CONFIGURED
)
everything = Steps(annotated=True, investigator_named=True)
ours = Conclusion(finding=Finding.UPHELD, answer="师傅没有按约定时间到。", remedy="当天重新上门，免收上门费。")


def concluded(ticket=complaint, *, rule=None, steps=everything, conclusion=ours):
    return conclude(ticket, rule=rule, steps=steps, conclusion=conclusion, by="5201", at=now)


def test_r1_5_zhumadian_the_director_annotates_each_complaint_and_names_who_investigates(zhumadian):
    rule = zhumadian.complaint_handling
    assert (rule.annotated_by, rule.investigator_named) == (Decider.LEADER, True)
    annotated = annotate(complaint, rule=rule, member=director, at=now)
    investigated = name_investigator(annotated, rule=rule, member=director, investigator="5201", at=now)
    assert (investigated.handler, investigated.owner) == ("5201", complaint.owner)


def test_r1_5_zhumadian_it_is_the_director_of_the_county_who_reads_it(zhumadian):
    def reader(department):
        asked = {"charter": zhumadian, "at": now, "department": department, "open_matters": dict}
        return who_decides(zhumadian.complaint_handling.annotated_by, **asked).job_number

    assert (reader("suiping"), reader("biyang"), reader(None)) == ("5101", "5109", "5003")


def test_r1_5_nobody_else_annotates_or_names():
    head = a_member("5001", is_head=True)
    with pytest.raises(NotTheirsToAnnotate, match="5001"):
        annotate(complaint, rule=read_and_investigated, member=head, at=now)
    with pytest.raises(NotTheirsToAnnotate):
        name_investigator(complaint, rule=read_and_investigated, member=head, investigator="5201", at=now)


def test_r1_5_where_the_charter_does_not_give_it_nobody_annotates_or_names(jiangxi):
    with pytest.raises(AnnotationNotGiven):
        annotate(complaint, rule=jiangxi.complaint_handling, member=director, at=now)
    with pytest.raises(AnnotationNotGiven):
        name_investigator(complaint, rule=jiangxi.complaint_handling, member=director, investigator="5201", at=now)
    with pytest.raises(AnnotationNotGiven):
        name_investigator(complaint, rule=only_read, member=director, investigator="5201", at=now)


def test_r1_5_before_it_is_annotated_and_investigated_there_is_no_conclusion():
    with pytest.raises(ComplaintNotAnnotated):
        concluded(rule=read_and_investigated, steps=Steps(annotated=False, investigator_named=True))
    with pytest.raises(InvestigatorNotNamed):
        concluded(rule=read_and_investigated, steps=Steps(annotated=True, investigator_named=False))
    assert concluded(rule=read_and_investigated).status is TicketStatus.RESOLVED
    assert concluded(rule=only_read, steps=Steps(annotated=True, investigator_named=False)).resolved_at == now


def test_r1_5_where_the_charter_does_not_ask_for_it_a_complaint_is_concluded_without():
    assert concluded(steps=Steps(annotated=False, investigator_named=False)).status is TicketStatus.RESOLVED


def test_r2_12_where_the_company_is_at_fault_there_is_a_remedy():
    with pytest.raises(RemedyMissing):
        Conclusion(finding=Finding.UPHELD, answer="师傅没有按约定时间到", remedy=" ")
    assert concluded().outcome == "师傅没有按约定时间到；补救：当天重新上门，免收上门费"


def test_r2_12_where_it_is_not_the_answer_is_enough():
    answered = Conclusion(finding=Finding.NOT_UPHELD, answer="费用按公示的标准收取。", remedy="")
    assert concluded(conclusion=answered).outcome == "费用按公示的标准收取"


def test_a_conclusion_settles_a_complaint_that_is_already_in_work_too():
    assert concluded(complaint.start(by="5201", at=now)).status is TicketStatus.RESOLVED


def test_without_an_answer_there_is_no_conclusion():
    with pytest.raises(ReasonMissing):
        concluded(conclusion=Conclusion(finding=Finding.NOT_UPHELD, answer=" ", remedy=""))


@pytest.mark.parametrize("act", [annotate, name_investigator])
def test_only_an_open_complaint_is_annotated_or_given_an_investigator(act):
    said = {"rule": read_and_investigated, "member": director, "at": now}
    if act is name_investigator:
        said["investigator"] = "5201"
    with pytest.raises(NotAComplaint):
        act(a_ticket(), **said)
    with pytest.raises(TransitionNotAllowed):
        act(concluded(), **said)


def test_only_a_complaint_is_concluded():
    with pytest.raises(NotAComplaint):
        concluded(a_ticket())
