"""客户资料 and who has tried to prove to be which customer."""

from typing import Final

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, Table, Text

from backend.store.tables.base import KEY, WORD, UtcDateTime, metadata

# 客户资料: stands in for the operator's own system; SHOUWEN_ACCOUNTS names another source.
customer_account: Final = Table(
    "customer_account",
    metadata,
    Column("number", KEY, primary_key=True),
    Column("phone", WORD, nullable=False),
    Column("status", WORD, nullable=False),
    Column("services", JSON, nullable=False),
    Column("balance_fen", Integer, nullable=False),  # SQLite has no decimals
    Column("paid_until", Date),
    Column("package", Text),
    Column("address", Text),
    Column("area", KEY),
    Column("important", Boolean, nullable=False),
    Column("sample", Boolean, nullable=False),
    Index(None, "phone"),
)

# Every attempt to prove an account, right or wrong: the limits count them, the audit reads them.
account_attempt: Final = Table(
    "account_attempt",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("account_number", KEY, nullable=False),
    Column("conversation", KEY, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("proven", Boolean, nullable=False),
    Index(None, "conversation", "at"),
    Index(None, "account_number", "at"),
)
