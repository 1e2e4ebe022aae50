"""片区故障: proposed from many reports, confirmed by a leader, told to who reports next, mended as one."""

from datetime import timedelta

import pytest

from backend import queries
from backend.domain.area_incident import IncidentState
from backend.domain.errors import LeaderNeeded
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import Grade, PromiseKind, Service, TicketStatus
from backend.messages.incidents import IncidentAct
from backend.ports import Event, Medium
from backend.refusals import IncidentNotFound
from backend.usecases import incidents, outages
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored
from tests.integration.backend.working import sent, work_off

LATER = FRIDAY_EVENING + timedelta(minutes=20)


@pytest.fixture
def report(file, store, terms):
    def report(house, *, at=FRIDAY_EVENING):
        receipt = file(
            a_report(
                matter_id=f"matter-{house}",
                conversation=f"conversation-{house}",
                contact_phone=f"+86138079{house:05}",
                address=f"南昌市红谷滩区世贸路{house}号",
                accepted_at=at,
            )
        )
        work_off(store, terms, now=at)
        return receipt

    return report


@pytest.fixture
def many(report, terms):
    return [report(house) for house in range(1, terms.charter.incident.faults + 1)]


@pytest.fixture
def leader(terms):
    return next(member.job_number for member in terms.charter.staff if member.is_leader)


@pytest.fixture
def decide(store, terms, leader):
    def decide(verb, text="光缆被挖断", *, number=1, by=leader, now=LATER):
        act = IncidentAct(incident=number, by=by, text=text)
        seen = verb(act=act, terms=terms, store=store, now=now)
        work_off(store, terms, now=now)
        return seen

    return decide


def test_too_few_faults_are_matters_of_their_own(report, terms, store):
    for house in range(1, terms.charter.incident.faults):
        report(house)
    assert incidents.every(store=store) == []


def test_many_are_proposed_as_one_and_the_head_is_told_once(many, report, store, engine):
    report(99)  # one more hangs under it
    (seen,) = incidents.every(store=store)

    assert seen.incident.state is IncidentState.PROPOSED
    assert len(seen.tickets) == len(many) + 1
    assert len([text for _, text in sent(engine, Medium.SMS) if "疑似片区故障" in text]) == 1


def test_a_leader_confirms_it_and_nobody_else(many, decide, terms):
    someone = next(m.job_number for m in terms.charter.staff if not m.is_leader)
    with pytest.raises(LeaderNeeded):
        decide(incidents.confirm, by=someone)
    with pytest.raises(IncidentNotFound):
        decide(incidents.confirm, number=2)


def test_confirmed_it_is_major_and_no_promise_becomes_later(many, decide, store):
    """R1.16, R1.20: the limit of a major fault is longer, and what was told stands."""
    told = stored(store, many[0]).ticket.promises
    decide(incidents.confirm)

    ticket = stored(store, many[0]).ticket
    assert ticket.grade is Grade.MAJOR
    assert [p.due for p in ticket.promises if p.kind is PromiseKind.SETTLE] == [p.due for p in told]


def test_who_has_reported_is_told_and_who_reports_next_hears_of_it_at_once(many, decide, report, store, engine):
    decide(incidents.confirm)
    told = [who for who, text in sent(engine, Medium.CONVERSATION) if "片区故障" in text and "光缆被挖断" in text]
    assert sorted(told) == [f"conversation-{house}" for house in range(1, len(many) + 1)]

    area = stored(store, many[0]).ticket.area
    (known,) = outages.known(area=area, service=Service.TV, store=store, now=LATER)
    assert known.cause == "光缆被挖断"
    report(77, at=LATER)
    assert "conversation-77" in [who for who, text in sent(engine, Medium.CONVERSATION) if "光缆被挖断" in text]


def test_its_repair_settles_all_that_hangs_under_it_and_ends_the_announcement(many, decide, store):
    decide(incidents.confirm)
    decide(incidents.mend, "光缆接好了")

    assert {stored(store, each).ticket.status for each in many} == {TicketStatus.RESOLVED}
    assert {stored(store, each).ticket.needs_return_visit for each in many} == {True}
    area = stored(store, many[0]).ticket.area
    assert outages.known(area=area, service=Service.TV, store=store, now=LATER) == []


def test_dismissed_each_is_a_matter_of_its_own_again(many, decide, report, store):
    decide(incidents.dismiss, "各家原因不同")

    assert {stored(store, each).ticket.status for each in many} == {TicketStatus.ACKNOWLEDGED}
    assert {stored(store, each).ticket.grade for each in many} == {Grade.GENERAL}


def test_a_ticket_says_in_its_audit_that_it_hangs_under_an_incident(many, store):
    history = queries.read(number=TicketNumber.parse(many[0].ticket_number), store=store)[1]
    assert [e.detail["incident"] for e in history if e.event is Event.HUNG_UNDER_INCIDENT] == [1]
