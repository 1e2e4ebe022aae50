"""What the use cases need of the outside, as Protocols."""

from backend.ports.agenda import Agenda, Claim
from backend.ports.capacity import Capacity, CapacityNotes, CapacityUnavailable, Noted
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
    "Capacity",
    "CapacityNotes",
    "CapacityUnavailable",
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
    "Noted",
    "Operator",
    "Outages",
    "Outbox",
    "Page",
    "Store",
    "StoreUnavailable",
    "Tickets",
]
