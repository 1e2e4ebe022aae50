"""The backend as actions and bot see it: one typed call each, within BACKEND_TIMEOUT, and only two ways to fail."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, NoReturn, TypeVar

import httpx
from pydantic import TypeAdapter

from backend.domain.vocabulary import Service
from backend.messages.accountability import (
    CASE_VIEW,
    CASE_VIEWS,
    CaseAct,
    CaseVerb,
    CaseView,
)
from backend.messages.accounts import ACCOUNT_VIEW, AccountProof, AccountView
from backend.messages.acts import RECEIPT_CODE, ReceiptCode, StaffAct
from backend.messages.capacity import AREA_VIEWS, NOTING, AreaView, Noting
from backend.messages.faults import FAULT_NOTED, FaultNoted
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
from backend.messages.key_visits import KEY_VISIT_ACT, KEY_VISIT_VIEW, KeyVisitAct, KeyVisitView
from backend.messages.outages import OUTAGE_VIEW, OUTAGE_VIEWS, Announcement, Ending, OutageView
from backend.messages.reports import (
    OF_HTTP,
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
    shaped,
)
from backend.telemetry import CORRELATION_HEADER

__all__ = [
    "BACKEND_TIMEOUT",
    "AccountView",
    "Announcement",
    "Appointment",
    "BackendClient",
    "BackendUnavailable",
    "OutageView",
    "OwnerView",
    "PromiseView",
    "Receipt",
    "Refused",
    "Report",
    "ShapeInvalid",
    "TicketView",
    "VisitAnswer",
    "Wish",
]

BACKEND_TIMEOUT: Final = 2.0  # seconds for a whole call; backend < actions < engine < bot
Shape = TypeVar("Shape")


class BackendUnavailable(Exception):
    """工单系统暂时连接不上。"""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(Exception):
    """The backend says no, for a reason the customer can be told: `message` is Chinese and ready to say."""

    def __init__(self, *, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class BackendClient:
    """Raises BackendUnavailable (no connection, too slow, 5xx, an answer out of shape) or Refused (4xx)."""

    def __init__(
        self,
        *,
        base_url: str,
        token: str,
        transport: httpx.AsyncBaseTransport | None = None,
        time_limit: float = BACKEND_TIMEOUT,
    ) -> None:
        self._limit = time_limit
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=time_limit,
            transport=transport or httpx.AsyncHTTPTransport(retries=1),
            trust_env=False,
        )

    async def file(self, report: Report, *, correlation_id: str) -> Receipt:
        answer = await self._post("/internal/tickets", report.to_json(), correlation_id)
        return _read(RECEIPT, answer)

    async def progress(
        self, *, ticket_number: str, phone_last_four: str | None, conversation: str, correlation_id: str
    ) -> TicketView:
        proof = Proof(ticket_number=ticket_number, phone_last_four=phone_last_four, conversation=conversation)
        return _read(TICKET_VIEW, await self._post("/internal/progress", proof.to_json(), correlation_id))

    async def urge(
        self, *, ticket_number: str, phone_last_four: str | None, conversation: str, correlation_id: str
    ) -> TicketView:
        proof = Proof(ticket_number=ticket_number, phone_last_four=phone_last_four, conversation=conversation)
        return _read(TICKET_VIEW, await self._post("/internal/urge", proof.to_json(), correlation_id))

    async def tickets_of(self, *, conversation: str, correlation_id: str) -> tuple[TicketView, ...]:
        """Filed or proven in this conversation, the latest first."""
        asked = Conversation(conversation=conversation).to_json()
        return _read(TICKET_VIEWS, await self._post("/internal/tickets-of-conversation", asked, correlation_id))

    async def change_appointment(self, wish: Appointment, *, correlation_id: str) -> TicketView:
        return _read(TICKET_VIEW, await self._post("/internal/appointment", wish.to_json(), correlation_id))

    async def withdraw(self, wish: Wish, *, correlation_id: str) -> TicketView:
        return _read(TICKET_VIEW, await self._post("/internal/withdrawal", wish.to_json(), correlation_id))

    async def supply_materials(self, wish: Wish, *, correlation_id: str) -> TicketView:
        return _read(TICKET_VIEW, await self._post("/internal/materials", wish.to_json(), correlation_id))

    async def answer_visit(self, answer: VisitAnswer, *, correlation_id: str) -> TicketView:
        return _read(TICKET_VIEW, await self._post("/internal/return-visit", answer.to_json(), correlation_id))

    async def act(self, verb: str, said: StaffAct, *, correlation_id: str) -> TicketView:
        """What a member of staff does to a ticket: a verb of `backend.api.acts`."""
        body = TypeAdapter(type(said)).dump_json(said).decode()
        return _read(TICKET_VIEW, await self._post(f"/internal/acts/{verb}", body, correlation_id))

    async def account(
        self, *, account_number: str, phone_last_four: str, conversation: str, correlation_id: str
    ) -> AccountView:
        proof = AccountProof(account_number=account_number, phone_last_four=phone_last_four, conversation=conversation)
        return _read(ACCOUNT_VIEW, await self._post("/internal/account", proof.to_json(), correlation_id))

    async def areas(self, *, correlation_id: str) -> tuple[AreaView, ...]:
        """Where it can be installed and where not yet."""
        return _read(AREA_VIEWS, await self._get("/internal/areas", {}, correlation_id))

    async def note_capacity(
        self, *, area: str, is_open: bool, noted_by: str, correlation_id: str
    ) -> tuple[AreaView, ...]:
        body = NOTING.dump_json(Noting(is_open=is_open, noted_by=noted_by)).decode()
        return _read(AREA_VIEWS, await self._post(f"/internal/areas/{area}/installation", body, correlation_id))

    async def outages(self, *, area: str, service: Service | None, correlation_id: str) -> tuple[OutageView, ...]:
        """What holds now or is ahead there; of every service, where none is named."""
        wanted = {"area": area, **({"service": service} if service else {})}
        return _read(OUTAGE_VIEWS, await self._get("/internal/outages", wanted, correlation_id))

    async def announcements(self, *, correlation_id: str) -> tuple[OutageView, ...]:
        """What holds now or is ahead in any area, changes too."""
        return _read(OUTAGE_VIEWS, await self._get("/internal/announcements", {}, correlation_id))

    async def announce_outage(self, announcement: Announcement, *, correlation_id: str) -> OutageView:
        return _read(OUTAGE_VIEW, await self._post("/internal/outages", announcement.to_json(), correlation_id))

    async def end_outage(self, *, number: int, ended_by: str, correlation_id: str) -> OutageView:
        body = Ending(ended_by=ended_by).to_json()
        return _read(OUTAGE_VIEW, await self._post(f"/internal/outages/{number}/end", body, correlation_id))

    async def confirm_receipt(self, *, receipt_token: str, correlation_id: str) -> TicketView:
        """接单 by the code that stands in the order."""
        body = RECEIPT_CODE.dump_json(ReceiptCode(receipt_token=receipt_token)).decode()
        return _read(TICKET_VIEW, await self._post("/internal/receipt", body, correlation_id))

    async def incidents(self, *, correlation_id: str) -> tuple[IncidentView, ...]:
        """The newest first."""
        return _read(INCIDENT_VIEWS, await self._get("/internal/incidents/", {}, correlation_id))

    async def decide_incident(self, verb: IncidentVerb, act: IncidentAct, *, correlation_id: str) -> IncidentView:
        body = INCIDENT_ACT.dump_json(act).decode()
        return _read(INCIDENT_VIEW, await self._post(f"/internal/incidents/{verb}", body, correlation_id))

    async def record_key_visit(self, act: KeyVisitAct, *, correlation_id: str) -> KeyVisitView:
        body = KEY_VISIT_ACT.dump_json(act).decode()
        return _read(KEY_VISIT_VIEW, await self._post("/internal/key-visits/", body, correlation_id))

    async def cases(self, *, correlation_id: str) -> tuple[CaseView, ...]:
        """Accountability; the newest first."""
        return _read(CASE_VIEWS, await self._get("/internal/cases/", {}, correlation_id))

    async def judge_case(self, verb: CaseVerb, act: CaseAct, *, correlation_id: str) -> CaseView:
        body = TypeAdapter(type(act)).dump_json(act).decode()
        return _read(CASE_VIEW, await self._post(f"/internal/cases/{verb}", body, correlation_id))

    async def in_hand(self, *, job_number: str, correlation_id: str) -> tuple[MatterView, ...]:
        return _read(MATTER_VIEWS, await self._get(f"/internal/handovers/of/{job_number}", {}, correlation_id))

    async def handovers(self, *, correlation_id: str) -> tuple[HandoverView, ...]:
        """The newest first."""
        return _read(HANDOVER_VIEWS, await self._get("/internal/handovers/", {}, correlation_id))

    async def offer_handover(self, offering: Offering, *, correlation_id: str) -> HandoverView:
        body = OFFERING.dump_json(offering).decode()
        return _read(HANDOVER_VIEW, await self._post("/internal/handovers/offer", body, correlation_id))

    async def take_handover(self, taking: Taking, *, correlation_id: str) -> HandoverView:
        body = TAKING.dump_json(taking).decode()
        return _read(HANDOVER_VIEW, await self._post("/internal/handovers/take", body, correlation_id))

    async def record_fault(self, noted: FaultNoted, *, correlation_id: str) -> None:
        await self._post("/internal/faults", FAULT_NOTED.dump_json(noted).decode(), correlation_id)

    async def retry_due(self, *, id: int, correlation_id: str) -> None:  # noqa: A002 - the row's name
        """A dead letter is due again; refused where there is none of this number."""
        await self._post(f"/internal/due/{id}/retry", "", correlation_id)

    async def revive_listener(self, *, id: str, correlation_id: str) -> None:  # noqa: A002 - the row's name
        await self._post(f"/internal/listeners/{id}/revive", "", correlation_id)

    async def remove_listener(self, *, id: str, correlation_id: str) -> None:  # noqa: A002
        await self._post(f"/internal/listeners/{id}/remove", "", correlation_id)

    async def ready(self) -> bool:
        try:
            async with asyncio.timeout(self._limit):
                return (await self._http.get("/readyz")).status_code == HTTPStatus.OK
        except (httpx.HTTPError, TimeoutError):
            return False

    async def aclose(self) -> None:
        await self._http.aclose()

    async def _post(self, path: str, body: str, correlation_id: str) -> httpx.Response:
        return await self._call("POST", path, correlation_id, content=body)

    async def _get(self, path: str, wanted: Mapping[str, str], correlation_id: str) -> httpx.Response:
        return await self._call("GET", path, correlation_id, params=wanted)

    async def _call(self, method: str, path: str, correlation_id: str, **sent: Any) -> httpx.Response:
        headers = {CORRELATION_HEADER: correlation_id, "Content-Type": "application/json"}
        try:
            async with asyncio.timeout(self._limit):  # httpx limits each step; this limits the whole call
                answer = await self._http.request(method, path, headers=headers, **sent)
        except TimeoutError as slow:
            raise BackendUnavailable(f"no answer within {self._limit} s") from slow
        except httpx.HTTPError as broken:
            raise BackendUnavailable(type(broken).__name__) from broken
        if not answer.is_success:
            _fail(answer)
        return answer


def _read(adapter: TypeAdapter[Shape], answer: httpx.Response) -> Shape:
    try:
        return shaped(adapter, answer.content)
    except ShapeInvalid as wrong:
        raise BackendUnavailable("an answer out of shape") from wrong


def _fail(answer: httpx.Response) -> NoReturn:
    # A wrong token, path or size is a mistake of ours, never something to tell the customer as a refusal.
    if not answer.is_client_error or answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise BackendUnavailable(f"HTTP {answer.status_code}")
    try:
        refusal = answer.json()
        code, message = str(refusal["code"]), str(refusal["message"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise BackendUnavailable(f"HTTP {answer.status_code} without a reason") from wrong
    if code.startswith(OF_HTTP):
        raise BackendUnavailable(f"HTTP {answer.status_code}")
    raise Refused(code=code, message=message)
