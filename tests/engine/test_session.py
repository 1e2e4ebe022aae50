"""A new session on the same conversation stands where the old one stood."""

from __future__ import annotations

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from engine import session


@pytest.fixture
def domain() -> Domain:
    return Domain.from_yaml(
        """
        version: "3.1"
        intents: [chat]
        slots:
          contact_phone: {type: any, mappings: [{type: custom}]}
          fault_kind: {type: any, initial_value: none, mappings: [{type: custom}]}
          fault_symptom: {type: any, mappings: [{type: custom}]}
        forms:
          fault_form: {required_slots: [contact_phone]}
        """
    )


@pytest.fixture
def in_mid_form(domain: Domain) -> DialogueStateTracker:
    tracker = DialogueStateTracker("somebody", domain.slots)
    tracker.update_with_events(
        [
            ActionExecuted("action_session_start"),
            ActionExecuted("action_listen"),
            UserUttered("没信号", {"name": "chat"}),
            ActionExecuted("fault_form"),
            ActiveLoop("fault_form"),
            SlotSet("fault_symptom", {"text": "没信号"}),
            SlotSet("requested_slot", "contact_phone"),
            ActionExecuted("action_listen"),
        ],
        domain,
    )
    return tracker


def test_slots_the_form_and_its_question_are_carried_over(in_mid_form: DialogueStateTracker, domain: Domain) -> None:
    renewed = DialogueStateTracker("somebody", domain.slots)
    renewed.update_with_events(session.carried(in_mid_form), domain)
    assert renewed.active_loop_name == "fault_form"
    assert renewed.latest_action_name == "action_listen"
    assert renewed.get_slot("requested_slot") == "contact_phone"
    assert renewed.get_slot("fault_symptom") == {"text": "没信号"}
    assert renewed.get_slot("fault_kind") == in_mid_form.get_slot("fault_kind")


def test_without_a_form_none_is_carried_over(domain: Domain) -> None:
    tracker = DialogueStateTracker("somebody", domain.slots)
    tracker.update_with_events([SlotSet("contact_phone", "+8613807911234"), ActionExecuted("action_listen")], domain)
    session.renew(tracker, domain)
    assert tracker.active_loop_name is None
    assert tracker.get_slot("contact_phone") == "+8613807911234"


def test_only_a_long_session_that_listens_is_renewed(in_mid_form: DialogueStateTracker, domain: Domain) -> None:
    assert session.is_long(in_mid_form, longest=7)
    assert not session.is_long(in_mid_form, longest=8)
    session.renew(in_mid_form, domain)
    assert not session.is_long(in_mid_form, longest=7)
    in_mid_form.update(ActionExecuted("fault_form"), domain)
    assert not session.is_long(in_mid_form, longest=1)
