"""重大投诉 R1.16: a complaint that a rule makes major is in the leader's hands when it is filed, and says why."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from backend import complaints, queries, usecases
from backend.api.tmf621_ticket import trouble_ticket
from backend.client import Receipt
from backend.complaint_messages import Conclude
from backend.domain.account import Account
from backend.domain.complaint import Finding
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import ComplaintKind, Grade, TicketStatus, TicketType
from backend.ports import AccountsUnavailable, Entry, Event, Filed
from backend.urgent import WHY
from tests.factories import an_account
from tests.integration.backend.support import FRIDAY_EVENING, a_report

DAY_HEAD = "1001"
A_COMPLAINT = {"ticket_type": TicketType.COMPLAINT, "subject": ComplaintKind.FEE, "service": None, "address": None}
FEE = "投诉收费：平白扣了我一千二百八十块"
MONEY = f"重大投诉：涉及金额（1280 元）。{WHY}"
BY_ACCOUNT = f"重大投诉：重要客户（客户资料）。{WHY}"


class AwayAccounts:
    """The operator's own system, which does not answer."""

    def of_number(self, *, number: str) -> Account | None:
        raise AccountsUnavailable(f"no answer about {number}")

    def of_phone(self, *, phone: str) -> Sequence[Account]:
        raise AccountsUnavailable(f"no answer about {phone}")


@pytest.fixture
def complain(file):  # type: ignore[no-untyped-def]
    def complain(description: str, **said: object) -> Receipt:
        return file(a_report(**(A_COMPLAINT | {"description": description, "matter_id": description} | said)))

    return complain


@pytest.fixture
def read(store):  # type: ignore[no-untyped-def]
    def read(receipt: Receipt) -> tuple[Filed, list[Entry]]:
        filed, history = queries.read(number=TicketNumber.parse(receipt.ticket_number), store=store)
        return filed, list(history)

    return read


def test_r1_16_a_major_complaint_is_filed_into_the_leaders_hands_with_its_reason(complain, read):
    receipt = complain(FEE)

    filed, history = read(receipt)
    assert (receipt.grade, receipt.reported_to) == (Grade.MAJOR, DAY_HEAD)
    assert (filed.ticket.grade, filed.ticket.handler) == (Grade.MAJOR, DAY_HEAD)
    assert [entry.event for entry in history] == [Event.FILED, Event.REPORTED_TO_LEADER]
    assert history[-1].reason == MONEY


def test_r1_16_whoever_answers_sees_why_through_the_public_interface(complain, read):
    filed, history = read(complain(FEE))

    shown = trouble_ticket(filed, history=history, url="http://backend")

    assert (shown["severity"], shown["priority"]) == ("major", "Critical")
    assert shown["note"][0]["text"] == f"{MONEY}：工号 {DAY_HEAD}"


def test_r1_20_any_other_complaint_is_general_and_reported_to_nobody(complain, read):
    receipt = complain("投诉收费：多扣了我二十块")

    assert (receipt.grade, receipt.reported_to) == (Grade.GENERAL, None)
    assert [entry.event for entry in read(receipt)[1]] == [Event.FILED]


def test_r1_20_the_same_words_make_no_fault_major(file):
    receipt = file(a_report(description="修了三次还没信号，我找记者曝光，赔我一万块"))

    assert (receipt.grade, receipt.reported_to) == (Grade.GENERAL, None)


def test_r1_20_a_major_complaint_is_promised_what_any_complaint_is(complain):
    assert [promise.due for promise in complain(FEE).promises] == [
        promise.due for promise in complain("投诉收费：乱收费，多扣了二十块").promises
    ]


def test_r1_16_the_third_complaint_of_a_kind_is_major_without_a_word_of_it(complain, read):
    stories = ("投诉收费：多扣了月租", "投诉收费：没问我就开通影视包", "投诉收费：押金迟迟不退还")

    grades = [complain(story).grade for story in stories]

    assert grades == [Grade.GENERAL, Grade.GENERAL, Grade.MAJOR]


