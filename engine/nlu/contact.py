"""ContactExtractor component: phone, ticket number, last four, address, time and service, by rule."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional, Sequence, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.nlu.aligned import Aligned
from engine.nlu.extraction import contact_spans
from engine.nlu.normaliser import PLAIN
from engine.nlu.spans import Span

SPANS = "contact_spans"
_PLACES = ("area", "place", "community", "district", "outlet_area")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class ContactExtractor(GraphComponent):
    """Knows besides the rules the place names of the charters: lookup tables `area`, `place` … in data/."""

    def __init__(self, storage: ModelStorage, resource: Resource, names: Sequence[str] = ()) -> None:
        self._storage = storage
        self._resource = resource
        self._names = tuple(names)

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ContactExtractor:
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ContactExtractor:
        with model_storage.read_from(resource) as folder:
            names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
        return cls(model_storage, resource, names)

    def train(self, training_data: TrainingData) -> Resource:
        names = {
            name.strip()
            for table in training_data.lookup_tables
            if table["name"] in _PLACES and isinstance(table["elements"], list)
            for name in table["elements"]
            if len(name.strip()) >= 2
        }
        self._names = tuple(sorted(names))
        with self._storage.write_to(self._resource) as folder:
            (folder / "names.json").write_text(json.dumps(self._names, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        asked = asked_slot(tracker)
        for message in messages:
            plain: Aligned = message.get(PLAIN)
            spans = contact_spans(plain, asked=asked, names=self._names)
            message.set(SPANS, spans)
            message.set(ENTITIES, [entity_of(span, plain) for span in spans], add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        for message in training_data.intent_examples:
            message.set(SPANS, contact_spans(message.get(PLAIN), names=self._names))
        return training_data


def asked_slot(tracker: Optional[DialogueStateTracker]) -> str:
    """The slot whose question was asked last; empty where none was."""
    slot = tracker.slots.get("requested_slot") if tracker else None
    return str(slot.value) if slot is not None and slot.value else ""


def entity_of(span: Span, plain: Aligned) -> Dict[Text, Any]:
    start, end = plain.place(span.start, span.end)
    return {"entity": span.entity, "start": start, "end": end, "value": span.value, "extractor": "ContactExtractor"}
