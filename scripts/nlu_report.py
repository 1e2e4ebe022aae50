"""`make nlu-report`: trains if needed, and prints how well sentences are understood that nobody trained on.

Confidence and thresholds were chosen on data/nlu alone (scripts/nlu_thresholds.py). Other people's sentences, where
present beside the project, are measured on and never shown.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.nlu.reader import Reader  # noqa: E402
from scripts.nlu_cases import REAL, STRANGERS, Case, Labels, own, real, strangers, topics  # noqa: E402
from scripts.nlu_noise import homophones, noisy  # noqa: E402
from scripts.nlu_predict import in_labels  # noqa: E402
from scripts.nlu_scores import Judged, Share, calibration_error, confusions, entity_f1, macro_f1  # noqa: E402

_UNMAPPED = Labels(strangers={}, real={})
_WIDTH = 30
# Gate of the issue by set: first guess, within three (in %).
_GATES = {"own": (95, None), "noise": (92, None), "strangers": (80, 93)}


def judged(cases: Sequence[Case], reader: Reader, labels: Labels) -> list[Judged]:
    found = []
    for case in cases:
        began = time.perf_counter()
        reading = reader.read(case.text)
        seconds = time.perf_counter() - began
        ranked = in_labels(reading.ranking, labels)
        if reading.outcome.kind == "act":
            acted = labels.of_strangers(reading.outcome.intents[0])
            ranked.sort(key=lambda each: each[0] != acted)
        spans = reading.spans
        found.append(
            Judged(
                case=case,
                guesses=tuple(label for label, _ in ranked[:3]),
                confidence=ranked[0][1],
                outcome=reading.outcome.kind,
                offered=tuple(map(labels.of_strangers, reading.outcome.intents))
                if reading.outcome.kind == "offer"
                else (),
                phones=tuple(span.value for span in spans if span.entity == "phone"),
                addresses=tuple(span.value for span in spans if span.entity == "address"),
                seconds=seconds,
            )
        )
    return found


def with_noise(cases: Sequence[Case]) -> list[Case]:
    """A sentence with a phone or an address keeps its beginning."""
    alike = homophones(case.text for case in cases)
    return [replace(case, text=noisy(case.text, alike, whole=bool(case.phones or case.addresses))) for case in cases]


def sets(beside: Path, reader: Reader) -> dict[str, tuple[list[Case], Labels]]:
    """By name the sentences and the labels they carry; those of other people only where they are present."""
    labels, topic = Labels.read(), topics(ROOT / "data" / "nlu")

    def topic_of(name: str) -> str:
        return topic.get(name, "other")

    held_out = own(ROOT / "tests" / "nlu")
    found = {"own": (held_out, _UNMAPPED), "noise": (with_noise(held_out), _UNMAPPED)}
    if (beside / STRANGERS).exists():
        found["strangers"] = (strangers(beside / STRANGERS, topic_of=topic_of), labels)
    if (beside / REAL).exists():
        lines = real(beside / REAL, labels=labels, intents=reader.intents, topic_of=topic_of)
        found["real"] = (lines, _UNMAPPED)
    return found


def table(name: str, read: Sequence[Judged]) -> list[str]:
    first, three = Share.of(each.first for each in read), Share.of(each.within_three for each in read)
    at_first, at_three = _GATES.get(name, (None, None))
    offers = [each for each in read if each.outcome == "offer"]
    acts = [each for each in read if each.outcome == "act"]
    foreign = Share.of(each.rejected for each in read if each.case.foreign)
    ours = Share.of(each.rejected for each in read if each.case.ours)
    gated = name == "strangers"
    said = sum(each.confidence for each in read) / len(read)
    return [
        f"\n{name}: {len(read)} sentences",
        _line("first guess right", first, _gate(first, at_first)),
        *_by_label(read),
        _line("right one within three", three, _gate(three, at_three)),
        _line("macro-F1 of the labels", f"{100 * macro_f1(read):5.1f} %"),
        _line("out of scope: recall", foreign, _gate(foreign, 75) if gated else ""),
        _line("out of scope: false rejection", ours, _gate(ours, 5, most=True) if gated else ""),
        _line("acted on at once", Share(len(acts), len(read))),
        _line("  of these right", Share.of(each.first for each in acts)),
        _line("offered a choice", Share(len(offers), len(read)), _gate(Share(len(offers), len(read)), 15, most=True)),
        _line("  which held the right one", Share.of(each.held for each in offers)),
        _line("  though out of scope", Share.of(each.case.foreign for each in offers)),
        _line("asked to say it again", Share.of(each.outcome == "fallback" for each in read)),
        _line(
            "confidence", f"says {100 * said:.1f} %, error of calibration {100 * calibration_error(read):.1f} points"
        ),
        *_entities(read, misheard=name == "noise"),
        "  by style",
        *_by(read, lambda each: each.case.style),
        "  by topic",
        *_by(read, lambda each: each.case.topic),
    ]


def _by_label(read: Sequence[Judged]) -> list[str]:
    """Coarse labels are none of our intents, so they have no single right one."""
    single = all(each.case.label in each.case.right for each in read)
    return [_line("  without second readings", Share.of(each.first_by_label for each in read))] if single else []


def _entities(read: Sequence[Judged], *, misheard: bool) -> list[str]:
    """What was misheard is not the address to the character, but sounds like it."""
    phone, phones = entity_f1(read, marked=lambda case: case.phones, found=lambda each: each.phones)
    lines = [_line("phones, F1", _f1(phone, phones), _mark(100 * phone >= 97, "gate 97"))] if phones else []
    alike = "sound" if misheard else "character"
    for title, near in ((f"addresses, F1, to the {alike}", False), ("addresses, F1, four fifths alike", True)):
        score, count = entity_f1(
            read,
            marked=lambda case: case.addresses,
            found=lambda each: each.addresses,
            or_not=lambda case: case.addresses_or_not,
            near=near,
            heard=misheard,
        )
        if count:
            lines.append(_line(title, _f1(score, count), _mark(100 * score >= 90, "gate 90")))
    return lines


def _f1(score: float, count: int) -> str:
    return f"{100 * score:5.1f} %  ({count} marked)"


def _by(read: Sequence[Judged], key: Callable[[Judged], str]) -> list[str]:
    groups: dict[str, list[Judged]] = {}
    for each in read:
        groups.setdefault(key(each), []).append(each)
    return [
        f"    {name:16s} {len(group):4d}  first {100 * Share.of(each.first for each in group).value:5.1f} %"
        f"  within three {100 * Share.of(each.within_three for each in group).value:5.1f} %"
        for name, group in sorted(groups.items())
    ]


def _line(title: str, value: object, gate: str = "") -> str:
    return f"  {title:{_WIDTH + 3}s} {value}{gate}"


def _gate(share: Share, limit: int | None, *, most: bool = False) -> str:
    if limit is None or not share.whole:
        return ""
    kept = share.value <= limit / 100 if most else share.value >= limit / 100
    return _mark(kept, f"{'at most' if most else 'gate'} {limit}")


def _mark(kept: bool, gate: str) -> str:
    return f"   {'ok' if kept else 'MISSED'}: {gate} %"


def costs(seconds: Sequence[float], before: int) -> list[str]:
    stamp = json.loads((ROOT / "models" / "inputs.json").read_text(encoding="utf-8"))
    ordered = sorted(seconds)
    p50, p95 = (1000 * ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.95))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    trained = f"{stamp['seconds']} s" if "seconds" in stamp else "not recorded"
    return [
        "\ncosts (this machine, now)",
        _line("a sentence, never seen before", f"p50 {p50:.1f} ms, p95 {p95:.1f} ms"),
        _line("memory of reading, without Rasa", f"{peak - before} MB (all of this process: {peak} MB)"),
        _line("training of this model", f"{trained}; vectors of phrases it knew came from the cache"),
    ]


def main(given: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--beside", type=Path, default=ROOT.parent / "shared", help="where other people's sentences lie"
    )
    options.add_argument("--confusions", action="store_true", help="also which labels are taken for which")
    chosen = options.parse_args(given)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if subprocess.run((sys.executable, str(ROOT / "scripts" / "train.py")), check=False).returncode:
        return 1
    reader = Reader.newest(ROOT / "models")
    reader.read("您好")  # reads the encoder's weights
    seconds: list[float] = []
    print("Sentences nobody trained on; ±: 95 % interval of a sample of this size.")
    for name, (cases, labels) in sets(chosen.beside, reader).items():
        read = judged(cases, reader, labels)
        seconds += [each.seconds for each in read]
        print("\n".join(table(name, read)))
        if chosen.confusions:
            print(
                "  confusions", *(f"    {n:3d}  {meant} → {taken}" for (meant, taken), n in confusions(read)), sep="\n"
            )
    print("\n".join(costs(seconds, before)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
