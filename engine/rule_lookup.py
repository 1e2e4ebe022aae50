"""Rasa's rules, found by what they hang on and only as far back as a rule looks: the same predictions for less work.

Rules are Rasa's own keys: the JSON of their states, the last one first to decide.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import lru_cache
from typing import Any, Callable, Dict, List, Mapping, Optional, Set, Tuple

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

Keys = Tuple[str, ...]
Hook = Tuple[Optional[str], Optional[str]]  # the action before and the intent; None: whichever


def last_states(
    policy: RulePolicy,
    tracker: DialogueStateTracker,
    domain: Domain,
    use_text_for_last_user_input: bool = False,
    **_for_other_policies: Any,
) -> List[State]:
    """As many states as the longest rule has; what was before them contradicts no rule."""
    events = tracker.applied_events()
    actions = [place for place, event in enumerate(events) if isinstance(event, ActionExecuted)]
    wanted = set(actions[max(0, len(actions) + 1 - _longest(_keys(policy))) :])
    prior, states = tracker.init_copy(), []
    for place, event in enumerate(events):
        if place in wanted:
            states.append(domain.get_active_state(prior))
        prior.update(event)
    states.append(domain.get_active_state(prior))
    policy.featurizer._choose_last_user_input([states], use_text_for_last_user_input)
    return states


def looking_up(every: Callable[..., Set[str]]) -> Callable[..., Set[str]]:
    """`every`: Rasa's own search, which then has the few rules to try that hang on this action and this intent."""

    def _get_possible_keys(policy: RulePolicy, lookup: Mapping[str, str], states: List[State]) -> Set[str]:
        hooks, (action, intent) = _by_hook(tuple(lookup)), _hook(states[-1])
        near = {(before, said) for before in (action, None) for said in (intent, None)}
        return every(policy, {key: lookup[key] for hook in near for key in hooks.get(hook, ())}, states)

    return _get_possible_keys


def without_words(either: Callable[..., Any]) -> Callable[..., Any]:
    """`either`: Rasa's own search by the customer's words, then by the intent; no rule of ours names words."""

    def _find_action_from_rules(
        policy: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> Any:
        if use_text_for_last_user_input and not _fits_words(_keys(policy)):
            return None, None, False
        return either(policy, tracker, domain, use_text_for_last_user_input)

    return _find_action_from_rules


def _keys(policy: RulePolicy) -> Keys:
    return (*policy.lookup[RULES], *policy.lookup.get(RULES_FOR_LOOP_UNHAPPY_PATH, ()))


@lru_cache(maxsize=8)
def _longest(keys: Keys) -> int:
    return max((len(json.loads(key)) for key in keys), default=1)


@lru_cache(maxsize=8)
def _fits_words(keys: Keys) -> bool:
    """Whether there is a rule for what was just said, whatever its intent."""
    return any(_hook(json.loads(key)[-1]) == (ACTION_LISTEN_NAME, None) for key in keys)


@lru_cache(maxsize=8)
def _by_hook(keys: Keys) -> Dict[Hook, List[str]]:
    found: Dict[Hook, List[str]] = defaultdict(list)
    for key in keys:
        found[_hook(json.loads(key)[-1])].append(key)
    return dict(found)


def _hook(state: State) -> Hook:
    before, said = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME), state.get(USER, {}).get(INTENT)
    return _named(before), _named(said)


def _named(value: Any) -> Optional[str]:
    return value if value and value != SHOULD_NOT_BE_SET else None
