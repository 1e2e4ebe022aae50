"""What Rasa is taught of the dialogue, read from its files: the domain, the rules and the responses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]


@cache
def domain() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))


def intents() -> set[str]:
    """Those that phrases teach; an offered choice is the classifier's own, a photo the engine's."""
    return {*domain()["intents"]} - {"nlu_offer", "send_photo"}


def rules() -> list[dict[str, Any]]:
    return [rule for path in sorted((ROOT / "data/rules").glob("*.yml")) for rule in _read(path)["rules"]]


def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text("utf-8"))


def _first_actions() -> dict[str, str]:
    """What each intent starts when no form is in hand."""
    return {
        said["intent"]: rule["steps"][1]["action"]
        for rule in rules()
        if "condition" not in rule
        for said in rule["steps"][0].get("or", rule["steps"][:1])
    }


def _after_forms() -> dict[str, str]:
    """What follows a form that ended by itself."""
    return {rule["condition"][0]["active_loop"]: rule["steps"][-1]["action"] for rule in rules() if "condition" in rule}


FIRST_ACTION = _first_actions()
AFTER_FORM = _after_forms()


def domain_forms() -> Sequence[str]:
    return _FORMS


def filled(reply: dict[str, Any], *, channel: str = "webchat") -> str:
    """The text of a reply with its facts; a fact that the response wants and the action does not give is an error."""
    texts = HEARD if channel == "hotline" else WRITTEN
    return texts[reply["response"]].format(**reply)


_FORMS = tuple(domain()["forms"])


@cache
def responses() -> dict[str, list[dict[str, Any]]]:
    files = (_read(path) for path in sorted((ROOT / "data/responses").glob("*.yml")))
    return {name: variations for file in files for name, variations in file["responses"].items()}


STATIC_BUTTONS = {name: variations[0].get("buttons", []) for name, variations in responses().items()}
WRITTEN: dict[str, str] = {
    name: next(variation["text"] for variation in variations if "channel" not in variation)
    for name, variations in responses().items()
}
HEARD = {
    name: next((variation["text"] for variation in variations if variation.get("channel") == "hotline"), WRITTEN[name])
    for name, variations in responses().items()
}
