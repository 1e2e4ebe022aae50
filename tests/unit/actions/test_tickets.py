"""哪一张工单: which of several is pointed at."""

import pytest

from actions.filing import number_follows
from actions.tickets import listed, pointed_at
from backend.client import OwnerView, Receipt
from backend.domain.vocabulary import QuestionKind, TicketStatus, TicketType
from tests.factories import at, rows


def a_ticket(number: str, kind: str, matter: str, *, service: str | None = None) -> dict:
    open_ = TicketStatus.ACKNOWLEDGED.value
    return {"number": number, "type": kind, "matter": matter, "service": service, "status": open_}


NET = a_ticket("26112100427", "fault", "宽带上不了网", service="broadband")
TELEVISION = a_ticket("26112100434", "fault", "有线电视无信号", service="tv")
MOVE = a_ticket("26112100442", "order", "移机")
CALL = a_ticket("26112100459", "question", "人工回电")
ALL = [NET, TELEVISION, MOVE, CALL]


@pytest.mark.parametrize(
    "row",
    rows("""
        words              | tickets
        第二张             | 电视
        2                  | 电视
        第一个吧           | 宽带
        宽带那张           | 宽带
        电视的             | 电视
        报修的             | 宽带 电视
        移机那个           | 移机
        不用回电了         | 回电
        刚报的那张         | 宽带
        第六张             |
        撤单               |
    """),
    ids=lambda row: row["words"],
)
def test_a_ticket_is_pointed_at_by_its_place_or_its_matter(row):
    named = {"宽带": NET, "电视": TELEVISION, "移机": MOVE, "回电": CALL}

    assert pointed_at(row["words"], ALL) == [named[name] for name in row["tickets"].split()]


def test_they_are_listed_with_place_matter_and_number():
    assert listed([NET, MOVE]) == ["第一张 宽带上不了网（261121 0042 7）", "第二张 移机（261121 0044 2）"]


def test_who_orders_where_it_is_not_open_hears_that_nothing_is_promised():
    """R2.11: of a report that waited on disk, too."""
    owner = OwnerView(job_number="2001", phone="96130", role="片区客户经理", sample=False)
    receipt = Receipt(
        ticket_number="26112100442",
        status=TicketStatus.ACKNOWLEDGED,
        ticket_type=TicketType.QUESTION,
        subject=QuestionKind.INTEREST,
        accepted_at=at("2026-11-21 10:00"),
        promises=(),
        owner=owner,
        already_filed=False,
        already_open=False,
        reported_to=None,
    )

    said = number_follows(receipt)

    assert "不受理安装，不收钱，也不承诺时限" in said
    assert "工号 2001" in said
