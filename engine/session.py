"""Short sessions on the same conversation: a new one carries on with slots and the form in hand.

A turn's cost grows with the events of its session (turn 10: 19 ms, turn 200: 112 ms).
A new sender id would lose the form.
"""

from __future__ import annotations

from typing import List

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

LONGEST = 80  # events of one session


def is_long(tracker: DialogueStateTracker, *, longest: int = LONGEST) -> bool:
    return _since_start(tracker) > longest and tracker.latest_action_name == ACTION_LISTEN_NAME


def renew(tracker: DialogueStateTracker, domain: Domain) -> None:
    """Adds to the tracker the start of a new session that stands where the old one stood."""
    tracker.update_with_events(carried(tracker), domain)


def carried(tracker: DialogueStateTracker) -> List[Event]:
    loop = tracker.active_loop.name if tracker.active_loop else None
    slots = {name: slot.value for name, slot in tracker.slots.items() if slot.has_been_set}
    asked = slots.pop(REQUESTED_SLOT, None)
    events: List[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    events += [SlotSet(name, value) for name, value in slots.items()]
    if loop:
        events += [ActionExecuted(loop), ActiveLoop(loop)]
    events += [SlotSet(REQUESTED_SLOT, asked), ActionExecuted(ACTION_LISTEN_NAME)]
    return events


def _since_start(tracker: DialogueStateTracker) -> int:
    count = 0
    for event in reversed(tracker.events):
        if isinstance(event, SessionStarted):
            break
        count += 1
    return count
