"""What of Rasa 3.6.21 is replaced at run time, each with its reason and figure.

tests/engine guards that each replaced part is still there, and as it was.
"""

from __future__ import annotations

import asyncio
from graphlib import TopologicalSorter
from typing import Any, Dict, List, Optional, Text, Tuple, Type

import aiohttp
import jsonschema
from rasa.core import processor as rasa_processor
from rasa.core.actions import action as rasa_action
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

from engine.rule_lookup import last_states, looking_up, without_words
from engine.settings import ACTIONS_TIMEOUT


class ActionFailed(BaseException):
    """An action did not answer, or answered nonsense.

    Not an Exception: Rasa swallows those, drops the action's events and stores half a turn (HTTP 200, silent bot).
    This one leaves the turn unstored, so that the customer is told and can simply say it again.
    """

    def __init__(self, action: str, reason: str, *, unreachable: bool = False) -> None:
        super().__init__(action, reason)
        self.action = action
        self.reason = reason
        self.unreachable = unreachable  # no action server is there: no turn is to blame


class _ResponseInvalid(Exception):
    """Names the place that is wrong, never the value: it may be what a customer said."""


_installed: List[bool] = []


def install() -> None:
    """Once for the process."""
    if _installed:
        return
    _installed.append(True)
    # Constant 300 s in Rasa; the limits are nested: backend 2 s < actions 4 s < engine 6 s < bot 8 s.
    rasa_action.DEFAULT_REQUEST_TIMEOUT = ACTIONS_TIMEOUT
    # Rasa compiles a constant JSON schema anew for every answer of an action: 16 of 25 ms; compiled once: 0.1 ms.
    validator = compiled_validator()
    RemoteAction._validate_action_result = _validating(validator)  # type: ignore[method-assign]
    RemoteAction.run = _failing_aloud(RemoteAction.run)  # type: ignore[method-assign]
    # The whole domain goes along with every call and our actions read nothing of it: 1.2 of 10 ms, both ends together.
    RemoteAction._action_call_format = _without_domain(RemoteAction._action_call_format)  # type: ignore[method-assign]
    # Each turn tries all rules on all states of the session, three times. No rule of ours is longer than two states or
    # names the customer's words: 3.3 ms of CPU in the sixth turn, 1.3 so.
    RulePolicy._prediction_states = last_states  # type: ignore[method-assign]
    RulePolicy._get_possible_keys = looking_up(RulePolicy._get_possible_keys)  # type: ignore[method-assign]
    RulePolicy._find_action_from_rules = without_words(RulePolicy._find_action_from_rules)  # type: ignore[method-assign]
    # Each turn copies all slots of the tracker five times, one by one by way of pickling: 0.17 ms each time, 0.08 so.
    Slot.__copy__ = _copied  # type: ignore[attr-defined]
    # Dask plans the order of the same few parts anew in each of a turn's three runs: 1.1 ms together.
    rasa_processor.DaskGraphRunner = InOrder  # type: ignore[misc]


def compiled_validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    kind: Type[Any] = jsonschema.validators.validator_for(schema)
    return kind(schema)


def _validating(validator: Any) -> Any:
    def _validate_action_result(_self: RemoteAction, result: Dict[str, Any]) -> bool:
        wrong = next(validator.iter_errors(result), None)
        if wrong is not None:
            raise _ResponseInvalid("/".join(str(part) for part in wrong.absolute_path) or "response")
        return True

    return _validate_action_result


def _copied(slot: Slot) -> Slot:
    same = object.__new__(type(slot))
    same.__dict__.update(slot.__dict__)
    return same


class InOrder(DaskGraphRunner):
    """The parts one after the other, in an order found once for what is wanted."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._orders: Dict[Tuple[Text, ...], List[Text]] = {}

    def run(self, inputs: Optional[Dict[Text, Any]] = None, targets: Optional[List[Text]] = None) -> Dict[Text, Any]:
        wanted = tuple(targets or self._graph_schema.target_names)
        if wanted not in self._orders:
            nodes = self._graph_schema.minimal_graph_schema(list(wanted)).nodes
            needs = {name: node.needs.values() for name, node in nodes.items()}
            self._orders[wanted] = [name for name in TopologicalSorter(needs).static_order() if name in nodes]
        done = {name: (name, value) for name, value in (inputs or {}).items()}
        for name in self._orders[wanted]:
            needed = self._graph_schema.nodes[name].needs.values()
            done[name] = self._instantiated_nodes[name](*(done.get(each, each) for each in needed))
        return dict(done[name] for name in wanted)


class _NoDomain:
    """Not left out (`selective_domain`): the action server would ask for it."""

    def as_dict(self) -> Dict[str, Any]:
        return {}


def _without_domain(original: Any) -> Any:
    def _action_call_format(self: RemoteAction, tracker: DialogueStateTracker, _domain: Domain) -> Dict[str, Any]:
        call: Dict[str, Any] = original(self, tracker, _NoDomain())
        return call

    return _action_call_format


def _failing_aloud(original: Any) -> Any:
    async def run(self: RemoteAction, *given: Any, **named: Any) -> Any:
        try:
            return await original(self, *given, **named)
        except (ActionExecutionRejection, asyncio.CancelledError):
            raise
        except Exception as error:
            reason = "timeout" if isinstance(error, asyncio.TimeoutError) else type(error).__name__
            nobody = isinstance(error.__context__, aiohttp.ClientConnectorError)  # Rasa wraps it
            raise ActionFailed(self.name(), reason, unreachable=nobody) from error

    return run
