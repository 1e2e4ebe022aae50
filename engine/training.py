"""Trains a model with the parts of Rasa's engine, without its cache, and what waits for nothing side by side.

Rasa's own `train` fingerprints every phrase before and after each component for a cache that is off here.
"""

from __future__ import annotations

import copy
import functools
import tempfile
from pathlib import Path

import dask
from dask import threaded
from rasa.engine.constants import PLACEHOLDER_IMPORTER
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.recipe import Recipe
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.validation import validate
from rasa.model_training import get_unresolved_slots
from rasa.shared.data import TrainingType
from rasa.shared.exceptions import RasaException

from engine.nlu.phrases import ReadOnce

_SIDE_BY_SIDE = 2


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
    # Rasa's runner calls dask's serial scheduler, by this name.
    dask.get = functools.partial(threaded.get, num_workers=_SIDE_BY_SIDE)
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalModelStorage(Path(folder))
        runner = DaskGraphRunner(graphs.train_schema, storage, ExecutionContext(graph_schema=graphs.train_schema))
        runner.run(inputs={PLACEHOLDER_IMPORTER: importer})
        storage.create_model_package(model, graphs, known)
