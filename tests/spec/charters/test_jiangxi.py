"""How jiangxi handles what it has promised 江西广电网络的办理规则, beside its limits."""

from datetime import timedelta

import pytest

from backend.domain.accountability import Answerable, CarriedOut, Gravity, Heavier
from backend.domain.assessment import Measured
from backend.domain.handling import Acceptance, DeemedGround, SupervisionLevel
from backend.domain.staff import Decider
from backend.domain.stated import Stated
from backend.domain.vocabulary import AreaLevel, Mark
from tests.factories import at, rows


@pytest.mark.parametrize(
    "row",
    rows("""
        规则                | 编号  | 出处                                                     | 谁定
        opening             | R1.12 | 001 §9.2                                                 | source
        notice_ahead        | R1.10 | 001 §9.5                                                 | source
        reminders           | R1.11 | 001 §9.5 提前提醒；提前几天由运营商自定                  | configured
        referral            | R2.3  | 001 §2.9                                                 | source
        extension           | R1.17 | 001 §4.6                                                 | source
        deemed_on_time      | R1.15 | 001 §4.5                                                 | source
        force_majeure       | R1.18 | 001 §9.4                                                 | source
        watch               | R1.19 | 001 §2.9 超时报窗口负责人；其余由运营商自定              | configured
        incident            | R1.20 | 运营商自定；001 没有定义                                 | configured
        supervision         | R1.22 | 001 §4.2；§4.8                                           | source
        visit_attempts      | R5.1  | 运营商自定；001 没有次数                                 | configured
        visit_marks         | R5.6  | 运营商自定；001 没有分数                                 | configured
        key_customer_visits | R5.5  | 001 §5.4 定期回访大客户；间隔由运营商自定                | configured
        accountability      | R6.6  | 001 §6.2；§6.4–§6.8（处理何时执行没有写明）              | source
        assessment          | R4.3  | 001 §3.3；§3.4                                           | source
    """),
    ids=lambda row: row["规则"],
)
def test_each_rule_says_where_it_stands_and_who_says_it(jiangxi, row):
    rule = getattr(jiangxi, row["规则"])
    assert isinstance(rule, Stated)
    assert (rule.rule, rule.source, rule.mark) == (row["编号"], row["出处"], Mark(row["谁定"]))


@pytest.mark.parametrize("silent", ["typical", "complaint_handling", "on_the_spot", "key_accounts"])
def test_what_is_in_none_of_its_sources_it_does_not_say(jiangxi, silent):
    """R1.1 (averages), R1.5 (annotation), R1.9, R7.4."""
    assert not getattr(jiangxi, silent)


def test_r1_10_changes_are_announced_24_hours_ahead_and_r1_12_matters_accepted_round_the_clock(jiangxi):
    assert jiangxi.notice_ahead.ahead == timedelta(hours=24)
    assert jiangxi.opening.acceptance is Acceptance.ROUND_THE_CLOCK


def test_r1_15_it_counts_as_on_time_on_two_grounds_and_only_with_the_report(jiangxi):
    assert jiangxi.deemed_on_time.grounds == frozenset(DeemedGround)
    assert jiangxi.deemed_on_time.needs_report


def test_r1_17_any_leader_extends_and_r1_18_force_majeure_excepts_the_two_fault_limits(jiangxi):
    assert jiangxi.extension.decided_by is Decider.LEADER
    assert jiangxi.force_majeure.clauses == {"general_fault_repair", "major_fault_repair"}


def test_r1_19_the_handler_is_warned_before_the_due_time_and_the_leader_told_after_it(jiangxi):
    """Of 24 hours the last fifth, and 4 hours past: the operator's own values."""
    watch, started, due = jiangxi.watch, at("2026-11-21 20:31"), at("2026-11-22 20:31")
    assert watch.warn_at(started_at=started, due=due) == at("2026-11-22 15:43")
    assert watch.leader_at(due=due) == at("2026-11-23 00:31")


def test_r1_22_the_province_watches_the_branches_and_they_their_departments(jiangxi):
    first, second, third = jiangxi.supervision.levels
    assert first == SupervisionLevel(by="省公司", over="各分公司")
    assert second == SupervisionLevel(by="分公司", over="本分公司各部门")
    assert "客户" in third.by


def test_r2_3_the_window_reaches_the_department_before_it_tells_the_customer(jiangxi):
    assert jiangxi.referral.contacted_first


def test_r2_11_each_area_says_whether_it_is_open_for_installation(jiangxi):
    assert [area.key for area in jiangxi.areas if not area.open_for_installation] == ["balihu"]


def test_r4_1_each_area_has_its_team_and_the_level_that_its_households_are_counted_by(jiangxi):
    assert jiangxi.assessment.households_per_person.households == {AreaLevel.CITY: 4500, AreaLevel.COUNTY: 2000}
    assert jiangxi.area("honggutan").team == ("1024",)
    assert jiangxi.area("honggutan").level is AreaLevel.CITY
    assert jiangxi.area("anyi").level is AreaLevel.COUNTY
    assert all(area.team for area in jiangxi.areas)


def test_r4_3_areas_are_measured_each_month_and_summed_each_year(jiangxi):
    measured = {indicator.measured: indicator for indicator in jiangxi.assessment.indicators}
    assert set(measured) >= {Measured.COMPLAINT_RATE, Measured.REPLY_RATE, Measured.SATISFACTION}
    assert measured[Measured.REPLY_RATE].within == timedelta(hours=24)
    assert all(indicator.target is None for indicator in measured.values())  # the branch's own
    assert jiangxi.assessment.steps == ("每月考核", "年度汇总")


def test_r5_a_customer_is_tried_three_times_and_key_customers_are_visited_each_quarter(jiangxi):
    """[C]."""
    assert jiangxi.visit_attempts.times == 3
    assert jiangxi.key_customer_visits.every == timedelta(days=90)


def test_r6_a_person_is_judged_by_a_leader_or_the_supervision_a_department_by_the_branch_or_it(jiangxi):
    rules = jiangxi.accountability
    assert rules.decided_by[Answerable.PERSON] == (Decider.LEADER, Decider.SUPERVISOR)
    assert rules.decided_by[Answerable.DEPARTMENT] == (Decider.COMPANY_LEADER, Decider.SUPERVISOR)
    assert rules.measures[Gravity.LIGHT] == ("告诫",)
    assert set(rules.heavier) == set(Heavier)
    assert rules.repeated_in_a_year == 2
    assert rules.heard_first
    assert rules.carried_out is CarriedOut.AT_ONCE
