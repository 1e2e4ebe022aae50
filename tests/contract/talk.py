"""A conversation with the actions, called as Rasa's rules and forms call them, without Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.executor import executor_of
from actions.parts import Parts
from actions.unfiled import Unfiled
from backend.calendars import state_council_calendar
from backend.charters import load_charter
from backend.client import BackendClient
from backend.domain.visit import SATISFIED
from backend.domain.vocabulary import TicketStatus
from backend.messages.reports import ticket_view_to_dict
from tests.contract.answered import (
    ACCOUNT,
    ACCOUNT_NUMBER,
    AT,
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

ROOT = Path(__file__).parents[2]


@cache
def domain() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))


def intents() -> set[str]:
    """Those that phrases teach; an offered choice is the classifier's own, a photo the engine's."""
    return {*domain()["intents"]} - {"nlu_offer", "send_photo"}


def rules() -> list[dict[str, Any]]:
    return [rule for path in sorted((ROOT / "data/rules").glob("*.yml")) for rule in _read(path)["rules"]]


def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text("utf-8"))


def _first_actions() -> dict[str, str]:
    """What each intent starts when no form is in hand."""
    return {
        said["intent"]: rule["steps"][1]["action"]
        for rule in rules()
        if "condition" not in rule
        for said in rule["steps"][0].get("or", rule["steps"][:1])
    }


def _after_forms() -> dict[str, str]:
    """What follows a form that ended by itself."""
    return {rule["condition"][0]["active_loop"]: rule["steps"][-1]["action"] for rule in rules() if "condition" in rule}


FIRST_ACTION = _first_actions()
AFTER_FORM = _after_forms()


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing a customer says, as the engine understands it; `entities` in their order in the text.

    `photo`: the id of the photo that it is.
    """

    text: str
    intent: str
    entities: tuple[tuple[str, str], ...] = ()
    photo: str | None = None

    def as_message(self) -> dict[str, Any]:
        found, place = [], 0
        for name, value in self.entities:
            place = max(self.text.find(value.removeprefix("+86"), place), 0)
            found.append({"entity": name, "value": value, "start": place, "end": place + len(value)})
        return {
            "text": self.text,
            "intent": {"name": self.intent, "confidence": 0.9},
            "entities": found,
            "metadata": {
                "channel": "webchat",
                "accepted_at": AT,
                "correlation_id": "turn",
                **({"attachment": self.photo} if self.photo else {}),
            },
        }


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
        if asked.get("solved") and not asked["goes_on"] and (asked["satisfaction"] or SATISFIED) >= SATISFIED:
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


def parts(var: Path, backend: Backend, *, operator: str = "jiangxi") -> Parts:
    return Parts(
        charter=load_charter(operator=operator, root=ROOT / "charters"),
        calendar=state_council_calendar(),
        backend=BackendClient(base_url="http://backend", token="t", transport=httpx.MockTransport(backend)),
        unfiled=Unfiled(var / "unfiled.sqlite"),
    )


@dataclass
class Talk:
    """`replies` are the responses of the last turn by name, `buttons` what stands on the buttons beneath them."""

    actions: dict[str, Any]
    backend: Backend
    slots: dict[str, Any] = field(default_factory=dict)
    form: str | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    channel: str = "webchat"
    phone: str | None = None  # what the channel knows the customer by
    agents: dict[str, Any] = field(default_factory=lambda: {"here": False})
    slots_set: set[str] = field(default_factory=set)  # by the last action
    handoff: str | None = None  # why the last turn went to a person
    visit: str | None = None  # the ticket that we have just asked about of our own accord
    phone_bound: bool = False
    told: list[dict[str, Any]] = field(default_factory=list)  # what the last turn tells the bot besides words

    @classmethod
    def begin(cls, parts: Parts, backend: Backend) -> Talk:
        slots = dict.fromkeys([*domain()["slots"], "requested_slot"])
        return cls(actions=executor_of(parts).actions, backend=backend, slots=slots)

    @property
    def asked(self) -> str | None:
        return self.slots["requested_slot"]

    async def say(self, said: Said) -> None:
        message = said.as_message()
        message["metadata"] |= {
            "channel": self.channel,
            "phone": self.phone,
            "phone_bound": self.phone_bound,
            "agents": self.agents,
            "visit": self.visit,
        }
        self.visit = None  # only the next words are an answer to it
        self.events.append({"event": "user", "text": said.text, "parse_data": message})
        self.replies, self.shown, self.buttons, self.ran, self.told, self.handoff = [], [], [], [], [], None
        action: str | None = self.form or FIRST_ACTION[said.intent]
        while action and action != "action_listen":
            assert len(self.ran) < 10, self.ran
            action = await (self._form(action, message) if action in domain_forms() else self._run(action, message))

    def told_a_person(self, text: str, *entities: tuple[str, str]) -> None:
        """Meanwhile, as the engine takes it in."""
        message = Said(text=text, intent="agent_chat", entities=entities).as_message()
        self.events.append({"event": "user", "text": text, "parse_data": message})

    async def _form(self, form: str, message: dict[str, Any]) -> str | None:
        """As FormAction does: a form whose validation asks no slot is over; what follows it is followed at once.

        One that has asked and now sets no slot but the asked one rejects the turn, and Rasa starts something else.
        """
        asked = self.asked
        followup = await self._run(f"validate_{form}", message)
        assert asked is None or self.slots_set - {"requested_slot"}, f"{form} rejects this turn"
        if self.asked is None:
            self.form = None
            return followup or AFTER_FORM[form]
        self.form = form
        return followup

    async def _run(self, action: str, message: dict[str, Any]) -> str | None:
        self.ran.append(action)
        dispatcher = CollectingDispatcher()
        loop = {"name": self.form} if self.form else {}
        tracker = Tracker("conversation", dict(self.slots), message, list(self.events), False, None, loop, None)
        followup, self.slots_set = None, set()
        for event in await self.actions[action](dispatcher, tracker, domain()):
            if event["event"] == "slot":
                assert event["name"] in self.slots, f"{event['name']} is no slot of domain.yml"
                self.slots[event["name"]] = event["value"]
                self.slots_set.add(event["name"])
            elif event["event"] == "followup":
                followup = event["name"]
        for reply in dispatcher.messages:
            self.handoff = reply["custom"].get("handoff", {}).get("reason", self.handoff)
            self.replies.append(reply["response"])
            self.told += [reply["custom"]["bound"]] if "bound" in reply["custom"] else []
            self.shown.append(filled(reply))
            self.buttons += [button["title"] for button in (*STATIC_BUTTONS[reply["response"]], *reply["buttons"])]
            self.events.append({"event": "bot", "text": self.shown[-1]})
        self.events.append({"event": "action", "name": action})
        return followup


def domain_forms() -> Sequence[str]:
    return _FORMS


def filled(reply: dict[str, Any]) -> str:
    """The text of a reply with its facts; a fact that the response wants and the action does not give is an error."""
    return WRITTEN[reply["response"]].format(**reply)


_FORMS = tuple(domain()["forms"])


@cache
def responses() -> dict[str, list[dict[str, Any]]]:
    files = (_read(path) for path in sorted((ROOT / "data/responses").glob("*.yml")))
    return {name: variations for file in files for name, variations in file["responses"].items()}


STATIC_BUTTONS = {name: variations[0].get("buttons", []) for name, variations in responses().items()}
WRITTEN: dict[str, str] = {
    name: next(variation["text"] for variation in variations if "channel" not in variation)
    for name, variations in responses().items()
}
