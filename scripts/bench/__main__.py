"""`make bench`: prints what our engine costs beside stock Rasa and the framework's floor, all in this one run.

The rivals are trained once for what they hold. Stock Rasa takes minutes for an epoch of DIET; how quick it answers does
not hang on how many there were, so two are usual here.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path

from scripts.bench import projects
from scripts.bench.load import ChatTalk, Crowd, EngineTalk, Http, NotAnswered, RestTalk, Talk, long_conversation
from scripts.bench.measures import Load, best
from scripts.bench.projects import CannotTrain, Trained
from scripts.bench.report import System, of_long_conversations, print_report
from scripts.bench.sentences import ASKED, PRAISED, endless
from scripts.bench.servers import Servers, Started, encoder_seconds
from scripts.services import ROOT, CannotStart

FOLDER = ROOT / "var" / "bench"
KINDS = (PRAISED, ASKED)
CROWDS = {1: (10, 4), 8: (10, 1), 32: (5, 1)}  # at a time: turns of a conversation, conversations in a row
LONG = 205  # turns
FAR_ON = 3000  # sentences; `ours` says fewer


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--epochs", type=int, default=2, help="of DIET and TED in stock Rasa")
    options.add_argument("--skip-stock", action="store_true", help="only our engine and the floor")
    options.add_argument("--repeat", type=int, default=3, help="the best of so many repetitions counts")
    chosen = options.parse_args()
    try:
        made = projects.make_all(FOLDER, epochs=chosen.epochs, stock=not chosen.skip_stock)
        training = {name: _trained(name, folder) for name, folder in made.items()}
        with Servers(FOLDER / "run") as servers:
            kept = _measured(servers, made, training, repeat=chosen.repeat)
    except (CannotStart, CannotTrain, NotAnswered) as wrong:
        print(wrong, file=sys.stderr)
        return 1
    return 0 if kept else 1


def _trained(name: str, folder: Path) -> Trained:
    """Ours every time, to time it; the rivals once for their content."""
    known = None if name == "ours" else projects.trained(folder)
    if known is None:
        _tell(f"Training {name} …")
        known = projects.train(name, folder, log=FOLDER / f"{name}-training.log")
    return known


def _measured(servers: Servers, made: dict[str, Path], training: dict[str, Trained], *, repeat: int) -> bool:
    environ = servers.environment_of_ours()
    _tell("Starting all …")
    ours = servers.start_ours(made["ours"], environ)
    nothing = servers.start_no_operation()
    started = {"ours": ours["engine"]}
    started |= {
        name: servers.start_rasa(name, made[name], actions=nothing) for name in ("floor", "stock") if name in made
    }
    talks: dict[str, Callable[[], Talk]] = {
        name: _talk(name, each, token=environ["SHOUWEN_ENGINE_TOKEN"]) for name, each in started.items()
    }
    talks["line"] = lambda: ChatTalk(ours["bot"].url)
    sentences = {(name, kind): endless(kind) for name in talks for kind in KINDS}
    for kind in KINDS:  # the line ends in the same engine, which must not have heard its sentences from `ours`
        sentences["line", kind] = islice(endless(kind), FAR_ON, None)

    _tell("Warming up …")
    for name, talk in talks.items():
        for kind in KINDS:
            Crowd(talk=talk, sentences=sentences[name, kind]).measured(conversations=3, turns=10)
    texts = list(islice(endless(ASKED, seed=11), 200))
    before = _calls(nothing)
    loads: dict[tuple[str, str, int], list[Load]] = {}
    encoder: list[list[float]] = []
    for number in range(repeat):
        _tell(f"Measuring, {number + 1} of {repeat} (load of the machine {os.getloadavg()[0]:.1f}) …")
        encoder.append(encoder_seconds(texts))
        for which, load in _each_once(talks, sentences):
            loads.setdefault(which, []).append(load)
    rivals = (name for name in started if name != "ours")
    turns = sum(len(load.seconds) for name in rivals for crowd in CROWDS for load in loads[name, ASKED, crowd])
    called = _calls(nothing) - before
    _tell("Long conversations …")
    long = {
        name: of_long_conversations(
            [long_conversation(talks[name](), sentences[name, ASKED], turns=LONG) for _ in range(count)]
        )
        for name, count in (("ours", 3), ("floor", 1))  # stock Rasa takes minutes for it
    }
    systems = {
        name: System(
            loads={(kind, crowd): best(all_) for (who, kind, crowd), all_ in loads.items() if who == name},
            long=long.get(name),
            started=started.get(name),
            trained=training.get(name),
        )
        for name in talks
    }
    return print_report(systems, encoder=encoder, others=ours, called=(called, turns))


def _each_once(
    talks: Mapping[str, Callable[[], Talk]], sentences: Mapping[tuple[str, str], Iterator[str]]
) -> Iterator[tuple[tuple[str, str, int], Load]]:
    """One after the other, in turn: whatever else the machine does, it does it to all of them."""
    for crowd, (turns, in_a_row) in CROWDS.items():
        for kind in KINDS:
            for name, talk in talks.items():
                customers = Crowd(talk=talk, sentences=sentences[name, kind])
                yield (name, kind, crowd), customers.measured(conversations=crowd, turns=turns, in_a_row=in_a_row)


def _talk(name: str, server: Started, *, token: str) -> Callable[[], Talk]:
    return (lambda: EngineTalk(server.url, token=token)) if name == "ours" else (lambda: RestTalk(server.url))


def _calls(nothing: Started) -> int:
    return int(Http(nothing.url).get("/calls"))


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
