"""The backend as the desk sees it: what staff look at, do and decide."""

from pydantic import TypeAdapter

from backend.calling import Caller, read
from backend.domain.force_majeure import Declaration
from backend.domain.staff_acts import Verb
from backend.messages.accountability import CASE_VIEW, CASE_VIEWS, CaseAct, CaseVerb, CaseView
from backend.messages.acts import StaffAct
from backend.messages.desk import (
    BOARD_ASKED,
    BOARD_VIEW,
    CONTACT,
    CUSTOMER_ASKED,
    CUSTOMER_IN_PANEL,
    LOOKING,
    TICKET_IN_FULL,
    BoardAsked,
    BoardView,
    Contact,
    CustomerAsked,
    CustomerInPanel,
    Looking,
    TicketInFull,
)
from backend.messages.faults import FAULT_NOTED, FaultNoted
from backend.messages.force_majeure import DECLARATION, DECLARATIONS, DECLARED, Declared
from backend.messages.handovers import (
    HANDOVER_VIEW,
    HANDOVER_VIEWS,
    MATTER_VIEWS,
    OFFERING,
    TAKING,
    HandoverView,
    MatterView,
    Offering,
    Taking,
)
from backend.messages.incidents import (
    INCIDENT_ACT,
    INCIDENT_VIEW,
    INCIDENT_VIEWS,
    IncidentAct,
    IncidentVerb,
    IncidentView,
)
from backend.messages.outages import OUTAGE_VIEW, Announcement, Ending, Moving, OutageView
from backend.messages.reports import TICKET_VIEW, TicketView
from backend.messages.visit_sheet import SHEET_ASKED, VISIT_SHEET, SheetAsked, VisitSheet


class DeskCalls(Caller):
    """Raises as Caller does."""

    async def board(self, asked: BoardAsked, *, correlation_id: str) -> BoardView:
        body = BOARD_ASKED.dump_json(asked).decode()
        return read(BOARD_VIEW, await self._post("/internal/desk/board", body, correlation_id))

    async def ticket_in_full(self, looking: Looking, *, correlation_id: str) -> TicketInFull:
        body = LOOKING.dump_json(looking).decode()
        return read(TICKET_IN_FULL, await self._post("/internal/desk/ticket", body, correlation_id))

    async def visit_sheet(self, asked: SheetAsked, *, correlation_id: str) -> VisitSheet:
        """Whom to call for a return visit, masked."""
        body = SHEET_ASKED.dump_json(asked).decode()
        return read(VISIT_SHEET, await self._post("/internal/desk/visits", body, correlation_id))

    async def contact_of(self, looking: Looking, *, correlation_id: str) -> Contact:
        """Customers' data unmasked: who asks writes it into the audit first."""
        body = LOOKING.dump_json(looking).decode()
        return read(CONTACT, await self._post("/internal/desk/contact", body, correlation_id))

    async def customer_of(self, asked: CustomerAsked, *, correlation_id: str) -> CustomerInPanel:
        """Whom a conversation is with, masked."""
        body = CUSTOMER_ASKED.dump_json(asked).decode()
        return read(CUSTOMER_IN_PANEL, await self._post("/internal/desk/customer", body, correlation_id))

    async def act_at_desk(self, verb: Verb, said: StaffAct, *, correlation_id: str) -> TicketView:
        """For whom it is to do; refused to others."""
        body = TypeAdapter(type(said)).dump_json(said).decode()
        return read(TICKET_VIEW, await self._post(f"/internal/desk/acts/{verb}", body, correlation_id))

    async def act(self, verb: str, said: StaffAct, *, correlation_id: str) -> TicketView:
        """What a member of staff does to a ticket: a verb of `backend.api.acts`."""
        body = TypeAdapter(type(said)).dump_json(said).decode()
        return read(TICKET_VIEW, await self._post(f"/internal/acts/{verb}", body, correlation_id))

    async def announce_outage(self, announcement: Announcement, *, correlation_id: str) -> OutageView:
        return read(OUTAGE_VIEW, await self._post("/internal/outages", announcement.to_json(), correlation_id))

    async def move_outage(self, moving: Moving, *, number: int, correlation_id: str) -> OutageView:
        return read(OUTAGE_VIEW, await self._post(f"/internal/outages/{number}/move", moving.to_json(), correlation_id))

    async def end_outage(self, *, number: int, ended_by: str, correlation_id: str) -> OutageView:
        body = Ending(ended_by=ended_by).to_json()
        return read(OUTAGE_VIEW, await self._post(f"/internal/outages/{number}/end", body, correlation_id))

    async def declarations(self, *, correlation_id: str) -> tuple[Declaration, ...]:
        """Force majeure."""
        return read(DECLARATIONS, await self._get("/internal/force-majeure", {}, correlation_id))

    async def declare_force_majeure(self, declared: Declared, *, correlation_id: str) -> Declaration:
        body = DECLARED.dump_json(declared).decode()
        return read(DECLARATION, await self._post("/internal/force-majeure", body, correlation_id))

    async def incidents(self, *, correlation_id: str) -> tuple[IncidentView, ...]:
        """The newest first."""
        return read(INCIDENT_VIEWS, await self._get("/internal/incidents/", {}, correlation_id))

    async def decide_incident(self, verb: IncidentVerb, act: IncidentAct, *, correlation_id: str) -> IncidentView:
        body = INCIDENT_ACT.dump_json(act).decode()
        return read(INCIDENT_VIEW, await self._post(f"/internal/incidents/{verb}", body, correlation_id))

    async def cases(self, *, by: str = "", correlation_id: str) -> tuple[CaseView, ...]:
        """Accountability, with what the member `by` may do about each; the newest first."""
        return read(CASE_VIEWS, await self._get("/internal/cases/", {"by": by}, correlation_id))

    async def judge_case(self, verb: CaseVerb, act: CaseAct, *, correlation_id: str) -> CaseView:
        body = TypeAdapter(type(act)).dump_json(act).decode()
        return read(CASE_VIEW, await self._post(f"/internal/cases/{verb}", body, correlation_id))

    async def in_hand(self, *, job_number: str, correlation_id: str) -> tuple[MatterView, ...]:
        return read(MATTER_VIEWS, await self._get(f"/internal/handovers/of/{job_number}", {}, correlation_id))

    async def handovers(self, *, correlation_id: str) -> tuple[HandoverView, ...]:
        """The newest first."""
        return read(HANDOVER_VIEWS, await self._get("/internal/handovers/", {}, correlation_id))

    async def offer_handover(self, offering: Offering, *, correlation_id: str) -> HandoverView:
        body = OFFERING.dump_json(offering).decode()
        return read(HANDOVER_VIEW, await self._post("/internal/handovers/offer", body, correlation_id))

    async def take_handover(self, taking: Taking, *, correlation_id: str) -> HandoverView:
        body = TAKING.dump_json(taking).decode()
        return read(HANDOVER_VIEW, await self._post("/internal/handovers/take", body, correlation_id))

    async def record_fault(self, noted: FaultNoted, *, correlation_id: str) -> None:
        await self._post("/internal/faults", FAULT_NOTED.dump_json(noted).decode(), correlation_id)
