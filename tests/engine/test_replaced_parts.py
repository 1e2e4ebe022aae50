"""What engine/ replaces of Rasa or copies from it is still there, and as it was."""

from __future__ import annotations

import copy
import inspect
from pathlib import Path
from typing import Any

import pytest
from rasa.core import processor as rasa_processor
from rasa.core.actions import action as rasa_action
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine import loader
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

SEARCH = ("_prediction_states", "_get_possible_keys", "_find_action_from_rules")  # for the rule that fits
ORIGINAL_SEARCH = {name: getattr(RulePolicy, name) for name in SEARCH}
ORIGINAL_RUN = RemoteAction.run
ORIGINAL_CALL = RemoteAction._action_call_format
ORIGINAL_TIMEOUT = rasa_action.DEFAULT_REQUEST_TIMEOUT

from engine import faster, rule_lookup  # noqa: E402  after the originals were noted
from engine.settings import ACTIONS_TIMEOUT  # noqa: E402


def test_rasa_waits_for_an_action_as_long_as_this_constant_says() -> None:
    assert ORIGINAL_TIMEOUT == 300
    assert "timeout=DEFAULT_REQUEST_TIMEOUT" in inspect.getsource(ORIGINAL_RUN)
    assert "self._validate_action_result(response)" in inspect.getsource(ORIGINAL_RUN)


def test_rasa_swallows_what_an_action_raises() -> None:
    """If it stops doing so, ActionFailed need not be a BaseException any longer."""
    assert "except Exception:" in inspect.getsource(MessageProcessor._run_action)


def test_a_turn_is_still_made_of_the_steps_that_are_copied() -> None:
    source = inspect.getsource(MessageProcessor.handle_message)
    steps = ["log_message(", "run_action_extract_slots(", "_run_prediction_loop(", "save_tracker("]
    places = [source.rindex(step) for step in steps]
    assert places == sorted(places)
    logged = inspect.getsource(MessageProcessor.log_message)
    assert logged.index("fetch_tracker_and_update_session(") < logged.index("_handle_message_with_tracker(")
    assert "_update_tracker_session(" in inspect.getsource(MessageProcessor.fetch_tracker_and_update_session)


def test_a_call_of_an_action_leaves_out_the_domain_and_nothing_else() -> None:
    domain = Domain.from_dict({"intents": ["chat"], "actions": ["action_count"]})
    tracker = DialogueStateTracker.from_events("somebody", [ActionExecuted("action_listen")], domain.slots)
    action = RemoteAction("action_count", None)
    rasa_sends = ORIGINAL_CALL(action, tracker, domain)
    assert rasa_sends.pop("domain") == domain.as_dict()
    faster.install()
    we_send = action._action_call_format(tracker, domain)
    assert we_send.pop("domain") == {}
    assert we_send == rasa_sends


def said(intent: str) -> UserUttered:
    named = {"name": intent, "confidence": 0.9}
    return UserUttered("请问", named, [], {"text": "请问", "intent": named, "entities": []})


OPENING: list[Event] = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
GREETED = [*OPENING, said("greet"), ActionExecuted("utter_greet")]
FORM = [
    *GREETED,
    ActionExecuted("action_listen"),
    said("report_fault_no_signal"),
    ActionExecuted("fault_form"),
    ActiveLoop("fault_form"),
    SlotSet("requested_slot", "fault_address"),
]
ASIDE = [*FORM, ActionExecuted("action_listen"), said("ask_fee"), ActionExecutionRejected("fault_form")]
FILLED = [
    *FORM,
    ActionExecuted("action_listen"),
    said("inform_phone"),
    ActionExecuted("fault_form"),
    SlotSet("requested_slot", None),
    ActiveLoop(None),
]
STANDINGS = {
    "nothing said": OPENING,
    "greeted": GREETED,
    "an intent without a rule": [*GREETED, ActionExecuted("action_listen"), said("goodbye")],
    "a form begins": FORM[:-3],
    "a form has asked": FORM,
    "a form is answered": [*FORM, ActionExecuted("action_listen"), said("inform_address")],
    "a question in between": ASIDE,
    "after the question in between": [*ASIDE, ActionExecuted("action_count")],
    "back to the form": [*ASIDE, ActionExecuted("action_count"), ActionExecuted("fault_form")],
    "a form is done": FILLED,
}


