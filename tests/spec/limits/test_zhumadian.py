"""What zhumadian has published 驻马店市电信 (004): no limit at all, and two averages."""

import pytest

from backend.domain.charter import NoClause
from backend.domain.promise import promises_for
from backend.domain.vocabulary import Cause, Mark, PromiseKind, TicketType
from tests.factories import at, rows


@pytest.mark.parametrize("kind", list(PromiseKind))
@pytest.mark.parametrize("matter", list(TicketType))
def test_nothing_has_a_limit(zhumadian, matter, kind):
    """R1.1–R1.8."""
    assert isinstance(zhumadian.clause(matter=matter, subject="telephone", kind=kind), NoClause)


def test_its_averages_are_told_as_averages_by_their_cause(zhumadian):
    """R1.1, R1.2."""
    for row in rows("""
        原因  | 规则 | 说法
        other | R1.1 | 非电缆原因的故障平均 24 小时内修复
        cable | R1.2 | 电缆原因的故障平均不超过 72 小时
    """):
        none = zhumadian.clause(matter=TicketType.FAULT, subject="telephone", cause=Cause(row["原因"]))
        (figure,) = none.typical
        assert none.reason == "公司没有公布故障修复的办结时限"
        assert (figure.rule, figure.text, figure.mark) == (row["规则"], row["说法"], Mark.SOURCE)


def test_of_a_cause_that_is_not_known_both_averages_are_told(zhumadian):
    none = zhumadian.clause(matter=TicketType.FAULT, subject="telephone")
    assert [figure.within.text for figure in none.typical] == ["24 小时", "72 小时"]


def test_a_fault_is_told_both_averages_with_its_ticket_and_that_they_are_no_promise(zhumadian, calendar):
    (made,) = promises_for(
        charter=zhumadian,
        ticket_type=TicketType.FAULT,
        subject="telephone",
        grade=None,
        district=None,
        accepted_at=at("2026-11-21 20:31"),
        calendar=calendar,
    )
    assert (made.due, made.limit) == (None, None)
    assert made.reason == (
        "公司没有公布故障修复的办结时限。以往统计，非电缆原因的故障平均 24 小时内修复，"
        "电缆原因的故障平均不超过 72 小时，这是平均数，不是承诺"
    )


def test_a_complaint_is_promised_no_time(zhumadian, told):
    """R1.5: the county director reads it himself; when, is not said."""
    told(
        zhumadian,
        """
        事项      | 事由      | 等级  | 地址 | 受理             | 承诺                           | 最迟
        complaint | attitude  | major |      | 2026-11-21 20:31 | 无                             |
        fault     | telephone |       |      | 2026-11-21 20:31 | 无                             |
        """,
    )
