"""进度: a ticket is told only to who knows its number and the last four digits of the phone, with few attempts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from backend import queries
from backend.client import TicketView
from backend.domain.errors import InvalidTicketNumber, Refusal
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import TicketStatus
from backend.messages.reports import Proof
from backend.refusals import TicketFinished, TicketLocked, TicketNotProven, TooManyAttempts
from backend.store.accounts import TableAccounts
from backend.usecases import tickets as usecases
from tests.integration.backend.support import FRIDAY_EVENING, a_report

RIGHT, WRONG = "1234", "4321"


@pytest.fixture
def number(store, terms) -> str:
    receipt = usecases.accept(
        report=a_report(), terms=terms, store=store, accounts=TableAccounts(store), now=FRIDAY_EVENING
    )
    return receipt.ticket_number


@pytest.fixture
def ask(store, number):
    def ask(
        digits: str = RIGHT,
        *,
        of: str = number,
        now: datetime = FRIDAY_EVENING,
        conversation: str = "conversation-of-zhang",
    ) -> TicketView:
        proof = Proof(ticket_number=of, phone_last_four=digits, conversation=conversation)
        return queries.progress(proof=proof, store=store, now=now)

    return ask


def refusal(ask, *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as refused:
        ask(*args, **kwargs)
    return refused.value


def guessed_at(ask, **what: str) -> None:
    """As often as a ticket bears in a day."""
    for which in range(20):
        refusal(ask, WRONG, conversation=f"conversation-{which}", **what)


def test_who_knows_number_and_last_four_digits_is_told_state_promise_and_owner(ask, number):
    view = ask()

    assert (view.number, view.status) == (number, TicketStatus.ACKNOWLEDGED)
    assert view.promises[0].due == FRIDAY_EVENING + timedelta(hours=24)
    assert view.owner.job_number
    assert not view.overdue


def test_an_unknown_number_and_wrong_digits_are_refused_in_the_same_words(ask, number):
    unknown = str(TicketNumber.make(day=FRIDAY_EVENING.date(), running=4711))

    of_unknown, of_wrong = refusal(ask, of=unknown), refusal(ask, WRONG)

    assert (of_unknown.code, of_unknown.message) == (of_wrong.code, of_wrong.message)
    assert isinstance(of_wrong, TicketNotProven)


def test_a_mistyped_number_is_told_as_such_and_counts_as_no_attempt(ask, number):
    mistyped = number[:-1] + str((int(number[-1]) + 1) % 10)

    for _ in range(9):
        assert isinstance(refusal(ask, of=mistyped), InvalidTicketNumber)
    assert ask().number == number


def test_the_number_may_be_said_in_groups(ask, number):
    assert ask(of=f"{number[:6]} {number[6:10]} {number[10:]}").number == number


def test_after_five_wrong_attempts_the_right_one_is_refused_too_until_the_time_is_over(ask):
    for _ in range(5):
        refusal(ask, WRONG)

    locked = refusal(ask, RIGHT)
    assert isinstance(locked, TooManyAttempts)
    assert "15分钟" in locked.message
    assert ask(RIGHT, now=FRIDAY_EVENING + timedelta(minutes=16)).urges == 0


def test_another_conversation_is_not_locked_out_by_it(ask):
    for _ in range(5):
        refusal(ask, WRONG, conversation="conversation-of-a-stranger")

    assert ask(RIGHT).urges == 0


def test_new_conversations_are_no_way_to_guess_on(ask):
    guessed_at(ask)

    assert isinstance(refusal(ask, RIGHT, conversation="conversation-of-a-stranger"), TicketLocked)
    a_day_later = FRIDAY_EVENING + timedelta(hours=25)
    assert ask(RIGHT, now=a_day_later, conversation="conversation-of-a-stranger").urges == 0


def test_many_guesses_at_once_get_no_attempt_more(ask):
    with ThreadPoolExecutor(8) as guessers:
        refused = list(guessers.map(lambda _: refusal(ask, WRONG), range(12)))

    assert [type(each) for each in refused].count(TicketNotProven) == 5


def test_what_strangers_guess_does_not_lock_out_who_filed_the_ticket(ask):
    guessed_at(ask)

    assert ask(RIGHT).urges == 0
    assert isinstance(refusal(ask, WRONG), TicketNotProven)


def test_who_has_proven_the_ticket_before_passes_the_lock(ask):
    for _ in range(2):
        ask(RIGHT, conversation="conversation-of-the-wife")
    guessed_at(ask)

    assert ask(RIGHT, conversation="conversation-of-the-wife").urges == 0
    assert isinstance(refusal(ask, WRONG, conversation="conversation-of-the-wife"), TicketNotProven)


def test_an_unknown_number_is_locked_like_a_known_one(ask):
    unknown = str(TicketNumber.make(day=FRIDAY_EVENING.date(), running=4711))
    guessed_at(ask, of=unknown)

    assert isinstance(refusal(ask, of=unknown), TicketLocked)


def test_a_ticket_past_its_promise_is_told_as_overdue(ask):
    assert not ask(now=FRIDAY_EVENING + timedelta(hours=24)).overdue
    assert ask(now=FRIDAY_EVENING + timedelta(hours=24, seconds=1)).overdue


def test_an_urge_is_recorded_and_counted(ask, store, number):
    proof = Proof(ticket_number=number, phone_last_four=RIGHT, conversation="conversation-of-zhang")

    counts = [usecases.urge(proof=proof, store=store, now=FRIDAY_EVENING).urges for _ in range(2)]

    assert counts == [1, 2]
    assert ask().urges == 2


def test_a_finished_ticket_is_not_urged(store, terms, number):
    usecases.change_status(
        number=TicketNumber.parse(number),
        to=TicketStatus.CANCELLED,
        reason="客户撤销",
        by="1041",
        terms=terms,
        store=store,
        now=FRIDAY_EVENING,
    )
    proof = Proof(ticket_number=number, phone_last_four=RIGHT, conversation="conversation-of-zhang")

    with pytest.raises(TicketFinished, match="已撤销"):
        usecases.urge(proof=proof, store=store, now=FRIDAY_EVENING)