@pytest.mark.parametrize("events", STANDINGS.values(), ids=STANDINGS)
def test_what_is_predicted_is_what_rasa_predicts(
    tiny_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, events: list[Event]
) -> None:
    faster.install()
    answers = [_predicted(tiny_project, tmp_path / "ours", faster.InOrder, events)]
    for name, original in ORIGINAL_SEARCH.items():
        monkeypatch.setattr(RulePolicy, name, original)
    answers.append(_predicted(tiny_project, tmp_path / "rasa", DaskGraphRunner, events))
    assert answers[0] == answers[1]


def _predicted(project: Path, folder: Path, kind: type[DaskGraphRunner], events: list[Event]) -> dict[str, Any]:
    """What the trained graph makes of a sentence, and of a conversation that stands so."""
    folder.mkdir()
    (archive,) = (project / "models").glob("*.tar.gz")
    about, runner = loader.load_predict_graph_runner(folder, archive, LocalModelStorage, kind)
    tracker = DialogueStateTracker.from_events("somebody", events, about.domain.slots)
    inputs = {"__message__": [UserMessage("没信号，我住阳光花园3栋")], "__tracker__": tracker}
    read = runner.run(inputs, targets=[about.nlu_target])[about.nlu_target]
    prediction = runner.run({"__tracker__": tracker}, targets=[about.core_target])[about.core_target]
    return {
        "read": [message.as_dict(only_output_properties=True) for message in read],
        "prediction": {**vars(prediction), "events": [_without_time(event) for event in prediction.events]},
    }


def _without_time(event: Event) -> dict[str, Any]:
    return {name: value for name, value in event.as_dict().items() if name != "timestamp"}


def test_rules_that_fit_the_words_themselves_are_still_looked_for() -> None:
    listened = '"prev_action": {"action_name": "action_listen"}'
    by_words = f'[{{{listened}, "user": {{"text": "你好"}}}}]'
    by_intent = f'[{{{listened}, "user": {{"intent": "greet"}}}}]'
    assert rule_lookup._fits_words((by_intent, by_words))
    assert not rule_lookup._fits_words((by_intent,))


def test_a_copied_slot_is_what_rasa_copies_and_on_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {
        "text": {"type": "text"},
        "float": {"type": "float", "min_value": 0.0, "max_value": 9.0},
        "categorical": {"type": "categorical", "values": ["a", "b"]},
        "any": {"type": "any"},
    }
    slots = {name: {**each, "mappings": [{"type": "custom"}]} for name, each in kinds.items()}
    for slot in Domain.from_dict({"slots": slots}).slots:
        slot.value = "a"
        monkeypatch.delattr(Slot, "__copy__", raising=False)
        rasa_copies, ours = copy.copy(slot), faster._copied(slot)
        assert type(ours) is type(rasa_copies)
        assert vars(ours) == vars(rasa_copies)
        ours.value = "b"
        assert slot.value == "a"


def test_the_replacements_are_in_place_once() -> None:
    faster.install()
    installed = [RemoteAction.run, *(getattr(RulePolicy, name) for name in SEARCH)]
    faster.install()
    assert installed == [RemoteAction.run, *(getattr(RulePolicy, name) for name in SEARCH)]
    assert not set(installed) & {ORIGINAL_RUN, *ORIGINAL_SEARCH.values()}
    assert rasa_processor.DaskGraphRunner is faster.InOrder
    assert rasa_action.DEFAULT_REQUEST_TIMEOUT == ACTIONS_TIMEOUT == 4.0


@pytest.mark.parametrize(
    ("answer", "valid"),
    [
        ({"events": [], "responses": []}, True),
        ({"events": [{"event": "slot", "name": "a", "value": 1}], "responses": [{"text": "好"}]}, True),
        ({"events": [{"name": "a"}]}, False),
        ({"events": [], "responses": ["好"]}, False),
        ([], False),
    ],
)
def test_the_compiled_validator_judges_like_rasa(answer: object, valid: bool) -> None:
    from jsonschema import ValidationError, validate

    try:
        validate(answer, RemoteAction.action_response_format_spec())
        rasa_says = True
    except ValidationError:
        rasa_says = False
    assert rasa_says is valid
    assert (next(faster.compiled_validator().iter_errors(answer), None) is None) is valid
