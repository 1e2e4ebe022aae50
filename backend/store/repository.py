"""The tickets in SQL, for SQLite and PostgreSQL alike."""

import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, Select, and_, func, or_, select, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from backend.domain.ticket import Ticket, TicketNumber
from backend.domain.vocabulary import TicketStatus, TicketType
from backend.ports import (
    Change,
    Criterion,
    Entry,
    Event,
    Filed,
    FilingCollision,
    Order,
    Page,
    StoreUnavailable,
    Tickets,
)
from backend.store import rows, statements
from backend.store.accounts import SqlAccountAttempts, SqlCustomers
from backend.store.agenda import SqlAgenda, SqlOutbox
from backend.store.binding import SqlBoundPhones, SqlCodes
from backend.store.board import SqlBoard
from backend.store.capacity import SqlCapacityNotes
from backend.store.cases import SqlCases
from backend.store.changes import Changes
from backend.store.clock import SqlDeclarations, SqlExtensions
from backend.store.dispatches import SqlDispatches
from backend.store.engine import BUSY_SECONDS, reading
from backend.store.erasing import erase_words
from backend.store.faults import SqlFaults
from backend.store.hall import SqlDutyNotes, SqlOpinions
from backend.store.handovers import SqlHandovers
from backend.store.incidents import SqlIncidents
from backend.store.key_visits import SqlKeyVisits
from backend.store.ledger import SqlLedger
from backend.store.listeners import SqlListeners
from backend.store.outages import SqlOutages
from backend.store.proofs import SqlProofs
from backend.store.searching import condition, ordering
from backend.store.statements import insert_into
from backend.store.tables import audit, matter, promise, proven, ticket
from backend.store.tallies import SqlTallies
from backend.store.visits import SqlVisits

LATEST: Final = (ticket.c.accepted_at.desc(), ticket.c.number.desc())  # acceptance first


def nothing_follows(_change: Change, _tickets: Tickets) -> None:
    """For a store that only reads, or whose test is about something else."""


class SqlStore:
    """`follow`: what follows from a change of a ticket; it is written in the same transaction. `busy`: seconds that
    are waited for others to write."""

    def __init__(
        self, engine: Engine, *, follow: Callable[[Change, Tickets], None] = nothing_follows, busy: float = BUSY_SECONDS
    ) -> None:
        self._engine = engine
        self._follow = follow
        self._busy = busy
        self._one_writer = threading.Lock() if engine.dialect.name == "sqlite" else None

    @contextmanager
    def writing(self) -> Iterator["SqlTickets"]:
        with self._turn(), _translated(), self._engine.begin() as connection:
            tickets = SqlTickets(connection, to_write=True)
            yield tickets
            for change in tickets.changes.so_far():
                self._follow(change, tickets)

    @contextmanager
    def reading(self) -> Iterator["SqlTickets"]:
        with _translated(), reading(self._engine) as connection:
            yield SqlTickets(connection, to_write=False)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        # SQLite makes busy writers sleep and guess; within the process they queue up fairly instead.
        if self._one_writer is None:
            yield
            return
        if not self._one_writer.acquire(timeout=self._busy):
            raise StoreUnavailable("too many writers are waiting")
        try:
            yield
        finally:
            self._one_writer.release()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except IntegrityError as collision:
        raise FilingCollision(str(collision.orig)) from collision
    except (DataError, ProgrammingError):  # a mistake of ours: trying again is of no use
        raise
    except (DBAPIError, NoConnectionFree) as broken:
        raise StoreUnavailable(type(broken).__name__) from broken


