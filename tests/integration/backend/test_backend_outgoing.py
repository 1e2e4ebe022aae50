"""By what a message goes out."""

import pytest

from backend.domain.vocabulary import Channel
from backend.ports import Medium
from backend.work.outgoing import to_customer, to_staff
from tests.factories import a_member
from tests.integration.backend.support import FRIDAY_EVENING, a_report, stored


@pytest.mark.parametrize(
    ("channel", "medium", "recipient"),
    [
        (Channel.WEBCHAT, Medium.CONVERSATION, "conversation-of-zhang"),
        (Channel.WECHAT, Medium.CONVERSATION, "conversation-of-zhang"),
        (Channel.HOTLINE, Medium.SMS, "+8613807911234"),
        (Channel.PARTNER, Medium.SMS, "+8613807911234"),
    ],
)
def test_a_customer_is_written_to_where_they_wrote_and_else_by_sms(store, file, channel, medium, recipient):
    filed = stored(store, file(a_report(channel=channel)))

    message = to_customer(filed.ticket, "已修好", key="k", at=FRIDAY_EVENING)

    assert (message.medium, message.recipient) == (medium, recipient)
    assert (message.subject, message.body, message.not_before) == (
        str(filed.ticket.number),
        {"text": "已修好"},
        FRIDAY_EVENING,
    )


def test_staff_get_an_sms_in_order_with_what_else_is_said_of_the_ticket():
    member = a_member("1041")
    about_a_ticket = to_staff(member, "请联系客户", key="k", now=FRIDAY_EVENING, about="26112000018")

    assert (about_a_ticket.medium, about_a_ticket.recipient, about_a_ticket.subject) == (
        Medium.SMS,
        member.phone,
        "26112000018",
    )
    assert to_staff(member, "请交班", key="k", now=FRIDAY_EVENING).subject == "1041"
