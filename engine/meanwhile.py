"""What the assistant missed 交回: what customer and agent said while a person answered, taken into the conversation.

It comes with the first turn after that, in `meanwhile` of its metadata, and is stored with that turn or not at all.
"""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

AGENT_CHAT = "agent_chat"  # the intent of what was said to a person: no rule of ours takes it up
_AGENT = "agent"
_OF_THE_MATTER = (
    "matter_",
    "form_",
    "fault_",
    "complaint_",
    "order_",
    "question_",
    "appointment_",
    "cancellation_",
    "materials_",
    "visit_",
    "next_matters",
    "offered",
    "awaited_answer",
    "contact_wished_time",
    "contact_leader_wish",
    "contact_district",
)


def read(metadata: Mapping[str, Any]) -> Dict[str, Any]:
    """Empty where nothing was missed. Raises ValueError."""
    given = metadata.get("meanwhile") or {}
    lines = given.get("lines", []) if isinstance(given, Mapping) else None
    well = isinstance(lines, list) and all(
        isinstance(line, Mapping) and isinstance(line.get("text"), str) and isinstance(line.get("from"), str)
        for line in lines
    )
    if not well:
        raise ValueError("metadata.meanwhile must be {lines: [{from, text}], summary, settled}")
    return dict(given)


async def take_in(memory: Mapping[str, Any], *, processor: MessageProcessor, tracker: DialogueStateTracker) -> None:
    """Adds the lines as events; a matter that the agent has settled is over, form and all."""
    if not memory:
        return
    events: List[Event] = []
    for line in memory.get("lines", ()):
        if line["from"] == _AGENT:
            events.append(BotUttered(line["text"], metadata={"author": _AGENT}))
        else:
            events.append(await _overheard(line["text"], processor=processor, tracker=tracker))
    if memory.get("summary"):
        events.append(await _overheard(str(memory["summary"]), processor=processor, tracker=tracker))
    if memory.get("settled"):
        events += over(tracker)
    tracker.update_with_events([*events, ActionExecuted(ACTION_LISTEN_NAME)], processor.domain)


def over(tracker: DialogueStateTracker) -> List[Event]:
    """Ends the form and forgets what belongs to the matter; whose phone and address it is stays known."""
    slots = [name for name, slot in tracker.slots.items() if name.startswith(_OF_THE_MATTER) and slot.value is not None]
    return [ActiveLoop(None), *(SlotSet(name, None) for name in [*slots, REQUESTED_SLOT])]


async def _overheard(text: str, *, processor: MessageProcessor, tracker: DialogueStateTracker) -> Event:
    """With the phone or the address in it, so that they are not asked for again."""
    parsed = await processor.parse_message(UserMessage(text=text, sender_id=tracker.sender_id), tracker)
    intent = {"name": AGENT_CHAT, "confidence": 1.0}
    entities = parsed["entities"]
    return UserUttered(
        text, intent=intent, entities=entities, parse_data={"text": text, "intent": intent, "entities": entities}
    )
