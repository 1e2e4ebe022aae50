"""投诉: read, investigated and concluded; the customer hears the result, and where we are at fault the remedy."""

from datetime import timedelta

import pytest

from backend.calendars import state_council_calendar
from backend.charter_book import CharterBook
from backend.domain.complaint import Finding
from backend.domain.errors import AnnotationNotGiven, ComplaintNotAnnotated, ComplaintNotConcluded
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import ComplaintKind, Service, TicketStatus, TicketType
from backend.messages.acts import Resolved
from backend.messages.complaints import Annotate, Conclude, NameInvestigator
from backend.ports import Event, Medium
from backend.refusals import StaffUnknown
from backend.store.accounts import TableAccounts
from backend.store.repository import SqlStore
from backend.usecases import annotations, complaints, dispatching
from backend.usecases import tickets as usecases
from backend.usecases.filing import Terms
from backend.work.consequences import Consequences
from tests.integration.backend.support import FRIDAY_EVENING, ROOT, a_report, stored
from tests.integration.backend.working import sent, work_off

LATER = FRIDAY_EVENING + timedelta(hours=2)
A_COMPLAINT = {"ticket_type": TicketType.COMPLAINT, "subject": ComplaintKind.OVERDUE, "description": "约好不来"}


class Desk:
    """Files one complaint with an operator, and acts on it."""

    def __init__(self, operator, engine, **said):
        book = CharterBook(operator=operator, root=ROOT / "charters")
        self.terms = Terms(charter=book.newest, calendar=state_council_calendar())
        self.store = SqlStore(engine, follow=Consequences(charters=book).follow)
        self.receipt = usecases.accept(
            report=a_report(**(A_COMPLAINT | said)),
            terms=self.terms,
            store=self.store,
            accounts=TableAccounts(self.store),
            now=FRIDAY_EVENING,
        )

    def work_off(self):
        work_off(self.store, self.terms, now=FRIDAY_EVENING)

    def do(self, use_case, shape, **said):
        act = shape(request_id=f"{shape.__name__}-1", ticket_number=self.receipt.ticket_number, **said)
        return use_case(act=act, terms=self.terms, store=self.store, now=LATER)

    def conclude(self, **said):
        usual = {"by": "1005", "finding": Finding.UPHELD, "answer": "师傅没有按约定时间到", "remedy": "今晚八点前上门"}
        return self.do(complaints.conclude, Conclude, **(usual | said))

    @property
    def ticket(self):
        return stored(self.store, self.receipt).ticket

    def details(self, event):
        with self.store.reading() as tickets:
            history = tickets.history(numbers=[self.ticket.number])[self.ticket.number]
        return [dict(entry.detail) for entry in history if entry.event is event]


@pytest.fixture
def jiangxi(engine):
    return Desk("jiangxi", engine)


@pytest.fixture
def zhumadian(engine):
    return Desk("zhumadian", engine, address="遂平县瞿阳大道66号", service=Service.TELEPHONE)


def test_r1_5_each_complaint_goes_to_the_county_director_at_filing(zhumadian, engine):
    zhumadian.work_off()
    ((phone, text),) = [message for message in sent(engine, Medium.SMS) if "请批阅" in message[1]]
    director = zhumadian.terms.charter.member("5101")
    assert phone == director.phone
    assert "约好不来" in text
    assert zhumadian.details(Event.ANNOTATION_ASKED) == [{"leader": "5101"}]


def test_r1_5_it_is_annotated_given_to_an_investigator_and_only_then_concluded(zhumadian, engine):
    with pytest.raises(ComplaintNotAnnotated):
        zhumadian.conclude(by="5201")
    zhumadian.do(complaints.annotate, Annotate, by="5101", text="三天内查清，给客户一个说法")
    with pytest.raises(StaffUnknown):
        zhumadian.do(complaints.name_investigator, NameInvestigator, by="5101", to="9999")
    zhumadian.do(complaints.name_investigator, NameInvestigator, by="5101", to="5031")

    assert (zhumadian.ticket.handler, zhumadian.ticket.owner) == ("5031", zhumadian.receipt.owner.job_number)
    investigator = zhumadian.terms.charter.member("5031")
    assert [phone for phone, text in sent(engine, Medium.SMS) if "指定您调查" in text] == [investigator.phone]
    zhumadian.conclude(by="5031")
    assert zhumadian.ticket.status is TicketStatus.RESOLVED


