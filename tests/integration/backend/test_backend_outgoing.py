"""By what a message goes out."""

import pytest

from backend.domain.vocabulary import Channel
from backend.ports import Medium
from backend.work.outgoing import instead, is_by_day, to_customer, to_staff
from tests.factories import a_member
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored

CALLER = "+8613807911234"


@pytest.mark.parametrize(
    ("channel", "medium", "recipient"),
    [
        (Channel.WEBCHAT, Medium.CONVERSATION, "conversation-of-zhang"),
        (Channel.WECHAT, Medium.CONVERSATION, "conversation-of-zhang"),
        (Channel.HOTLINE, Medium.CONVERSATION, "conversation-of-zhang"),
        (Channel.PARTNER, Medium.SMS, CALLER),
    ],
)
def test_a_customer_is_written_to_where_they_wrote_and_a_partners_by_sms(store, file, channel, medium, recipient):
    filed = stored(store, file(a_report(channel=channel)))

    message = to_customer(filed.ticket, "已修好", key="k", at=FRIDAY_EVENING)

    assert (message.medium, message.recipient) == (medium, recipient)
    assert (message.subject, message.body["text"], message.not_before) == (
        str(filed.ticket.number),
        "已修好",
        FRIDAY_EVENING,
    )


@pytest.mark.parametrize(("phone", "medium"), [(CALLER, Medium.SMS), ("+8679186123456", Medium.PHONE)])
@pytest.mark.parametrize("by_day", [True, False])
def test_where_nobody_reads_it_goes_to_the_contact_phone_and_a_landline_is_called(store, file, phone, medium, by_day):
    filed = stored(store, file(a_report(contact_phone=phone)))

    message = to_customer(filed.ticket, "已修好", key="k", at=FRIDAY_EVENING, by_day=by_day)
    by_phone = instead(message)

    assert (by_phone.medium, by_phone.recipient, by_phone.body["text"]) == (medium, phone, "已修好")
    assert (by_phone.subject, by_phone.not_before) == (message.subject, message.not_before)
    assert by_phone.key != message.key
    assert is_by_day(message) is is_by_day(by_phone) is by_day


def test_staff_get_an_sms_in_order_with_what_else_is_said_of_the_ticket():
    member = a_member("1041")
    about_a_ticket = to_staff(member, "请联系客户", key="k", now=FRIDAY_EVENING, about="26112000018")

    assert (about_a_ticket.medium, about_a_ticket.recipient, about_a_ticket.subject) == (
        Medium.SMS,
        member.phone,
        "26112000018",
    )
    assert to_staff(member, "请交班", key="k", now=FRIDAY_EVENING).subject == "1041"
