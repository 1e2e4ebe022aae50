"""SentenceClassifier component: the intent of a sentence, its confidence and what else it may have been."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.nlu import answers, training_display
from engine.nlu.contact import SPANS, asked_slot
from engine.nlu.masking import masked
from engine.nlu.model import IntentModel, fit
from engine.nlu.normaliser import PLAIN

FALLBACK = "nlu_fallback"
_RANKING = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceClassifier(GraphComponent):
    """A known phrase is its intent; else the model decides; below the threshold nobody does (`nlu_fallback`)."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"strength": 10.0, "scale": 1.0, "threshold": 0.3, "ambiguity": 0.05}

    def __init__(
        self,
        config: Dict[Text, Any],
        storage: ModelStorage,
        resource: Resource,
        model: Optional[IntentModel] = None,
        known: Optional[Dict[str, str]] = None,
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._storage = storage
        self._resource = resource
        self._model = model
        self._known = known or {}

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "SentenceClassifier":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SentenceClassifier":
        with model_storage.read_from(resource) as folder:
            known = json.loads((folder / "known.json").read_text(encoding="utf-8"))
            model = IntentModel.load(folder)
        model.probabilities("您好")  # reads the encoder's weights now, not in the first customer's turn
        return cls(config, model_storage, resource, model, known)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [message for message in training_data.intent_examples if message.get(PLAIN)]
        texts = [masked(message.get(PLAIN), message.get(SPANS) or []) for message in examples]
        intents = [message.get(INTENT) for message in examples]
        with training_display.steps() as told:
            self._model = fit(texts, intents, strength=self._config["strength"], scale=self._config["scale"], told=told)
        self._known = answers.unambiguous(texts, intents)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
            (folder / "known.json").write_text(json.dumps(self._known, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        for message in messages:
            ranking = self._ranking(message, asked=asked_slot(tracker))
            first = ranking[0]
            if first["confidence"] < self._config["threshold"]:
                first = {"name": FALLBACK, "confidence": 1.0 - first["confidence"]}
            message.set(INTENT, first, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[:_RANKING], add_to_output=True)
        return messages

    def _ranking(self, message: Message, *, asked: str) -> List[Dict[Text, Any]]:
        """Most likely first; never empty."""
        assert self._model is not None, "process is only called on a loaded component"
        text = masked(message.get(PLAIN), message.get(SPANS) or [])
        chances = dict(zip(self._model.intents, self._model.probabilities(text).tolist()))
        direct = self._known.get(text) or answers.direct(text, message.get(SPANS) or [], asked=asked)
        if direct in chances:
            rest = max(1.0 - chances[direct], 1e-9)
            chances = {name: 0.01 * chance / rest for name, chance in chances.items()}
            chances[direct] = 0.99
        ordered = sorted(chances.items(), key=lambda item: -item[1])
        return [{"name": name, "confidence": chance} for name, chance in ordered]
