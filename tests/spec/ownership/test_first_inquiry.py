"""Who answers for a matter 首问责任人 (R2.1, R2.2): the order as shipped, and any other the charter sets."""

from dataclasses import replace

import pytest

from backend.domain.charter import OwnerRule
from backend.domain.errors import NobodyOnDuty
from backend.domain.ownership import first_inquiry_owner
from tests.factories import a_charter, a_member, an_area, at

saturday_evening = at("2026-11-21 20:31")
ALL_DAY = "一二三四五六日 00:00-00:00"

STAFF = (
    a_member("1001", ALL_DAY, rank=5, is_head=True),
    a_member("1011", "一二三四五 08:30-17:30", rank=3, areas=("honggutan",)),
    a_member("1024", ALL_DAY, rank=2, areas=("honggutan",)),
    a_member("1025", ALL_DAY, rank=2, areas=("honggutan",)),
    a_member("1031", ALL_DAY),
)
CHARTER = a_charter(
    staff=STAFF,
    areas=(an_area("honggutan", "红谷滩区", manager="1011"), an_area("donghu", "东湖区", manager="1031")),
)


def owner(*, area="honggutan", at=saturday_evening, charter=CHARTER, open_matters=None, **facts):
    found = first_inquiry_owner(charter=charter, at=at, area=area, open_matters=lambda: open_matters or {}, **facts)
    return found.job_number, found.chosen_by


def test_the_agent_in_the_conversation_is_the_owner():
    """R2.1: the first to receive the customer, before anyone else."""
    assert owner(agent="1031", owner_of_open_matter="1025") == ("1031", OwnerRule.AGENT)


def test_the_owner_of_the_customers_open_matter_of_the_same_subject_keeps_it():
    assert owner(owner_of_open_matter="1025") == ("1025", OwnerRule.OPEN_MATTER)


def test_who_has_left_the_staff_cannot_own():
    assert owner(agent="9999", owner_of_open_matter="9998") == ("1024", OwnerRule.ON_DUTY)


def test_of_those_on_duty_for_the_area_the_highest_in_rank_is_the_owner():
    """R2.2: on a working day the area manager outranks the repairers; on Saturday he is off duty."""
    assert owner(at=at("2026-11-20 10:00")) == ("1011", OwnerRule.ON_DUTY)
    assert owner(at=saturday_evening) == ("1024", OwnerRule.ON_DUTY)


def test_of_equal_rank_the_one_with_fewest_open_matters_then_the_lowest_job_number():
    assert owner(open_matters={"1024": 3, "1025": 2}) == ("1025", OwnerRule.ON_DUTY)
    assert owner(open_matters={"1024": 2, "1025": 2}) == ("1024", OwnerRule.ON_DUTY)


def test_open_matters_are_counted_only_where_ranks_are_equal():
    def counted():
        raise AssertionError("counts all that is open")

    by_day = {"charter": CHARTER, "at": at("2026-11-20 10:00"), "area": "honggutan"}
    assert first_inquiry_owner(**by_day, open_matters=counted).job_number == "1011"


def test_without_anyone_on_duty_for_the_area_its_manager_is_the_owner():
    assert owner(area="donghu") == ("1031", OwnerRule.AREA_MANAGER)


@pytest.mark.parametrize("area", [None, "an_area_that_is_not_listed"])
def test_an_address_in_no_listed_area_goes_to_the_head_on_duty(area):
    assert owner(area=area) == ("1001", OwnerRule.HEAD)


def test_the_charter_sets_the_order():
    heads_first = replace(CHARTER, operator=replace(CHARTER.operator, owner_order=(OwnerRule.HEAD, OwnerRule.AGENT)))
    assert owner(charter=heads_first, agent="1031") == ("1001", OwnerRule.HEAD)


def test_without_anybody_the_matter_is_refused_not_left_without_an_owner():
    """A ticket without an owner can't exist."""
    with pytest.raises(NobodyOnDuty, match="查不到值班的首问责任人"):
        owner(charter=a_charter(), area=None)


@pytest.mark.parametrize("moment", ["2026-11-21 20:31", "2026-11-21 03:00", "2026-11-23 10:00"])
@pytest.mark.parametrize("area", ["honggutan", "nanchang_county", "xunyang", None])
def test_jiangxi_finds_an_owner_at_any_hour(jiangxi, area, moment):
    assert owner(charter=jiangxi, area=area, at=at(moment))[0] in {member.job_number for member in jiangxi.staff}


def test_jiangxi_saturday_evening_in_honggutan_is_1024(jiangxi):
    assert owner(charter=jiangxi) == ("1024", OwnerRule.ON_DUTY)


def test_of_two_or_more_present_the_highest_in_rank_is_the_owner():
    """R2.2."""
    assert owner(agent="1031", present=("1024", "9999")) == ("1024", OwnerRule.AGENT)
    assert owner(agent="1024", present=("1031",)) == ("1024", OwnerRule.AGENT)
