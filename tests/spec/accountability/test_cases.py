"""责任追究: what a breach is held to account for, by whom it is decided, and that the person is heard first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.domain.accountability import Answerable, Gravity, Heavier, Lighter
from backend.domain.accountability_case import Breach, Case, CaseState, Step, acts_before
from backend.domain.errors import (
    CaseDecided,
    CircumstanceNotGiven,
    GravityNotGiven,
    NotHeardYet,
    NotTheirsToJudge,
    ReasonMissing,
)
from backend.domain.staff import StaffGrade
from tests.factories import a_member, a_ticket, at

NOW = at("2026-11-25 10:00")
LEADER = a_member("leader", grade=StaffGrade.LEADER, department="repairs")
COMPANY = a_member("company", grade=StaffGrade.LEADER)
SUPERVISOR = a_member("supervisor", grade=StaffGrade.SUPERVISOR)


def a_case(**changes):
    case = Case(
        key="breach",
        ticket=a_ticket().number,
        breach=Breach.LATE,
        what="一般故障修复",
        due=at("2026-11-22 10:00"),
        kept_at=None,
        against=Answerable.PERSON,
        answerable="1024",
        department="repairs",
        opened_at=at("2026-11-22 10:00"),
    )
    return replace(case, **changes)


def heard(**changes):
    return a_case(**changes).hear(by="1001", at=NOW, statement="当天暴雨，路断了")


@pytest.fixture
def decided(jiangxi):
    def decided(case, *, by=LEADER, gravity=Gravity.LIGHT, reason="没有提前联系客户", charter=jiangxi, **circumstances):
        rules = charter.accountability
        return case.decide(rules=rules, by=by, at=NOW, gravity=gravity, reason=reason, **circumstances)

    return decided


def test_r6_1_a_case_says_how_late_it_was_and_counts_on_while_the_promise_is_not_kept():
    assert a_case().late_by(now=NOW) == timedelta(days=3)
    assert a_case(kept_at=at("2026-11-22 11:00")).late_by(now=NOW) == timedelta(hours=1)
    assert a_case(due=None).late_by(now=NOW) is None


@pytest.mark.parametrize(
    ("gravity", "measures"),
    [
        (Gravity.LIGHT, ("告诫",)),
        (Gravity.SERIOUS, ("取消评优评先资格", "可给予机构负责人警告处分")),
        (Gravity.GRAVE, ("通报批评", "行政和经济处罚", "追究主要负责人的领导责任")),
    ],
)
def test_r6_2_each_grade_has_the_measures_of_the_charter(decided, gravity, measures):
    case = decided(heard(), gravity=gravity)

    assert (case.state, case.gravity, case.measures) == (CaseState.DECIDED, gravity, measures)


def test_r6_2_a_grade_that_the_operator_has_no_measure_for_is_not_given(decided, zhumadian):
    with pytest.raises(GravityNotGiven, match="情节较轻"):
        decided(heard(), charter=zhumadian)


def test_r6_3_two_acts_in_a_year_are_heavier_without_being_named(decided):
    assert decided(heard(), acts_before=0).heavier == ()
    assert decided(heard(), acts_before=1).heavier == (Heavier.REPEATED,)


def test_r6_3_where_the_operator_counts_none_only_what_is_named_is_heavier(decided, zhumadian):
    assert decided(heard(), charter=zhumadian, gravity=Gravity.GRAVE, acts_before=5).heavier == ()


def test_r6_3_only_what_was_punished_within_the_year_and_of_the_same_person_counts():
    punished = a_case(key="before", state=CaseState.DECIDED, opened_at=at("2025-12-01 10:00"))
    others = [
        punished,
        replace(punished, key="long ago", opened_at=at("2025-11-01 10:00")),
        replace(punished, key="dismissed", state=CaseState.DISMISSED),
        replace(punished, key="another's", answerable="1025"),
        replace(punished, key="of the department", against=Answerable.DEPARTMENT),
        replace(punished, key="later", opened_at=at("2026-11-23 10:00")),
        a_case(state=CaseState.DECIDED),
    ]

    assert acts_before(others, case=a_case()) == 1


def test_r6_3_a_department_is_the_same_under_another_head():
    before = a_case(key="before", state=CaseState.DECIDED, against=Answerable.DEPARTMENT, answerable="its former head")

    assert acts_before([before], case=a_case(against=Answerable.DEPARTMENT)) == 1


def test_r6_3_and_r6_4_circumstances_are_kept_with_the_decision(decided):
    case = decided(heard(), heavier=[Heavier.OBSTRUCTED], lighter=[Lighter.MADE_GOOD, Lighter.APOLOGISED])

    assert (case.heavier, case.lighter) == ((Heavier.OBSTRUCTED,), (Lighter.APOLOGISED, Lighter.MADE_GOOD))


def test_r6_4_a_circumstance_that_the_operator_does_not_have_is_refused(decided, zhumadian):
    with pytest.raises(CircumstanceNotGiven, match="apologised"):
        decided(heard(), charter=zhumadian, gravity=Gravity.GRAVE, lighter=[Lighter.APOLOGISED])


def test_r6_5_the_person_is_heard_before_anything_is_decided(decided):
    with pytest.raises(NotHeardYet, match="先听当事人陈述和申辩"):
        decided(a_case())

    assert heard().statement == "当天暴雨，路断了"


def test_r6_5_where_the_charter_does_not_ask_for_it_it_may_be_decided_unheard(decided, jiangxi):
    lenient = replace(jiangxi, accountability=replace(jiangxi.accountability, heard_first=False))

    assert decided(a_case(), charter=lenient).state is CaseState.DECIDED


def test_r6_5_an_empty_statement_or_decision_is_none(decided):
    with pytest.raises(ReasonMissing, match="登记陈述申辩"):
        a_case().hear(by="1001", at=NOW, statement=" ")
    with pytest.raises(ReasonMissing, match="决定责任追究"):
        decided(heard(), reason=" ")


def test_r6_5_where_there_was_no_responsibility_it_is_dismissed_with_the_reason(jiangxi):
    case = a_case().dismiss(rules=jiangxi.accountability, by=LEADER, at=NOW, reason="客户自己改约")

    assert (case.state, case.reason, case.decided_by) == (CaseState.DISMISSED, "客户自己改约", "leader")
    assert (case.measures, case.carried_out_from) == ((), None)


def test_r6_5_what_is_decided_is_neither_heard_nor_decided_again(decided, jiangxi):
    case = decided(heard())

    with pytest.raises(CaseDecided, match="已决定"):
        case.hear(by="1001", at=NOW, statement="再说一句")
    with pytest.raises(CaseDecided):
        decided(case)
    with pytest.raises(CaseDecided):
        case.dismiss(rules=jiangxi.accountability, by=LEADER, at=NOW, reason="算了")


@pytest.mark.parametrize(
    ("operator", "against", "may"),
    [
        ("jiangxi", Answerable.PERSON, {"leader", "company", "supervisor"}),
        ("jiangxi", Answerable.DEPARTMENT, {"company", "supervisor"}),
        ("langzhong", Answerable.PERSON, {"leader", "company", "supervisor"}),
        ("langzhong", Answerable.DEPARTMENT, {"supervisor"}),
        ("zhumadian", Answerable.PERSON, {"leader", "company"}),
        ("zhumadian", Answerable.DEPARTMENT, {"leader", "company"}),
    ],
)
def test_r6_6_it_is_decided_by_whom_the_charter_names(decided, request, operator, against, may):
    charter, agent = request.getfixturevalue(operator), a_member("agent")
    for member in (LEADER, COMPANY, SUPERVISOR, agent):
        case = heard(against=against)
        if member.job_number in may:
            assert decided(case, by=member, charter=charter, gravity=Gravity.GRAVE).decided_by == member.job_number
        else:
            with pytest.raises(NotTheirsToJudge):
                decided(case, by=member, charter=charter, gravity=Gravity.GRAVE)


def test_r6_6_nobody_judges_a_case_of_their_own(decided):
    with pytest.raises(NotTheirsToJudge, match="leader"):
        decided(heard(answerable="leader"))


def test_r6_6_jiangxi_carries_it_out_at_once_and_langzhong_after_the_months_assessment(decided, langzhong):
    assert decided(heard()).carried_out_from == NOW
    assert decided(heard(), charter=langzhong).carried_out_from == at("2026-12-01 00:00")


def test_r6_5_each_is_offered_what_is_theirs_to_do_and_a_decision_only_once_somebody_was_heard(jiangxi):
    rules, person = jiangxi.accountability, a_member("1024")
    colleague, own = a_member("1031"), a_case(answerable=LEADER.job_number)
    assert a_case().offered(member=LEADER, rules=rules) == (Step.HEAR, Step.DISMISS)
    assert heard().offered(member=SUPERVISOR, rules=rules) == (Step.HEAR, Step.DECIDE, Step.DISMISS)
    assert heard().offered(member=person, rules=rules) == (Step.HEAR,)
    assert heard().offered(member=colleague, rules=rules) == ()
    assert own.offered(member=LEADER, rules=rules) == (Step.HEAR,)


def test_r6_6_of_a_case_that_is_over_nothing_is_offered(decided, jiangxi):
    assert decided(heard()).offered(member=LEADER, rules=jiangxi.accountability) == ()
