"""缴清欠费即复机 (R9.5): the resume notice goes out at once, with nobody to forget it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from backend.domain.vocabulary import AccountStatus, OrderKind, TicketType
from backend.ports import Medium
from backend.refusals import AccountNotFound
from backend.store.accounts import TableAccounts
from backend.usecases import payments
from backend.usecases.payments import Payment
from tests.factories import an_account
from tests.integration.backend.support import FRIDAY_EVENING, stored
from tests.integration.backend.working import sent

OWES = an_account(status=AccountStatus.CUT_OFF, balance=Decimal("-72.00"), area="wanli", address="湾里区翠岩路1号")


@pytest.fixture
def pay(store, terms):
    with store.writing() as tickets:
        tickets.customers.put([OWES])

    def pay(amount="72.00", *, account=OWES):
        with store.writing() as tickets:
            if account.number == OWES.number:
                tickets.customers.put([account])
        payment = Payment(
            payment_id="p1", account_number=account.number, amount=Decimal(amount), paid_at=FRIDAY_EVENING
        )
        return payments.paid(
            payment=payment,
            terms=terms,
            store=store,
            accounts=TableAccounts(store),
            now=FRIDAY_EVENING + timedelta(seconds=3),
        )

    return pay


def test_the_order_to_resume_is_filed_as_of_the_payment_with_its_promise(pay, store):
    ticket = stored(store, pay()).ticket

    assert (ticket.ticket_type, ticket.subject) == (TicketType.ORDER, OrderKind.RESUME)
    assert ticket.accepted_at == FRIDAY_EVENING
    assert [told.rule for told in ticket.promises] == ["R1.4"]
    assert ticket.promises[0].due is not None


def test_handler_and_customer_are_told_at_once_and_once(pay, engine, terms):
    first, again = pay(), pay()

    assert again.ticket_number == first.ticket_number
    told = dict(sent(engine, Medium.SMS))
    assert len(sent(engine, Medium.SMS)) == 2
    assert "恢复服务的工单" in told[OWES.phone]
    assert any("复机通知" in text for text in told.values())


@pytest.mark.parametrize(
    ("amount", "account"),
    [
        ("71.99", OWES),
        ("72.00", replace(OWES, status=AccountStatus.ACTIVE)),
        ("72.00", replace(OWES, status=AccountStatus.SUSPENDED)),
    ],
    ids=["not all is paid", "never cut off", "suspended at the customer's wish"],
)
def test_nothing_is_resumed_that_is_not_to_be(pay, engine, amount, account):
    assert pay(amount, account=account) is None
    assert sent(engine, Medium.SMS) == []


def test_a_customer_number_that_is_not_known_is_refused(pay):
    with pytest.raises(AccountNotFound):
        pay(account=an_account(number="1234567890"))
