"""The call back 回访电话: which visit is a call, how its outcome is heard, and what goes out where nobody picks up."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import Channel, TicketStatus
from backend.ports import Medium, Message, NotYet, Undeliverable
from backend.queries import of_conversation
from backend.store.tables import outbox
from backend.usecases import tickets as usecases
from backend.work.deliverers import NotDelivered
from backend.work.deliverers.bot import Bot
from backend.work.deliverers.call import LOOKED_AT_EVERY, ToCall
from backend.work.deliverers.conversation import ToConversation
from tests.factories import at
from tests.integration.backend.support import BOT_TOKEN, a_report
from tests.integration.backend.working import work_off

CALLER = "+8613807911234"
MORNING = at("2026-11-20 10:00")
SETTLED = at("2026-11-20 12:00")


@pytest.fixture
def settled(file, store, terms):
    def settled(**said):
        receipt = file(a_report(accepted_at=MORNING, **said))
        number = TicketNumber.parse(receipt.ticket_number)
        for to in (TicketStatus.IN_PROGRESS, TicketStatus.RESOLVED):
            usecases.change_status(
                number=number, to=to, reason="换了接头", by="1041", terms=terms, store=store, now=SETTLED
            )
        return number

    return settled


@pytest.fixture
def questions(engine, store, terms):
    """What went into the outbox about the visits of three days, the first try first."""

    def questions():
        for hour in range(73):
            work_off(store, terms, now=SETTLED + timedelta(hours=hour))
        with engine.connect() as connection:
            rows = connection.execute(select(outbox).order_by(outbox.c.not_before)).mappings().all()
        messages = [Message(**{**row, "medium": Medium(row["medium"])}) for row in rows]
        return [message for message in messages if "call_id" in message.body]

    return questions


@pytest.mark.parametrize("channel", [Channel.HOTLINE, Channel.PARTNER])
def test_who_called_is_called_back_as_often_as_the_charter_says(settled, questions, channel):
    number = settled(channel=channel)
    tries = questions()

    assert [(each.medium, each.recipient) for each in tries] == [(Medium.CALL, CALLER)] * 3
    assert [each.body["last"] for each in tries] == [False, False, True]
    assert len({each.body["call_id"] for each in tries}) == 3, "each try is a call of its own"
    assert {each.body["visit"] for each in tries} == {str(number)}
    assert tries[0].body["text"] == (
        "您好，这里是江西广电客服，给您做个回访。您11月20日报修的故障，"
        "已于 11月20日（周五）12:00 处理完。现在正常了吗？"
    )


@pytest.mark.parametrize("channel", [Channel.WEBCHAT, Channel.WECHAT])
def test_who_wrote_is_asked_where_they_wrote(settled, questions, channel):
    settled(channel=channel)

    assert {(each.medium, each.recipient) for each in questions()} == {(Medium.CONVERSATION, "conversation-of-zhang")}


def test_the_conversation_of_the_call_knows_the_ticket_and_no_other(settled, questions, store):
    number = settled(channel=Channel.HOTLINE)
    settled(matter_id="another", contact_phone="+8613907911111", address="南昌市红谷滩区世贸路9号")
    call = questions()[0].body["call_id"]

    known = of_conversation(conversation=call, store=store, now=SETTLED)
    assert [view.number for view in known] == [str(number)]


def a_call(**said):
    body = {
        "text": "现在正常了吗？",
        "call": "现在正常了吗？",
        "sms": "请拨 96130",
        "phone": CALLER,
        "visit": "26112000018",
        "call_id": "visit:26112000018:0:1",
        "last": False,
        "by_day": True,
    }
    return Message(
        key="visit:26112000018:0:1:call",
        medium=Medium.CALL,
        recipient=CALLER,
        subject="26112000018",
        body=body | said,
        not_before=SETTLED,
    )


@pytest.fixture
def bot(httpserver):
    return Bot(url=httpserver.url_for("").rstrip("/"), token=BOT_TOKEN)


@pytest.fixture
def to_call(bot):
    return ToCall(bot=bot, clock=lambda: SETTLED)


def says(httpserver, outcome):
    httpserver.expect_request("/internal/calls", method="POST").respond_with_json({"outcome": outcome})


def test_the_bot_is_asked_for_the_call_with_all_that_it_has_to_know(httpserver, to_call):
    call = {"id": "visit:26112000018:0:1", "phone": CALLER, "text": "现在正常了吗？", "visit": "26112000018"}
    headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
    asked = httpserver.expect_request("/internal/calls", method="POST", json=call, headers=headers)
    asked.respond_with_json({"outcome": "reached"})

    assert to_call(a_call(), time_out=1.0) is None
    httpserver.check()


def test_as_long_as_it_is_under_way_it_is_looked_at_again_and_again(httpserver, to_call):
    says(httpserver, "under_way")

    with pytest.raises(NotYet) as again:
        to_call(a_call(), time_out=1.0)
    assert again.value.at == SETTLED + LOOKED_AT_EVERY


@pytest.mark.parametrize(
    ("outcome", "last", "by_sms"),
    [("unanswered", False, False), ("unanswered", True, True), ("none", False, True), ("none", True, True)],
)
def test_who_picks_up_at_no_try_gets_an_sms_and_where_we_can_t_call_at_each(httpserver, to_call, outcome, last, by_sms):
    says(httpserver, outcome)

    follows = to_call(a_call(last=last), time_out=1.0)

    assert bool(follows) is by_sms
    if follows:
        assert (follows.medium, follows.recipient, follows.body["text"]) == (Medium.SMS, CALLER, "请拨 96130")
        assert follows.body["by_day"]


@pytest.mark.parametrize(
    ("status", "refused"), [(422, Undeliverable), (404, Undeliverable), (503, NotDelivered), (401, NotDelivered)]
)
def test_what_the_bot_never_takes_is_given_up_the_rest_is_tried_again(httpserver, to_call, status, refused):
    httpserver.expect_request("/internal/calls").respond_with_data(status=status)

    with pytest.raises(refused, match=f"HTTP {status}"):
        to_call(a_call(), time_out=1.0)


@pytest.mark.parametrize("outcome", ["", "later", None])
def test_an_outcome_that_none_is_is_no_delivery(httpserver, to_call, outcome):
    says(httpserver, outcome)

    with pytest.raises(NotDelivered):
        to_call(a_call(), time_out=1.0)


def test_a_question_that_nobody_reads_in_the_chat_becomes_a_call_and_the_call_an_sms(
    httpserver, bot, to_call, settled, questions
):
    settled()
    question = questions()[2]
    httpserver.expect_request("/internal/notices").respond_with_json({"seq": 1, "reach": "none"})
    says(httpserver, "unanswered")

    call = ToConversation(bot=bot)(question, time_out=1.0)
    sms = to_call(call, time_out=1.0)

    assert (call.medium, call.recipient, call.subject) == (Medium.CALL, CALLER, question.subject)
    assert "给您做个回访" in call.body["text"]
    assert (sms.medium, sms.recipient) == (Medium.SMS, CALLER)
    assert "请拨 96130 报这个工单号" in sms.body["text"]
    assert len({question.key, call.key, sms.key}) == 3
    assert call.body["by_day"] is sms.body["by_day"] is True


def test_the_bot_hears_which_ticket_the_question_is_about(httpserver, bot, settled, questions):
    number = settled()
    question = questions()[0]
    notice = {
        "id": question.key,
        "conversation": "conversation-of-zhang",
        "text": question.body["text"],
        "visit": str(number),
    }
    httpserver.expect_request("/internal/notices", json=notice).respond_with_json({"seq": 1, "reach": "chat"})

    assert ToConversation(bot=bot)(question, time_out=1.0) is None
    httpserver.check()
