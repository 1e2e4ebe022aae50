"""Our reading of training data gives what Rasa's gives."""

from __future__ import annotations

import inspect
import shutil
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.exceptions import YamlSyntaxException
from rasa.shared.importers.importer import TrainingDataImporter

from engine.nlu.phrases import ReadOnce
from tests.engine.conftest import ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Phrases, rules and replies of one topic, a lookup table, and a file with what is left to Rasa."""
    shutil.copy(ROOT / "domain.yml", tmp_path)
    shutil.copy(ROOT / "config.yml", tmp_path)
    for name in ("nlu/outlet.yml", "nlu/lookups/places.yml", "rules/outlet.yml", "responses/outlet.yml"):
        (tmp_path / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "data" / name, tmp_path / "data" / name)
    (tmp_path / "data" / "other.yml").write_text(
        'version: "3.1"\nnlu:\n  - intent: ask_outlet\n    examples: |\n      - 离[八一大道](road)近的\n'
        "  - synonym: 厅\n    examples: |\n      - 营业厅\n",
        encoding="utf-8",
    )
    return tmp_path


def ours(project: Path) -> ReadOnce:
    return ReadOnce(config=str(project / "config.yml"), domain=str(project / "domain.yml"), data=str(project / "data"))


def rasas(project: Path) -> Any:
    return TrainingDataImporter.load_from_config(
        str(project / "config.yml"), str(project / "domain.yml"), [str(project / "data")]
    )


def test_phrases_tables_and_synonyms_are_those_that_rasa_reads(project: Path) -> None:
    we_read, rasa_reads = ours(project).get_nlu_data(), rasas(project).get_nlu_data()
    phrases = {(each.get("text"), each.get("intent")) for each in rasa_reads.intent_examples}
    assert len(phrases) > 100
    assert {(each.get("text"), each.get("intent")) for each in we_read.intent_examples} == phrases
    assert len(we_read.intent_examples) == len(phrases)
    assert we_read.entity_examples == rasa_reads.entity_examples != []
    assert we_read.entity_synonyms == rasa_reads.entity_synonyms == {"营业厅": "厅"}
    assert we_read.lookup_tables == rasa_reads.lookup_tables != []


def test_domain_and_rules_are_those_that_rasa_reads(project: Path) -> None:
    we_read, rasa_reads = ours(project), rasas(project)
    assert we_read.get_domain().as_dict() == rasa_reads.get_domain().as_dict()
    assert we_read.get_stories().fingerprint() == rasa_reads.get_stories().fingerprint()


def test_a_broken_file_is_named(project: Path) -> None:
    (project / "data" / "nlu" / "outlet.yml").write_text('version: "3.1"\nnlu: [\n', encoding="utf-8")
    with pytest.raises(YamlSyntaxException, match=r"outlet\.yml"):
        ours(project).get_nlu_data()


def test_rasa_runs_its_graph_by_the_scheduler_that_is_replaced() -> None:
    assert "dask.get(run_graph, run_targets)" in inspect.getsource(DaskGraphRunner.run)
