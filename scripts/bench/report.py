"""The tables, and the figures that were asked for beside what was measured."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.bench.measures import Figure, Load, quantile
from scripts.bench.projects import USUAL_EPOCHS, Trained
from scripts.bench.sentences import ASKED, PRAISED
from scripts.bench.servers import Started

TITLES = {"ours": "our engine", "stock": "stock Rasa", "floor": "Rasa's floor", "line": "whole line"}
AROUND = 5  # turns before and after the 10th and the 200th: what they cost is the middle of these


@dataclass(frozen=True, kw_only=True)
class System:
    loads: Mapping[tuple[str, int], Load]
    long: Mapping[int, float] | None = None  # milliseconds of the 10th and the 200th turn
    started: Started | None = None
    trained: Trained | None = None


def of_long_conversations(conversations: Sequence[Sequence[float]]) -> dict[int, float]:
    """The 10th and 200th turn, each as the middle of the ten turns around it, of the conversation disturbed least."""
    return {
        turn: min(1000 * quantile(each[turn - AROUND : turn + AROUND], 0.5) for each in conversations)
        for turn in (10, 200)
    }


def figures(systems: Mapping[str, System], *, encoder: float) -> list[Figure]:
    """`encoder`: milliseconds of a sentence, taken off where the issue says so."""
    ours, floor, stock = systems["ours"], systems["floor"], systems.get("stock")
    asked = [
        Figure(
            what=f"without an action, {crowd} at a time: our engine without its encoder / floor",
            value=(ours.loads[PRAISED, crowd].cost - encoder) / floor.loads[PRAISED, crowd].cost,
            limit=1.3,
        )
        for crowd in sorted({crowd for _, crowd in ours.loads})
    ]
    asked += [
        Figure(
            what=f"with an action, {crowd} at a time: our engine without its encoder / floor",
            value=(ours.loads[ASKED, crowd].cost - encoder) / floor.loads[ASKED, crowd].cost,
            limit=0.6,
        )
        for crowd in sorted({crowd for _, crowd in ours.loads})
    ]
    if stock:
        faster = ours.loads[ASKED, 8].rate / stock.loads[ASKED, 8].rate
        what = "turns a second, 8 at a time, with an action: our engine, everything counted / stock"
        asked.append(Figure(what=what, value=faster, limit=3, at_least=True))
    if ours.long:
        asked.append(
            Figure(what="turn 200 / turn 10 of a conversation", value=ours.long[200] / ours.long[10], limit=1.2)
        )
    if ours.started:
        asked.append(Figure(what="ready after", value=ours.started.seconds, limit=8, unit=" s"))
        asked.append(Figure(what="resident memory", value=ours.started.megabytes, limit=700, unit=" MB"))
    if ours.trained:
        asked.append(Figure(what="training, vectors cached", value=ours.trained.seconds, limit=60, unit=" s"))
    return asked


def print_report(
    systems: Mapping[str, System],
    *,
    encoder: Sequence[Sequence[float]],
    others: Mapping[str, Started],
    called: tuple[int, int],
) -> bool:
    """Whether every figure was kept."""
    middle, slow = (1000 * min(quantile(each, share) for each in encoder) for share in (0.5, 0.95))
    load = f"{os.getloadavg()[0]:.1f}"
    print(f"\n{os.cpu_count()} cores, load of the machine {load} at the end, some of it this benchmark's")
    print("Short conversations, no sentence heard before; ms of a turn (p50, p95), turns a second; best repetition.")
    for kind, title in ((PRAISED, "without an action"), (ASKED, "with an action")):
        print(f"\n{title:20s}" + "".join(f"{crowd:>4d} at a time          " for crowd in _crowds(systems)))
        for name, system in systems.items():
            cells = (system.loads[kind, crowd] for crowd in _crowds(systems))
            print(f"  {TITLES[name]:16s}" + "".join(f"{c.p50:7.1f} {c.p95:7.1f} {c.rate:6.1f}/s  " for c in cells))
    print(f"\n  our encoder alone: p50 {middle:.1f} ms, p95 {slow:.1f} ms a sentence")
    print("  whole line: bot + engine + actions + backend, by the public chat API, answer over server-sent events")
    print(f"  the rivals' turns with an action: {called[1]}; they called one {called[0]} times")
    print(f"\n{'':20s}{'ready':>8s}{'memory':>10s}{'turn 10':>10s}{'turn 200':>10s}   training")
    for name, system in systems.items():
        if system.started and system.trained:
            long = "".join(f"{system.long[turn]:7.1f} ms" if system.long else f"{'–':>10s}" for turn in (10, 200))
            print(
                f"  {TITLES[name]:18s}{system.started.seconds:6.1f} s{system.started.megabytes:7.0f} MB"
                f"{long}   {_training(system.trained)}"
            )
    beside = ", ".join(f"{name} {each.megabytes:.0f} MB" for name, each in others.items() if name != "engine")
    print(f"  beside our engine: {beside}")
    asked = figures(systems, encoder=middle)
    print("\nasked for")
    print(*asked, sep="\n")
    return all(figure.kept for figure in asked)


def _crowds(systems: Mapping[str, System]) -> list[int]:
    return sorted({crowd for system in systems.values() for _, crowd in system.loads})


def _training(trained: Trained) -> str:
    if trained.epochs is None or trained.epochs == USUAL_EPOCHS:
        return f"{trained.seconds:.0f} s"
    hours = trained.seconds / 3600 * USUAL_EPOCHS / trained.epochs
    return f"{trained.seconds:.0f} s with {trained.epochs} epochs; about {hours:.1f} h with the usual {USUAL_EPOCHS}"
