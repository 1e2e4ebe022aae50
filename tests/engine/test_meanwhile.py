"""What was said to a person is known to the assistant afterwards: once, and a settled matter is over."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from engine import meanwhile
from tests.engine.conftest import Engine

LINES = [{"from": "customer", "text": "电话13807911234"}, {"from": "agent", "text": "好的，周五去。"}]
UNSETTLED: dict[str, Any] = {"lines": LINES, "summary": "住红谷滩区", "settled": False}
SETTLED = {**UNSETTLED, "settled": True}


def answer(engine: Engine, conversation: str, message_id: str, text: str, memory: Any = None) -> str:
    metadata = {} if memory is None else {"meanwhile": memory}
    said = engine.say(conversation, message_id, text, **metadata)
    return str(said["messages"][-1]["text"])


def test_a_matter_that_is_not_settled_goes_on(engine: Engine) -> None:
    asked = answer(engine, "unsettled", "m1", "没信号")
    assert answer(engine, "unsettled", "m2", "您好", UNSETTLED) == answer(engine, "plain", "p1", "没信号") == asked


def test_a_settled_matter_is_over(engine: Engine) -> None:
    answer(engine, "settled", "m1", "没信号")
    assert answer(engine, "settled", "m2", "您好", SETTLED) == "您好，请说。"


def test_the_lines_are_taken_in_once_however_often_the_turn_is_asked(engine: Engine) -> None:
    for _ in range(2):
        answer(engine, "once", "m1", "您好", UNSETTLED)
    assert engine.events("once", "user") == 3  # the customer's line, the summary, and the turn itself


@pytest.mark.parametrize("memory", ["text", {"lines": "text"}, {"lines": [{"text": "没有谁说"}]}])
def test_what_is_no_memory_is_refused(engine: Engine, memory: Any) -> None:
    status, refused = engine.post(
        {"conversation": "bad", "message_id": "m1", "text": "您好", "metadata": {"meanwhile": memory}}
    )
    assert (status, "meanwhile" in refused["message"]) == (400, True)


class Parser:
    """Understands nothing, finds a phone."""

    def __init__(self, domain: Domain) -> None:
        self.domain = domain

    async def parse_message(self, *_given: Any) -> dict[str, Any]:
        return {"entities": [{"entity": "phone", "value": "+8613807911234", "start": 2, "end": 13}]}


def test_of_a_settled_matter_only_the_customer_stays_known() -> None:
    domain = Domain.from_yaml(
        """
        version: "3.1"
        intents: [chat]
        slots:
          contact_phone: {type: any, mappings: [{type: custom}]}
          contact_wished_time: {type: any, mappings: [{type: custom}]}
          fault_kind: {type: any, mappings: [{type: custom}]}
          next_matters: {type: any, mappings: [{type: custom}]}
        forms:
          fault_form: {required_slots: [contact_phone]}
        """
    )
    tracker = DialogueStateTracker("somebody", domain.slots)
    given = {"contact_phone": "+86", "contact_wished_time": {}, "fault_kind": "stb", "next_matters": [1]}
    events = [UserUttered("没信号", {"name": "chat"}), ActiveLoop("fault_form")]
    events += [SlotSet(name, value) for name, value in [*given.items(), ("requested_slot", "contact_phone")]]
    tracker.update_with_events([*events, ActionExecuted("action_listen")], domain)
    asyncio.run(meanwhile.take_in(SETTLED, processor=Parser(domain), tracker=tracker))  # type: ignore[arg-type]

    assert tracker.active_loop_name is None
    kept = {name for name in (*given, "requested_slot") if tracker.get_slot(name) is not None}
    assert kept == {"contact_phone"}
    assert [event.entities[0]["value"] for event in tracker.events if isinstance(event, UserUttered) and event.entities]
