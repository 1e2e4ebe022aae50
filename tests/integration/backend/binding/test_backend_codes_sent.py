"""绑定手机号: to whom a code is sent, how often, and what becomes of its SMS (R8.4)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from backend.domain.errors import Refusal
from backend.messages.accounts import AccountProof
from backend.messages.binding import CodeSent, CodeWish
from backend.messages.reports import ShapeInvalid
from backend.ports import Claim, Medium
from backend.refusals import (
    AccountNotProven,
    CodesStopped,
    CodeTooSoon,
    NoSmsThere,
    TicketNotProven,
    TooManyCodes,
)
from backend.store.accounts import TableAccounts
from backend.store.repository import SqlStore
from backend.store.tables import phone_code
from backend.usecases import binding
from backend.usecases.account_proof import prove_account
from backend.work.delivery import Delivery
from tests.factories import an_account
from tests.integration.backend.binding.support import OTHER_PHONE, PHONE, RULES, after, refusal
from tests.integration.backend.support import FRIDAY_EVENING, a_report
from tests.integration.backend.test_backend_concurrency import at_once


def test_the_sms_names_the_operator_the_limit_and_warns_not_to_pass_it_on(desk):
    desk.ask()

    assert "江西广电" in desk.sms()[0]
    assert "5分钟内有效" in desk.sms()[0]
    assert "不要转告任何人" in desk.sms()[0]


def test_the_sms_goes_out_in_the_middle_of_the_night(desk, store):
    night = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)  # 02:00 in Shanghai
    desk.ask(now=night)

    with store.reading() as tickets:
        assert [standing.try_at for standing in tickets.agenda.unfinished(limit=9)] == [night]


def claimed(store: SqlStore, *, now: datetime = FRIDAY_EVENING) -> Claim:
    with store.writing() as tickets:
        until = now + timedelta(minutes=1)
        return tickets.agenda.claim(now=now, until=until, by="test", limit=1, lanes=True)[0]


def test_the_code_is_nowhere_in_the_database_once_the_sms_is_gone(desk, store, engine, terms):
    desk.ask()
    code, sent = desk.code(), []
    with engine.connect() as connection:
        row = connection.execute(select(phone_code)).mappings().one()
    assert code not in {row["digest"], row["salt"]}

    delivery = Delivery(
        store=store,
        clock=lambda: FRIDAY_EVENING,
        deliverers={Medium.SMS: lambda message, **_: sent.append(message.body["text"])},
        quiet_hours_at=lambda _at: terms.charter.operator.quiet_hours,
    )
    delivery(claimed(store))

    assert code in sent[0]
    assert desk.sms() == [""]
    assert desk.say(code).phone == PHONE


def test_an_sms_that_could_not_be_sent_in_time_is_not_sent_late(desk, store, terms):
    desk.ask()
    late = after(minutes=5)
    delivery = Delivery(
        store=store,
        clock=lambda: late,
        deliverers={Medium.SMS: pytest.fail},
        quiet_hours_at=lambda _at: terms.charter.operator.quiet_hours,
    )
    delivery(claimed(store, now=late))

    assert desk.sms() == [""]
    with store.reading() as tickets:
        assert tickets.agenda.unfinished(limit=9) == ()
        assert tickets.agenda.dead() == ()


def test_the_same_message_again_sends_no_second_sms(desk):
    first = desk.ask(request_id="the message")

    assert desk.ask(request_id="the message", now=after(seconds=8)) == first
    assert len(desk.sms()) == 1


def test_a_second_code_waits_a_minute_whoever_asks(desk):
    desk.ask()
    refused = refusal(desk.ask, conversation="of-a-stranger", now=after(seconds=20))

    assert isinstance(refused, CodeTooSoon)
    assert "41秒" in refused.message
    assert len(desk.sms()) == 1


def test_nobody_can_be_flooded_from_many_conversations(desk):
    for which in range(6):
        desk.ask(conversation=f"of-stranger-{which}", now=after(minutes=10 * which))

    refused = refusal(desk.ask, conversation="of-stranger-7", now=after(hours=2))
    assert isinstance(refused, TooManyCodes)
    assert len(desk.sms()) == 6
    assert desk.ask(now=after(hours=25)).tail == "1234"


def test_a_conversation_can_not_send_to_ever_more_phones(desk):
    for which in range(6):
        desk.ask(f"+861380791000{which}")

    assert isinstance(refusal(desk.ask, "+8613807910009"), TooManyCodes)


def test_codes_in_all_are_limited_by_the_hour(desk):
    desk.rules = binding.BindingRules(key=b"a key", wechat=RULES.wechat, web=RULES.web, per_hour=2)
    for which in range(2):
        desk.ask(f"+861380791000{which}", conversation=f"of-stranger-{which}")

    assert isinstance(refusal(desk.ask), CodesStopped)
    assert desk.ask(now=after(minutes=61)).tail == "1234"


def test_a_landline_is_told_that_no_sms_reaches_it(desk):
    refused = refusal(desk.ask, "+8679186123456")

    assert isinstance(refused, NoSmsThere)
    assert "3456" in refused.message


def test_who_filed_the_ticket_need_not_say_its_phone(desk, file):
    number = file(a_report(conversation="of-zhang")).ticket_number

    assert desk.ask(None, ticket_number=number) == CodeSent(tail="1234", minutes=5)
    assert desk.say(desk.code()).phone == PHONE


def test_nobody_has_a_code_sent_by_a_ticket_or_an_account_that_is_not_theirs(desk, file, store):
    number = file(a_report(conversation="of-zhang")).ticket_number
    with store.writing() as tickets:
        tickets.customers.put([an_account(number="9900000022", phone=PHONE)])

    of_ticket = refusal(desk.ask, None, ticket_number=number, conversation="of-a-stranger")
    of_account = refusal(desk.ask, None, account_number="9900000022", conversation="of-a-stranger")

    assert (type(of_ticket), type(of_account)) == (TicketNotProven, AccountNotProven)
    assert desk.sms() == []


def test_who_has_proven_the_account_has_the_code_sent_to_its_phone(desk, store):
    with store.writing() as tickets:
        tickets.customers.put([an_account(number="9900000022", phone=OTHER_PHONE)])
    proof = AccountProof(account_number="9900000022", phone_last_four="5678", conversation="of-zhang")
    prove_account(proof=proof, accounts=TableAccounts(store), store=store, now=FRIDAY_EVENING)

    assert desk.ask(None, account_number="9900000022").tail == "5678"


def test_a_wish_names_one_phone(desk):
    with pytest.raises(ShapeInvalid):
        CodeWish.from_json('{"conversation": "c", "request_id": "r"}')


def test_many_wishes_at_once_send_one_sms(desk):
    def ask(which: int) -> str:
        try:
            return desk.ask(conversation=f"c{which}").tail
        except Refusal as refused:
            return refused.code

    outcomes = at_once(*[lambda which=which: ask(which) for which in range(6)])
    assert sorted(outcomes) == ["1234"] + ["code_too_soon"] * 5
    assert len(desk.sms()) == 1
