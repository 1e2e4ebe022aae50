"""How langzhong, zhangjiagang and zhumadian handle matters, as far as their sources go, and where they are silent."""

from datetime import timedelta

import pytest

from backend.domain.accountability import Answerable, CarriedOut, Gravity
from backend.domain.assessment import Fault, Measured, Place
from backend.domain.handling import Acceptance, DeemedGround
from backend.domain.staff import Decider
from backend.domain.vocabulary import Mark, Service, TicketType
from tests.factories import at, rows

OTHERS = ("langzhong", "zhangjiagang", "zhumadian")


@pytest.fixture(params=OTHERS)
def charter(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize(
    "row",
    rows("""
        规则                | langzhong | zhangjiagang | zhumadian
        extension           | 有        | 有           |
        deemed_on_time      | 有        |              |
        force_majeure       |           |              |
        notice_ahead        |           |              |
        reminders           |           |              |
        referral            | 有        |              |
        opening             | 有        | 有           |
        on_the_spot         | 有        |              |
        supervision         | 有        |              |
        complaint_handling  |           |              | 有
        key_customer_visits | 有        |              |
        key_accounts        |           |              | 有
        accountability      | 有        |              | 有
        assessment          | 有        | 有           | 有
    """),
    ids=lambda row: row["规则"],
)
def test_what_a_source_does_not_say_is_not_in_its_charter(request, row):
    """R1.5, R1.9–R1.12, R1.15–R1.18, R1.22, R2.3, R5.5, R6.6, R7.x."""
    for operator in OTHERS:
        rule = getattr(request.getfixturevalue(operator), row["规则"])
        assert (rule is not None) is (row[operator] == "有"), operator


def test_every_rule_cites_its_own_source(charter):
    source = {"langzhong": "003", "zhangjiagang": "002", "zhumadian": "004"}[charter.operator.id]
    stated = [*charter.commitments, *charter.pledges, *charter.return_visits, *charter.typical, charter.assessment]
    assert stated
    for each in stated:
        assert each.source.startswith(source), each
        assert each.mark is Mark.SOURCE
    assert source in charter.operator.source


def test_no_price_is_on_file(charter):
    """No fee table of theirs was found: none is invented."""
    assert all(fee.price is None for fee in charter.fees)


def test_people_places_and_phones_that_no_source_gives_are_placeholders(charter):
    assert all(member.sample for member in charter.staff)
    assert all(area.sample for area in charter.areas)
    assert all(department.sample for department in charter.departments)


def test_there_is_somebody_to_dispatch_to_every_area_at_any_hour(charter):
    for area in charter.areas:
        for hour in range(24):
            assert charter.repairers_on_duty(area=area.key, at=at(f"2026-11-22 {hour:02d}:30")), (area.key, hour)


def test_each_serves_what_its_source_says(langzhong, zhangjiagang, zhumadian):
    """R3.4."""
    assert langzhong.operator.services == {Service.TV, Service.BROADBAND}
    assert zhangjiagang.operator.services == {Service.TV, Service.BROADBAND, Service.VOD}
    assert zhumadian.operator.services == {Service.TELEPHONE}


@pytest.mark.parametrize(
    "row",
    rows("""
        运营商       | 事项      | 事由      | 回访
        langzhong    | fault     | no_signal | 30
        langzhong    | complaint | attitude  | 100
        langzhong    | order     | install   |
        zhangjiagang | fault     | no_signal | 20
        zhangjiagang | complaint | attitude  |
        zhumadian    | fault     | telephone |
        zhumadian    | complaint | attitude  |
    """),
    ids=lambda row: f"{row['运营商']}-{row['事项']}",
)
def test_so_many_of_a_hundred_are_visited(request, row):
    """R5.1–R5.3."""
    charter = request.getfixturevalue(row["运营商"])
    rule = charter.return_visit(ticket_type=TicketType(row["事项"]), subject=row["事由"])
    assert (str(rule.percent) if rule else "") == row["回访"]


def test_langzhong_has_its_two_outlets_and_accepts_in_published_hours(langzhong):
    """R3.3, R1.12, R1.9."""
    assert [(outlet.district, outlet.phone, outlet.sample) for outlet in langzhong.outlets] == [
        ("阆中市老城区", "0817-6225227、0817-6226441", False),
        ("阆中市七里新区", "0817-6302618", False),
    ]
    assert langzhong.opening.acceptance is Acceptance.PUBLISHED_HOURS
    assert "install" in langzhong.on_the_spot.subjects


def test_langzhong_extends_by_a_company_leader_and_deems_on_time_without_a_report(langzhong):
    """R1.17, R1.15."""
    assert langzhong.extension.decided_by is Decider.COMPANY_LEADER
    assert langzhong.deemed_on_time.grounds == frozenset(DeemedGround)
    assert not langzhong.deemed_on_time.needs_report
    assert not langzhong.referral.contacted_first


def test_langzhong_judges_a_department_by_the_company_and_carries_out_after_the_months_assessment(langzhong):
    """R6.6, R6.2."""
    rules = langzhong.accountability
    assert rules.decided_by[Answerable.DEPARTMENT] == (Decider.SUPERVISOR,)
    assert rules.carried_out is CarriedOut.AFTER_MONTH_ASSESSMENT
    assert rules.measures[Gravity.LIGHT] == ("效能告诫",)


def test_langzhong_gives_a_hundred_points_and_pays_by_them(langzhong):
    """R7.1."""
    points = langzhong.assessment.points
    assert [(each.key, each.points) for each in points.categories] == [
        ("discipline", 25),
        ("integrity", 25),
        ("service_quality", 25),
        ("tasks", 25),
    ]
    assert {each.fault: each.points for each in points.deductions} == {
        Fault.DISCIPLINE: 1,
        Fault.RULE: 1,
        Fault.QUARREL_OR_COMPLAINT: 5,
        Fault.TASK_NOT_DONE: 5,
    }
    assert [(each.place, each.months, each.yuan, each.consequence) for each in points.place_pay] == [
        (Place.FIRST, 1, 50, None),
        (Place.FIRST, 6, 500, None),
        (Place.LAST, 1, -50, None),
        (Place.LAST, 3, -200, "部门口头警告，本人作书面检查并上报公司"),
        (Place.LAST, 6, 0, "待岗"),
    ]
    assert [(each.times, each.yuan, each.consequence) for each in points.fault_pay] == [
        (1, -200, None),
        (2, -200, "待岗"),
    ]
    assert points.heads_apart


def test_zhangjiagang_works_365_days_and_extends_at_the_customers_wish_only(zhangjiagang):
    """R1.12, R1.17."""
    assert zhangjiagang.opening.acceptance is Acceptance.EVERY_DAY
    assert zhangjiagang.extension.decided_by is Decider.CUSTOMER_WISH


def test_zhangjiagang_elects_its_best_by_six_measures_and_aims_at_no_complaint(zhangjiagang):
    """R7.2, R7.6."""
    measured = {each.measured: each.target for each in zhangjiagang.assessment.indicators}
    assert (measured[Measured.COMPLAINT_RATE], measured[Measured.SATISFACTION]) == (0, 100)
    assert zhangjiagang.assessment.awards == ("五星员工", "优秀话务员")
    assert len(measured) == 7


def test_what_zhangjiagang_does_free_in_the_service_month_is_not_told_for_the_rest_of_the_year(zhangjiagang):
    """R9.3."""
    free = [pledge.text for pledge in zhangjiagang.pledges if pledge.rule == "R9.3"]
    assert len(free) == 3
    assert all("优质服务月" in text and "平时是否免费，没有公布" in text for text in free)


def test_in_zhumadian_a_leader_annotates_each_complaint_and_names_an_investigator(zhumadian):
    """R1.5: the director of the county's bureau."""
    assert zhumadian.complaint_handling.annotated_by is Decider.LEADER
    assert zhumadian.complaint_handling.investigator_named
    bureau = zhumadian.department_of(zhumadian.area("suiping").manager)
    assert zhumadian.member(bureau.head).role == "遂平县局长"
    assert zhumadian.member(bureau.head).is_leader


def test_zhumadian_tells_the_whole_city_and_pays_by_stars(zhumadian):
    """R6.6, R7.2, R7.4."""
    assert zhumadian.accountability.circular == "全市"
    assert zhumadian.assessment.steps == ("日报表", "月考核", "星级评定", "按星级发放工资")
    assert all(step.within is None for step in zhumadian.key_accounts.steps)  # no residence time is published


def test_key_customers_of_zhumadian_have_one_centre_and_a_green_channel(zhumadian):
    """R9.6."""
    pledge = next(pledge for pledge in zhumadian.pledges if pledge.rule == "R9.6")
    assert zhumadian.key_accounts.centre in pledge.text
    assert "绿色通道" in pledge.text


def test_their_own_values_are_marked_as_such(charter):
    """[C]."""
    some = (charter.watch, charter.visit_attempts, charter.key_customer_visits)
    own = [charter.incident, charter.visit_marks, *filter(None, some)]
    assert {rule.mark for rule in own} == {Mark.CONFIGURED}
    assert charter.incident.within == timedelta(hours=2)
