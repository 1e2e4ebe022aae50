"""立案 once more: what a report of a matter already on file does to its ticket, open or settled."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend import queries
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import TicketStatus
from backend.ports import Event
from backend.usecases import tickets as usecases
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored


def test_the_same_customer_with_the_same_matter_is_told_the_open_ticket_and_it_is_urged(file, store):
    first = file(a_report())

    second = file(a_report(matter_id="another-matter", description="电视还是没信号"))

    assert second == replace(first, already_open=True)
    with store.reading() as tickets:
        number = TicketNumber.parse(first.ticket_number)
        urge = tickets.history(numbers=[number])[number][-1]
        said = {"description": "电视还是没信号", "address": "南昌市红谷滩区世贸路1号"}
        assert (urge.event, urge.detail) == (Event.URGED, said)
        assert tickets.urges(number=number) == 1


def test_a_later_report_of_the_same_matter_leaves_the_told_time(file, store):
    """R1.20."""
    first = file(a_report())

    second = file(a_report(matter_id="another-matter", accepted_at=FRIDAY_EVENING + timedelta(hours=5)))

    assert second.promises == first.promises


def test_a_kept_report_joined_to_a_ticket_filed_meanwhile_keeps_the_earlier_time_it_was_told(file, store):
    """R1.20: told with the backend away at 18:30, filed after the same customer's report of 20:30."""
    meanwhile = file(a_report(matter_id="told-again", accepted_at=FRIDAY_EVENING + timedelta(hours=2)))

    kept = file(a_report(), now=FRIDAY_EVENING + timedelta(hours=3))

    assert kept.ticket_number == meanwhile.ticket_number
    assert [told.due for told in kept.promises] == [FRIDAY_EVENING + timedelta(hours=24)]
    filed, history = queries.read(number=TicketNumber.parse(kept.ticket_number), store=store)
    assert [told.due for told in filed.ticket.promises] == [FRIDAY_EVENING + timedelta(hours=24)]
    assert [entry.event for entry in history] == [Event.FILED, Event.PROMISE_BROUGHT_FORWARD, Event.URGED]


def test_an_urging_report_filed_again_urges_once(file, store):
    first = file(a_report())
    for _ in range(3):
        receipt = file(a_report(matter_id="another-matter"))

    assert receipt == replace(first, already_filed=True, already_open=True)
    with store.reading() as tickets:
        assert tickets.urges(number=TicketNumber.parse(first.ticket_number)) == 1


def test_the_later_wish_of_a_joined_report_stands_on_the_ticket_and_in_the_audit(file, store):
    monday, tuesday = FRIDAY_EVENING + timedelta(days=3), FRIDAY_EVENING + timedelta(days=4)
    first = file(a_report(requested_at=monday, requested_text="周一晚上"))

    file(a_report(matter_id="another-matter", requested_at=tuesday, requested_text="改到周二晚上"))

    filed, history = queries.read(number=TicketNumber.parse(first.ticket_number), store=store)
    assert (filed.ticket.requested_at, filed.ticket.requested_text) == (tuesday, "改到周二晚上")
    urged = history[-1].detail
    assert (urged["requestedText"], urged["requestedAt"]) == ("改到周二晚上", tuesday.isoformat())


@pytest.mark.parametrize(
    "joined",
    [
        {},
        {"accepted_at": FRIDAY_EVENING - timedelta(hours=1), "requested_text": "周日"},  # kept and filed late
    ],
)
def test_without_a_later_wish_the_earlier_stands(file, store, joined):
    first = file(a_report(requested_text="周一晚上"))

    file(a_report(matter_id="another-matter", **joined))

    assert stored(store, first).ticket.requested_text == "周一晚上"


def test_a_ticket_knows_all_matters_that_were_joined_to_it(file, store):
    first = file(a_report())
    for hours, matter_id in ((1, "told-again"), (2, "and-again")):
        file(a_report(matter_id=matter_id), now=FRIDAY_EVENING + timedelta(hours=hours))

    assert stored(store, first).matter_ids == ("matter-of-zhang", "told-again", "and-again")


def test_a_matter_reported_again_after_settling_is_reopened_with_a_new_promise(file, store, terms):
    first = file(a_report())
    number = TicketNumber.parse(first.ticket_number)
    for to, reason in ((TicketStatus.IN_PROGRESS, ""), (TicketStatus.RESOLVED, "换了接头")):
        usecases.change_status(
            number=number, to=to, reason=reason, by="1041", terms=terms, store=store, now=FRIDAY_EVENING
        )
    the_next_day = FRIDAY_EVENING + timedelta(days=1)

    again = file(a_report(matter_id="broken-again", accepted_at=the_next_day))

    assert (again.ticket_number, again.owner) == (first.ticket_number, first.owner)
    assert again.status is TicketStatus.IN_PROGRESS
    assert again.promises[0].due == the_next_day + timedelta(hours=24)
    assert stored(store, again).ticket.times_reopened == 1
    assert (first.reopened, again.reopened, again.already_open) == (False, True, True)
    repeated = file(a_report(matter_id="broken-again", accepted_at=the_next_day))
    assert repeated == replace(again, already_filed=True)
    urging = file(a_report(matter_id="still-broken", accepted_at=the_next_day))
    assert (urging.reopened, file(a_report(matter_id="still-broken", accepted_at=the_next_day)).reopened) == (
        False,
    ) * 2


def test_a_matter_settled_late_and_reported_again_keeps_its_breach_on_record(file, store, terms):
    """R5.6: a new promise, and the old breach stays."""
    first = file(a_report())
    number, two_days_later = TicketNumber.parse(first.ticket_number), FRIDAY_EVENING + timedelta(days=2)
    for to, reason in ((TicketStatus.IN_PROGRESS, ""), (TicketStatus.RESOLVED, "换了接头")):
        usecases.change_status(
            number=number, to=to, reason=reason, by="1041", terms=terms, store=store, now=two_days_later
        )

    again = file(a_report(matter_id="broken-again", accepted_at=two_days_later + timedelta(hours=1)))

    assert again.promises[0].due == two_days_later + timedelta(hours=25)
    assert [told.due for told in stored(store, again).ticket.breached] == [FRIDAY_EVENING + timedelta(hours=24)]
