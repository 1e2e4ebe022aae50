"""Who decides, who is told after the head, who is dispatched, and which department answers (R1.7, R1.17, R1.19)."""

import pytest

from backend.domain.errors import NobodyOnDuty
from backend.domain.ownership import leader_after_head
from backend.domain.posted import Department
from backend.domain.staff import Decider, StaffGrade
from tests.factories import a_charter, a_member, at, rows

noon = at("2026-11-20 12:00")
DAY, NIGHT = "一二三四五六日 08:00-20:00", "一二三四五六日 20:00-08:00"
MAINTENANCE = Department(
    key="maintenance",
    name="维护部",
    handles=("故障",),
    place="3 楼",
    phone="96130",
    head="1005",
    source=None,
    sample=True,
)


@pytest.mark.parametrize(
    "row",
    rows("""
        职级       | 部门        | 由谁定         | 可以
        leader     | maintenance | leader         | 是
        leader     |             | leader         | 是
        leader     | maintenance | company_leader | 否
        leader     |             | company_leader | 是
        head       |             | leader         | 否
        agent      |             | leader         | 否
        supervisor |             | supervisor     | 是
        leader     |             | supervisor     | 否
        leader     |             | customer_wish  | 否
    """),
    ids=lambda row: "-".join(row.values()),
)
def test_a_leader_of_a_department_is_no_company_leader_and_a_wish_is_nobodys_to_decide(row):
    member = a_member("1003", grade=StaffGrade(row["职级"]), department=row["部门"] or None)
    assert member.may_decide(Decider(row["由谁定"])) is (row["可以"] == "是")


def leader(*staff, department=None):
    charter = a_charter(staff=staff, departments=(MAINTENANCE,))
    return leader_after_head(charter=charter, at=noon, department=department, open_matters=dict).job_number


def test_r1_19_after_the_head_the_leader_of_the_handlers_department_is_told():
    company = a_member("1003", DAY, rank=8, grade=StaffGrade.LEADER)
    its_leader = a_member("1005", NIGHT, rank=7, grade=StaffGrade.LEADER, department="maintenance")
    assert leader(company, its_leader, department="maintenance") == "1005"
    assert leader(company, its_leader) == "1003"


def test_r1_19_where_the_departments_head_is_no_leader_the_leader_on_duty_is_told_else_the_most_senior():
    its_head = a_member("1005", DAY, rank=9, department="maintenance")
    senior, on_duty = (
        (a_member("1003", NIGHT, rank=8, grade=StaffGrade.LEADER)),
        (a_member("1004", DAY, rank=7, grade=StaffGrade.LEADER)),
    )
    assert leader(its_head, senior, on_duty, department="maintenance") == "1004"
    assert leader(its_head, senior, department="maintenance") == "1003"
    assert leader(senior, department="no_such") == "1003"


def test_r1_19_without_any_leader_nobody_is_told_silently():
    with pytest.raises(NobodyOnDuty):
        leader(a_member("1001", DAY, is_head=True))


def test_r1_19_the_department_of_who_handles_it_answers_for_it():
    charter = a_charter(
        staff=(a_member("1024", department="maintenance"), a_member("1001")), departments=(MAINTENANCE,)
    )
    assert charter.department_of("1024").head == "1005"
    assert charter.department_of("1001") is None
    assert charter.department_of("9999") is None


def test_r1_7_repair_staff_of_the_area_who_are_on_duty_may_be_dispatched():
    here, duty = ("honggutan",), DAY
    charter = a_charter(
        staff=(
            a_member("1024", duty, areas=here, repairs=True),
            a_member("1015", duty, areas=here),
            a_member("1041", NIGHT, areas=here, repairs=True),
            a_member("1021", duty, areas=("donghu",), repairs=True),
        )
    )
    assert [m.job_number for m in charter.repairers_on_duty(area="honggutan", at=noon)] == ["1024"]


def test_r1_7_jiangxi_has_somebody_to_dispatch_to_every_area_at_any_hour(jiangxi):
    for area in jiangxi.areas:
        for hour in range(24):
            assert jiangxi.repairers_on_duty(area=area.key, at=at(f"2026-11-22 {hour:02d}:30")), (area.key, hour)


def test_r7_3_what_a_department_handles_is_what_its_members_handle(jiangxi):
    members = jiangxi.members_of("maintenance")

    assert {jiangxi.department_of(member).key for member in members} == {"maintenance"}
    assert jiangxi.members_of("no_such") == frozenset()