class SqlTickets(SqlProofs):
    """`backend.ports.Tickets` on one connection, inside one transaction."""

    def __init__(self, connection: Connection, *, to_write: bool) -> None:
        super().__init__(connection)
        self._to_write = to_write
        self.changes = Changes(lambda number: self.get(number=number))
        self.account_attempts = SqlAccountAttempts(connection)
        self.bound_phones = SqlBoundPhones(connection)
        self.board = SqlBoard(connection, read=self._many)
        self.cases = SqlCases(connection)
        self.codes = SqlCodes(connection)
        self.customers = SqlCustomers(connection)
        self.dispatches = SqlDispatches(connection)
        self.faults = SqlFaults(connection)
        self.handovers = SqlHandovers(connection)
        self.incidents = SqlIncidents(connection)
        self.outages = SqlOutages(connection)
        self.visits = SqlVisits(connection)
        self.key_visits = SqlKeyVisits(connection)
        self.agenda = SqlAgenda(connection)
        self.outbox = SqlOutbox(connection, self.agenda)
        self.ledger = SqlLedger(connection)
        self.capacity_notes = SqlCapacityNotes(connection)
        self.extensions = SqlExtensions(connection)
        self.declarations = SqlDeclarations(connection)
        self.listeners = SqlListeners(connection)
        self.duty_notes = SqlDutyNotes(connection)
        self.opinions = SqlOpinions(connection)
        self.tallies = SqlTallies(connection)

    def take_number(self, *, day: date) -> int:
        number: int = self._sql.execute(statements.TAKE_NUMBER, {"day": day}).scalar_one()
        return number

    def give_number_back(self, *, day: date) -> None:
        self._sql.execute(statements.GIVE_NUMBER_BACK, {"of_day": day})

    def of_report(
        self, *, matter_id: str, contact_phone: str, ticket_type: TicketType, subject: str
    ) -> Sequence[Filed]:
        about = {
            "matter_id": matter_id,
            "contact_phone": contact_phone,
            "ticket_type": ticket_type,
            "subject": subject,
        }
        numbers = self._sql.execute(statements.OF_REPORT, about).scalars().all()
        return self._many(select(ticket).where(ticket.c.number.in_(numbers)).order_by(*LATEST)) if numbers else []

    def get(self, *, number: TicketNumber) -> Filed | None:
        return self._one(select(ticket).where(ticket.c.number == str(number)))

    def of_conversation(self, *, conversation: str, phones: Collection[str]) -> Sequence[Filed]:
        proven_there = select(proven.c.ticket_number).where(proven.c.conversation == conversation)
        theirs = and_(ticket.c.contact_phone.in_(phones), statements.IS_UNFINISHED)
        return self._many(
            select(ticket)
            .where(or_(ticket.c.conversation == conversation, ticket.c.number.in_(proven_there), theirs))
            .order_by(*LATEST)
        )

    def open_in_area(self, *, area: str) -> Sequence[Filed]:
        here = select(ticket).where(ticket.c.area == area, statements.IS_OPEN)
        return self._many(here.order_by(ticket.c.accepted_at, ticket.c.number))

    def times_brought(self, *, contact_phone: str, ticket_type: TicketType) -> Mapping[str, int]:
        times = func.count().label("times")
        count = (
            select(ticket.c.subject, times)
            .join(matter, matter.c.ticket_number == ticket.c.number)
            .where(
                ticket.c.contact_phone == contact_phone,
                ticket.c.ticket_type == ticket_type,
                ticket.c.status.not_in({TicketStatus.CANCELLED, TicketStatus.REJECTED}),
            )
            .group_by(ticket.c.subject)
        )
        return {row.subject: row.times for row in self._sql.execute(count)}

    def open_matters(self) -> Mapping[str, int]:
        return {row.owner: row.open_now for row in self._sql.execute(statements.OPEN_MATTERS)}

    def add(self, filed: Filed) -> None:
        self.changes.wrote(filed)
        self._sql.execute(insert_into(ticket), rows.filed_row(filed))
        made = rows.promise_rows(filed.ticket, charter_digest=filed.charter_digest, told={})
        if made:
            self._sql.execute(insert_into(promise), made)
        self.join_matter(matter_id=filed.ticket.matter_id, number=filed.ticket.number, at=filed.filed_at)

    def join_matter(self, *, matter_id: str, number: TicketNumber, at: datetime) -> None:
        self._sql.execute(
            insert_into(matter), {"matter_id": matter_id, "ticket_number": str(number), "reported_at": at}
        )

    def save(self, changed: Ticket) -> None:
        self.changes.wrote(replace(self.changes.latest(changed.number), ticket=changed))
        number = str(changed.number)
        self._sql.execute(update(ticket).where(ticket.c.number == number), rows.ticket_row(changed))
        before = self._promises([number])[number]
        told = {(row["clause"], row["started_at"]): row["told_due"] for row in before}
        digest = self._sql.execute(select(ticket.c.charter_digest).where(ticket.c.number == number)).scalar_one()
        self._sql.execute(promise.delete().where(promise.c.ticket_number == number))
        after = rows.promise_rows(changed, charter_digest=digest, told=told)
        if after:
            self._sql.execute(insert_into(promise), after)

    def erase(self, erased: Ticket) -> None:
        erase_words(self._sql, erased)
        self.save(erased)

    def save_owner(self, changed: Filed) -> None:
        number = str(changed.ticket.number)
        self.changes.wrote(changed)
        self._sql.execute(update(ticket).where(ticket.c.number == number), rows.owner_row(changed))
        self.save(changed.ticket)

    def record(self, entry: Entry) -> None:
        self.changes.recorded(entry)
        self._sql.execute(insert_into(audit), rows.entry_row(entry))
        if entry.is_answer:
            self._sql.execute(statements.FIRST_ANSWER, {"of_ticket": str(entry.number), "at": entry.at})

    def history(self, *, numbers: Sequence[TicketNumber]) -> Mapping[TicketNumber, Sequence[Entry]]:
        wanted = audit.c.ticket_number.in_([str(number) for number in numbers])
        entries: dict[TicketNumber, list[Entry]] = {number: [] for number in numbers}
        for row in self._sql.execute(select(audit).where(wanted).order_by(audit.c.id)).mappings():
            entry = rows.read_entry(row)
            entries[entry.number].append(entry)
        return entries

    def urges(self, *, number: TicketNumber) -> int:
        urged = select(func.count()).where(audit.c.ticket_number == str(number), audit.c.event == Event.URGED)
        return self._sql.execute(urged).scalar_one()

    def with_provisional_promises(self) -> Sequence[Filed]:
        provisional = select(promise.c.ticket_number).where(promise.c.provisional, ~promise.c.breached)
        return self._many(
            select(ticket).where(ticket.c.number.in_(provisional), statements.IS_OPEN).order_by(ticket.c.number)
        )

    def promised_in(self, *, area: str, clauses: Collection[str], since: datetime, until: datetime) -> Sequence[Filed]:
        running = select(promise.c.ticket_number).where(
            promise.c.clause.in_(clauses), ~promise.c.breached, promise.c.started_at < until, promise.c.due > since
        )
        return self._many(
            select(ticket).where(ticket.c.area == area, ticket.c.number.in_(running)).order_by(ticket.c.number)
        )

    def search(self, *, criteria: Sequence[Criterion], order: Sequence[Order], offset: int, limit: int) -> Page:
        wanted = [condition(criterion) for criterion in criteria]
        total = self._sql.execute(select(func.count()).select_from(ticket).where(*wanted)).scalar_one()
        found = self._many(select(ticket).where(*wanted).order_by(*ordering(order)).offset(offset).limit(limit))
        history = self.history(numbers=[filed.ticket.number for filed in found])
        return Page(filed=tuple(found), history=history, total=total)

    def _one(self, query: Select[Any]) -> Filed | None:
        found = self._many(query)
        return found[0] if found else None

    def _many(self, query: Select[Any]) -> list[Filed]:
        # What is read to be changed stays as it was read. (SQLite has one writer anyway.)
        read = query.with_for_update(of=ticket, key_share=True) if self._to_write else query
        found = self._sql.execute(read).mappings().all()
        if not found:
            return []
        numbers = [row["number"] for row in found]
        promises, matter_ids = self._promises(numbers), self._matter_ids(numbers)
        tickets = [rows.read_filed(row, promises[row["number"]], matter_ids[row["number"]]) for row in found]
        for filed in tickets:
            self.changes.read(filed)
        return tickets

    def _matter_ids(self, numbers: Sequence[str]) -> Mapping[str, list[str]]:
        by_ticket: dict[str, list[str]] = defaultdict(list)
        for row in self._sql.execute(statements.MATTERS, {"numbers": numbers}):
            by_ticket[row.ticket_number].append(row.matter_id)
        return by_ticket

    def _promises(self, numbers: Sequence[str]) -> Mapping[str, list[rows.Row]]:
        by_ticket: dict[str, list[rows.Row]] = defaultdict(list)
        for row in self._sql.execute(statements.PROMISES, {"numbers": numbers}).mappings():
            by_ticket[row["ticket_number"]].append(row)
        return by_ticket
