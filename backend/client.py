"""The backend as actions and bot see it: one typed call each, within BACKEND_TIMEOUT, and only two ways to fail."""

from backend.calling import BACKEND_TIMEOUT, BackendUnavailable, Refused, read
from backend.client_desk import DeskCalls
from backend.client_hall import HallCalls
from backend.client_supervision import SupervisionCalls
from backend.domain.force_majeure import Declaration
from backend.domain.vocabulary import Service
from backend.messages.accountability import CaseAct, CaseDecision, CaseVerb, CaseView
from backend.messages.accounts import ACCOUNT_VIEW, AccountProof, AccountView
from backend.messages.acts import RECEIPT_CODE, ReceiptCode
from backend.messages.assessments import LineView, SheetView
from backend.messages.binding import BOUND, BOUND_PHONES, CODE_SENT, Bound, CodeSaid, CodeSent, CodeWish
from backend.messages.capacity import AREA_VIEWS, NOTING, AreaView, Noting
from backend.messages.desk import (
    BoardAsked,
    BoardRow,
    BoardView,
    Contact,
    CustomerAsked,
    CustomerInPanel,
    Looking,
    TicketInFull,
)
from backend.messages.force_majeure import Declared
from backend.messages.hall import (
    DutyEnded,
    DutyLogView,
    DutyNoted,
    DutyNoteView,
    KeyVisitPlanView,
    OpinionNoted,
    OpinionsView,
    OpinionView,
)
from backend.messages.handovers import (
    HandoverView,
    MatterView,
    Offering,
    Taking,
)
from backend.messages.incidents import (
    IncidentAct,
    IncidentView,
)
from backend.messages.key_visits import KEY_VISIT_ACT, KEY_VISIT_VIEW, KeyContact, KeyVisitAct, KeyVisitView
from backend.messages.outages import OUTAGE_VIEWS, Announcement, Moving, OutageView
from backend.messages.reports import (
    RECEIPT,
    TICKET_VIEW,
    TICKET_VIEWS,
    Appointment,
    Conversation,
    OwnerView,
    PromiseView,
    Proof,
    Receipt,
    Report,
    ShapeInvalid,
    TicketView,
    VisitAnswer,
    Wish,
)
from backend.messages.staff_acts import CLASSES as STAFF_ACTS
from backend.messages.supervision import BehindAsked, GroupView, RateView, RowsView, RowView, SpanAsked, SupervisionView
from backend.messages.visit_sheet import SheetAsked, VisitSheet

__all__ = [
    "BACKEND_TIMEOUT",
    "STAFF_ACTS",
    "AccountProof",
    "AccountView",
    "Announcement",
    "Appointment",
    "BackendClient",
    "BackendUnavailable",
    "BehindAsked",
    "BoardAsked",
    "BoardRow",
    "BoardView",
    "Bound",
    "CaseAct",
    "CaseDecision",
    "CaseVerb",
    "CaseView",
    "CodeSaid",
    "CodeSent",
    "CodeWish",
    "Contact",
    "CustomerAsked",
    "CustomerInPanel",
    "Declaration",
    "Declared",
    "DutyEnded",
    "DutyLogView",
    "DutyNoteView",
    "DutyNoted",
    "GroupView",
    "HandoverView",
    "IncidentAct",
    "IncidentView",
    "KeyContact",
    "KeyVisitAct",
    "KeyVisitPlanView",
    "LineView",
    "Looking",
    "MatterView",
    "Moving",
    "Offering",
    "OpinionNoted",
    "OpinionView",
    "OpinionsView",
    "OutageView",
    "OwnerView",
    "PromiseView",
    "Proof",
    "RateView",
    "Receipt",
    "Refused",
    "Report",
    "RowView",
    "RowsView",
    "ShapeInvalid",
    "SheetAsked",
    "SheetView",
    "SpanAsked",
    "SupervisionView",
    "Taking",
    "TicketInFull",
    "TicketView",
    "VisitAnswer",
    "VisitSheet",
    "Wish",
]


