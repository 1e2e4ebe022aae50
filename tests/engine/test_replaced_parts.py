"""What engine/ replaces of Rasa or copies from it is still there, and as it was."""

from __future__ import annotations

import inspect

import pytest
from rasa.core.actions import action as rasa_action
from rasa.core.actions.action import RemoteAction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

ORIGINAL_RUN = RemoteAction.run
ORIGINAL_CALL = RemoteAction._action_call_format
ORIGINAL_TIMEOUT = rasa_action.DEFAULT_REQUEST_TIMEOUT

from engine import faster  # noqa: E402  after the originals were noted
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


def test_the_replacements_are_in_place_once() -> None:
    faster.install()
    installed = RemoteAction.run
    faster.install()
    assert RemoteAction.run is installed is not ORIGINAL_RUN
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
