"""Trackers on disk as Rasa keeps them, the last ones also in memory: read once, not in every turn.

Reading one replays its events: 4 of 12 ms in a conversation of ten turns, 8 ms and more in a long one.
The disk stays the truth: a tracker is kept only after its commit, and handed out once. So a turn that fails, is cut
short or killed leaves nothing behind in memory.
"""

from __future__ import annotations

import json
from collections import OrderedDict, deque
from itertools import islice
from typing import Any, Dict, List, Optional

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import insert

MOST = 500  # conversations; some 0.2 MB each at their longest
_STORED = "_stored"  # on a tracker: how many of its events are on disk


class KeptTrackers(SQLTrackerStore):
    """One owning process (`engine.__main__` holds the file); in front of a database server nothing is kept."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._owned = self.engine.dialect.name == "sqlite"
        self._kept: OrderedDict[str, DialogueStateTracker] = OrderedDict()

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        kept = self._kept.pop(sender_id, None)
        if kept is not None:
            return kept
        tracker = await super().retrieve(sender_id)
        if tracker is not None:
            setattr(tracker, _STORED, len(tracker.events))
        return tracker

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        tracker = await super().create_tracker(sender_id, append_action_listen=append_action_listen)
        self._kept.pop(sender_id, None)  # saved, but handed out
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Everything new in one commit; nothing where nothing is new."""
        self._kept.pop(tracker.sender_id, None)
        new = list(islice(tracker.events, getattr(tracker, _STORED, 0), None))
        if new:
            rows = [_row(tracker.sender_id, event) for event in new]
            with self.engine.begin() as connection:
                connection.execute(insert(self.SQLEvent.__table__), rows)
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)
        if self._owned:
            self._keep(tracker)

    def _keep(self, tracker: DialogueStateTracker) -> None:
        tracker.events = deque(_of_last_session(list(tracker.events)))
        setattr(tracker, _STORED, len(tracker.events))
        self._kept[tracker.sender_id] = tracker
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)


def _of_last_session(events: List[Event]) -> List[Event]:
    """What Rasa reads back: from the last start of a session on."""
    starts = (place for place in range(len(events) - 1, -1, -1) if isinstance(events[place], SessionStarted))
    return events[next(starts, 0) :]


def _row(sender_id: str, event: Event) -> Dict[str, Any]:
    """As SQLTrackerStore.save writes it."""
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