class BackendClient(DeskCalls, HallCalls, SupervisionCalls):
    """Raises BackendUnavailable (no connection, too slow, 5xx, an answer out of shape) or Refused (4xx)."""

    async def file(self, report: Report, *, correlation_id: str) -> Receipt:
        answer = await self._post("/internal/tickets", report.to_json(), correlation_id)
        return read(RECEIPT, answer)

    async def progress(self, proof: Proof, *, correlation_id: str) -> TicketView:
        return read(TICKET_VIEW, await self._post("/internal/progress", proof.to_json(), correlation_id))

    async def urge(self, proof: Proof, *, correlation_id: str) -> TicketView:
        return read(TICKET_VIEW, await self._post("/internal/urge", proof.to_json(), correlation_id))

    async def tickets_of(
        self, *, conversation: str, correlation_id: str, caller: str | None = None
    ) -> tuple[TicketView, ...]:
        """Filed or proven in this conversation, and the unfinished ones of its customer's phones; the latest first."""
        asked = Conversation(conversation=conversation, caller=caller).to_json()
        return read(TICKET_VIEWS, await self._post("/internal/tickets-of-conversation", asked, correlation_id))

    async def change_appointment(self, wish: Appointment, *, correlation_id: str) -> TicketView:
        return read(TICKET_VIEW, await self._post("/internal/appointment", wish.to_json(), correlation_id))

    async def withdraw(self, wish: Wish, *, correlation_id: str) -> TicketView:
        return read(TICKET_VIEW, await self._post("/internal/withdrawal", wish.to_json(), correlation_id))

    async def supply_materials(self, wish: Wish, *, correlation_id: str) -> TicketView:
        return read(TICKET_VIEW, await self._post("/internal/materials", wish.to_json(), correlation_id))

    async def answer_visit(self, answer: VisitAnswer, *, correlation_id: str) -> TicketView:
        return read(TICKET_VIEW, await self._post("/internal/return-visit", answer.to_json(), correlation_id))

    async def account(self, proof: AccountProof, *, correlation_id: str) -> AccountView:
        return read(ACCOUNT_VIEW, await self._post("/internal/account", proof.to_json(), correlation_id))

    async def send_code(self, wish: CodeWish, *, correlation_id: str) -> CodeSent:
        """An SMS with a code 验证码 to the phone that is to be bound."""
        return read(CODE_SENT, await self._post("/internal/binding/code", wish.to_json(), correlation_id))

    async def check_code(self, said: CodeSaid, *, correlation_id: str) -> Bound:
        return read(BOUND, await self._post("/internal/binding/check", said.to_json(), correlation_id))

    async def bound_phones(self, *, conversation: str, correlation_id: str) -> tuple[Bound, ...]:
        """The latest first."""
        asked = Conversation(conversation=conversation).to_json()
        return read(BOUND_PHONES, await self._post("/internal/binding/phones", asked, correlation_id))

    async def unbind(self, *, conversation: str, correlation_id: str) -> tuple[Bound, ...]:
        """Those that it was bound to."""
        asked = Conversation(conversation=conversation).to_json()
        return read(BOUND_PHONES, await self._post("/internal/binding/unbind", asked, correlation_id))

    async def areas(self, *, correlation_id: str) -> tuple[AreaView, ...]:
        """Where it can be installed and where not yet."""
        return read(AREA_VIEWS, await self._get("/internal/areas", {}, correlation_id))

    async def note_capacity(
        self, *, area: str, is_open: bool, noted_by: str, correlation_id: str
    ) -> tuple[AreaView, ...]:
        body = NOTING.dump_json(Noting(is_open=is_open, noted_by=noted_by)).decode()
        return read(AREA_VIEWS, await self._post(f"/internal/areas/{area}/installation", body, correlation_id))

    async def outages(self, *, area: str, service: Service | None, correlation_id: str) -> tuple[OutageView, ...]:
        """What holds now or is ahead there; of every service, where none is named."""
        wanted = {"area": area, **({"service": service} if service else {})}
        return read(OUTAGE_VIEWS, await self._get("/internal/outages", wanted, correlation_id))

    async def announcements(self, *, correlation_id: str) -> tuple[OutageView, ...]:
        """What holds now or is ahead in any area, changes too."""
        return read(OUTAGE_VIEWS, await self._get("/internal/announcements", {}, correlation_id))

    async def confirm_receipt(self, *, receipt_token: str, correlation_id: str) -> TicketView:
        """接单 by the code that stands in the order."""
        body = RECEIPT_CODE.dump_json(ReceiptCode(receipt_token=receipt_token)).decode()
        return read(TICKET_VIEW, await self._post("/internal/receipt", body, correlation_id))

    async def record_key_visit(self, act: KeyVisitAct, *, correlation_id: str) -> KeyVisitView:
        body = KEY_VISIT_ACT.dump_json(act).decode()
        return read(KEY_VISIT_VIEW, await self._post("/internal/key-visits/", body, correlation_id))

    async def retry_due(self, *, id: int, correlation_id: str) -> None:  # noqa: A002 - the row's name
        """A dead letter is due again; refused where there is none of this number."""
        await self._post(f"/internal/due/{id}/retry", "", correlation_id)

    async def revive_listener(self, *, id: str, correlation_id: str) -> None:  # noqa: A002 - the row's name
        await self._post(f"/internal/listeners/{id}/revive", "", correlation_id)

    async def remove_listener(self, *, id: str, correlation_id: str) -> None:  # noqa: A002
        await self._post(f"/internal/listeners/{id}/remove", "", correlation_id)
