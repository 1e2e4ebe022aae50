"""Where customer data 客户资料 come from: the operator's own system, or the sample table beside the tickets."""

from pathlib import Path
from typing import Final

from backend.customer_files import read_customers
from backend.plugins import asked_in_time
from backend.ports import Accounts, AccountsUnavailable
from backend.store.accounts import TableAccounts
from backend.store.repository import SqlStore

SAMPLES: Final = Path("samples")


def accounts_of(*, adapter: str | None, store: SqlStore) -> Accounts:
    """`adapter`: `package.module:make`; `make(environ)` gives a `backend.ports.Accounts`. Raises SettingsInvalid."""
    if adapter is None:
        return TableAccounts(store)
    accounts: Accounts = asked_in_time(adapter, setting="SHOUWEN_ACCOUNTS", unavailable=AccountsUnavailable)
    return accounts


def load_samples(*, operator: str, store: SqlStore, root: Path = SAMPLES) -> int:
    """Puts the operator's invented customers into an empty table; returns how many. Raises CustomersInvalid."""
    path = root / operator / "customers.yml"
    if not path.exists():
        return 0
    samples = read_customers(path)
    with store.writing() as tickets:
        return len(samples) if tickets.customers.put_first(samples) else 0
