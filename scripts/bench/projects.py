"""The three Rasa projects that are compared, made under var/bench/ from our own data, trained once for their content.

ours    our data, domain and configuration, served by engine/
stock   the same data and domain with Rasa's own Chinese pipeline and policies; nothing replaced
floor   keyword intents and one rule each: what the framework itself costs; nothing replaced

Our rules call an action for everything. So that a turn without one can be compared too, praise (表扬) is answered by a
plain response here, in ours as in stock.
"""

import hashlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from scripts.bench.sentences import ASKED, KEYWORDS, PRAISED
from scripts.services import ROOT

PYTHON: Final = ROOT / ".venv-rasa/bin/python"
STAMP: Final = "trained.json"
USUAL_EPOCHS: Final = 100  # Rasa's own default for DIET and TED
PRAISE_RESPONSE: Final = "utter_bench_praise"
# What rasa-sdk is asked by the rivals.
NO_OPERATION: Final = "action_answer"
QUIET: Final = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
}

_ENDPOINTS: Final = {
    "action_endpoint": {"url": "${BENCH_ACTIONS_URL}"},
    "tracker_store": {"type": "SQL", "url": "${BENCH_TRACKER_URL}"},
}


class CannotTrain(Exception):
    """What Rasa said last."""


@dataclass(frozen=True, kw_only=True)
class Trained:
    seconds: float
    epochs: int | None = None  # of DIET and TED; None where there are none


def make_all(folder: Path, *, epochs: int, stock: bool) -> dict[str, Path]:
    """Writes the projects that are wanted; a model that is there stays."""
    made = {"ours": make_ours(folder / "ours"), "floor": make_floor(folder / "floor")}
    return made | ({"stock": make_stock(folder / "stock", epochs=epochs)} if stock else {})


def make_ours(folder: Path) -> Path:
    _copy_our_data(folder)
    for name in ("config.yml", "credentials.yml", "endpoints.yml"):
        shutil.copy(ROOT / name, folder / name)
    if not (folder / "engine").exists():
        (folder / "engine").symlink_to(ROOT / "engine")
    return folder


def make_stock(folder: Path, *, epochs: int) -> Path:
    _copy_our_data(folder)
    rules = [rule for path in sorted((folder / "data/rules").glob("*.yml")) for rule in _read(path).get("rules", ())]
    _write(folder / "data/stories/from_rules.yml", {"version": "3.1", "stories": stories(rules)})
    _write(folder / "config.yml", stock_config(epochs=epochs))
    _write_connections(folder)
    return folder


def make_floor(folder: Path) -> Path:
    _write(folder / "config.yml", floor_config())
    examples = [
        {"intent": intent, "examples": "".join(f"- {phrase}\n" for phrase in phrases)}
        for intent, phrases in KEYWORDS.items()
    ]
    rules = [
        {"rule": "with an action", "steps": [{"intent": ASKED}, {"action": NO_OPERATION}]},
        {"rule": "without", "steps": [{"intent": PRAISED}, {"action": PRAISE_RESPONSE}]},
    ]
    _write(folder / "data/all.yml", {"version": "3.1", "nlu": examples, "rules": rules})
    domain = {"version": "3.1", "intents": [ASKED, PRAISED], "actions": [NO_OPERATION]}
    _write(folder / "domain.yml", domain | {"responses": _praise_response()})
    _write_connections(folder)
    return folder


