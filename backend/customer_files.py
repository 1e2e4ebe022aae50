"""Customers 客户资料 in a YAML or CSV file, as pydantic checks them on the way into the sample table."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from backend.domain.account import Account
from backend.domain.vocabulary import AccountStatus, Service
from backend.messages.reports import Phone


class CustomersInvalid(Exception):
    """`problems`: one line each, with the place in the file, never with what stood there."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _several(value: object) -> object:
    return value.split() if isinstance(value, str) else value


class CustomerEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{4,20}$")]
    phone: Phone
    status: AccountStatus
    services: Annotated[frozenset[Service], BeforeValidator(_several)]
    balance: Annotated[Decimal, Field(decimal_places=2, max_digits=9)]
    paid_until: date | None = None
    package: str | None = None
    address: str | None = None
    area: str | None = None
    important: bool = False
    sample: bool = False

    def to_domain(self) -> Account:
        return Account(**dict(self))


def read_customers(path: Path) -> tuple[Account, ...]:
    """`customers:` a list in YAML; in CSV a row each, services with spaces between. Raises CustomersInvalid."""
    try:
        entries = _csv(path) if path.suffix == ".csv" else yaml.safe_load(path.read_text("utf-8"))["customers"]
    except OSError as wrong:
        raise CustomersInvalid((f"{path}: {wrong.strerror}",)) from wrong
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError) as wrong:
        raise CustomersInvalid((f"{path}: is no file of customers",)) from wrong
    accounts: dict[str, Account] = {}
    problems: list[str] = []
    for place, entry in enumerate(entries, 1):
        try:
            account = CustomerEntry.model_validate(entry).to_domain()
        except ValidationError as wrong:
            problems += [f"{path}: customer {place}: {_plain(detail)}" for detail in wrong.errors(include_input=False)]
            continue
        if account.number in accounts:
            problems.append(f"{path}: customer {place}: number: stands there twice")
        accounts[account.number] = account
    if problems:
        raise CustomersInvalid(tuple(problems))
    return tuple(accounts.values())


def _csv(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name: value for name, value in row.items() if value} for row in csv.DictReader(file)]


def _plain(detail: Any) -> str:
    return f"{'.'.join(map(str, detail['loc'])) or 'entry'}: {detail['msg']}"
