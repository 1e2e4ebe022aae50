"""Where no limit is published or known, and what may be told as usual instead (R1.1, R1.2, R1.3)."""

import pytest

from backend.domain.charter import ClockStart, NoClause, Typical
from backend.domain.vocabulary import Cause, District, Mark, PromiseKind, TicketType
from tests.factories import a_charter, a_clause, a_limit, rows

FAULT = {"matter": TicketType.FAULT, "subject": "telephone"}


@pytest.mark.parametrize(
    "row",
    rows("""
        公布的          | 地址     | 原因
        urban rural     |          | 故障修复的办结时限要看地址属于城区还是农村，这个地址还要核实
        old_town qili   |          | 故障修复的办结时限要看地址属于老城区还是七里新区，这个地址还要核实
        old_town qili   | rural    | 公司只公布了老城区、七里新区故障修复的办结时限，没有公布农村的
                        |          | 公司没有公布故障修复的办结时限
                        | rural    | 公司没有公布故障修复的办结时限
    """),
    ids=lambda row: f"{row['公布的']}-{row['地址']}",
)
def test_r1_3_the_reason_speaks_of_the_operators_own_districts(row):
    commitments = tuple(a_clause("3 工作日", district=District(name)) for name in row["公布的"].split())
    district = District(row["地址"]) if row["地址"] else None
    assert a_charter(commitments=commitments).clause(**FAULT, district=district).reason == row["原因"]


def an_average(key: str, cause: Cause | None, **changes: object) -> Typical:
    return Typical(
        key=key, label=key, rule="R1.1", source="004", mark=Mark.SOURCE, text="以往平均", ticket_type=TicketType.FAULT,
        subjects=frozenset({"telephone"}), cause=cause, within=a_limit("24 小时"),
    )  # fmt: skip


AVERAGES = (an_average("not_cable", Cause.OTHER), an_average("cable", Cause.CABLE))


@pytest.mark.parametrize(
    ("cause", "told"), [(Cause.OTHER, ["not_cable"]), (Cause.CABLE, ["cable"]), (None, ["not_cable", "cable"])]
)
def test_r1_1_a_reported_average_is_told_beside_the_reason_and_never_promised(cause, told):
    none = a_charter(typical=AVERAGES).clause(**FAULT, cause=cause)
    assert isinstance(none, NoClause)
    assert [figure.key for figure in none.typical] == told


def test_r1_1_an_average_says_nothing_of_other_matters_or_of_an_answer():
    charter = a_charter(typical=AVERAGES)
    assert charter.clause(matter=TicketType.FAULT, subject="no_signal").typical == ()
    assert charter.clause(matter=TicketType.COMPLAINT, subject="telephone").typical == ()
    assert charter.clause(**FAULT, kind=PromiseKind.CONTACT).typical == ()


def test_r1_8_a_clause_whose_clock_starts_later_is_found_by_that_start():
    contact = a_clause("20 分钟", kind=PromiseKind.CONTACT, starts=ClockStart.RECEIPT)
    charter = a_charter(commitments=(contact,))
    assert charter.clause(**FAULT, kind=PromiseKind.CONTACT, starts=ClockStart.RECEIPT) == contact
    assert charter.clause(**FAULT, kind=PromiseKind.CONTACT).reason == "公司没有公布故障修复的联系时限"


def test_r5_4_a_follow_up_of_any_ticket_is_found_for_each(jiangxi):
    found = jiangxi.clause(
        matter=TicketType.COMPLAINT, subject="fee", kind=PromiseKind.FOLLOW_UP, starts=ClockStart.CALL
    )
    assert found.key == "outcome_follow_up"
