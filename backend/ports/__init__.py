"""What the use cases need of the outside, as Protocols."""

from backend.ports.agenda import Agenda, Claim
from backend.ports.clock import Declarations, Extensions
from backend.ports.customers import AccountAttempts, Accounts, AccountsUnavailable
from backend.ports.ledger import Ledger
from backend.ports.outages import Outages
from backend.ports.outbox import Medium, Message, Outbox
from backend.ports.store import FilingCollision, Store, StoreUnavailable
from backend.ports.tickets import Change, Criterion, Entry, Event, Filed, Operator, Page, Tickets

__all__ = [
    "AccountAttempts",
    "Accounts",
    "AccountsUnavailable",
    "Agenda",
    "Change",
    "Claim",
    "Criterion",
    "Declarations",
    "Entry",
    "Event",
    "Extensions",
    "Filed",
    "FilingCollision",
    "Ledger",
    "Medium",
    "Message",
    "Operator",
    "Outages",
    "Outbox",
    "Page",
    "Store",
    "StoreUnavailable",
    "Tickets",
]
