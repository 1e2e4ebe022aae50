"""How well sentences are understood: `.venv-rasa/bin/python scripts/measure.py [--labelled FILE.jsonl]`.

Without a file: learns from all writers of data/nlu but one and is judged by that one, for each in turn. With one
({"text", "intent", "note": "alt: …"} a line): judges the newest model by it. Prints shares, never a sentence.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.nlu.decision import Decision, Ranking  # noqa: E402
from engine.nlu.extraction import contact_spans  # noqa: E402
from engine.nlu.plain import plain  # noqa: E402
from engine.nlu.reader import Reader  # noqa: E402


class Judged(NamedTuple):
    accepted: set[str]
    ranking: Ranking


def written(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Phrases with their intents, by writer."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", []):
            writer = (block.get("metadata") or {}).get("writer", "")
            for line in block.get("examples", "").splitlines() if block.get("intent") else ():
                if line.strip():
                    found.setdefault(writer, []).append((line.strip().removeprefix("- "), block["intent"]))
    return found


def leaving_out(writer: str, by_writer: dict[str, list[tuple[str, str]]]) -> list[Judged]:
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"][-1]
    learnt = [phrase for name, phrases in by_writer.items() if name != writer for phrase in phrases]
    texts = [plain(text) for text, _ in learnt]
    decision = Decision.learned(
        [(text, contact_spans(text)) for text in texts],
        [intent for _, intent in learnt],
        strength=config["strength"],
        scale=config["scale"],
        told=lambda _step: None,
    )
    judged = []
    for text, intent in by_writer[writer]:
        read = plain(text)
        judged.append(Judged({intent}, decision.ranking(read, contact_spans(read))))
    return judged


def labelled(path: Path) -> list[Judged]:
    reader = Reader.newest(ROOT / "models")
    judged = []
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence = json.loads(line)
        others = re.findall(r"alt:\s*([\w/, ]+)", sentence.get("note") or "")
        accepted = {sentence["intent"], *(re.split(r"[/, ]+", others[0].strip()) if others else ())}
        judged.append(Judged(accepted, reader.ranking(sentence["text"])))
    return judged


def report(name: str, judged: Sequence[Judged]) -> None:
    first = np.array([each.ranking[0][0] in each.accepted for each in judged])
    three = np.array([bool(each.accepted & {name for name, _ in each.ranking[:3]}) for each in judged])
    sure = np.array([each.ranking[0][1] for each in judged])
    print(f"{name}: {len(judged)} phrases, first guess {first.mean():.3f}, within three {three.mean():.3f}")
    print(f"  calibration: says {sure.mean():.3f}, is right {first.mean():.3f}")
    foreign = np.array(["out_of_scope" in each.accepted for each in judged])
    for threshold in (0.2, 0.3, 0.4, 0.5):
        kept = sure >= threshold
        right = first[kept].mean() if kept.any() else 0.0
        taken = np.array([each.ranking[0][0] != "out_of_scope" for each in judged]) & kept & foreign
        print(
            f"  threshold {threshold}: answers {kept.mean():.3f}, of these right {right:.3f}; right ones refused"
            f" {(first & ~kept).mean():.3f}; out of scope taken for ours {taken.sum() / max(foreign.sum(), 1):.3f}"
        )


def confusions(judged: Iterable[Judged]) -> None:
    pairs = Counter(
        (min(each.accepted), each.ranking[0][0]) for each in judged if each.ranking[0][0] not in each.accepted
    )
    for (meant, taken), count in pairs.most_common(30):
        print(f"  {count:4d}  {meant} taken for {taken}")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--labelled", type=Path, help="judge the newest model by this file")
    options.add_argument("--confusions", action="store_true", help="also which intents are taken for which")
    chosen = options.parse_args()
    everything: list[Judged] = []
    if chosen.labelled:
        everything = labelled(chosen.labelled)
        report(chosen.labelled.name, everything)
    else:
        by_writer = written(ROOT / "data" / "nlu")
        for writer in sorted(writer for writer, phrases in by_writer.items() if len(phrases) > 200):
            judged = leaving_out(writer, by_writer)
            report(f"without {writer}", judged)
            everything += judged
        report("all", everything)
    if chosen.confusions:
        confusions(everything)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
