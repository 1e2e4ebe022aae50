"""`make nlu-predict IN=lines.jsonl OUT=out.jsonl`: what the engine understands, in the strangers' labels.

One {"text": …} a line goes in; one line for each comes out, in the same order. The newest model, no server.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.nlu.reader import Reader, Reading  # noqa: E402
from scripts.nlu_cases import Labels  # noqa: E402

_LABELS = 3


class BadLine(Exception):
    """A line of the input that is no {"text": "…"}."""


def in_labels(ranking: Iterable[tuple[str, float]], labels: Labels) -> list[tuple[str, float]]:
    """All labels, the likeliest first; of intents that share one the confidences add up."""
    chances: dict[str, float] = defaultdict(float)
    for intent, chance in ranking:
        chances[labels.of_strangers(intent)] += chance
    return sorted(chances.items(), key=lambda each: -each[1])


def prediction(text: str, reading: Reading, labels: Labels) -> dict[str, Any]:
    ranked = in_labels(reading.ranking, labels)
    if reading.outcome.kind == "act":  # what is acted on comes first, also where another label's parts add up to more
        acted = labels.of_strangers(reading.outcome.intents[0])
        ranked.sort(key=lambda each: each[0] != acted)
    offered = reading.outcome.intents if reading.outcome.kind == "offer" else ()
    return {
        "text": text,
        "labels": [{"label": label, "confidence": round(min(chance, 1.0), 4)} for label, chance in ranked[:_LABELS]],
        "outcome": reading.outcome.kind,
        "offered": list(dict.fromkeys(labels.of_strangers(intent) for intent in offered)),
        "entities": [{"entity": span.entity, "value": span.value} for span in reading.spans],
    }


def texts(lines: Iterable[str]) -> Iterator[str]:
    """Raises BadLine with the number of the line; empty lines are none."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise BadLine(f'line {number} is no {{"text": "…"}}') from error
        if not isinstance(text, str):
            raise BadLine(f"line {number}: text is no string")
        yield text


def main(given: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("lines", type=Path, metavar="IN")
    options.add_argument("predictions", type=Path, metavar="OUT")
    options.add_argument("--models", type=Path, default=ROOT / "models", help="a folder of models (tests)")
    chosen = options.parse_args(given)
    try:
        wanted = list(texts(chosen.lines.read_text(encoding="utf-8-sig").split("\n")))
        reader = Reader.newest(chosen.models)
    except (OSError, BadLine) as refused:
        print(f"{chosen.lines}: {refused}", file=sys.stderr)
        return 1
    labels = Labels.read()
    partial = chosen.predictions.with_name(chosen.predictions.name + ".part")
    with partial.open("w", encoding="utf-8") as out:
        for text in wanted:
            out.write(json.dumps(prediction(text, reader.read(text), labels), ensure_ascii=False) + "\n")
    partial.replace(chosen.predictions)
    print(f"{len(wanted)} sentences understood: {chosen.predictions}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
