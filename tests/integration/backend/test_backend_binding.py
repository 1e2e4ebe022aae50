"""绑定手机号: a code by SMS shows that a phone is the customer's, and neither guessing nor flooding gets anywhere
(R8.4)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from backend.domain.errors import Refusal
from backend.domain.vocabulary import Channel
from backend.messages.accounts import AccountProof
from backend.messages.binding import Bound, CodeSaid, CodeSent, CodeWish
from backend.messages.reports import ShapeInvalid
from backend.ports import Claim, Medium
from backend.refusals import (
    AccountNotProven,
    CodeExpired,
    CodesStopped,
    CodeTooSoon,
    CodeUsedUp,
    CodeWrong,
    NoCodeSent,
    NoSmsThere,
    TicketNotProven,
    TooManyCodes,
)
from backend.store.accounts import TableAccounts
from backend.store.engine import open_engine
from backend.store.repository import SqlStore
from backend.store.tables import outbox, phone_code
from backend.usecases import binding
from backend.usecases.account_proof import prove_account
from backend.work.delivery import Delivery
from tests.factories import an_account
from tests.integration.backend.support import FRIDAY_EVENING, a_report
from tests.integration.backend.test_backend_concurrency import at_once

PHONE, OTHER_PHONE = "+8613807911234", "+8613807915678"
RULES = binding.BindingRules(key=b"a key", wechat=timedelta(days=180), web=timedelta(days=7), per_hour=100)


class Desk:
    """A customer's side: has a code sent, reads it off the SMS, says it."""

    def __init__(self, store: SqlStore, charter: object) -> None:
        self.store, self.charter = store, charter
        self.rules = RULES

    def ask(
        self, phone: str | None = PHONE, *, conversation: str = "of-zhang", now: datetime = FRIDAY_EVENING, **of: str
    ) -> CodeSent:
        request_id = of.pop("request_id", f"asked {now.isoformat()} {phone}")
        wish = CodeWish(conversation=conversation, request_id=request_id, phone=phone, **of)
        return binding.send_code(
            wish=wish,
            charter=self.charter,
            rules=self.rules,
            accounts=TableAccounts(self.store),
            store=self.store,
            now=now,
        )

    def say(
        self,
        code: str,
        *,
        conversation: str = "of-zhang",
        now: datetime = FRIDAY_EVENING,
        channel: Channel = Channel.WEBCHAT,
        request_id: str | None = None,
    ) -> Bound:
        said = CodeSaid(
            conversation=conversation, request_id=request_id or f"said {code} {now}", channel=channel, code=code
        )
        return binding.check_code(said=said, rules=self.rules, store=self.store, now=now)

    def sms(self, phone: str = PHONE) -> list[str]:
        with self.store._engine.connect() as connection:
            rows = connection.execute(select(outbox).where(outbox.c.recipient == phone)).mappings().all()
        assert all(row["medium"] == Medium.SMS for row in rows)
        return [row["body"]["text"] for row in sorted(rows, key=lambda row: row["not_before"])]

    def code(self, phone: str = PHONE) -> str:
        found = re.search(r"验证码 (\d{6})，", self.sms(phone)[-1])
        assert found
        return found[1]

    def bound(self, *, conversation: str = "of-zhang", now: datetime = FRIDAY_EVENING) -> list[str]:
        return [each.phone for each in binding.bound_phones(conversation=conversation, store=self.store, now=now)]


