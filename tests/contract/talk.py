"""A conversation with the actions, called as Rasa's rules and forms call them, without Rasa."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.executor import executor_of
from actions.parts import Parts
from actions.unfiled import Unfiled
from backend.calendars import state_council_calendar
from backend.charters import load_charter
from backend.client import BackendClient
from tests.contract.answered import AT
from tests.contract.backend import Backend
from tests.contract.taught import AFTER_FORM, FIRST_ACTION, ROOT, STATIC_BUTTONS, domain, domain_forms, filled


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
            self.shown.append(filled(reply, channel=self.channel))
            self.buttons += [button["title"] for button in (*STATIC_BUTTONS[reply["response"]], *reply["buttons"])]
            self.events.append({"event": "bot", "text": self.shown[-1]})
        self.events.append({"event": "action", "name": action})
        return followup
