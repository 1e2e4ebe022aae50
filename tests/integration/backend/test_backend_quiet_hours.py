"""静默时段: nobody is written to at night of our own accord; who is answered, and what has a due time, never waits."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from backend.domain.complaint import Finding
from backend.domain.errors import AnnouncedTooLate
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import Channel, OutageKind, Service, TicketStatus, TicketType
from backend.messages.clock import AskExtension, ChangeOwner, DecideExtension, MissingMaterials, Refer
from backend.messages.complaints import Conclude
from backend.messages.incidents import IncidentAct
from backend.messages.outages import Announcement
from backend.ports import Claim
from backend.store.tables import outbox
from backend.usecases import complaints, daily, extensions, incidents, materials, outages, owners
from backend.usecases import tickets as usecases
from backend.work.outgoing import to_customer
from tests.factories import an_account, at
from tests.integration.backend.support import a_report, stored
from tests.integration.backend.working import work_off

EVENING, NIGHT, MORNING = at("2026-11-20 20:00"), at("2026-11-20 22:30"), at("2026-11-21 08:00")


@pytest.fixture
def going_out(engine):
    def going_out(word):
        """When each message goes out that says this."""
        with engine.connect() as connection:
            rows = connection.execute(select(outbox).order_by(outbox.c.not_before)).all()
        return [row.not_before for row in rows if word in row.body.get("text", "")]

    return going_out


@pytest.fixture
def settle(store, terms):
    def settle(receipt, *, at):
        number = TicketNumber.parse(receipt.ticket_number)
        for to in (TicketStatus.IN_PROGRESS, TicketStatus.RESOLVED):
            usecases.change_status(number=number, to=to, reason="换了接头", by="1041", terms=terms, store=store, now=at)

    return settle


def test_r5_1_nobody_is_asked_at_night_whether_it_works_and_everybody_within_the_limit(
    file, settle, store, terms, going_out
):
    receipt = file(a_report(accepted_at=at("2026-11-20 05:00")))
    settle(receipt, at=at("2026-11-20 05:00"))
    for hour in range(74):
        work_off(store, terms, now=at("2026-11-20 05:00") + timedelta(hours=hour))

    asked = [at("2026-11-21 08:00"), at("2026-11-21 17:00"), at("2026-11-22 11:00")]
    assert going_out("现在正常了吗") == asked


def test_what_was_missed_in_the_evening_is_caught_up_in_the_morning(file, settle, store, terms, going_out):
    receipt = file(a_report(accepted_at=at("2026-11-20 00:30")))
    settle(receipt, at=at("2026-11-20 00:30"))
    work_off(store, terms, now=NIGHT)

    assert going_out("现在正常了吗") == [MORNING]


def test_r1_19_a_promise_that_runs_out_at_night_is_told_the_evening_before_and_again_in_the_morning(
    file, store, terms, going_out
):
    file(a_report(accepted_at=NIGHT - timedelta(hours=24)))
    for moment in (EVENING - timedelta(seconds=1), EVENING, NIGHT, MORNING):
        work_off(store, terms, now=moment)

    assert going_out("还没有完成，承诺最迟 11月20日（周五）22:30") == [EVENING]
    assert going_out("没有按承诺") == [MORNING]
    assert NIGHT in going_out("已超过时限"), "the head on duty hears of it at once"


def test_what_is_kept_before_the_morning_needs_no_apology(file, settle, store, terms, going_out):
    receipt = file(a_report(accepted_at=NIGHT - timedelta(hours=24)))
    settle(receipt, at=NIGHT - timedelta(minutes=1))
    work_off(store, terms, now=MORNING)

    assert going_out("没有按承诺") == []


def test_a_promise_made_after_the_evening_is_told_of_in_the_morning_only(file, store, terms, going_out):
    """A day after the evening before: nothing is foretold that was only just promised."""
    file(a_report(accepted_at=at("2026-11-19 20:30")))
    work_off(store, terms, now=at("2026-11-20 20:30"))

    assert going_out("还没有完成") == []
    assert going_out("没有按承诺") == [at("2026-11-20 20:30")]


def test_nothing_is_foretold_at_night(file, store, terms, going_out):
    file(a_report(accepted_at=at("2026-11-20 05:00")))
    work_off(store, terms, now=NIGHT)

    assert going_out("还没有完成") == []


@pytest.fixture
def announce(store, terms):
    def announce(*, now, ahead):
        announcement = Announcement(
            kind=OutageKind.MAINTENANCE,
            area="wanli",
            services=frozenset({Service.TV}),
            cause="光缆割接",
            starts_at=now + ahead,
            expected_until=now + ahead + timedelta(hours=2),
            announced_by="1041",
        )
        with store.writing() as tickets:
            tickets.customers.put([an_account(area="wanli")])
        return outages.announce(announcement=announcement, charter=terms.charter, store=store, now=now)

    return announce


def test_r1_10_a_notice_of_24_hours_goes_out_before_the_night_or_is_refused(announce, store, terms, going_out):
    with pytest.raises(AnnouncedTooLate):
        announce(now=NIGHT, ahead=timedelta(hours=24))
    announce(now=NIGHT - timedelta(hours=2), ahead=timedelta(hours=24))
    work_off(store, terms, now=NIGHT - timedelta(hours=2))

    assert going_out("光缆割接") == [NIGHT - timedelta(hours=2)]


def test_r1_10_one_that_has_time_waits_and_one_that_has_not_any_more_goes_out(announce, store, terms, going_out):
    announce(now=NIGHT, ahead=timedelta(hours=48))
    work_off(store, terms, now=NIGHT)
    assert going_out("光缆割接") == [MORNING]

    announce(now=EVENING, ahead=timedelta(hours=24))
    work_off(store, terms, now=NIGHT)
    assert going_out("光缆割接") == [NIGHT, MORNING]


def test_r1_11_who_is_reminded_late_is_reminded_by_day(store, terms, going_out):
    with store.writing() as tickets:
        tickets.customers.put([an_account(status="active", paid_until=date(2026, 11, 20))])
    daily.plan_today(charter=terms.charter, store=store, now=NIGHT)
    work_off(store, terms, now=NIGHT)

    assert going_out("请及时续缴") == [MORNING]


def test_what_the_staff_decides_at_night_is_told_in_the_morning(file, store, terms, going_out):
    receipt = file(a_report(accepted_at=EVENING))
    order = file(a_report(matter_id="m2", ticket_type="order", subject="install", accepted_at=EVENING))
    leader = next(m.job_number for m in terms.charter.staff if m.is_leader)
    handler = stored(store, receipt).ticket.handler
    by_leader = {"ticket_number": receipt.ticket_number, "by": leader, "reason": "光缆抢修"}
    department = terms.charter.departments[0].key
    within = {"terms": terms, "store": store, "now": NIGHT}

    asked = AskExtension(
        request_id="r1",
        ticket_number=receipt.ticket_number,
        by=handler,
        reason="光缆抢修",
        wished_due=EVENING + timedelta(hours=48),
    )
    extensions.request(act=asked, **within)
    extensions.decide(act=DecideExtension(request_id="r2", approved=True, **by_leader), **within)
    new_owner = next(m.job_number for m in terms.charter.staff if m.job_number != receipt.owner.job_number)
    owners.change_owner(act=ChangeOwner(request_id="r3", to=new_owner, **by_leader), **within)
    referral = Refer(request_id="r4", department=department, contacted=handler, contacted_at=NIGHT, **by_leader)
    owners.refer(act=referral, **within)
    missing = MissingMaterials(
        request_id="r5", ticket_number=order.ticket_number, by=leader, missing=("身份证",), reason="请补"
    )
    materials.missing(act=missing, **within)

    for word in ("的时限经批准延到", "的首问责任人改由", "首问责任人仍是", "还要补这些"):
        assert going_out(word) == [MORNING], word


def test_r1_5_the_reply_to_a_complaint_is_a_duty_and_does_not_wait(file, store, terms, going_out):
    receipt = file(a_report(ticket_type=TicketType.COMPLAINT, subject="attitude", accepted_at=EVENING))
    act = Conclude(
        request_id="r1",
        ticket_number=receipt.ticket_number,
        by="1003",
        reason="查清了",
        finding=Finding.NOT_UPHELD,
        answer="当天没有人上门",
    )
    complaints.conclude(act=act, terms=terms, store=store, now=NIGHT)

    assert going_out("已经查清") == [NIGHT]


@pytest.fixture
def incident(file, store, terms):
    for house in range(1, terms.charter.incident.faults + 1):
        file(
            a_report(
                matter_id=f"m{house}",
                contact_phone=f"+86138079{house:05}",
                address=f"南昌市红谷滩区世贸路{house}号",
                accepted_at=EVENING,
                channel=Channel.HOTLINE,
            )
        )
    work_off(store, terms, now=EVENING)
    leader = next(m.job_number for m in terms.charter.staff if m.is_leader)

    def act(verb, *, now):
        verb(act=IncidentAct(incident=1, by=leader, text="光缆被挖断"), terms=terms, store=store, now=now)
        work_off(store, terms, now=now)

    return act


def test_an_incident_confirmed_at_night_is_told_in_the_morning(incident, store, terms, going_out):
    incident(incidents.confirm, now=NIGHT)
    assert going_out("已确认是片区故障") == []

    work_off(store, terms, now=MORNING)
    assert going_out("已确认是片区故障") == [MORNING] * terms.charter.incident.faults


def test_one_that_is_mended_by_then_is_no_news_any_more(incident, store, terms, going_out):
    incident(incidents.confirm, now=NIGHT)
    incident(incidents.mend, now=NIGHT + timedelta(hours=2))
    work_off(store, terms, now=MORNING)

    assert going_out("已确认是片区故障") == []


def test_what_waits_for_the_morning_holds_up_nothing_that_answers_at_night(file, store, terms, engine):
    receipt = file(a_report(accepted_at=EVENING))
    new_owner = next(m.job_number for m in terms.charter.staff if m.job_number != receipt.owner.job_number)
    leader = next(m.job_number for m in terms.charter.staff if m.is_leader)
    act = ChangeOwner(request_id="r", ticket_number=receipt.ticket_number, by=leader, to=new_owner, reason="休假")
    owners.change_owner(act=act, terms=terms, store=store, now=NIGHT)
    ticket = stored(store, receipt).ticket
    with store.writing() as tickets:
        tickets.outbox.add(to_customer(ticket, "马上到", key="answer", at=NIGHT))

    def taken(now) -> list[Claim]:
        with store.writing() as tickets:
            claims = tickets.agenda.claim(now=now, until=now + timedelta(minutes=1), by="t", limit=9, lanes=True)
            for claim in claims:
                tickets.agenda.finish(claim, at=now)
        return [claim.due.key for claim in claims if claim.due.key in {"owner:r", "answer"}]

    assert taken(NIGHT) == ["answer"]
    assert taken(MORNING) == ["owner:r"]
