"""Whatever happens to tickets, in whatever order: what must hold of every one of them holds after every step."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from backend.calendars import state_council_calendar
from backend.charter_book import CharterBook
from backend.domain.complaint import Finding
from backend.domain.errors import Refusal
from backend.domain.handling import DeemedGround
from backend.domain.ticket import TicketNumber
from backend.domain.vocabulary import Grade, TicketStatus, TicketType
from backend.messages.acts import StaffAct, Transfer
from backend.messages.clock import (
    AskExtension,
    ChangeOwner,
    DecideExtension,
    DeemOnTime,
    MissingMaterials,
    Refer,
    Regrade,
)
from backend.messages.complaints import Conclude
from backend.messages.force_majeure import Declared
from backend.messages.reports import Appointment, VisitAnswer
from backend.store.accounts import TableAccounts
from backend.store.engine import open_engine
from backend.store.migrate import migrate
from backend.store.repository import SqlStore
from backend.usecases import (
    acts,
    complaints,
    deeming,
    extensions,
    force_majeure,
    ledger,
    materials,
    owners,
    regrading,
    wishes,
)
from backend.usecases import tickets as usecases
from backend.usecases.filing import Terms
from backend.work.consequences import Consequences
from tests.integration.backend.support import FRIDAY_EVENING, ROOT, a_report

BOOK = CharterBook(operator="jiangxi", root=ROOT / "charters")
TERMS = Terms(charter=BOOK.newest, calendar=state_council_calendar())
STAFF = ["1003", "1005", "1024", "1041"]  # leaders and agents
MATTERS = [(TicketType.FAULT, "no_signal"), (TicketType.ORDER, "install"), (TicketType.COMPLAINT, "attitude")]
unique = count(1)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[type[RuleBasedStateMachine]]:
    engine = open_engine(f"sqlite:///{tmp_path / 'backend.sqlite'}")
    migrate(engine)
    store = SqlStore(engine, follow=Consequences(charters=BOOK).follow)
    yield type("OnThisStore", (Histories,), {"store": store})
    engine.dispose()


class Histories(RuleBasedStateMachine):
    store: SqlStore

    @initialize(matter=st.sampled_from(MATTERS))
    def somebody_reports(self, matter: tuple[TicketType, str]) -> None:
        self.customer, self.now = next(unique), FRIDAY_EVENING
        self.promised: dict[tuple[str, str, int], Any] = {}
        self.extended: set[Any] = set()
        self.matter = matter
        self.number = self._file()

    @rule(minutes=st.sampled_from([1, 30, 300, 1500, 9000]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def the_same_is_reported_again(self) -> None:
        self._file()

    @rule(to=st.sampled_from(list(TicketStatus)), by=st.sampled_from(STAFF))
    def the_status_is_changed(self, to: TicketStatus, by: str) -> None:
        self._become(to, by=by)

    @rule(by=st.sampled_from(STAFF))
    def it_is_settled(self, by: str) -> None:
        self._become(TicketStatus.IN_PROGRESS, by=by)
        self._become(TicketStatus.RESOLVED, by=by)

    @rule(by=st.sampled_from(STAFF), finding=st.sampled_from(list(Finding)))
    def the_complaint_is_concluded(self, by: str, finding: Finding) -> None:
        self._act(complaints.conclude, Conclude, by=by, finding=finding, answer="查清了", remedy="重新上门")

    @rule(by=st.sampled_from(STAFF))
    def closing_is_tried(self, by: str) -> None:
        before = self._filed().ticket
        closed = self._become(TicketStatus.CLOSED, by=by)
        if before.status is TicketStatus.RESOLVED:
            assert closed is (not before.needs_return_visit or before.visited_at is not None)

    @rule(solved=st.booleans())
    def the_customer_is_visited(self, solved: bool) -> None:
        answer = VisitAnswer(text="修好没有", solved=solved, **self._wish())
        with suppress(Refusal):
            wishes.answer_visit(answer=answer, terms=TERMS, store=self.store, now=self.now)

    @rule(days=st.integers(1, 30))
    def the_customer_wishes_another_time(self, days: int) -> None:
        wish = Appointment(text="晚点来", wished="晚点来", wished_at=self.now + timedelta(days=days), **self._wish())
        with suppress(Refusal):
            wishes.change_appointment(wish=wish, terms=TERMS, store=self.store, now=self.now)

    @rule(by=st.sampled_from(STAFF), to=st.sampled_from(STAFF))
    def it_is_handed_on(self, by: str, to: str) -> None:
        owner = self._filed().ticket.owner
        self._act(acts.transfer, Transfer, by=by, to=to)
        assert self._filed().ticket.owner == owner

    @rule(by=st.sampled_from(STAFF))
    def it_is_answered(self, by: str) -> None:
        self._act(acts.respond, StaffAct, by=by)

    @rule(by=st.sampled_from(STAFF), to=st.sampled_from(STAFF))
    def another_is_to_own_it(self, by: str, to: str) -> None:
        self._act(owners.change_owner, ChangeOwner, by=by, to=to)

    @rule(by=st.sampled_from(STAFF))
    def it_is_led_to_a_department(self, by: str) -> None:
        self._act(owners.refer, Refer, by=by, department="engineering", contacted="1006", contacted_at=self.now)

    @rule(by=st.sampled_from(STAFF), papers=st.sampled_from([("合同",), ("合同", "照片")]))
    def papers_are_missing(self, by: str, papers: tuple[str, ...]) -> None:
        self._act(materials.missing, MissingMaterials, by=by, missing=papers)

    @rule(by=st.sampled_from(STAFF))
    def papers_are_complete(self, by: str) -> None:
        self._act(materials.complete, StaffAct, by=by)

    @rule(by=st.sampled_from(STAFF), grade=st.sampled_from(list(Grade)))
    def it_is_regraded(self, by: str, grade: Grade) -> None:
        self._act(regrading.regrade, Regrade, by=by, grade=grade)

    @rule(days=st.integers(1, 9))
    def an_extension_is_asked_for(self, days: int) -> None:
        wished = self.now + timedelta(days=days)
        self._act(extensions.request, AskExtension, by=self._filed().ticket.owner, wished_due=wished)

    @rule(by=st.sampled_from(STAFF), approved=st.booleans())
    def an_extension_is_decided(self, by: str, approved: bool) -> None:
        with self.store.reading() as tickets:
            asked = tickets.extensions.pending(number=self.number)
        decided = self._act(extensions.decide, DecideExtension, by=by, approved=approved)
        if asked and decided and approved:
            self.extended.add(asked.wished_due)

    @rule(by=st.sampled_from(STAFF), ground=st.sampled_from(list(DeemedGround)), hours=st.integers(0, 9))
    def it_is_deemed_done_on_time(self, by: str, ground: DeemedGround, hours: int) -> None:
        tried = self.now - timedelta(hours=hours)
        facts = {"called_at": (tried,), "at_door": tried, "report": "联系不上", "reported_to": "1001"}
        self._act(deeming.deem, DeemOnTime, by=by, ground=ground, **facts)

    @rule(hours=st.integers(1, 90))
    def the_elements_rage(self, hours: int) -> None:
        declared = Declared(
            area="honggutan",
            cause="暴雪",
            starts_at=self.now,
            until=self.now + timedelta(hours=hours),
            declared_by="1003",
        )
        force_majeure.declare(declared=declared, charter=TERMS.charter, store=self.store, now=self.now)

    @invariant()
    def somebody_on_the_staff_owns_it(self) -> None:
        """R2.1."""
        assert TERMS.charter.member(self._filed().ticket.owner)

    @invariant()
    def no_promise_lies_before_its_acceptance(self) -> None:
        ticket = self._filed().ticket
        for made in (*ticket.promises, *ticket.breached):
            assert made.started_at >= ticket.accepted_at
            assert made.due is None or made.due > made.started_at

    @invariant()
    def nothing_lengthens_a_promise_but_an_approved_extension(self) -> None:
        """R1.20, R1.21, R1.17. A reopened matter has new promises (R5.6)."""
        ticket = self._filed().ticket
        for made in ticket.promises:
            told = self.promised.get((made.kind, str(ticket.number), ticket.times_reopened))
            if told is not None:
                assert made.due is not None
                assert made.due <= told or made.due in self.extended
            self.promised[(made.kind, str(ticket.number), ticket.times_reopened)] = made.due

    @invariant()
    def what_must_be_visited_is_not_closed_before(self) -> None:
        """R5.1."""
        ticket = self._filed().ticket
        if ticket.needs_return_visit and ticket.visited_at is None:
            assert ticket.status is not TicketStatus.CLOSED

    @invariant()
    def its_ledger_verifies(self) -> None:
        with self.store.reading() as tickets:
            assert ledger.verify(number=self.number, tickets=tickets).problems == ()

    def _filed(self) -> Any:
        with self.store.reading() as tickets:
            return tickets.get(number=self.number)

    def _file(self) -> TicketNumber:
        ticket_type, subject = self.matter
        report = a_report(
            matter_id=f"matter-{next(unique)}",
            contact_phone=f"+86138{self.customer:08}",
            conversation=f"conversation-{self.customer}",
            ticket_type=ticket_type,
            subject=subject,
            accepted_at=self.now,
        )
        accounts = TableAccounts(self.store)
        receipt = usecases.accept(report=report, terms=TERMS, store=self.store, accounts=accounts, now=self.now)
        return TicketNumber(receipt.ticket_number)

    def _become(self, status: TicketStatus, *, by: str) -> bool:
        try:
            usecases.change_status(
                number=self.number, to=status, reason="原因", by=by, terms=TERMS, store=self.store, now=self.now
            )
        except Refusal:
            return False
        return True

    def _wish(self) -> dict[str, Any]:
        return {
            "ticket_number": str(self.number),
            "conversation": f"conversation-{self.customer}",
            "caller": f"+86138{self.customer:08}",
            "request_id": f"request-{next(unique)}",
            "said_at": self.now,
        }

    def _act(self, use_case: Any, shape: Any, **said: Any) -> bool:
        request = {"request_id": f"request-{next(unique)}", "ticket_number": str(self.number), "reason": "原因"}
        try:
            use_case(act=shape(**request, **said), terms=TERMS, store=self.store, now=self.now)
        except Refusal:
            return False
        return True


def test_every_history_keeps_the_rules(machine):
    bounded = settings(max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=bounded)
