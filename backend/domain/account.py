"""The account 客户资料 as the operator's own system knows it: what is paid, what is owed, what it covers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.domain.vocabulary import AccountStatus, Service

STATUS_LABELS = {
    AccountStatus.ACTIVE: "正常",
    AccountStatus.SUSPENDED: "报停",
    AccountStatus.CUT_OFF: "欠费停机",
}


@dataclass(frozen=True, kw_only=True)
class Account:
    """`balance` in yuan; below zero it is what the customer owes. `important`: who counts as that is the operator's
    to say (R1.16, R9.6). `sample`: invented 示例.
    """

    number: str  # 客户编号
    phone: str  # E.164
    status: AccountStatus
    services: frozenset[Service]
    balance: Decimal
    paid_until: date | None
    package: str | None
    address: str | None
    area: str | None
    important: bool
    sample: bool

    @property
    def arrears(self) -> Decimal:
        return max(-self.balance, Decimal(0))

    def is_of(self, *, phone_last_four: str) -> bool:
        return self.phone[-4:] == phone_last_four.strip()