def test_r1_16_a_withdrawn_complaint_is_not_counted(complain, store, terms):
    for story in ("投诉收费：多扣了月租", "投诉收费：没问我就开通影视包"):
        number = TicketNumber.parse(complain(story).ticket_number)
        usecases.change_status(
            number=number,
            to=TicketStatus.CANCELLED,
            reason="客户撤回",
            by="partner",
            terms=terms,
            store=store,
            now=FRIDAY_EVENING,
        )

    assert complain("投诉收费：押金迟迟不退还").grade is Grade.GENERAL


@pytest.mark.parametrize(("repairs", "grade"), [(2, Grade.GENERAL), (3, Grade.MAJOR)])
def test_r1_16_a_fault_reported_three_times_makes_the_complaint_about_it_major(file, complain, repairs, grade):
    for time in range(repairs):
        file(a_report(matter_id=f"repair-{time}"))

    assert complain("投诉反复故障：修不好", subject=ComplaintKind.REPEAT_FAULT).grade is grade


@pytest.mark.parametrize(("important", "grade"), [(True, Grade.MAJOR), (False, Grade.GENERAL)])
def test_r1_16_a_complaint_of_an_important_customer_is_major(complain, read, store, important, grade):
    with store.writing() as tickets:
        tickets.customers.put([an_account(phone=a_report().contact_phone, important=important)])

    receipt = complain("投诉收费：多扣了我二十块")

    assert receipt.grade is grade
    assert [entry.reason for entry in read(receipt)[1]] == [None, *([BY_ACCOUNT] if important else [])]


def test_r1_20_an_important_customers_fault_is_general(file, store):
    with store.writing() as tickets:
        tickets.customers.put([an_account(phone=a_report().contact_phone, important=True)])

    assert file(a_report()).grade is Grade.GENERAL


def test_with_the_customer_system_away_a_complaint_is_filed_and_the_log_says_what_is_unknown(store, terms):
    report = a_report(**A_COMPLAINT, description="投诉收费：多扣了我二十块")

    with capture_logs() as lines:
        receipt = usecases.accept(report=report, terms=terms, store=store, accounts=AwayAccounts(), now=FRIDAY_EVENING)

    assert receipt.grade is Grade.GENERAL
    assert [(line["event"], line["matter_id"]) for line in lines] == [
        ("complaint.importance_unknown", report.matter_id)
    ]


def test_r1_16_what_is_added_to_an_open_complaint_may_make_it_major(complain, read):
    first = complain("投诉收费：这个月乱扣我的套餐钱")

    again = complain("投诉收费：这个月乱扣我的套餐钱，再不退就找记者")

    filed, history = read(first)
    assert again.ticket_number == first.ticket_number
    assert (again.grade, again.reported_to) == (Grade.MAJOR, DAY_HEAD)
    assert [entry.event for entry in history] == [Event.FILED, Event.REPORTED_TO_LEADER, Event.URGED]
    assert "记者" in str(history[1].reason)
    assert filed.ticket.owner == first.owner.job_number
    assert again.promises == first.promises


def test_r1_16_a_major_complaint_that_comes_back_is_reported_again(complain, read, store, terms):
    first = complain(FEE)
    number, now = TicketNumber.parse(first.ticket_number), FRIDAY_EVENING + timedelta(hours=1)
    refunded = Conclude(
        request_id="r1",
        ticket_number=first.ticket_number,
        by=DAY_HEAD,
        finding=Finding.UPHELD,
        answer="扣错了",
        remedy="已退款",
    )
    complaints.conclude(act=refunded, terms=terms, store=store, now=now)
    again = {"to": TicketStatus.IN_PROGRESS, "reason": "没退到", "by": "partner"}
    usecases.change_status(number=number, terms=terms, store=store, now=now, **again)

    reports = [entry for entry in read(first)[1] if entry.event is Event.REPORTED_TO_LEADER]
    assert [entry.detail["leader"] for entry in reports] == [DAY_HEAD, DAY_HEAD]
