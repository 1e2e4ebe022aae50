"""The sentences understanding is measured on, each with what counts as right: our own held-out ones, and others'.

Other people's sentences are read where they lie and never shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
STRANGERS, REAL = "strangers-dev.jsonl", "real-utterances-dev.jsonl"
FOREIGN = "out_of_scope"


@dataclass(frozen=True, kw_only=True)
class Case:
    text: str
    label: str
    right: frozenset[str]  # what a fair reader accepts for it
    topic: str
    style: str
    phones: tuple[str, ...] | None = None  # None: nobody marked them
    addresses: tuple[str, ...] | None = None
    addresses_or_not: tuple[str, ...] = ()  # found or not, both are right

    @property
    def ours(self) -> bool:
        return FOREIGN not in self.right

    @property
    def foreign(self) -> bool:
        """Out of scope, and nothing else accepted instead."""
        return self.right == {FOREIGN}


@dataclass(frozen=True, kw_only=True)
class Labels:
    """tests/nlu/labels.yml"""

    strangers: Mapping[str, str]
    real: Mapping[str, Sequence[str]]

    @classmethod
    def read(cls, path: Path = ROOT / "tests" / "nlu" / "labels.yml") -> Labels:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(strangers=found["strangers"], real=found["real"])

    def of_strangers(self, intent: str) -> str:
        return self.strangers.get(intent, intent)

    def intents_of_real(self, label: str, *, intents: Sequence[str]) -> frozenset[str]:
        patterns = self.real.get(label, [label])
        return frozenset(name for name in intents if any(fnmatchcase(name, pattern) for pattern in patterns))


def own(folder: Path) -> list[Case]:
    """tests/nlu: phrases by intent, topic (the file) and style.

    entities*.yml say which details they hold, second_readings.yml what else they may well mean.
    """
    marked = {text: details for path in sorted(folder.glob("entities*.yml")) for text, details in _beside(path).items()}
    seconds = _beside(folder / "second_readings.yml")
    cases = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu") or ():
            lines = block.get("examples", "").splitlines() if block.get("intent") else ()
            cases += [
                _own_case(line.strip().removeprefix("- "), block, topic=path.stem, marked=marked, seconds=seconds)
                for line in lines
                if line.strip()
            ]
    return cases


def _beside(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def _own_case(
    text: str, block: Mapping[str, Any], *, topic: str, marked: Mapping[str, Any], seconds: Mapping[str, str]
) -> Case:
    details = marked.get(text, {})
    return Case(
        text=text,
        label=block["intent"],
        right=frozenset({block["intent"], seconds.get(text, block["intent"])}),
        topic=topic,
        style=(block.get("metadata") or {}).get("style", ""),
        phones=tuple(str(value) for value in details.get("phone", ())) if marked else None,
        addresses=tuple(details.get("address", ())) if marked else None,
        addresses_or_not=tuple(details.get("address_or_not", ())),
    )


def strangers(path: Path, *, topic_of: Callable[[str], str]) -> list[Case]:
    """{"text", "intent", "style", "note"} a line; `alt:` a second right label, `value:` the value to be extracted."""
    cases = []
    for sentence in _lines(path):
        note = sentence.get("note") or ""
        others = re.findall(r"alt:\s*([a-z_]+)", note)
        cases.append(
            Case(
                text=sentence["text"],
                label=sentence["intent"],
                right=frozenset({sentence["intent"], *others}),
                topic=topic_of(sentence["intent"]),
                style=sentence["style"],
                phones=_phones(sentence["intent"], note),
            )
        )
    return cases


def _phones(intent: str, note: str) -> tuple[str, ...] | None:
    """Marked where a phone is to be read, or (INVALID) must not be taken for one."""
    valid = re.findall(r"value:\s*(\+\d+)", note)
    return tuple(valid) if valid or intent == "inform_phone" else None


def real(path: Path, *, labels: Labels, intents: Sequence[str], topic_of: Callable[[str], str]) -> list[Case]:
    """{"text", "label", "style"} a line, with labels coarser than ours."""
    cases = []
    for sentence in _lines(path):
        right = labels.intents_of_real(sentence["label"], intents=intents)
        if not right:
            raise ValueError(f"labels.yml gives no intent for the label {sentence['label']}")
        topics = {topic_of(name) for name in right}
        topic = topics.pop() if len(topics) == 1 else "several"
        case = Case(text=sentence["text"], label=sentence["label"], right=right, topic=topic, style=sentence["style"])
        cases.append(case)
    return cases


def topics(folder: Path) -> dict[str, str]:
    """Intent → topic: the file of data/nlu its phrases stand in."""
    found = {}
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu") or ():
            if block.get("intent"):
                found[block["intent"]] = path.stem
    return found


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
