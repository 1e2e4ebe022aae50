"""One turn 一轮: what a customer wrote goes in, what the assistant says comes out – once for each message id."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from typing import Any, Dict, List, Mapping, Optional, Sequence

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from engine import alternatives, choices, meanwhile, session
from engine.choices import Responses

_log = logging.getLogger(__name__)
_RANKING = 3
PHOTO = "send_photo"  # 照片: what a turn with an attachment says; there is no sentence to understand


@dataclass(frozen=True)
class Turn:
    conversation: str
    message_id: str
    text: str
    metadata: Mapping[str, Any]

    @property
    def channel(self) -> str:
        return str(self.metadata.get("channel") or "webchat")


class TurnChannel(OutputChannel):
    """Only gives the channel's name, which picks the wording; the messages are read off the tracker."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def name(self) -> str:  # type: ignore[override]
        return self._channel

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        return None


async def take_turn(agent: Agent, turn: Turn) -> Dict[str, Any]:
    """The answer to a turn; a message id that was answered last gets the stored answer and nothing runs again.

    The turn is stored in one commit at its end, so whatever dies or fails before leaves the conversation as it was.
    """
    processor = agent.processor
    if processor is None:
        raise RuntimeError("no model is loaded")
    async with agent.lock_store.lock(turn.conversation):
        tracker = await processor.get_tracker(turn.conversation)
        stored = await _stored_answer(processor, tracker, turn)
        if stored is not None:
            _log.info("turn replayed", extra={"replayed": True})
            return stored
        output = TurnChannel(turn.channel)
        meant = partial(choices.meant, tracker=tracker, domain=processor.domain)
        message = UserMessage(
            text=meant(turn.text),
            output_channel=output,
            sender_id=turn.conversation,
            input_channel=turn.channel,
            message_id=turn.message_id,
            metadata=dict(turn.metadata),
            parse_data=_photo(turn) if turn.metadata.get("attachment") else None,
        )
        renewed = session.is_long(tracker)
        if renewed:
            session.renew(tracker, processor.domain)
        # The steps of MessageProcessor.handle_message, with the tracker in hand. Guarded by tests/engine.
        await processor._update_tracker_session(tracker, output, message.metadata)
        await meanwhile.take_in(meanwhile.read(turn.metadata), processor=processor, tracker=tracker)
        await alternatives.understood_best(
            message, alternatives.read(turn.metadata), processor=processor, tracker=tracker, meant=meant
        )
        await processor._handle_message_with_tracker(message, tracker)
        tracker = await processor.run_action_extract_slots(output, tracker)
        await processor._run_prediction_loop(output, tracker)
        await processor.save_tracker(tracker)
    answered = answer(_since_last_user(tracker.events), processor.domain.responses)
    _log.info(
        "turn taken",
        extra={"events": len(tracker.events), "renewed": renewed, "intent": answered["understood"]["intent"]},
    )
    return answered


def _photo(turn: Turn) -> Dict[str, Any]:
    intent = {"name": PHOTO, "confidence": 1.0}
    return {"text": turn.text, "intent": intent, "entities": [], "intent_ranking": [intent]}


async def _stored_answer(
    processor: MessageProcessor, tracker: DialogueStateTracker, turn: Turn
) -> Optional[Dict[str, Any]]:
    events = _since_last_user(tracker.events)
    if not events and tracker.events:  # a session that has only just begun: the last turn is in the one before
        whole = await processor.tracker_store.retrieve_full_tracker(turn.conversation)
        events = _since_last_user(whole.events) if whole else []
    if not events or events[0].message_id != turn.message_id:  # type: ignore[attr-defined]
        return None
    return answer(events, processor.domain.responses)


def _since_last_user(events: Sequence[Event]) -> List[Event]:
    found: List[Event] = []
    for event in reversed(events):
        found.append(event)
        if isinstance(event, UserUttered):
            return found[::-1]
    return []


def answer(events: Sequence[Event], responses: Responses) -> Dict[str, Any]:
    """What is sent back for a user event and all that follows it."""
    messages, handoff, bound = [], None, None
    for event in events:
        if isinstance(event, BotUttered):
            custom = event.data.get("custom") or {}
            handoff = custom.get("handoff") or handoff
            bound = custom.get("bound") or bound
            if event.text:
                messages.append(_message(event, responses, card=custom.get("card")))
    user = events[0]
    if not isinstance(user, UserUttered):
        raise TypeError("an answer begins with what the customer wrote")
    told = {"messages": messages, "understood": understood(user), "handoff": handoff}
    return {**told, "bound": bound} if bound else told


def _message(event: BotUttered, responses: Responses, *, card: Optional[Mapping[str, Any]]) -> Dict[str, Any]:
    message = {"text": event.text, "buttons": _buttons(choices.buttons(event, responses))}
    return {**message, "card": card} if card else message


def _buttons(buttons: Sequence[Mapping[str, Any]]) -> List[Dict[str, str]]:
    return [{"title": str(each["title"]), "payload": str(each.get("payload") or each["title"])} for each in buttons]


def understood(user: UserUttered) -> Dict[str, Any]:
    return understood_of({**user.parse_data, "intent": user.intent, "entities": user.entities})


def understood_of(parsed: Mapping[str, Any]) -> Dict[str, Any]:
    intent = parsed.get("intent") or {}
    return {
        "intent": intent.get("name"),
        "confidence": round(float(intent.get("confidence") or 0.0), 4),
        "ranking": [
            {"name": each["name"], "confidence": round(float(each["confidence"]), 4)}
            for each in (parsed.get("intent_ranking") or [])[:_RANKING]
        ],
        "entities": [{"entity": each["entity"], "value": each["value"]} for each in parsed.get("entities") or []],
    }
