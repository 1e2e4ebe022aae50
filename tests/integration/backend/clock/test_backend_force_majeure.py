"""不可抗力 (R1.18): declared by a leader, it excuses and never lengthens."""

from datetime import timedelta

import pytest

from backend.domain.errors import LeaderNeeded
from backend.domain.vocabulary import Excuse
from backend.messages.force_majeure import Declared
from backend.refusals import AreaUnknown, StaffUnknown
from backend.usecases import force_majeure
from tests.integration.backend.clock.support import HEAD, LEADER, due, soon
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored


@pytest.fixture
def declare(store, terms):
    def declare(*, now=soon, under=terms, **said):
        usual = {
            "area": "honggutan",
            "cause": "暴雪",
            "starts_at": FRIDAY_EVENING,
            "until": due + timedelta(days=1),
            "declared_by": LEADER,
        }
        return force_majeure.declare(declared=Declared(**(usual | said)), charter=under.charter, store=store, now=now)

    return declare


def test_declared_force_majeure_excuses_what_runs_in_the_area_and_what_is_filed_there_later(
    declare, file, fault, store, verified
):
    """R1.18: never silently longer."""
    elsewhere = file(a_report(matter_id="m2", contact_phone="+8613800000000", address="南昌市东湖区阳明路1号"))
    declare()
    later = file(a_report(matter_id="m3", contact_phone="+8613800000001"), now=soon + timedelta(minutes=5))

    for receipt, excuse in ((fault, Excuse.FORCE_MAJEURE), (later, Excuse.FORCE_MAJEURE), (elsewhere, None)):
        made = stored(store, receipt).ticket.main_promise
        assert (made.excused, made.due) == (excuse, due)
        assert verified(receipt)
    assert [each.cause for each in force_majeure.declared(store=store)] == ["暴雪"]


def test_only_a_leader_declares_it_for_an_area_that_is_there(declare):
    for said, refused in (
        ({"declared_by": HEAD}, LeaderNeeded),
        ({"declared_by": "9999"}, StaffUnknown),
        ({"area": "nowhere"}, AreaUnknown),
    ):
        with pytest.raises(refused):
            declare(**said)
