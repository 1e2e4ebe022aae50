"""The tables, a module a topic."""

from backend.store.tables.accountability import accountability_case, handover, recorded_fault
from backend.store.tables.agenda import due_work, outbox
from backend.store.tables.base import metadata
from backend.store.tables.binding import bound_phone, phone_code
from backend.store.tables.capacity import capacity
from backend.store.tables.clock import extension, force_majeure
from backend.store.tables.customers import account_attempt, customer_account
from backend.store.tables.dispatch import dispatch
from backend.store.tables.hall import duty_note, opinion
from backend.store.tables.incidents import incident, incident_ticket
from backend.store.tables.key_visits import key_visit
from backend.store.tables.ledger import ledger
from backend.store.tables.listeners import listener
from backend.store.tables.outages import outage
from backend.store.tables.tickets import audit, day_counter, failed_attempt, matter, promise, proven, ticket
from backend.store.tables.visits import visit, visit_draw, visit_seed

__all__ = [
    "account_attempt",
    "accountability_case",
    "audit",
    "bound_phone",
    "capacity",
    "customer_account",
    "day_counter",
    "dispatch",
    "due_work",
    "duty_note",
    "extension",
    "failed_attempt",
    "force_majeure",
    "handover",
    "incident",
    "incident_ticket",
    "key_visit",
    "ledger",
    "listener",
    "matter",
    "metadata",
    "opinion",
    "outage",
    "outbox",
    "phone_code",
    "promise",
    "proven",
    "recorded_fault",
    "ticket",
    "visit",
    "visit_draw",
    "visit_seed",
]
