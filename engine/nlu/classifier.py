"""SentenceClassifier component: the intent of a sentence, its confidence and what else it may have been."""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.nlu import answers, training_display
from engine.nlu.contact import SPANS, asked_slot, entity_of
from engine.nlu.decision import FALLBACK, OFFER, Decision, Thresholds
from engine.nlu.matters import Matter
from engine.nlu.normaliser import PLAIN
from engine.nlu.stories import brought

MATTERS = "matters"  # of a message that brings several, or tells one at length: the first is the intent
_RANKING = 10
_LEARNING = {"strength": 30.0, "scale": 0.7, "temperature": 1.0, "seen": 1}
_BY_SIGNS = 0.6  # 😀: from it on signs alone say something
_ONLY_SIGNS = re.compile(r"[^\w😠😡🤬💢👎]+")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceClassifier(GraphComponent):
    """The intent of a sentence; `nlu_offer` where a choice is to be offered, `nlu_fallback` where nothing is clear.

    With `nlu_offer` the ranking holds the intents to choose from, and no other.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {**_LEARNING, **asdict(Thresholds())}

    def __init__(
        self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource, decision: Optional[Decision] = None
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._storage = storage
        self._resource = resource
        self._decision = decision

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceClassifier:
        with model_storage.read_from(resource) as folder:
            decision = Decision.load(folder)
        decision.model.probabilities("您好")  # reads the encoder's weights now, not in the first customer's turn
        return cls(config, model_storage, resource, decision)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [message for message in training_data.intent_examples if message.get(PLAIN)]
        with training_display.steps() as told:
            self._decision = Decision.learned(
                [(message.get(PLAIN), message.get(SPANS) or []) for message in examples],
                [message.get(INTENT) for message in examples],
                **{name: self._config[name] for name in _LEARNING},
                told=told,
                thresholds=Thresholds(**{each.name: self._config[each.name] for each in fields(Thresholds)}),
            )
        with self._storage.write_to(self._resource) as folder:
            self._decision.save(folder)
        return self._resource

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        if self._decision is None:
            raise RuntimeError("process is only called on a loaded component")
        asked, in_form = asked_slot(tracker), bool(tracker and tracker.active_loop)
        for message in messages:
            plain, spans = message.get(PLAIN), message.get(SPANS) or []
            ranking = self._decision.ranking(plain, spans, asked=asked)
            decided = self._decision.outcome(ranking, in_form=in_form)
            name, confidence = ranking[0]
            told = brought(self._decision, plain, spans, ranking=ranking, in_form=in_form)
            if told:
                name, confidence = told[0].intent, told[0].confidence
                ranking = [(name, confidence), *(each for each in ranking if each[0] != name)]
            elif decided.kind == "offer":
                ranking = [each for each in ranking if each[0] in decided.intents]
                name, confidence = OFFER, sum(chance for _, chance in ranking)
            elif decided.kind == "fallback" or (confidence < _BY_SIGNS and _ONLY_SIGNS.fullmatch(plain.text)):
                name, confidence = FALLBACK, 1.0 - confidence
            message.set(INTENT, _chance(name, confidence), add_to_output=True)
            message.set(INTENT_RANKING_KEY, [_chance(*each) for each in ranking[:_RANKING]], add_to_output=True)
            address = answers.free_address(plain, spans, intent=name, asked=asked)
            if address:
                kept = [entity for entity in message.get(ENTITIES) or [] if entity["entity"] != "address"]
                message.set(ENTITIES, [*kept, entity_of(address, plain)], add_to_output=True)
            if told:
                message.set(MATTERS, [_as_said(each, message) for each in told], add_to_output=True)
        return messages


def _as_said(matter: Matter, message: Message) -> Dict[Text, Any]:
    """As if the customer had said this matter alone: its own words, and the details of its part.

    `start` is where a detail stands in these words, 0 for one that was left out of them.
    """
    text, starts, plain = "", {}, message.get(PLAIN)
    for place in matter.places:
        start, end = plain.place(*place)
        text += "，" if text else ""
        starts.update({at: at - start + len(text) for at in range(start, end)})
        text += message.get(TEXT)[start:end]
    first, last = plain.place(*matter.part)
    entities = [
        {"entity": each["entity"], "value": each["value"], "start": starts.get(each["start"], 0)}
        for each in message.get(ENTITIES) or []
        if first <= each["start"] and each["end"] <= last
    ]
    return {"text": text, "intent": matter.intent, "entities": entities}


def _chance(name: str, confidence: float) -> Dict[Text, Any]:
    return {"name": name, "confidence": confidence}
