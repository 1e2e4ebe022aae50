"""What goes between the backend and its callers about a customer's account, as JSON."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from pydantic import TypeAdapter

from backend.domain.account import Account
from backend.domain.vocabulary import AccountStatus, Service
from backend.messages.reports import Key, Phone, Sent


@dataclass(frozen=True, kw_only=True)
class AccountProof(Sent):
    """Who asks about an account: its number and the last four digits of the phone on file – or neither, where the phone
    on file is bound in this conversation. `caller`: the number that the platform says the call comes from.
    """

    account_number: Key | None = None
    phone_last_four: Key | None = None
    conversation: Key
    caller: Phone | None = None


@dataclass(frozen=True, kw_only=True)
class AccountView:
    """What its own customer is told. Amounts in yuan."""

    status: AccountStatus
    services: tuple[Service, ...]
    balance: Decimal
    arrears: Decimal
    paid_until: date | None
    package: str | None
    sample: bool


ACCOUNT_VIEW: Final = TypeAdapter(AccountView)


def account_view(account: Account) -> AccountView:
    return AccountView(
        status=account.status,
        services=tuple(sorted(account.services)),
        balance=account.balance,
        arrears=account.arrears,
        paid_until=account.paid_until,
        package=account.package,
        sample=account.sample,
    )


def account_to_dict(view: AccountView) -> dict[str, Any]:
    shape: dict[str, Any] = ACCOUNT_VIEW.dump_python(view, mode="json")
    return shape
