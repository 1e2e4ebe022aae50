"""客户资料: an account is told only to who knows its number and the last four digits of its phone, few attempts
(R8.4)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from backend import queries
from backend.domain.account import Account
from backend.domain.errors import Refusal
from backend.messages.accounts import AccountProof
from backend.messages.reports import Proof
from backend.refusals import AccountLocked, AccountNotNamed, AccountNotProven, PhoneNotBound, TooManyAttempts
from backend.store.accounts import TableAccounts
from backend.usecases.account_proof import account_of, prove_account
from tests.factories import an_account
from tests.integration.backend.support import FRIDAY_EVENING, a_report, bind

NUMBER, RIGHT, WRONG = "9900000022", "0002", "4321"


@pytest.fixture
def ask(store):
    with store.writing() as tickets:
        tickets.customers.put([an_account(number=NUMBER, phone="+8613800000002")])

    def ask(
        digits: str = RIGHT, *, of: str = NUMBER, now: datetime = FRIDAY_EVENING, conversation: str = "of-zhang"
    ) -> Account:
        proof = AccountProof(account_number=of, phone_last_four=digits, conversation=conversation)
        return prove_account(proof=proof, accounts=TableAccounts(store), store=store, now=now)

    return ask


def refusal(ask, *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as refused:
        ask(*args, **kwargs)
    return refused.value


def guessed_at(ask, **what: str) -> None:
    """As often as an account bears in a day."""
    for which in range(20):
        refusal(ask, WRONG, conversation=f"conversation-{which}", **what)


def test_who_knows_number_and_last_four_digits_is_told_the_account(ask):
    assert ask() == an_account(number=NUMBER, phone="+8613800000002")


def test_the_number_may_be_said_in_groups(ask):
    assert ask(of="99 0000-0022").number == NUMBER


def test_an_unknown_number_and_wrong_digits_are_refused_in_the_same_words(ask):
    of_unknown, of_wrong = refusal(ask, of="9900000099"), refusal(ask, WRONG)

    assert isinstance(of_wrong, AccountNotProven)
    assert (of_unknown.code, of_unknown.message) == (of_wrong.code, of_wrong.message)


def test_a_ticket_filed_with_somebodys_phone_opens_no_account(ask, file):
    number = file(a_report(contact_phone="+8613800000002", conversation="of-a-stranger")).ticket_number

    assert isinstance(refusal(ask, RIGHT, of=number, conversation="of-a-stranger"), AccountNotProven)


def test_after_five_wrong_attempts_the_right_one_is_refused_too_until_the_time_is_over(ask):
    for _ in range(5):
        refusal(ask, WRONG)

    locked = refusal(ask)
    assert isinstance(locked, TooManyAttempts)
    assert "15分钟" in locked.message
    assert ask(now=FRIDAY_EVENING + timedelta(minutes=16)).number == NUMBER


def test_attempts_at_tickets_and_at_accounts_are_counted_together(ask, file, store):
    proof = Proof(ticket_number=file(a_report()).ticket_number, phone_last_four=WRONG, conversation="of-zhang")
    for _ in range(3):
        refusal(queries.progress, proof=proof, store=store, now=FRIDAY_EVENING)
    for _ in range(2):
        refusal(ask, WRONG)

    assert isinstance(refusal(ask), TooManyAttempts)
    assert isinstance(refusal(queries.progress, proof=proof, store=store, now=FRIDAY_EVENING), TooManyAttempts)


def test_new_conversations_are_no_way_to_guess_on(ask):
    guessed_at(ask)

    assert isinstance(refusal(ask, conversation="of-a-stranger"), AccountLocked)
    assert ask(now=FRIDAY_EVENING + timedelta(hours=25), conversation="of-a-stranger").number == NUMBER


def test_an_unknown_number_is_locked_like_a_known_one(ask):
    guessed_at(ask, of="9900000099")

    assert isinstance(refusal(ask, of="9900000099"), AccountLocked)


def test_who_has_proven_the_account_before_passes_the_lock(ask):
    ask(conversation="of-zhang")
    guessed_at(ask)

    assert ask(conversation="of-zhang").number == NUMBER
    assert isinstance(refusal(ask, WRONG, conversation="of-zhang"), AccountNotProven)


def test_every_attempt_is_kept_right_or_wrong(ask, store):
    refusal(ask, WRONG)
    ask()

    with store.reading() as tickets:
        attempts = tickets.account_attempts
        since = FRIDAY_EVENING - timedelta(minutes=1)
        assert attempts.failed_at_account(number=NUMBER, since=since) == 1
        assert attempts.has_proven(number=NUMBER, conversation="of-zhang")


@pytest.fixture
def told(ask, store):
    """What is told at last: `ask` has the account of 0002 there."""

    def told(*, conversation: str = "of-zhang", **said: str) -> Account:
        proof = AccountProof(conversation=conversation, **said)
        return account_of(proof=proof, accounts=TableAccounts(store), store=store, now=FRIDAY_EVENING)

    return told


NUMBER_AND_DIGITS = {"account_number": NUMBER, "phone_last_four": RIGHT}


def test_number_and_digits_alone_tell_nothing_but_where_a_code_goes(told):
    refused = refusal(told, **NUMBER_AND_DIGITS)

    assert isinstance(refused, PhoneNotBound)
    assert "尾号0002" in refused.message


def test_whose_phone_is_bound_is_asked_neither_number_nor_digits(told, store):
    bind(store, conversation="of-zhang", phone="+8613800000002")

    assert told().number == told(account_number=NUMBER).number == told(**NUMBER_AND_DIGITS).number == NUMBER


def test_a_caller_is_told_the_account_of_their_own_number(told):
    assert told(conversation="a-call", caller="+8613800000002").number == NUMBER


def test_a_bound_phone_opens_no_other_account(told, store):
    with store.writing() as tickets:
        tickets.customers.put([an_account(number="9900000099", phone="+8613800000009")])
    bind(store, conversation="of-zhang", phone="+8613800000002")

    assert isinstance(refusal(told, account_number="9900000099", phone_last_four="4321"), AccountNotProven)
    assert isinstance(refusal(told, account_number="9900000099", phone_last_four="0009"), PhoneNotBound)


def test_of_several_accounts_of_one_phone_the_number_is_asked(told, store):
    with store.writing() as tickets:
        tickets.customers.put([an_account(number="9900000099", phone="+8613800000002")])
    bind(store, conversation="of-zhang", phone="+8613800000002")

    assert isinstance(refusal(told), AccountNotNamed)
    assert told(account_number="9900000099").number == "9900000099"


def test_who_is_bound_to_nothing_is_asked_for_the_number(told):
    assert isinstance(refusal(told), AccountNotNamed)


def test_many_guesses_at_once_get_no_attempt_more(ask):
    with ThreadPoolExecutor(8) as guessers:
        refused = list(guessers.map(lambda _: refusal(ask, WRONG), range(12)))

    assert [type(each) for each in refused].count(AccountNotProven) == 5


def test_the_accounts_of_a_phone_are_found_for_our_own_judgement(ask, store):
    assert [account.number for account in TableAccounts(store).of_phone(phone="+8613800000002")] == [NUMBER]
    assert TableAccounts(store).of_phone(phone="+8613800000009") == ()
