"""The desk has a Chinese word for whatever the assistant can understand."""

import json
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def test_every_intent_is_called_something_at_the_desk() -> None:
    called = json.loads((ROOT / "web/src/desk/intents.json").read_text(encoding="utf-8"))
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))

    assert {*domain["intents"], "nlu_fallback"} - called.keys() == set()
