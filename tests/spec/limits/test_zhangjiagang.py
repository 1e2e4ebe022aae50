"""What zhangjiagang promises 张家港广电的接报即修 (002): to send and to call, no time for the repair itself."""

import pytest

from backend.domain.charter import ClockStart, NoClause
from backend.domain.promise import promise
from backend.domain.vocabulary import Mark, PromiseKind, TicketType
from tests.factories import CLOSING, at, rows


def test_each_limit_is_the_published_one_with_its_rule_and_place(zhangjiagang):
    """R1.7, R1.8."""
    table = rows("""
        条款     | 时限    | 规则 | 起算
        dispatch | 3 分钟  | R1.7 | acceptance
        contact  | 20 分钟 | R1.8 | receipt
    """)
    published = {clause.key: clause for clause in zhangjiagang.commitments}
    assert set(published) == {row["条款"] for row in table}
    for row in table:
        clause = published[row["条款"]]
        assert (clause.limit.text, clause.rule, clause.starts) == (row["时限"], row["规则"], row["起算"])
        assert (clause.source, clause.mark) == ("002 维修服务“接报即修”制", Mark.SOURCE)


def test_a_digital_tv_fault_is_sent_out_in_3_minutes_at_any_hour_and_no_repair_time_is_promised(zhangjiagang, told):
    """R1.7 for digital TV; R1.1: "within the promised time", without a figure."""
    told(
        zhangjiagang,
        """
        事项  | 事由           | 等级  | 地址 | 受理             | 承诺                                 | 最迟
        fault | no_signal      |       |      | 2027-02-06 03:10 | dispatch；无 | 02-06 03:13
        fault | vod            |       |      | 2026-11-21 20:31 | dispatch；无 | 11-21 20:34
        fault | area           | major |      | 2026-11-21 20:31 | dispatch；无 | 11-21 20:34
        fault | broadband_down |       |      | 2026-11-21 20:31 | 无                                   |
        """,
    )


def test_the_repairer_reaches_the_customer_20_minutes_after_taking_the_order(zhangjiagang, calendar):
    """R1.8: from the receipt, not from the call."""
    clause = zhangjiagang.clause(
        matter=TicketType.FAULT, subject="no_signal", kind=PromiseKind.CONTACT, starts=ClockStart.RECEIPT
    )
    taken = at("2026-11-21 20:40")
    made = promise(clause=clause, accepted_at=taken, calendar=calendar, closing_time=CLOSING)
    assert made.due == at("2026-11-21 21:00")


def test_before_that_receipt_nothing_is_promised_of_a_call(zhangjiagang):
    none = zhangjiagang.clause(matter=TicketType.FAULT, subject="no_signal", kind=PromiseKind.CONTACT)
    assert isinstance(none, NoClause)


@pytest.mark.parametrize(
    ("matter", "subject", "reason"),
    [
        ("order", "install", "公司没有公布安装的办结时限"),
        ("order", "resume", "公司没有公布这项业务的办结时限"),
        ("complaint", "attitude", "公司没有公布投诉的办结时限"),
        ("question", "callback", "公司没有公布这类咨询的答复时限"),
    ],
)
def test_what_it_has_not_published_gets_no_due_time(zhangjiagang, matter, subject, reason):
    """R1.3–R1.6."""
    assert zhangjiagang.clause(matter=TicketType(matter), subject=subject).reason == reason
