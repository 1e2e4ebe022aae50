"""What of Rasa 3.6.21 is replaced at run time, each with its reason and figure.

tests/engine guards that each replaced part is still there, and as it was.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, Dict, List, Optional, Tuple, Type

import aiohttp
import jsonschema
from rasa.core.actions import action as rasa_action
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.events import Event
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig

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
    # The whole domain goes along with every call, 30 KB that our actions don't read: 3 ms at each end.
    RemoteAction._action_call_format = _without_domain(RemoteAction._action_call_format)  # type: ignore[method-assign]
    # A new HTTP session and connection for every call: 2 ms.
    EndpointConfig.session = _kept_session(EndpointConfig.session)  # type: ignore[method-assign]
    # For every event that is read, all subclasses are looked for anew: 0.1 ms each, 80 events in a long session.
    Event.resolve_by_type = staticmethod(_by_type())  # type: ignore[method-assign]
    # Rules are looked up twice, by the customer's words and by the intent; ours know no words: 1 ms a turn.
    RulePolicy._find_action_from_rules = _by_intent(RulePolicy._find_action_from_rules)  # type: ignore[method-assign]


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


def _without_domain(original: Any) -> Any:
    def _action_call_format(self: RemoteAction, tracker: Any, domain: Any) -> Dict[str, Any]:
        return {**original(self, tracker, _NO_DOMAIN), "domain": {}}

    return _action_call_format


class _NoDomain:
    def as_dict(self) -> Dict[str, Any]:
        return {}


_NO_DOMAIN = _NoDomain()


class _Kept:
    """`async with` on it neither opens nor closes the session."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self.session

    async def __aexit__(self, *_: object) -> None:
        return None


_KEPT = "_kept_session"  # on an endpoint


def _kept_session(original: Any) -> Any:
    def session(self: EndpointConfig) -> _Kept:
        kept: Optional[_Kept] = getattr(self, _KEPT, None)
        if kept is None or kept.session.closed:
            kept = _Kept(original(self))
            setattr(self, _KEPT, kept)
        return kept

    return session


async def close_session(endpoint: Optional[EndpointConfig]) -> None:
    """Before the event loop ends."""
    kept: Optional[_Kept] = getattr(endpoint, _KEPT, None)
    if kept is not None:
        await kept.session.close()


def _by_type() -> Any:
    known: Dict[str, Type[Event]] = {}
    for kind in reversed(all_subclasses(Event)):  # of several with one name Rasa takes the first
        known[kind.type_name] = kind
    original = Event.resolve_by_type

    def resolve_by_type(type_name: str, default: Optional[Type[Event]] = None) -> Optional[Type[Event]]:
        return known.get(type_name) or original(type_name, default)

    return resolve_by_type


def _by_intent(original: Any) -> Any:
    def _find_action_from_rules(
        self: RulePolicy, tracker: Any, domain: Any, use_text_for_last_user_input: bool
    ) -> Tuple[Optional[str], Optional[str], bool]:
        if use_text_for_last_user_input and not _knows_words(self):
            return None, None, False
        found: Tuple[Optional[str], Optional[str], bool] = original(self, tracker, domain, use_text_for_last_user_input)
        return found

    return _find_action_from_rules


def _knows_words(policy: RulePolicy) -> bool:
    """Whether a rule asks for what a customer wrote, word for word; looked at once for a model."""
    known: Optional[bool] = getattr(policy, "_knows_words", None)
    if known is None:
        keys = [*policy.lookup[RULES], *policy.lookup[RULES_FOR_LOOP_UNHAPPY_PATH]]
        known = any("text" in (state.get("user") or {}) for key in keys for state in json.loads(key))
        policy._knows_words = known  # type: ignore[attr-defined]
    return known
