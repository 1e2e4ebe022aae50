"""Who filed on the telephone also gets the number and the promise by SMS, once, in the transaction of the filing."""

import pytest
from sqlalchemy import select

from backend.domain.vocabulary import Channel, TicketType
from backend.domain.written import moment, ticket_number
from backend.ports import Medium
from backend.store.tables import outbox
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored
from tests.integration.backend.working import sent

CALLER = "+8613807911234"


def told(engine):
    return [text for recipient, text in sent(engine, Medium.SMS) if recipient == CALLER]


def test_it_says_the_number_the_promise_and_who_answers_for_it(engine, store, file):
    filed = stored(store, file(a_report(channel=Channel.HOTLINE)))

    (text,) = told(engine)
    assert ticket_number(filed.ticket.number) in text
    assert f"最迟 {moment(filed.ticket.main_promise.due)} 前" in text
    assert f"工号 {filed.ticket.owner}，电话 {filed.owner_phone}" in text


def test_where_nothing_is_promised_yet_it_says_why(engine, store, file):
    order = a_report(channel=Channel.HOTLINE, ticket_type=TicketType.ORDER, subject="install")
    filed = stored(store, file(order))

    (text,) = told(engine)
    assert filed.ticket.main_promise.due is None
    assert filed.ticket.main_promise.reason in text


def test_the_same_matter_again_is_not_told_twice(engine, file):
    file(a_report(channel=Channel.HOTLINE))
    file(a_report(channel=Channel.HOTLINE))

    assert len(told(engine)) == 1


@pytest.mark.parametrize("channel", [Channel.WEBCHAT, Channel.WECHAT, Channel.PARTNER])
def test_who_wrote_has_it_in_writing_already(engine, file, channel):
    file(a_report(channel=channel))

    assert told(engine) == []


def test_a_landline_gets_no_sms(engine, file):
    file(a_report(channel=Channel.HOTLINE, contact_phone="+8679186112345"))

    assert sent(engine, Medium.SMS) == []


def test_it_is_an_answer_and_does_not_wait_for_the_morning(engine, file):
    at_night = FRIDAY_EVENING.replace(hour=15)  # 23:00 in Shanghai
    file(a_report(channel=Channel.HOTLINE, accepted_at=at_night), now=at_night)

    with engine.connect() as connection:
        (message,) = connection.execute(select(outbox).where(outbox.c.medium == Medium.SMS))
    assert message.not_before == at_night
