"""A backend without a process: files everything, answers from tests.contract.answered, and refuses as it is told to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import httpx

from backend.charters import load_charter
from backend.domain.vocabulary import TicketStatus
from backend.messages.reports import ticket_view_to_dict
from tests.contract.answered import (
    ACCOUNT,
    ACCOUNT_NUMBER,
    BOUND,
    DIGITS,
    GUARDED,
    GUARDED_ACCOUNT,
    GUARDED_DIGITS,
    NOT_BOUND,
    OUTAGE,
    RECEIPT,
    RIGHT_CODE,
    SENT,
    STRUCK,
    VIEW,
    VIEWS,
    WRONG_DIGITS,
)

CHARTER = load_charter(operator="jiangxi")


@dataclass
class Backend:
    """Files everything; remembers what, and what was wished. Whoever has numbers may have them told.

    One area is struck by an outage, one account is in arrears.
    """

    filed: list[dict[str, Any]] = field(default_factory=list)
    wished: list[dict[str, Any]] = field(default_factory=list)
    known: list[str] = field(default_factory=list)  # numbers of the tickets of this conversation
    receipt: dict[str, Any] = field(default_factory=lambda: RECEIPT)
    away: bool = False
    sent: list[dict[str, Any]] = field(default_factory=list)  # wishes for a code
    bound: list[dict[str, Any]] = field(default_factory=list)
    refuses: dict[str, tuple[str, str]] = field(default_factory=dict)  # code and message, by path

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.away:
            raise httpx.ConnectError("nobody listens")
        if request.url.path == "/internal/outages":
            return httpx.Response(200, json=[OUTAGE] if request.url.params["area"] == STRUCK else [])
        asked = httpx.Response(200, content=request.content).json()
        if refusal := self.refuses.get(request.url.path):
            return httpx.Response(409, json=dict(zip(("code", "message"), refusal, strict=True)))
        if request.url.path.startswith("/internal/binding"):
            return self._binding(request.url.path.rpartition("/")[2], asked)
        if not self.bound and asked.get("ticket_number") == GUARDED and "request_id" in asked:
            return httpx.Response(409, json=NOT_BOUND)
        match request.url.path:
            case "/internal/account":
                return self._account(asked)
            case "/internal/tickets":
                self.filed.append(asked)
                return httpx.Response(200, json=self.receipt)
            case "/internal/tickets-of-conversation":
                return httpx.Response(200, json=[*self._filed_here(), *self._known_here()])
            case "/internal/progress" | "/internal/urge":
                if asked["phone_last_four"] == WRONG_DIGITS:
                    refused = {"code": "ticket_not_proven", "message": "对不上，请核对后再报一遍。"}
                    return httpx.Response(404, json=refused)
            case _:
                self.wished.append(asked)
        view = VIEWS[asked["ticket_number"]]
        if asked.get("solved") and not asked["goes_on"] and CHARTER.is_content(asked["satisfaction"]):
            view = replace(view, status=TicketStatus.CLOSED)
        return httpx.Response(200, json=ticket_view_to_dict(view))

    def _binding(self, what: str, asked: dict[str, Any]) -> httpx.Response:
        if what == "code":
            self.sent.append(asked)
            return httpx.Response(200, json=SENT)
        if what == "check" and asked["code"] != RIGHT_CODE:
            return httpx.Response(409, json={"code": "code_wrong", "message": "验证码不对，还可以再试4次。"})
        if what == "check":
            self.bound = [BOUND]
            return httpx.Response(200, json=BOUND)
        told = list(self.bound)
        if what == "unbind":
            self.bound.clear()
        return httpx.Response(200, json=told)

    def _account(self, proof: dict[str, Any]) -> httpx.Response:
        said = (proof["account_number"], proof["phone_last_four"])
        if said == (GUARDED_ACCOUNT, GUARDED_DIGITS) and not self.bound:
            return httpx.Response(409, json=NOT_BOUND)
        if said in {(ACCOUNT_NUMBER, DIGITS), (GUARDED_ACCOUNT, GUARDED_DIGITS)} or (self.bound and said[0] is None):
            return httpx.Response(200, json=ACCOUNT)
        refused = {"code": "account_not_proven", "message": "对不上，请您核对后再报一遍。"}
        return httpx.Response(404, json=refused)

    def _filed_here(self) -> list[dict[str, Any]]:
        shown = ("ticket_type", "subject", "description")
        return [{**ticket_view_to_dict(VIEW), **{name: report[name] for name in shown}} for report in self.filed]

    def _known_here(self) -> list[dict[str, Any]]:
        return [ticket_view_to_dict(VIEWS[number]) for number in self.known]
