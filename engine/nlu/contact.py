"""ContactExtractor component: phone, ticket number, last four, time and service by rule, addresses as learned."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.nlu import marked_addresses
from engine.nlu.address_lessons import Lessons
from engine.nlu.addresses import Addresses
from engine.nlu.aligned import Aligned
from engine.nlu.divisions import Divisions
from engine.nlu.extraction import contact_spans
from engine.nlu.normaliser import PLAIN
from engine.nlu.spans import Span

SPANS = "contact_spans"
_PLACES = ("area", "outlet")  # lookup tables of scripts/lookups.py
_GIVES_ADDRESS = "inform_address"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class ContactExtractor(GraphComponent):
    """Learns addresses from the sentences of `marked`, a file with addresses in brackets, and from all the phrases.

    Knows besides the place names of the charters, by their lookup tables in data/.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"marked": "data/addresses.yml"}

    def __init__(
        self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource, addresses: Optional[Addresses] = None
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._storage = storage
        self._resource = resource
        self._addresses = addresses

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ContactExtractor:
        return cls(config, model_storage, resource)

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
            addresses = Addresses.load(folder)
        addresses.spans("您好")  # reads the table of sounds now, not in the first customer's turn
        return cls(config, model_storage, resource, addresses)

    def train(self, training_data: TrainingData) -> Resource:
        lessons = self._lessons(training_data)
        with self._storage.write_to(self._resource) as folder:
            Addresses(lessons.names, lessons.divisions, lessons.learned_beside()).save(folder)
        return self._resource

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        asked = asked_slot(tracker)
        for message in messages:
            plain: Aligned = message.get(PLAIN)
            spans = contact_spans(plain, asked=asked, addresses=self._addresses)
            message.set(SPANS, spans)
            message.set(ENTITIES, [entity_of(span, plain) for span in spans], add_to_output=True)
        return messages

    def read_by_draft(self, training_data: TrainingData) -> TrainingData:
        """Finds contacts in the phrases before addresses are learned as a whole, for those who learn from them."""
        lessons = self._lessons(training_data)
        draft = Addresses(lessons.names, lessons.divisions, lessons.draft())
        without = frozenset(lessons.without)
        for message in training_data.intent_examples:
            plain: Aligned = message.get(PLAIN)
            message.set(SPANS, contact_spans(plain, addresses=None if plain.text in without else draft))
        return training_data

    def _lessons(self, training_data: TrainingData) -> Lessons:
        names = {
            name.strip()
            for table in training_data.lookup_tables
            if table["name"] in _PLACES and isinstance(table["elements"], list)
            for name in table["elements"]
        }
        marked, words = marked_addresses.read(Path(self._config["marked"]))
        others = [
            message.get(PLAIN).text
            for message in training_data.intent_examples
            if message.get(PLAIN) and message.get(INTENT) != _GIVES_ADDRESS
        ]
        return Lessons(marked, others, sorted(names), Divisions.national(), words)


def asked_slot(tracker: Optional[DialogueStateTracker]) -> str:
    """The slot whose question was asked last; empty where none was."""
    slot = tracker.slots.get("requested_slot") if tracker else None
    return str(slot.value) if slot is not None and slot.value else ""


def entity_of(span: Span, plain: Aligned) -> Dict[Text, Any]:
    start, end = plain.place(span.start, span.end)
    return {"entity": span.entity, "start": start, "end": end, "value": span.value, "extractor": "ContactExtractor"}