@pytest.fixture
def desk(store, terms) -> Desk:
    return Desk(store, terms.charter)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def refusal(act: Callable[..., object], *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as refused:
        act(*args, **kwargs)
    return refused.value


def claimed(store: SqlStore, *, now: datetime = FRIDAY_EVENING) -> Claim:
    with store.writing() as tickets:
        until = now + timedelta(minutes=1)
        return tickets.agenda.claim(now=now, until=until, by="test", limit=1, lanes=True)[0]


def after(**span: float) -> datetime:
    return FRIDAY_EVENING + timedelta(**span)


def test_the_code_of_the_sms_binds_the_phone(desk):
    assert desk.ask() == CodeSent(tail="1234", minutes=5)
    bound = desk.say(desk.code())

    assert (bound.phone, bound.bound_at) == (PHONE, FRIDAY_EVENING)
    assert desk.bound() == [PHONE]


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


@pytest.mark.parametrize(
    ("channel", "span"),
    [
        (Channel.WECHAT, timedelta(days=180)),
        (Channel.WEBCHAT, timedelta(days=7)),
        (Channel.HOTLINE, timedelta(hours=4)),
    ],
)
def test_a_phone_stays_bound_as_long_as_its_channel_allows(desk, channel, span):
    desk.ask()
    bound = desk.say(desk.code(), channel=channel)

    assert bound.until == FRIDAY_EVENING + span
    assert desk.bound(now=bound.until - timedelta(seconds=1)) == [PHONE]
    assert desk.bound(now=bound.until) == []


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


def test_a_code_is_good_for_five_minutes(desk):
    desk.ask()

    assert isinstance(refusal(desk.say, desk.code(), now=after(minutes=5)), CodeExpired)
    assert desk.say(desk.code(), now=after(minutes=4, seconds=59)).phone == PHONE


def test_a_wrong_code_says_how_many_attempts_are_left(desk):
    desk.ask()
    refused = refusal(desk.say, wrong(desk.code()))

    assert isinstance(refused, CodeWrong)
    assert "还可以再试4次" in refused.message
    assert desk.bound() == []


def test_who_guesses_five_times_has_lost_the_code_even_with_the_right_one(desk):
    desk.ask()
    code = desk.code()
    refused = [refusal(desk.say, wrong(code), request_id=f"guess {which}") for which in range(5)]

    assert [type(each) for each in refused] == [CodeWrong] * 4 + [CodeUsedUp]
    assert isinstance(refusal(desk.say, code), CodeUsedUp)
    assert desk.bound() == []


def test_a_code_is_used_once(desk):
    desk.ask()
    code = desk.code()
    desk.say(code)
    binding.unbind(conversation="of-zhang", store=desk.store, now=FRIDAY_EVENING)

    assert isinstance(refusal(desk.say, code, request_id="again"), NoCodeSent)
    assert desk.bound() == []


def test_the_same_message_again_is_answered_the_same(desk):
    """The process died between the check and the answer: the turn runs again."""
    desk.ask()
    first = desk.say(desk.code(), request_id="the message")

    assert desk.say(desk.code(), request_id="the message", now=after(seconds=8)) == first


def test_the_same_message_again_sends_no_second_sms(desk):
    first = desk.ask(request_id="the message")

    assert desk.ask(request_id="the message", now=after(seconds=8)) == first
    assert len(desk.sms()) == 1


def test_a_code_of_another_conversation_is_worth_nothing(desk):
    desk.ask(conversation="of-zhang")

    assert isinstance(refusal(desk.say, desk.code(), conversation="of-a-stranger"), NoCodeSent)
    assert desk.bound(conversation="of-a-stranger") == []


def test_a_code_to_ones_own_phone_does_not_bind_somebody_elses(desk):
    desk.ask(PHONE)
    own = desk.code(PHONE)
    desk.ask(OTHER_PHONE, now=after(seconds=61))

    assert isinstance(refusal(desk.say, own, now=after(seconds=62)), CodeWrong)
    assert desk.bound() == []


def test_only_the_newest_code_counts(desk):
    desk.ask()
    old = desk.code()
    desk.ask(now=after(seconds=61))
    new = desk.code()

    if old != new:  # once in a million
        assert isinstance(refusal(desk.say, old, now=after(seconds=62)), CodeWrong)
    assert desk.say(new, now=after(seconds=63)).phone == PHONE


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


def test_who_unbinds_is_told_what_it_was_and_is_bound_to_nothing(desk):
    desk.ask()
    desk.say(desk.code(), request_id="the message")

    were = binding.unbind(conversation="of-zhang", store=desk.store, now=FRIDAY_EVENING)
    assert [each.phone for each in were] == [PHONE]
    assert desk.bound() == []
    assert isinstance(refusal(desk.say, desk.code(), request_id="the message"), NoCodeSent)


def test_a_wish_names_one_phone(desk):
    with pytest.raises(ShapeInvalid):
        CodeWish.from_json('{"conversation": "c", "request_id": "r"}')


def test_one_code_said_in_two_processes_at_once_binds_once(desk, database_url, terms):
    desk.ask()
    code, second = desk.code(), open_engine(database_url)
    other = Desk(SqlStore(second), terms.charter)

    def say(one: Desk, request_id: str) -> str:
        try:
            return one.say(code, request_id=request_id).phone
        except Refusal as refused:
            return refused.code

    outcomes = at_once(lambda: say(desk, "one"), lambda: say(other, "two"))
    assert sorted(outcomes) == [PHONE, "no_code_sent"]
    second.dispose()


def test_many_guesses_at_once_get_no_attempt_more(desk):
    desk.ask()
    bad = wrong(desk.code())

    refused = at_once(*[lambda which=which: refusal(desk.say, bad, request_id=f"g{which}") for which in range(8)])
    kinds = [type(each) for each in refused]
    assert kinds.count(CodeWrong) + kinds.count(CodeUsedUp) == 8
    with desk.store.reading() as tickets:
        assert tickets.codes.newest(conversation="of-zhang").attempts == 5


def test_many_wishes_at_once_send_one_sms(desk):
    def ask(which: int) -> str:
        try:
            return desk.ask(conversation=f"c{which}").tail
        except Refusal as refused:
            return refused.code

    outcomes = at_once(*[lambda which=which: ask(which) for which in range(6)])
    assert sorted(outcomes) == ["1234"] + ["code_too_soon"] * 5
    assert len(desk.sms()) == 1
