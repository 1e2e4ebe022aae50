"""What config.yml's numbers do to writers nobody learned from: `.venv-rasa/bin/python scripts/nlu_thresholds.py`.

Learns from all writers of data/nlu but one and is judged by that one, for each in turn: some minutes. Prints shares,
never a sentence.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.nlu.addresses import Addresses  # noqa: E402
from engine.nlu.decision import FOREIGN, Decision, Ranking, Thresholds, outcome  # noqa: E402
from engine.nlu.extraction import contact_spans  # noqa: E402
from engine.nlu.plain import plain  # noqa: E402
from engine.nlu.reader import Reader  # noqa: E402

_ENOUGH = 200  # phrases of a writer who is left out
_FACTORS = (0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4)
_ACT, _SURE, _CLOSE, _LEAST = (0.3, 0.4, 0.5), (0.7, 0.75, 0.8, 0.85), (0.5, 0.6, 0.7), (0.05, 0.1)


class Phrase(NamedTuple):
    intent: str
    ranking: Ranking


def written(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Phrases with their intents, by writer."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu") or ():
            writer = (block.get("metadata") or {}).get("writer", "")
            for line in block.get("examples", "").splitlines() if block.get("intent") else ():
                if line.strip():
                    found.setdefault(writer, []).append((line.strip().removeprefix("- "), block["intent"]))
    return found


def judges(by_writer: dict[str, list[tuple[str, str]]]) -> list[str]:
    """Who wrote enough to be judged by."""
    return sorted(writer for writer, phrases in by_writer.items() if len(phrases) > _ENOUGH)


def leaving_out(
    writer: str, by_writer: dict[str, list[tuple[str, str]]], *, config: dict[str, float], addresses: Addresses
) -> list[Phrase]:
    learnt = [phrase for name, phrases in by_writer.items() if name != writer for phrase in phrases]
    texts = [plain(text) for text, _ in learnt]
    decision = Decision.learned(
        [(text, contact_spans(text, addresses=addresses)) for text in texts],
        [intent for _, intent in learnt],
        **{name: config[name] for name in ("strength", "scale", "temperature", "seen")},
        told=lambda _step: None,
    )
    read = [(plain(text), intent) for text, intent in by_writer[writer]]
    return [Phrase(intent, decision.ranking(text, contact_spans(text, addresses=addresses))) for text, intent in read]


def row(phrases: Sequence[Phrase], thresholds: Thresholds) -> str:
    decided = [(phrase, outcome(phrase.ranking, thresholds)) for phrase in phrases]
    acts = [phrase.intent in given.intents for phrase, given in decided if given.kind == "act"]
    offers = [phrase.intent in given.intents for phrase, given in decided if given.kind == "offer"]
    foreign = [given.rejected for phrase, given in decided if phrase.intent == FOREIGN]
    ours = [given.rejected for phrase, given in decided if phrase.intent != FOREIGN]
    return (
        f"acts {_share(len(acts), len(decided))}, right {_share(sum(acts), len(acts))}; offers"
        f" {_share(len(offers), len(decided))}, hold it {_share(sum(offers), len(offers))}; out of scope: recall"
        f" {_share(sum(foreign), len(foreign))}, false rejection {_share(sum(ours), len(ours))}"
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f} %" if whole else "    –  "


def tempered(ranking: Ranking, factor: float) -> Ranking:
    """As with the temperature times this factor."""
    raised = [(name, chance ** (1 / factor)) for name, chance in ranking]
    whole = sum(chance for _, chance in raised)
    return [(name, chance / whole) for name, chance in raised]


def surprise(phrases: Sequence[Phrase], factor: float) -> float:
    """What the right intents were given, in mean: the lower, the better calibrated."""
    given = [dict(tempered(phrase.ranking, factor)).get(phrase.intent, 0.0) for phrase in phrases]
    return -sum(math.log(chance + 1e-12) for chance in given) / len(given)


def others(chosen: Thresholds) -> Iterator[Thresholds]:
    """Each number moved, the rest as it is; `act` and `sure` together."""
    for act, sure in product(_ACT, _SURE):
        yield replace(chosen, act=act, sure=sure)
    for close, least in product(_CLOSE, _LEAST):
        yield replace(chosen, close=close, least=least)


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"][-1]
    chosen = Thresholds(**{name: config[name] for name in ("act", "sure", "close", "least")})
    addresses = Reader.newest(ROOT / "models").addresses
    by_writer, everything = written(ROOT / "data" / "nlu"), []
    for writer in judges(by_writer):
        phrases = leaving_out(writer, by_writer, config=config, addresses=addresses)
        right = sum(phrase.ranking[0][0] == phrase.intent for phrase in phrases)
        said = sum(phrase.ranking[0][1] for phrase in phrases) / len(phrases)
        print(
            f"without {writer}: {len(phrases)} phrases, first guess {_share(right, len(phrases))},"
            f" says {100 * said:.1f} %"
        )
        everything += phrases
    for factor in _FACTORS:
        print(f"temperature {config['temperature'] * factor:.2f}: surprise {surprise(everything, factor):.4f}")
    print(f"as configured: {row(everything, chosen)}")
    for each in others(chosen):
        print(f"act {each.act}, sure {each.sure}, close {each.close}, least {each.least}: {row(everything, each)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
