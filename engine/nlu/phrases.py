"""Training phrases 训练语句 for Rasa, each read once, by libyaml.

Rasa's own importer reads and validates every file twice in Python and then copies and hashes every phrase in five
merges, for retrieval intents and sentences in stories, which we don't have: some 30 of 133 s of a training. What is
not plainly phrases or a lookup table is left to Rasa's reader, with all its checks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Optional, Text, Tuple

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.exceptions import YamlSyntaxException
from rasa.shared.importers.importer import ResponsesSyncImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.importers.utils import training_data_from_paths
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

_PHRASES, _LOOKUP = {"intent", "metadata", "examples"}, {"lookup", "examples"}


class ReadOnce(ResponsesSyncImporter):
    """The domain with the responses under data/, rules, and phrases as they stand in their files."""

    def __init__(self, *, config: Text, domain: Text, data: Text) -> None:
        super().__init__(_Files(config, domain, data))

    def get_nlu_data(self, language: Optional[Text] = "en") -> TrainingData:
        return self._importer.get_nlu_data(language)


class _Files(RasaFileImporter):
    @cached_method
    def get_domain(self) -> Domain:
        return super().get_domain()

    @cached_method
    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:
        return super().get_stories(exclusion_percentage)

    @cached_method
    def get_nlu_data(self, language: Optional[Text] = "en") -> TrainingData:
        phrases: Dict[Tuple[Text, Text], Message] = {}
        tables, others = [], []
        for path in self._nlu_files:
            blocks = _blocks(path)
            if blocks is None:
                others.append(path)
            for block in blocks or ():
                lines = [line[1:].strip() for line in block["examples"].splitlines()]
                if "lookup" in block:
                    tables.append({"name": block["lookup"], "elements": lines})
                    continue
                for line in lines:
                    phrases[line, block["intent"]] = Message({TEXT: line, INTENT: block["intent"]})
        data = training_data_from_paths(others, language)
        data.training_examples.extend(phrases.values())  # not by its constructor, which hashes each of them
        data.lookup_tables.extend(tables)
        return data


def _blocks(path: Text) -> Optional[List[Dict[Text, Any]]]:
    """None where something else stands in the file, too: synonyms, marked entities, responses.

    Raises YamlSyntaxException.
    """
    text = Path(path).read_text(encoding="utf-8")
    try:
        content = yaml.load(text, yaml.CSafeLoader)
    except yaml.YAMLError as wrong:
        raise YamlSyntaxException(path, wrong) from wrong
    if set(content) != {"version", "nlu"} or "](" in text:
        return None
    return list(content["nlu"]) if all(_plain(block) for block in content["nlu"]) else None


def _plain(block: Any) -> bool:
    if not isinstance(block, dict) or not isinstance(block.get("examples"), str):
        return False
    named = block.get("intent") or block.get("lookup")
    known = set(block) <= _PHRASES or set(block) == _LOOKUP
    return bool(named) and known and all(line.startswith("- ") for line in block["examples"].splitlines())
