"""服务项目公示 (R3.1–R3.4): what an operator posts unasked, and what it is said not to have published."""

from datetime import date

import pytest

from backend.domain import publicity
from backend.domain.clause import NoClause
from backend.domain.posted import Change, ChangeKind
from backend.domain.vocabulary import Grade, Service, TicketType
from tests.factories import a_charter, a_clause, a_member, an_area, rows

OPERATORS = ["jiangxi", "zhangjiagang", "langzhong", "zhumadian"]


@pytest.fixture(params=OPERATORS)
def charter(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize(
    "row",
    rows("""
        运营商       | 事项         | 时限
        jiangxi      | 一般故障修复 | 24 小时
        jiangxi      | 重大故障修复 | 72 小时
        jiangxi      | 移机         |
        jiangxi      | 过户         |
        zhangjiagang | 派单         | 3 分钟
        zhangjiagang | 维修人员联系 | 20 分钟
        zhangjiagang | 故障修复     |
        zhangjiagang | 投诉         |
        langzhong    | 重大故障修复 | 48 小时
        langzhong    | 投诉答复     | 3 个工作日
        langzhong    | 人工回电     |
        zhumadian    | 故障修复     |
        zhumadian    | 核实后答复   |
    """),
    ids=lambda row: f"{row['运营商']}-{row['事项']}",
)
def test_every_limit_is_posted_and_where_there_is_none_that_is_said(request, row):
    """R3.1, R1.1."""
    charter = request.getfixturevalue(row["运营商"])
    posted = {each.label: each for each in publicity.limits(charter)}[row["事项"]]

    assert ("" if isinstance(posted, NoClause) else posted.limit.text) == row["时限"]
    assert not isinstance(posted, NoClause) or row["事项"] in posted.told


def test_no_limit_is_left_out_and_none_is_posted_twice(charter):
    posted = publicity.limits(charter)
    names = [(each.label, each.kind) for each in posted]

    assert set(charter.commitments) == {each for each in posted if not isinstance(each, NoClause)} | set(
        publicity.follow_ups(charter)
    )
    assert len(names) == len(set(names))


def test_a_limit_that_hangs_on_the_district_is_not_said_to_be_missing(jiangxi):
    """R1.3: an install is promised by urban and rural."""
    unpublished = [each.label for each in publicity.limits(jiangxi) if isinstance(each, NoClause)]

    assert "安装开通" not in unpublished


def test_a_limit_for_general_faults_alone_leaves_the_major_ones_unpublished():
    general = a_clause("24 小时", ticket_type=TicketType.FAULT, grade=Grade.GENERAL)
    posted = publicity.limits(a_charter(commitments=(general,)))

    assert [each.label for each in posted if isinstance(each, NoClause)][:2] == ["重大故障修复", "投诉"]


def test_how_soon_a_matter_is_followed_up_is_posted_with_the_return_visits(jiangxi, zhumadian):
    """R5.1, R5.4."""
    assert [each.label for each in publicity.follow_ups(jiangxi)] == ["故障修复后回访", "工单落实结果追踪"]
    assert publicity.follow_ups(zhumadian) == ()


@pytest.mark.parametrize(
    "row",
    rows("""
        运营商       | 没有公布
        jiangxi      |
        langzhong    | 付费频道
        zhangjiagang | 初装费（安装费）、拆迁费（移机费）、收视费、网络维护费、付费频道
        zhumadian    |
    """),
    ids=lambda row: row["运营商"],
)
def test_charge_items_that_are_not_even_named_are_said_to_be_missing(request, row):
    """R3.2: those of cable; a telephone company has none of them."""
    assert "、".join(publicity.charge_items_not_posted(request.getfixturevalue(row["运营商"]))) == row["没有公布"]


def test_by_what_the_charges_are_set_and_the_concession_for_users_in_difficulty_are_posted(
    jiangxi, langzhong, zhumadian
):
    """R3.1, R3.2."""
    (policy,) = publicity.charging_policy(jiangxi)

    assert "省物价局文件" in policy.text
    assert "困难用户" in policy.text
    assert "物价局核定" in publicity.charging_policy(langzhong)[0].text
    assert publicity.charging_policy(zhumadian) == ()
    assert any(fee.label == "困难用户优惠" and fee.price is None for fee in jiangxi.fees)


def test_langzhong_s_halls_are_posted_as_its_page_heads_them(langzhong):
    """R3.3."""
    assert [(outlet.name, outlet.address, outlet.phone) for outlet in langzhong.outlets] == [
        ("商城路中段有线电视营业厅", "阆中市商城路中段", "0817-6225227、0817-6226441"),
        ("政府政务服务大厅", "阆中市七里新区政府政务服务大厅", "0817-6302618"),
    ]


@pytest.mark.parametrize(
    "row",
    rows("""
        运营商       | 业务
        langzhong    | install relocate suspend resume pay
        zhangjiagang | install fault complaint
        zhumadian    | install relocate fault pay complaint
        jiangxi      | install relocate suspend resume transfer fault complaint
    """),
    ids=lambda row: row["运营商"],
)
def test_the_services_that_the_source_names_have_a_process(request, row):
    """R3.4."""
    charter = request.getfixturevalue(row["运营商"])

    assert set(row["业务"].split()) <= set(charter.processes)
    assert all(charter.processes[name].steps for name in row["业务"].split())


def test_zhumadian_s_numbers_are_posted(zhumadian):
    """R3.4."""
    told = "".join(pledge.text for pledge in zhumadian.pledges)

    assert all(number in told for number in ("112", "114", "180", "总经理服务热线", "局长服务热线"))


def test_in_every_area_who_serves_it_is_posted_the_manager_first(charter):
    """R3.1, R4.2."""
    for area in charter.areas:
        people = publicity.serving(area, charter=charter)

        assert people[0].job_number == area.manager
        assert {member.job_number for member in people} == {area.manager, *area.team}
        assert all(member.phone for member in people)


def test_who_manages_and_repairs_alone_is_posted_once():
    area = an_area("yicheng", "驿城区", manager="5011", team=("5011", "5021"))
    charter = a_charter(areas=(area,), staff=(a_member("5011"), a_member("5021")))

    assert [member.job_number for member in publicity.serving(area, charter=charter)] == ["5011", "5021"]


def test_changes_of_branch_heads_areas_and_managers_are_posted_the_newest_first(jiangxi):
    """R3.1: whoever has none posts none."""
    posted = publicity.newest_changes(jiangxi)

    assert {change.kind for change in posted} == set(ChangeKind)
    assert [change.day for change in posted] == sorted((change.day for change in jiangxi.changes), reverse=True)
    assert all(change.sample for change in posted)
    assert publicity.newest_changes(a_charter()) == ()


def test_a_change_that_is_ahead_is_posted_in_time():
    said = Change(
        day=date(2027, 1, 1), kind=ChangeKind.AREAS, text="划片调整", rule="R3.1", source="运营商", sample=False
    )

    assert publicity.newest_changes(a_charter(changes=(said,))) == (said,)


def test_a_telephone_company_has_no_charge_items_of_cable():
    operator = a_charter().operator
    assert Service.TV in operator.services
    assert len(publicity.charge_items_not_posted(a_charter())) == len(publicity.CHARGE_ITEMS)