def test_r1_5_who_has_read_it_already_is_not_asked(zhumadian):
    zhumadian.do(complaints.annotate, Annotate, by="5101", text="请查清")
    zhumadian.work_off()
    assert zhumadian.details(Event.ANNOTATION_ASKED) == []


def test_r1_5_what_waits_for_the_director_is_listed_until_it_has_its_investigator(zhumadian):
    def awaited():
        found = annotations.awaited(charter=zhumadian.terms.charter, store=zhumadian.store)
        return [(each.ticket, each.annotated, each.investigator_named) for each in found.awaited]

    number = zhumadian.receipt.ticket_number
    assert awaited() == [(number, False, False)]
    zhumadian.do(complaints.annotate, Annotate, by="5101", text="请查清")
    assert awaited() == [(number, True, False)]
    zhumadian.do(complaints.name_investigator, NameInvestigator, by="5101", to="5031")
    assert awaited() == []


def test_r1_5_where_complaints_are_not_annotated_nothing_waits_for_it(jiangxi):
    found = annotations.awaited(charter=jiangxi.terms.charter, store=jiangxi.store)

    assert (found.rule, found.awaited) == (None, ())


def test_r1_5_the_other_operators_have_no_such_act(jiangxi, engine):
    with pytest.raises(AnnotationNotGiven):
        jiangxi.do(complaints.annotate, Annotate, by="1003", text="请查清")
    jiangxi.work_off()
    assert not [text for _, text in sent(engine, Medium.SMS) if "请批阅" in text]


def test_r2_12_the_customer_is_told_the_result_and_the_remedy(jiangxi, engine):
    jiangxi.conclude()
    ((_, text),) = [told for told in sent(engine, Medium.CONVERSATION) if "我们的责任" in told[1]]
    assert text.startswith("对不起")
    assert "今晚八点前上门" in text
    assert jiangxi.ticket.owner in text


def test_r2_12_what_was_our_fault_is_a_fact_that_accountability_can_read(jiangxi):
    with pytest.raises(StaffUnknown):
        jiangxi.conclude(staff="9999")
    jiangxi.conclude(staff="1024")
    assert jiangxi.details(Event.COMPLAINT_UPHELD) == [
        {"remedy": "今晚八点前上门", "staff": "1024", "request": "Conclude-1"}
    ]


def test_a_complaint_without_our_fault_is_answered_and_not_upheld(jiangxi, engine):
    jiangxi.conclude(finding=Finding.NOT_UPHELD, answer="师傅按时到了，家里没有人", remedy="")
    assert jiangxi.details(Event.COMPLAINT_UPHELD) == []
    assert len(jiangxi.details(Event.COMPLAINT_NOT_UPHELD)) == 1
    assert [told for told in sent(engine, Medium.CONVERSATION) if "已经查清" in told[1]]


def test_r2_12_no_other_way_settles_a_complaint(jiangxi):
    """Neither TMF621's PATCH nor the act `resolve`."""
    number = TicketNumber.parse(jiangxi.receipt.ticket_number)
    move = {"number": number, "by": "1005", "terms": jiangxi.terms, "store": jiangxi.store, "now": LATER}
    usecases.change_status(to=TicketStatus.IN_PROGRESS, reason="", **move)
    with pytest.raises(ComplaintNotConcluded):
        usecases.change_status(to=TicketStatus.RESOLVED, reason="办好了", **move)
    with pytest.raises(ComplaintNotConcluded):
        jiangxi.do(dispatching.resolve, Resolved, by="1005", reason="办好了")
    assert jiangxi.ticket.status is TicketStatus.IN_PROGRESS


def test_r2_12_a_reopened_complaint_is_concluded_anew(jiangxi):
    jiangxi.conclude()
    number = TicketNumber.parse(jiangxi.receipt.ticket_number)
    move = {"number": number, "by": "1005", "terms": jiangxi.terms, "store": jiangxi.store, "now": LATER}
    usecases.change_status(to=TicketStatus.IN_PROGRESS, reason="没有来", **move)
    with pytest.raises(ComplaintNotConcluded):
        usecases.change_status(to=TicketStatus.RESOLVED, reason="办好了", **move)
