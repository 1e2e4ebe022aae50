"""What the use cases need of the outside, as Protocols."""

from backend.ports.agenda import Agenda, Backlog, Claim, Standing
from backend.ports.clock import Declarations, Extensions
from backend.ports.customers import AccountAttempts, Accounts, AccountsUnavailable
from backend.ports.dispatches import Dispatches
from backend.ports.incidents import Incidents
from backend.ports.ledger import Ledger
from backend.ports.outages import Outages
from backend.ports.outbox import Medium, Message, Outbox
from backend.ports.store import Clock, FilingCollision, Store, StoreUnavailable
from backend.ports.tickets import Change, Criterion, Entry, Event, Filed, Operator, Page, Tickets

__all__ = [
    "AccountAttempts",
    "Accounts",
    "AccountsUnavailable",
    "Agenda",
    "Backlog",
    "Change",
    "Claim",
    "Clock",
    "Criterion",
    "Declarations",
    "Dispatches",
    "Entry",
    "Event",
    "Extensions",
    "Filed",
    "FilingCollision",
    "Incidents",
    "Ledger",
    "Medium",
    "Message",
    "Operator",
    "Outages",
    "Outbox",
    "Page",
    "Standing",
    "Store",
    "StoreUnavailable",
    "Tickets",
]