def stock_config(*, epochs: int) -> dict[str, Any]:
    """Rasa's suggestion for a new project (`rasa init`), with jieba for Chinese."""
    return {
        "recipe": "default.v1",
        "assistant_id": "stock",
        "language": "zh",
        "pipeline": [
            {"name": "JiebaTokenizer"},
            {"name": "RegexFeaturizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {"name": "DIETClassifier", "epochs": epochs},
            {"name": "EntitySynonymMapper"},
            {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
        ],
        "policies": [
            {"name": "MemoizationPolicy"},
            {"name": "TEDPolicy", "max_history": 5, "epochs": epochs},
            {"name": "RulePolicy"},
        ],
    }


def floor_config() -> dict[str, Any]:
    return {
        "recipe": "default.v1",
        "assistant_id": "floor",
        "language": "zh",
        "pipeline": [{"name": "KeywordIntentClassifier"}],
        "policies": [{"name": "RulePolicy"}],
    }


def stories(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Our rules as stories, for TED to have something to learn. What hangs on a condition is no story."""
    return [{"story": rule["rule"], "steps": rule["steps"]} for rule in rules if "condition" not in rule]


def without_intent(rules: list[dict[str, Any]], *, intent: str) -> list[dict[str, Any]]:
    """The same rules, no longer begun by this intent."""
    kept = []
    for rule in rules:
        first, *rest = rule["steps"]
        if first == {"intent": intent}:
            continue
        if "or" in first:
            first = {"or": [each for each in first["or"] if each != {"intent": intent}]}
        kept.append({**rule, "steps": [first, *rest]})
    return kept


def _copy_our_data(folder: Path) -> None:
    shutil.rmtree(folder / "data", ignore_errors=True)
    shutil.copytree(ROOT / "data", folder / "data")
    for path in sorted((folder / "data/rules").glob("*.yml")):
        content = _read(path)
        _write(path, content | {"rules": without_intent(content["rules"], intent=PRAISED)})
    plain = {"rule": "without an action", "steps": [{"intent": PRAISED}, {"action": PRAISE_RESPONSE}]}
    _write(folder / "data/rules/bench.yml", {"version": "3.1", "rules": [plain]})
    _write(folder / "data/responses/bench.yml", {"version": "3.1", "responses": _praise_response()})
    shutil.copy(ROOT / "domain.yml", folder / "domain.yml")


def _praise_response() -> dict[str, Any]:
    return {PRAISE_RESPONSE: [{"text": "谢谢您的肯定。"}]}


def _write_connections(folder: Path) -> None:
    _write(folder / "credentials.yml", {"rest": None})
    _write(folder / "endpoints.yml", _ENDPOINTS)


def trained(folder: Path) -> Trained | None:
    """How long the model took that belongs to today's content, if there is one."""
    stamp = folder / "models" / STAMP
    if not stamp.exists() or not any((folder / "models").glob("*.tar.gz")):
        return None
    known = json.loads(stamp.read_text(encoding="utf-8"))
    if known.pop("inputs") != fingerprint(folder):
        return None
    return Trained(**known)


def train(name: str, folder: Path, *, log: Path) -> Trained:
    """Raises CannotTrain. With `nice`: it may take half an hour."""
    made_from, epochs = fingerprint(folder), _epochs(folder)
    shutil.rmtree(folder / "models", ignore_errors=True)
    (folder / "models").mkdir()
    environ: Mapping[str, str] = os.environ | QUIET
    if name == "ours":  # the sentence vectors that `make train` has computed are read from its cache
        command = ("nice", PYTHON, ROOT / "scripts/train.py", "--force", "--root", folder)
        environ = os.environ | {"SHOUWEN_VAR": str(ROOT / "var")}
    else:
        command = ("nice", PYTHON, "-m", "rasa", "train", "--force", "--out", "models")
    began = time.monotonic()
    with log.open("wb") as said:
        code = subprocess.run(command, cwd=folder, env=environ, stdout=said, stderr=said, check=False).returncode
    if code:
        raise CannotTrain("\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]))
    done = Trained(seconds=time.monotonic() - began, epochs=epochs)
    stamp = {"inputs": made_from, "seconds": done.seconds, "epochs": done.epochs}
    (folder / "models" / STAMP).write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
    return done


def _epochs(folder: Path) -> int | None:
    steps = _read(folder / "config.yml")["pipeline"]
    return next((step["epochs"] for step in steps if "epochs" in step), None)


def fingerprint(folder: Path) -> str:
    told = hashlib.sha256((ROOT / "requirements/engine.txt").read_bytes())
    for path in _inputs(folder):
        told.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()


def _inputs(folder: Path) -> Iterator[Path]:
    yield from (folder / "config.yml", folder / "domain.yml")
    yield from sorted((folder / "data").rglob("*.yml"))
    yield from sorted((folder / "engine" / "nlu").glob("*.py"))


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False), encoding="utf-8")
