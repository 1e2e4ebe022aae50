"""The ledger: a page for every change of a ticket, chained by digests."""

from typing import Final

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table

from backend.store.tables.base import TICKET_NUMBER, UtcDateTime, metadata

DIGEST: Final = String(64)  # SHA-256 in hex

ledger: Final = Table(
    "ledger",
    metadata,
    Column("ticket_number", TICKET_NUMBER, ForeignKey("ticket.number"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("words", JSON(none_as_null=True)),  # NULL, with the salt: erased
    Column("salt", DIGEST),
    Column("words_digest", DIGEST, nullable=False),
    Column("digest", DIGEST, nullable=False),  # over this page and the digest of the one before
)
