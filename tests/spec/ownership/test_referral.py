"""引导 (R2.3): what another department settles is led there; the owner stays."""

import pytest

from backend.domain.errors import DepartmentNotContacted, ReasonMissing, SameOwner, TransitionNotAllowed
from backend.domain.handling import Referral
from backend.domain.posted import Department
from backend.domain.referral import Contact, refer
from backend.domain.vocabulary import Mark
from tests.factories import a_resolved_ticket, a_ticket, at

now = at("2026-11-21 12:00")
engineering = Department(
    key="engineering",
    name="工程建设部",
    handles=("安装",),
    place="1 号楼",
    phone="96130",
    head="1006",
    source=None,
    sample=True,
)
window_contacts = Referral(contacted_first=True, rule="R2.3", source="001 §2.9", mark=Mark.SOURCE)
window_names = Referral(contacted_first=False, rule="R2.3", source="003", mark=Mark.SOURCE)


def referred(ticket=None, *, rule=window_contacts, contact=None, reason="要先做小区接入"):
    return refer(
        ticket or a_ticket(owner="1024"), to=engineering, rule=rule, contact=contact, by="1024", at=now, reason=reason
    )


def test_where_the_window_contacts_first_it_has_done_so_before_phone_and_place_are_told():
    """jiangxi."""
    for contact in (None, Contact(who="1006", at=at("2026-11-21 12:01"))):
        with pytest.raises(DepartmentNotContacted, match="工程建设部"):
            referred(contact=contact)
    assert referred(contact=Contact(who="1006", at=at("2026-11-21 11:50"))).owner == "1024"


@pytest.mark.parametrize("rule", [window_names, None])
def test_elsewhere_the_department_is_named(rule):
    """langzhong."""
    assert referred(rule=rule).owner == "1024"


def test_the_customer_is_told_why():
    with pytest.raises(ReasonMissing):
        referred(rule=None, reason=" ")


def test_what_is_settled_is_led_nowhere():
    with pytest.raises(TransitionNotAllowed):
        referred(a_resolved_ticket(), rule=None)


def test_a_change_of_owner_names_another():
    """R2.10."""
    with pytest.raises(SameOwner, match="1024"):
        a_ticket(owner="1024").change_owner(to="1024", leader="1003", at=now, reason="调离")
