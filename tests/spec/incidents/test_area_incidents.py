"""片区故障: several open faults of one community within a short span are one matter, which a leader confirms."""

from datetime import timedelta

import pytest

from backend.domain.area_incident import AreaIncident, IncidentState, are_many
from backend.domain.errors import IncidentDecided, IncidentNotConfirmed, ReasonMissing
from backend.domain.vocabulary import Service
from tests.factories import at

NOW = at("2026-11-29 20:00")


@pytest.fixture
def proposed():
    return AreaIncident.propose(area="wanli", service=Service.TV, at=NOW)


@pytest.fixture
def confirmed(proposed):
    return proposed.confirm(by="1001", at=NOW, cause="光缆被挖断", outage=7)


def test_many_are_as_many_as_the_charter_says_within_its_span(jiangxi):
    rule = jiangxi.incident
    within = [NOW - rule.within] * rule.faults
    assert are_many(within, rule=rule, now=NOW)
    assert not are_many(within[1:], rule=rule, now=NOW)
    assert not are_many([NOW - rule.within - timedelta(seconds=1), *within[1:]], rule=rule, now=NOW)


def test_a_confirmed_incident_says_why_and_under_which_announcement(confirmed):
    assert (confirmed.state, confirmed.decided_by, confirmed.cause, confirmed.outage) == (
        IncidentState.CONFIRMED,
        "1001",
        "光缆被挖断",
        7,
    )


def test_what_is_decided_is_not_decided_again(proposed, confirmed):
    dismissed = proposed.dismiss(by="1001", at=NOW, reason="各家原因不同")
    for decided in (confirmed, dismissed):
        with pytest.raises(IncidentDecided):
            decided.confirm(by="1001", at=NOW, cause="停电", outage=8)
        with pytest.raises(IncidentDecided):
            decided.dismiss(by="1001", at=NOW, reason="误报")


def test_only_what_a_leader_has_confirmed_is_mended_as_one(proposed, confirmed):
    with pytest.raises(IncidentNotConfirmed):
        proposed.mend(by="1041", at=NOW, outcome="接好了")
    assert confirmed.mend(by="1041", at=NOW, outcome="接好了").state is IncidentState.MENDED


def test_each_decision_says_why(proposed, confirmed):
    for decide in (
        lambda: proposed.confirm(by="1001", at=NOW, cause=" ", outage=7),
        lambda: proposed.dismiss(by="1001", at=NOW, reason=""),
        lambda: confirmed.mend(by="1001", at=NOW, outcome=""),
    ):
        with pytest.raises(ReasonMissing):
            decide()
