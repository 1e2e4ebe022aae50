"""客户资料: what an account owes, and who it is of."""

from decimal import Decimal

import pytest

from tests.factories import an_account


@pytest.mark.parametrize(("balance", "arrears"), [("-72.00", "72"), ("0", "0"), ("86.50", "0")])
def test_a_balance_below_zero_is_owed(balance, arrears):
    assert an_account(balance=Decimal(balance)).arrears == Decimal(arrears)


@pytest.mark.parametrize(("digits", "theirs"), [("0002", True), (" 0002 ", True), ("2000", False), ("", False)])
def test_an_account_is_of_who_knows_the_end_of_its_phone(digits, theirs):
    assert an_account(phone="+8613800000002").is_of(phone_last_four=digits) is theirs
