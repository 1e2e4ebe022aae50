"""What langzhong promises 南充分公司阆中的限时办结 (003)."""

import pytest

from backend.domain.charter import ClockStart, NoClause
from backend.domain.vocabulary import District, Mark, PromiseKind, TicketType
from tests.factories import rows


def test_each_limit_is_the_published_one_with_its_rule_and_place(langzhong):
    """R1.1–R1.3, R1.5, R5.4."""
    table = rows("""
        条款                 | 时限       | 规则 | 出处
        general_fault_repair | 24 小时    | R1.1 | 003 限时办结制度第三条
        major_fault_repair   | 48 小时    | R1.2 | 003 限时办结制度第三条
        install_old_town     | 3 个工作日 | R1.3 | 003 限时办结制度第四条
        install_qili         | 5 个工作日 | R1.3 | 003 限时办结制度第四条
        complaint_reply      | 3 个工作日 | R1.5 | 003 限时办结制度第四条
        outcome_follow_up    | 72 小时    | R5.4 | 003 客户回访制度第二条
    """)
    published = {clause.key: clause for clause in langzhong.commitments}
    assert set(published) == {row["条款"] for row in table}
    for row in table:
        clause = published[row["条款"]]
        assert (clause.limit.text, clause.rule, clause.source) == (row["时限"], row["规则"], row["出处"])
        assert (clause.mark, clause.effective_from) == (Mark.SOURCE, None)


def test_a_fault_takes_24_hours_a_major_one_48_an_install_3_or_5_working_days(langzhong, told):
    """R1.1–R1.3, R1.5; the National Day week of 2026 and its make-up day between (R1.14)."""
    told(
        langzhong,
        """
        事项      | 事由      | 等级    | 地址     | 受理             | 承诺                 | 最迟
        fault     | no_signal |         | old_town | 2026-11-21 20:31 | general_fault_repair | 11-22 20:31
        fault     | area      | general | qili     | 2026-11-21 20:31 | general_fault_repair | 11-22 20:31
        fault     | area      | major   | qili     | 2026-11-21 20:31 | major_fault_repair   | 11-23 20:31
        fault     | danger    |         |          | 2026-11-21 20:31 | general_fault_repair | 11-22 20:31
        order     | install   |         | old_town | 2026-09-28 10:00 | install_old_town     | 10-08 17:30
        order     | install   |         | qili     | 2026-09-28 10:00 | install_qili         | 10-10 17:30
        complaint | attitude  |         |          | 2026-11-21 20:31 | complaint_reply      | 11-25 17:30
        """,
    )


@pytest.mark.parametrize(
    ("district", "reason"),
    [
        (None, "安装开通的办结时限要看地址属于老城区还是七里新区，这个地址还要核实"),
        (District.RURAL, "公司只公布了老城区、七里新区安装开通的办结时限，没有公布农村的"),
    ],
)
def test_where_the_district_is_not_known_or_has_no_limit_that_is_said(langzhong, district, reason):
    """R1.3: its own districts, no town and country."""
    assert langzhong.clause(matter=TicketType.ORDER, subject="install", district=district).reason == reason


@pytest.mark.parametrize(
    ("matter", "subject", "reason"),
    [
        ("order", "resume", "公司没有公布报开的办结时限"),
        ("order", "relocate", "公司没有公布移机的办结时限"),
        ("question", "callback", "公司没有公布这类咨询的答复时限"),
        ("question", "answer", "公司没有公布这类咨询的答复时限"),
    ],
)
def test_what_it_has_not_published_gets_no_due_time(langzhong, matter, subject, reason):
    """R1.4, R1.6: no limit for resuming, nor for an answer or a call."""
    assert langzhong.clause(matter=TicketType(matter), subject=subject).reason == reason


def test_no_answer_on_the_complaint_line_is_promised(langzhong):
    """R1.6."""
    none = langzhong.clause(matter=TicketType.COMPLAINT, subject="fee", kind=PromiseKind.RESPOND)
    assert isinstance(none, NoClause)


def test_an_orders_outcome_is_followed_up_72_hours_from_its_dispatch(langzhong):
    """R5.4; the start is the operator's own value."""
    found = langzhong.clause(
        matter=TicketType.FAULT, subject="no_signal", kind=PromiseKind.FOLLOW_UP, starts=ClockStart.DISPATCH
    )
    assert (found.key, found.limit.text) == ("outcome_follow_up", "72 小时")
    assert "自定" in found.remark
