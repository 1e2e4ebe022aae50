"""Trains a model with the parts of Rasa's engine, without its cache, and what waits for nothing side by side.

Rasa's own `train` fingerprints every phrase before and after each component for a cache that is off here.
"""

from __future__ import annotations

import copy
import dataclasses
import functools
import tarfile
import tempfile
from pathlib import Path

import dask
from dask import threaded
from rasa.engine.constants import PLACEHOLDER_IMPORTER
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.recipes.recipe import Recipe
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.validation import validate
from rasa.model_training import get_unresolved_slots
from rasa.shared.data import TrainingType
from rasa.shared.exceptions import RasaException

from engine.nlu.classifier import SentenceClassifier
from engine.nlu.contact import ContactExtractor
from engine.nlu.phrases import ReadOnce

_SIDE_BY_SIDE = 2
_PACKED = 1  # of 9, which takes ten times as long
_READING = "reading_contacts"


class UnknownSlots(RasaException):
    """Rules set slots that the domain does not have."""


def train(model: Path, *, config: str = "config.yml", domain: str = "domain.yml", data: str = "data") -> None:
    """Writes the model; raises RasaException where it refuses the inputs."""
    importer = ReadOnce(config=config, domain=domain, data=data)
    known = copy.deepcopy(importer.get_domain())  # nothing that is trained may change what is stored
    unknown = get_unresolved_slots(known, importer.get_stories())
    if unknown:
        raise UnknownSlots(f"rules set slots that the domain does not have: {', '.join(sorted(unknown))}")
    settings = importer.get_config()
    recipe = Recipe.recipe_for_name(settings.get("recipe"))
    graphs = recipe.graph_config_for_recipe(settings, {}, training_type=TrainingType.BOTH)
    validate(graphs)
    schema = _reading_contacts_first(graphs.train_schema)
    # Rasa's runner calls dask's serial scheduler, by this name, and packs the model as small as it can be packed.
    dask.get = functools.partial(threaded.get, num_workers=_SIDE_BY_SIDE)
    tarfile.TarFile.gzopen = functools.partial(tarfile.TarFile.gzopen, compresslevel=_PACKED)  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalModelStorage(Path(folder))
        runner = DaskGraphRunner(schema, storage, ExecutionContext(graph_schema=schema))
        runner.run(inputs={PLACEHOLDER_IMPORTER: importer})
        storage.create_model_package(model, graphs, known)


def _reading_contacts_first(schema: GraphSchema) -> GraphSchema:
    """The classifier learns from phrases in which addresses and numbers are found, as it will read them when it serves.

    Rasa's recipe lets only tokenizers and featurizers change the phrases that others learn from.
    """
    training = {node.uses: name for name, node in schema.nodes.items() if node.fn == "train"}
    contacts, classifier = training.get(ContactExtractor), training.get(SentenceClassifier)
    if contacts is None or classifier is None:
        return schema
    learned, learning = schema.nodes[contacts], schema.nodes[classifier]
    reading = dataclasses.replace(learned, fn="read_by_draft", is_target=False)
    masked = dataclasses.replace(learning, needs={**learning.needs, "training_data": _READING})
    return GraphSchema({**schema.nodes, _READING: reading, classifier: masked})
