"""追踪落实结果 (R5.4): what is not closed in time is told to customer and owner, once a round."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend import queries, usecases
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import TicketStatus
from backend.ports import Event, Medium
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored
from tests.integration.backend.working import sent, work_off

SPAN = FRIDAY_EVENING + timedelta(hours=72)


@pytest.fixture
def receipt(file):
    return file(a_report())


@pytest.fixture
def move(store, terms, receipt):
    def move(*statuses, at=FRIDAY_EVENING):
        number = TicketNumber.parse(receipt.ticket_number)
        for status in statuses:
            usecases.change_status(
                number=number, to=status, reason="又没信号了", by="1041", terms=terms, store=store, now=at
            )

    return move


@pytest.fixture
def followed_up(store, receipt):
    def followed_up():
        history = queries.read(number=TicketNumber.parse(receipt.ticket_number), store=store)[1]
        return [entry.at for entry in history if entry.event is Event.OUTCOME_FOLLOWED_UP]

    return followed_up


def told(engine, medium=Medium.CONVERSATION):
    return [text for _, text in sent(engine, medium) if "现在是“" in text]


def test_the_customer_hears_within_the_span_how_it_stands_and_who_answers(receipt, store, terms, engine, followed_up):
    for hour in range(73):
        work_off(store, terms, now=FRIDAY_EVENING + timedelta(hours=hour))
    (text,) = told(engine)
    assert "已受理" in text
    assert "承诺最迟 11月21日（周六）18:30，已经超时，正在督办" in text
    assert f"首问责任人工号 {receipt.owner.job_number}" in text
    (at,) = followed_up()
    assert at <= SPAN


def test_the_owner_is_reminded_of_it(receipt, store, terms, engine):
    work_off(store, terms, now=SPAN)
    owner = terms.charter.member(stored(store, receipt).ticket.owner)
    assert [who for who, text in sent(engine, Medium.SMS) if "请落实结果" in text] == [owner.phone]


def test_who_has_left_the_staff_is_stood_in_for_by_the_head(receipt, store, terms, engine):
    left = stored(store, receipt).ticket.owner
    charter = replace(terms.charter, staff=tuple(m for m in terms.charter.staff if m.job_number != left))
    work_off(store, replace(terms, charter=charter), now=SPAN)
    heads = {member.phone for member in charter.staff if member.is_head}
    (who,) = [who for who, text in sent(engine, Medium.SMS) if "请落实结果" in text]
    assert who in heads


def test_what_is_settled_and_waits_for_its_visit_is_not_closed_either(move, store, terms, engine):
    move(TicketStatus.IN_PROGRESS, TicketStatus.RESOLVED)
    work_off(store, terms, now=SPAN - timedelta(hours=1))
    (text,) = told(engine)
    assert "已处理，待回访" in text
    assert "最迟" not in text


def test_what_was_withdrawn_is_not_followed_up(move, store, terms, engine, followed_up):
    move(TicketStatus.CANCELLED)
    work_off(store, terms, now=SPAN)
    assert (told(engine), followed_up()) == ([], [])


def test_a_reopened_matter_is_followed_up_again(move, store, terms, followed_up):
    work_off(store, terms, now=SPAN)
    again = SPAN + timedelta(hours=1)
    move(TicketStatus.IN_PROGRESS, TicketStatus.RESOLVED, TicketStatus.IN_PROGRESS, at=again)
    work_off(store, terms, now=again)
    assert len(followed_up()) == 1
    work_off(store, terms, now=again + timedelta(hours=72))
    assert len(followed_up()) == 2


def test_where_no_limit_is_published_that_is_said(file, store, terms, engine):
    file(a_report(matter_id="m2", ticket_type="order", subject="relocate", contact_phone="+8613807910000"))
    work_off(store, terms, now=SPAN)
    assert [text for text in told(engine) if "没有公布" in text]
