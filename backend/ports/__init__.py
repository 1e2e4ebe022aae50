"""What the use cases need of the outside, as Protocols."""

from backend.ports.agenda import Agenda, Backlog, Claim, Standing
from backend.ports.binding import BoundPhone, BoundPhones, Code, Codes
from backend.ports.capacity import Capacity, CapacityNotes, CapacityUnavailable, Noted
from backend.ports.cases import Cases
from backend.ports.clock import Declarations, Extensions
from backend.ports.customers import AccountAttempts, Accounts, AccountsUnavailable
from backend.ports.dispatches import Dispatches
from backend.ports.handovers import Handovers
from backend.ports.incidents import Incidents
from backend.ports.key_visits import KeyVisits
from backend.ports.ledger import Ledger
from backend.ports.listeners import Listener, Listeners
from backend.ports.outages import Outages
from backend.ports.outbox import Medium, Message, NotYet, Outbox, Undeliverable
from backend.ports.senders import Sender
from backend.ports.store import Clock, FilingCollision, Store, StoreUnavailable
from backend.ports.tickets import Change, Criterion, Entry, Event, Filed, Operator, Order, Page, Tickets
from backend.ports.visits import Draw, Visits

__all__ = [
    "AccountAttempts",
    "Accounts",
    "AccountsUnavailable",
    "Agenda",
    "Backlog",
    "BoundPhone",
    "BoundPhones",
    "Capacity",
    "CapacityNotes",
    "CapacityUnavailable",
    "Cases",
    "Change",
    "Claim",
    "Clock",
    "Code",
    "Codes",
    "Criterion",
    "Declarations",
    "Dispatches",
    "Draw",
    "Entry",
    "Event",
    "Extensions",
    "Filed",
    "FilingCollision",
    "Handovers",
    "Incidents",
    "KeyVisits",
    "Ledger",
    "Listener",
    "Listeners",
    "Medium",
    "Message",
    "NotYet",
    "Noted",
    "Operator",
    "Order",
    "Outages",
    "Outbox",
    "Page",
    "Sender",
    "Standing",
    "Store",
    "StoreUnavailable",
    "Tickets",
    "Undeliverable",
    "Visits",
]
